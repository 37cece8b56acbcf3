"""A small content folder without a fault, to be spoilt in one place by each test.

``MARK`` in a replacement stands where the fault is expected; it is taken out before the file is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from segue.curriculum.faults import Fault
from segue.curriculum.loader import read

MARK = "▸"
FIRST_WEEKS = (1, 5, 9, 14, 18, 23)
LAST_WEEKS = (4, 8, 13, 17, 22, 26)
AREAS = ("learn", "learn", "build", "connect", "deepen", "transition")

COMPETENCIES = """\
level_rules:
  - {number: 1, name: Aware, e1: 1}
  - {number: 2, name: Working, e1: 2, e2: 1}
  - {number: 3, name: Practitioner, e2: 1, practitioner: true, weeks: 2, real_data: true}
  - {number: 4, name: Lead, e3: 1}
competencies:
  - id: C1
    name: Concepts
    short: Concepts
    summary: Explains how it works.
    levels:
      - number: 1
        observable: Names the terms.
        criteria:
          - {id: c1-1-notes, text: Two notes, needs: {kinds: [note], count: 2}}
      - number: 2
        observable: Reports.
        criteria:
          - id: c1-2-report
            text: A report
            needs: {kinds: [report], tier: E2, where: [{fact: score, at_least: 80}]}
      - number: 3
        observable: Is trusted.
        criteria:
          - id: c1-3-reports
            text: Reports for two roles
            needs:
              kinds: [report]
              count: 2
              tier: E2
              practitioner: true
              where: [{fact: data, any_of: [real, realistic]}]
              distinct: {fact: role, count: 2}
      - number: 4
        observable: Leads.
        criteria:
          - {id: c1-4-effect, text: An effect, needs: {kinds: [report], tier: E3}}
  - id: T
    name: Transition
    short: Transition
    summary: Is ready to apply.
    track: true
    levels:
      - number: 1
        observable: Has papers.
        criteria:
          - {id: t-1-note, text: A note, needs: {kinds: [note]}}
gates:
  - {id: interview-ready, name: Ready, opens: Talk to people., levels: {C1: 3}, reviewers: 2, practitioners: 1}
  - {id: apply, name: Apply, opens: Send it., levels: {C1: 3, T: 1}, reviewers: 2, practitioners: 1}
roles:
  - {id: feature-pm, name: Feature PM, summary: Builds., weights: {C1: 1}}
"""

KINDS = """\
- id: note
  name: Note
  plural: notes
  minutes: 25
  min_words: 20
  max_words: 150
  expires_after: 240
  template: |
    What I saw
- id: report
  name: Report
  plural: reports
  minutes: 60
  fields:
    - {name: score, label: Score, sort: number, unit: points}
    - name: data
      label: Data used
      sort: choice
      choices: [{value: real, label: Real}, {value: realistic, label: Realistic}, {value: toy, label: Made up}]
    - name: role
      label: For whom
      sort: choice
      choices: [{value: engineer, label: Engineer}, {value: designer, label: Designer}]
"""

COURSES = """\
- id: first-course
  title: A course
  provider: A school
  cost: Free
  needs: School mathematics
  as_of: "2026-11-23"
  url: https://example.org/course
  note: Worth it.
  units:
    - {id: unit-1, title: One, hours: 2.5}
    - {id: unit-2, title: Two, hours: 3}
  slice: [unit-1]
"""

CONCEPT = """\
  - id: {id}
    name: {name}
    module: {module}
    week: {week}
    tier: {tier}
    prerequisites: [{prerequisites}]
    plain: It finds patterns.
    key_points:
      - {{say: It learns., cues: [learn, no]}}
      - {{say: It has data., cues: [data]}}
      - {{say: It is tested., cues: [test]}}
    example: A sorter of mail.
    jargon: {{weights: numbers}}
    misconceptions:
      - {{wrong: It knows., right: It guesses.}}
    pm_relevance: It sets the scope.
    sources: [book]
"""

CONCEPTS = (
    """\
meta: {version: "2026-11-23", language: en, status: draft}
modules:
  - {id: start, name: The start, week: 1}
  - {id: more, name: More, week: 2}
sources:
  book: {title: A book, url: "https://example.org/book"}
concepts:
"""
    + CONCEPT.format(id="model", name="Model", module="start", week=1, tier=1, prerequisites="")
    + CONCEPT.format(id="training", name="Training", module="more", week=2, tier=2, prerequisites="model")
)

GLOSSARY = """\
- {id: model, term: model, plain: A thing that guesses., also: [models], concept: model}
- {id: token, term: token, plain: A piece of a word.}
"""

DIAGNOSTIC = """\
- id: q-model
  concept: model
  question: What does it do?
  options: [It guesses., It knows., It sleeps., It sings.]
  answer: 0
  because: It finds patterns.
"""

LESSONS = "".join(f"- concept: {concept}\n  text: {'word ' * 149}end\n" for concept in ("model", "training"))

ITEM = """\
- id: {id}
  concept: {concept}
  sort: choice
  question: What {id}?
  options:
    - {{say: It guesses., right: true, because: So it is.}}
    - {{say: It knows., because: It does not.}}
    - {{say: It sleeps., because: Never.}}
    - {{say: It sings., because: Hardly.}}
"""
ITEMS = "".join(ITEM.format(id=f"i-{c}-{n}", concept=c) for c in ("model", "training") for n in (1, 2))


def files() -> dict[str, str]:
    """The text of every file by its path."""
    found = {f"activities/month-{n}.yaml": _month(n) for n in range(1, 7)}
    found |= {"programme.yaml": _programme(), "competencies.yaml": COMPETENCIES, "kinds.yaml": KINDS, "courses.yaml": COURSES}
    found |= {"concepts.yaml": CONCEPTS, "glossary.yaml": GLOSSARY, "diagnostic.yaml": DIAGNOSTIC, "ids.yaml": _ids()}
    found |= {"lessons.yaml": LESSONS, "items.yaml": ITEMS}
    return found


def _programme() -> str:
    lines = ['version: "2026-11-23"', "phases:"]
    for i, (first, last, area) in enumerate(zip(FIRST_WEEKS, LAST_WEEKS, AREAS, strict=True), 1):
        lines += [f"  - id: month-{i}", f"    number: {i}", f"    area: {area}", "    title: A title", f"    months: Month {i}"]
        lines += [f"    first_week: {first}", f"    last_week: {last}", f"    opens_week: {first}"]
        lines += ["    outcome: Something.", "    mistake: Too much.", "    guard: Less."]
    return "\n".join([*lines, "weeks:", *(f"  - {{number: {n}, outcome: Done {n}.}}" for n in range(1, 27))]) + "\n"


# What differs from a plain activity that leaves a note: lines by week.
REPORT = "{{kind: report, tier: E2, competencies: [C1], practitioner: true, expected: {{score: 90, data: real, role: {role}}}}}"
SECOND = "{kind: report, tier: E2, competencies: [C1], expected: {score: 70, data: realistic, role: engineer}}"
SPECIAL = {
    1: ["  yields: [{kind: note, count: 2, tier: E1, competencies: [C1]}]", "  concepts: [model]", "  known_minutes: 60"],
    2: [f"  yields: [{REPORT.format(role='engineer')}]", "  requires: [w01-work]"],
    3: [f"  yields: [{REPORT.format(role='designer')}]", "  waits: [{activity: w02-work, days: 7}]"],
    5: ["  yields: [{kind: note, competencies: [C1]}]", "  optional: true"],
    6: ["  yields: [{kind: note, competencies: [C1, T]}]", "  people: [{who: an engineer, lead_days: 14, ask: May I ask}]"],
    7: [f"  yields: [{SECOND}]"],
}


def _month(number: int) -> str:
    weeks = range(FIRST_WEEKS[number - 1], LAST_WEEKS[number - 1] + 1)
    return "".join(_activity(week) for week in weeks) + (BUFFER if number == 1 else "")


def _activity(week: int) -> str:
    lines = [f"- id: w{week:02}-work", f"  week: {week}", "  title: Work", f"  minutes: {180 if week == 4 else 300}"]
    lines += ["  why: It helps.", "  steps: |", "    - Do it."]
    return "\n".join([*lines, *SPECIAL.get(week, ["  yields: [{kind: note, competencies: [C1]}]"])]) + "\n"


BUFFER = """\
- {id: w04-buffer, week: 4, title: Catch up, minutes: 120, why: Life happens., buffer: true}
"""


def _ids() -> str:
    work = [f"  w{week:02}-work: active" for week in range(1, 27)]
    return "\n".join(
        [
            "activities:",
            *work,
            "  w04-buffer: active",
            '  w01-old: {retired: "2026-12-01", replaced_by: w01-work}',
            '  w02-gone: {retired: 2026-12-02, replaced_by: ""}',
            "criteria: {c1-1-notes: active, c1-2-report: active, c1-3-reports: active, c1-4-effect: active, t-1-note: active}",
            "kinds: {note: active, report: active}",
            "competencies: {C1: active, T: active}",
            "diagnostic: {q-model: active}",
            "courses: {first-course: active}",
            "concepts: {model: active, training: active}",
            "items: {i-model-1: active, i-model-2: active, i-training-1: active, i-training-2: active}",
            "",
        ]
    )


@dataclass(frozen=True)
class Sample:
    """The sample written to a folder."""

    folder: Path

    @classmethod
    def write(cls, folder: Path) -> Sample:
        """The sample without a fault."""
        for path, text in files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        return cls(folder)

    def text(self, path: str) -> str:
        """The text of a file."""
        return (self.folder / path).read_bytes().decode()

    def change(self, path: str, old: str, new: str) -> str:
        """Replaces the one place that reads ``old``. Returns the place of the mark as ``path:line:column``, or ``""``."""
        text = self.text(path)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        marked = text.replace(old, new)
        (self.folder / path).write_bytes(marked.replace(MARK, "").encode())
        return _place(path, marked, marked.index(MARK)) if MARK in marked else ""

    def place(self, path: str, needle: str) -> str:
        """Where ``needle`` stands, as ``path:line:column``. Of several the first."""
        text = self.text(path)
        return _place(path, text, text.index(needle))

    def faults(self) -> tuple[Fault, ...]:
        """What the loader says."""
        curriculum, faults = read(self.folder)
        assert (curriculum is None) == bool(faults)
        return faults

    def expect(self, place: str, *words: str) -> None:
        """There is one fault, at this place, and its message holds these words."""
        faults = self.faults()
        assert [f"{f.path}:{f.line}:{f.column}" for f in faults] == [place], "\n".join(map(str, faults))
        for word in words:
            assert word in faults[0].message


def _place(path: str, text: str, index: int) -> str:
    before = text[:index].split("\n")
    return f"{path}:{len(before)}:{len(before[-1]) + 1}"
