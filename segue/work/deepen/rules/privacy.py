"""What follows from the sheets about privacy and data protection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from segue.work.deepen.findings import Finding, Level, Outcome, Rule, Setting
from segue.work.deepen.outline import Answers, Row

YES, NO, UNSURE = "yes", "no", "unsure"
SEVERAL = 2  # criteria from which an assessment is usual (a rule of thumb of WP248)
CRITERIA = 9
NO_BASIS = ("", "always", "unknown")
NOTHING = ("", "none", "no", "-", "–", "n/a", "nobody")
NO_END = (*NOTHING, "for ever", "forever", "never", "indefinitely", "unlimited", "always", "no limit", "unknown", "?")
REAL_BASES = ("consent", "contract", "duty", "vital", "task", "interests")
# Countries outside it that lists of vendors name most; where one stands beside another country, it is the one that matters.
_OUTSIDE = (
    "usa america kingdom britain england scotland india china canada australia singapore japan brazil israel switzerland ukraine"
)
OUTSIDE = frozenset([*_OUTSIDE.split(), "US", "USA", "UK", "GB", "IN", "CN", "CA", "AU", "SG", "JP", "BR", "IL", "CH"])
# The European Economic Area by name, and by code where it is written in capitals, as people write it in a table.
_NAMES = (
    "austria belgium bulgaria croatia cyprus czechia denmark estonia finland france germany greece hungary ireland italy latvia "
    "lithuania luxembourg malta netherlands poland portugal romania slovakia slovenia spain sweden iceland liechtenstein norway "
    "eu eea"
)
_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO EU EEA"
EEA = frozenset([*_NAMES.split(), *_CODES.split()])
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Consequence:
    """What a yes brings, and what to find out where somebody is not sure."""

    level: Level
    says: str
    find_out: str
    law: tuple[str, ...]


TRIAGE: Mapping[str, Consequence] = {
    "personal": Consequence(
        Level.GAP,
        "Name a lawful basis, tell people, and take no more than you need: the data map asks for each.",
        "Read a hundred rows and look for names, contacts and opinions of people who could be found.",
        ("gdpr-personal-data", "edps-v-srb", "gdpr-lawful-basis", "gdpr-minimisation"),
    ),
    "purpose": Consequence(
        Level.GAP,
        "Test whether the new purpose fits the old one, or find a new basis, and tell people.",
        "Ask who collected it for what, and read the notice of that time.",
        ("gdpr-purpose",),
    ),
    "special": Consequence(
        Level.STOP,
        "Stop and ask a lawyer: it is forbidden unless an exception fits; children have rules of their own.",
        "Search the texts for health, belief and the like, and ask how old the people are.",
        ("gdpr-special-categories", "gdpr-consent", "coppa", "hipaa"),
    ),
    "vendor": Consequence(
        Level.GAP,
        "A contract with the vendor that forbids training on it, and a safeguard if it leaves the EEA.",
        "Ask the vendor where it lies, who else sees it, and whether they train on it.",
        ("gdpr-processors-transfers",),
    ),
    "criteria": Consequence(
        Level.STOP,
        "An impact assessment before the start, or the written reason why not.",
        "Answer the nine questions of the sheet “Impact questions”.",
        ("gdpr-dpia", "ccpa-risk-assessment"),
    ),
    "decision": Consequence(
        Level.STOP,
        "Settle first who decides: a human with the power, the time and the knowledge to overrule it. A score that others "
        "follow is a decision already.",
        "Follow one case to its end and see who could have changed the outcome.",
        ("gdpr-automated-decisions", "schufa", "dun-bradstreet", "ai-act-annex-iii", "ccpa-admt", "colorado"),
    ),
    "prohibited": Consequence(
        Level.STOP,
        "No: what is on that list is not built. Ask a lawyer before you go one step further.",
        "Go through the list in the path through the AI Act.",
        ("ai-act-prohibited", "ai-act-prohibited-new"),
    ),
    "meets": Consequence(
        Level.GAP,
        "Say that it is AI, and mark what it makes.",
        "Watch somebody use it, and ask them what they think answered.",
        ("ai-act-transparency", "ai-act-marking"),
    ),
    "groups": Consequence(
        Level.GAP,
        "Test it by slices with ranges, and write down what you find and what you do about it.",
        "Cut your test rows by language, channel and region and look.",
        ("ai-act-bias-data", "four-fifths"),
    ),
}
OFF = Consequence(
    Level.STOP,
    "Name a person who can switch it off, and keep a log that shows what it did.",
    "Try it: ask who could switch it off this evening, and how long it would take.",
    ("ai-act-deployer-duties", "gdpr-breach"),
)


def triage(answers: Answers, setting: Setting) -> Outcome:
    """Ten questions, each with its consequence. What is not answered, or not sure, never counts as a no."""
    del setting
    rows = answers.rows("questions")
    findings = [finding for row in rows for finding in _of_question(row)]
    if any(row["answer"] for row in rows) and not answers.text("switch"):
        findings.append(Finding(Level.GAP, "Write who can switch it off, and what is logged for how long.", "switch", OFF.law))
    answered = sum(1 for row in rows if row["answer"])
    stops = sum(1 for finding in findings if finding.level == Level.STOP)
    open_words = f"{len(rows) - answered} are open." if answered < len(rows) else "All are answered."
    lines = (f"{answered} of {len(rows)} questions answered. {open_words}", _stops(stops))
    return Outcome(lines, tuple(findings), {"questions": answered, "stops": stops})


def _stops(count: int) -> str:
    if not count:
        return "Nothing found that must be settled first."
    return f"{count} {'point' if count == 1 else 'points'} to settle before you go on."


def _of_question(row: Row) -> Iterator[Finding]:
    number, answer = _number(row), row["answer"]
    told = TRIAGE.get(row.id, OFF)
    bites = answer == (NO if row.id == "off" else YES)
    if bites:
        yield Finding(told.level, f"Question {number}: {told.says}", "questions", told.law)
    elif answer == UNSURE:
        yield Finding(told.level, f"Question {number}, not sure: {told.find_out}", "questions", told.law)
    elif not answer:
        yield Finding(Level.GAP, f"Question {number} is open.", "questions")
    if answer in (YES, NO) and not row["because"]:
        yield Finding(Level.NOTE, f"Question {number}: say why, so that somebody else can check it.", "questions")


def _number(row: Row) -> int:
    return [*TRIAGE, "off"].index(row.id) + 1


# --- the data map -----------------------------------------------------------------------------------------------------------


def data_map(answers: Answers, setting: Setting) -> Outcome:
    """Each place with its basis, its end and its vendor; what is missing is named by its row."""
    del setting
    rows = answers.rows("stops")
    findings = [finding for row in rows for finding in _of_stop(row)]
    findings += [*_of_map(answers, rows)]
    bases = sum(1 for row in rows if row["basis"] in REAL_BASES)
    kept = sum(1 for row in rows if row["retention"].casefold() not in NO_END)
    lines = (f"{len(rows)} places; {bases} with a lawful basis, {kept} with a day on which it goes.",) if rows else ()
    return Outcome(lines, tuple(findings), {"stops": len(rows), "bases": bases, "retention": kept})


def _of_stop(row: Row) -> Iterator[Finding]:
    where = f"Place {row.id} ({row['place'] or 'without a name'})"
    if row["basis"] in NO_BASIS:
        said = {"always": "“we always did” is no basis", "unknown": "nobody knows the basis"}.get(row["basis"], "no lawful basis")
        yield Finding(Level.STOP, f"{where}: {said}.", "stops", ("gdpr-lawful-basis",))
    if row["basis"] == "none":
        yield Finding(
            Level.NOTE, f"{where}: write how you know that nobody can find the person any more.", "stops", ("gdpr-personal-data",)
        )
    if row["retention"].casefold() in NO_END:
        yield Finding(Level.GAP, f"{where}: no day on which it is deleted.", "stops", ("gdpr-minimisation",))
    yield from _missing_words(row, where)
    if row["vendor"].casefold() not in NOTHING and not _names_contract(row["vendor"]):
        said = f"{where}: name the contract with the vendor, and whether they may train on it."
        yield Finding(Level.GAP, said, "stops", ("gdpr-processors-transfers",))
    if is_outside(row["country"]) and row["transfer"].casefold() in NOTHING:
        said = f"{where}: {row['country']} may be outside the EEA, and no safeguard for the transfer is named."
        yield Finding(Level.STOP, said, "stops", ("gdpr-processors-transfers",))


def _missing_words(row: Row, where: str) -> Iterator[Finding]:
    asked = {"whose": "whose data and which fields", "purpose": "what for", "sees": "who sees it", "country": "in which country"}
    lacking = [words for name, words in asked.items() if not row[name]]
    if lacking:
        yield Finding(Level.GAP, f"{where}: say {', '.join(lacking)}.", "stops")


def _names_contract(vendor: str) -> bool:
    return bool(re.search(r"contract|agreement|DPA\b|AVV\b|terms|clauses|BAA\b", vendor, re.IGNORECASE))


def is_outside(country: str) -> bool:
    """Whether a country is named and none of its words is one of the EEA. People write as they like, so it is “may be”."""
    words = {each for word in _WORD.findall(country) for each in ([word, word.casefold()] if len(word) > 2 else [word])}
    return bool(words) and (bool(words & OUTSIDE) or not words & EEA)


def _of_map(answers: Answers, rows: tuple[Row, ...]) -> Iterator[Finding]:
    if not rows:
        yield Finding(Level.GAP, "No place is named yet.", "stops")
    if rows and not answers.text("rights"):
        yield Finding(Level.GAP, "Say what happens when a customer asks to see or delete their data.", "rights", ("gdpr-rights",))
    consent = any(row["basis"] == "consent" for row in rows)
    if consent and not re.search(r"withdr", f"{answers.text('rights')} {answers.text('weak')}", re.IGNORECASE):
        yield Finding(Level.GAP, "Something rests on consent: say how it is withdrawn.", "rights", ("gdpr-consent",))
    interests = any(row["basis"] == "interests" for row in rows)
    if interests and not re.search(r"balanc|interest", answers.text("weak"), re.IGNORECASE):
        said = "Something rests on legitimate interests: note the interest, why it is necessary, and the balance."
        yield Finding(Level.NOTE, said, "weak", ("gdpr-lawful-basis",))
    if rows and not answers.text("checked"):
        yield Finding(Level.NOTE, "Give the day on which you checked it.", "checked")


# --- impact -----------------------------------------------------------------------------------------------------------------


def impact(answers: Answers, setting: Setting) -> Outcome:
    """The nine criteria, and whether the outcome fits them."""
    del setting
    rows = answers.rows("criteria")
    answered = sum(1 for row in rows if row["answer"] in (YES, NO))
    met = sum(1 for row in rows if row["answer"] == YES)
    unsure = sum(1 for row in rows if row["answer"] == UNSURE)
    outcome = answers.text("outcome")
    findings = [*_named_cases(rows), *_of_criteria(rows), *_of_outcome(answers, met, unsure), *_of_risks(answers.rows("risks"))]
    doubt = f" Not sure of {unsure} more, which may tip it." if unsure else ""
    lines = (f"{met} of {CRITERIA} criteria met. Two or more usually mean a full assessment, as a rule of thumb.{doubt}",)
    facts: dict[str, float | str] = {"questions": answered, "met": met, **({"outcome": outcome} if outcome else {})}
    return Outcome(lines, tuple(findings), facts)


def _named_cases(rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Cases that Art. 35(3) names: two criteria that together call for an assessment whatever the outcome says."""
    met = {row.id for row in rows if row["answer"] == YES}
    if {"scoring", "automated"} <= met:
        said = "Evaluating people and deciding on it by machine: the law names this case, if it is systematic and extensive."
        yield Finding(Level.STOP, f"{said} Ask before you go on.", "criteria", ("gdpr-dpia",))
    if {"sensitive", "scale"} <= met:
        said = "Sensitive data on a large scale: the law names this case for special categories and crimes."
        yield Finding(Level.STOP, f"{said} Ask before you go on.", "criteria", ("gdpr-dpia",))
    if {"monitoring", "scale"} <= met:
        said = "Watching people on a large scale: the law names this case for public places."
        yield Finding(Level.STOP, f"{said} Ask before you go on.", "criteria", ("gdpr-dpia",))


def _of_criteria(rows: tuple[Row, ...]) -> Iterator[Finding]:
    open_ones = [str(number) for number, row in enumerate(rows, 1) if not row["answer"]]
    if open_ones:
        yield Finding(Level.GAP, f"Open: question {', '.join(open_ones)}.", "criteria", ("gdpr-wp248",))
    silent = [str(number) for number, row in enumerate(rows, 1) if row["answer"] and not row["because"]]
    if silent:
        yield Finding(Level.NOTE, f"Give the reason for question {', '.join(silent)}.", "criteria")


def _of_outcome(answers: Answers, met: int, unsure: int) -> Iterator[Finding]:
    outcome, reasons = answers.text("outcome"), answers.text("reasons")
    law = ("gdpr-dpia",)
    if met >= SEVERAL and outcome == "not-needed" and not reasons:
        said = f"{met} criteria are met and you do none: write the reasons, or do one."
        yield Finding(Level.STOP, said, "reasons", law)
    elif met >= SEVERAL and outcome == "needed":
        said = "Do the assessment before the start, with the advice of the data protection officer."
        yield Finding(Level.STOP, said, "outcome", law)
    elif met >= SEVERAL and not outcome:
        yield Finding(Level.STOP, f"{met} criteria are met: say what you do about an assessment.", "outcome", law)
    elif not outcome:
        yield Finding(Level.GAP, "Say what you do about an assessment.", "outcome", law)
    if met < SEVERAL <= met + unsure and outcome == "not-needed":
        yield Finding(Level.GAP, "With those that you are not sure of it may be two or more: find out first.", "criteria", law)
    if not answers.text("asked"):
        yield Finding(Level.GAP, "Name the role of the person whom you asked, and the date.", "asked", law)
    if not answers.text("need"):
        yield Finding(Level.GAP, "Say why this data is needed, and what less would do.", "need", ("gdpr-minimisation",))


def _of_risks(rows: tuple[Row, ...]) -> Iterator[Finding]:
    for row in rows:
        if row["remains"] == "high":
            said = f"Risk {row.id} stays high: consult the authority before the start, or do less."
            yield Finding(Level.STOP, said, "risks", ("gdpr-dpia",))
        elif not row["remains"]:
            yield Finding(Level.GAP, f"Risk {row.id}: say what remains.", "risks")
        if not row["measure"]:
            yield Finding(Level.GAP, f"Risk {row.id}: say what is done about it.", "risks")


RULES: Mapping[str, Rule] = {"triage": triage, "data-map": data_map, "impact": impact}
