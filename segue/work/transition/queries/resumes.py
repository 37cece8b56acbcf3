"""What the pages of the résumés show: the variants, the editor with what stands behind each bullet, the versions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Prefetch
from django.http import Http404

from segue.accounts.models import Learner
from segue.courses.queries import programme_of
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.shared import clock
from segue.work.transition.models import Resume, ResumeVersion
from segue.work.transition.queries.honesty import gap_terms_in
from segue.work.transition.queries.proof import Proof, proofs_of
from segue.work.transition.resume.document import Bullet, Document, Position
from segue.work.transition.resume.json_form import from_json
from segue.work.transition.resume.typeset import read_twice
from segue.work.transition.resume_lines import lines_of, name_of
from segue.work.transition.resume_lint import Finding, findings_of
from segue.work.transition.resume_text import text_of

FINALS = 10  # so many final versions are compared with what stands now
FEW = 3  # positions that are unfolded at once
KIND, ACTIVITY, BASELINE = "resume", "w23-resume", "baseline"


def checksum_of(document: Document) -> str:
    """Of all that a recorded résumé says, with what stands behind it."""
    return hashlib.sha256(text_of(document, with_evidence=True).encode()).hexdigest()


def resume_or_404(learner: Learner, key: str) -> Resume:
    """A variant; 404 where there is none."""
    row = learner.resumes.filter(key=key).select_related("entry").first()
    if row is None:
        raise Http404
    return row


def version_or_404(row: Resume, number: int) -> ResumeVersion:
    """A version; 404 where there is none."""
    version = row.versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


def document_in(row: Resume | ResumeVersion) -> Document:
    """The résumé of a row."""
    return from_json(row.document)


def versions_of(row: Resume) -> list[ResumeVersion]:
    """The versions without what they say, the newest first."""
    return list(row.versions.defer("document"))


def final_of(row: Resume) -> ResumeVersion | None:
    """The final version that says what stands now, if there is one."""
    finals = row.versions.filter(is_final=True)[:FINALS]
    return next((version for version in finals if version.document == row.document), None)


def roles_for(learner: Learner) -> Sequence[tuple[str, str]]:
    """The role targets of the programme: id and name."""
    return [(role.id, role.name) for role in programme_of(learner).roles]


def role_name(learner: Learner, role: str) -> str:
    """A role target in words; nothing for one that is not known."""
    return dict(roles_for(learner)).get(role, "")


def place_lines(document: Document) -> list[tuple[str, str]]:
    """The lines of a résumé with their places, as the guard against gap terms reads them."""
    return [(line.place, line.text) for line in lines_of(document)]


# --- one résumé -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BulletRow:
    """A bullet with what stands behind it, and its state in words. ``tone``: ``good``, ``gap`` or ``stop``."""

    bullet: Bullet
    number: int
    proofs: tuple[Proof, ...]
    findings: tuple[Finding, ...]

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What its state does not say already."""
        return self.findings if self.proofs else tuple(each for each in self.findings if not each.stops)

    @property
    def tone(self) -> str:
        """How it looks."""
        if any(each.stops for each in self.findings):
            return "stop"
        return "gap" if self.findings else "good"

    @property
    def state(self) -> str:
        """In words."""
        if not self.bullet.text:
            return "Empty: it is left out of every download"
        if not self.proofs:
            return "Evidence withdrawn" if self.bullet.entries else "No evidence yet"
        return {"good": "Shown by", "gap": "Shown by, worth a look", "stop": "Not shown in full by"}[self.tone]


@dataclass(frozen=True)
class PositionRow:
    """A position with its bullets. ``is_open``: unfolded at once."""

    position: Position
    name: str
    bullets: tuple[BulletRow, ...]
    is_open: bool = False

    @property
    def linked(self) -> int:
        """How many of its bullets have evidence."""
        return sum(1 for row in self.bullets if row.proofs and row.bullet.text)

    @property
    def written(self) -> int:
        """How many of its bullets say something."""
        return sum(1 for row in self.bullets if row.bullet.text)


@dataclass(frozen=True)
class ResumePage:
    """A variant with all that its pages show."""

    row: Resume
    document: Document
    proofs: tuple[Proof, ...]
    findings: tuple[Finding, ...]
    role: str = ""
    versions: Sequence[ResumeVersion] = ()
    final: ResumeVersion | None = None
    entry: Entry | None = None
    opened: str = ""
    by_number: Mapping[int, Proof] = field(default_factory=dict)

    @cached_property
    def stops(self) -> tuple[Finding, ...]:
        """What stands in the way of “final”."""
        return tuple(each for each in self.findings if each.stops)

    @cached_property
    def cares(self) -> tuple[Finding, ...]:
        """What is worth a look."""
        return tuple(each for each in self.findings if not each.stops)

    @property
    def read_twice(self) -> str:
        """Letters that programs get twice from the PDF."""
        return ", ".join(read_twice(self.document))

    @cached_property
    def bullets(self) -> tuple[Bullet, ...]:
        """The bullets that say something."""
        return tuple(bullet for _, bullet in self.document.bullets() if bullet.text)

    @cached_property
    def linked(self) -> int:
        """How many of them have evidence that stands."""
        return sum(1 for bullet in self.bullets if any(number in self.by_number for number in bullet.entries))

    @property
    def share(self) -> int:
        """The same in a hundred, rounded down: 100 means all."""
        return 100 * self.linked // len(self.bullets) if self.bullets else 0

    @property
    def is_recorded(self) -> bool:
        """Whether the ledger has it as it stands."""
        return is_newest(self.row.entry_id, self.entry) and self.row.recorded == checksum_of(self.document)

    @cached_property
    def text(self) -> str:
        """As Markdown."""
        return text_of(self.document)

    @cached_property
    def positions(self) -> tuple[PositionRow, ...]:
        """The positions with what stands behind their bullets."""
        by_anchor: dict[str, list[Finding]] = {}
        for each in self.findings:
            by_anchor.setdefault(each.anchor, []).append(each)
        few = len(self.document.positions) <= FEW
        return tuple(self._position(each, number, by_anchor, few) for number, each in enumerate(self.document.positions, 1))

    def _position(self, position: Position, number: int, found: Mapping[str, list[Finding]], few: bool) -> PositionRow:
        bullets = tuple(
            BulletRow(bullet, index, self._behind(bullet), tuple(found.get(f"bullet-{bullet.id}", ())))
            for index, bullet in enumerate(position.bullets, 1)
        )
        is_meant = re.fullmatch(rf"position-{re.escape(position.id)}(-\w+)?", self.opened) is not None
        is_first = number == 1 and not self.opened
        is_open = few or is_first or is_meant or any(f"bullet-{row.bullet.id}" == self.opened for row in bullets)
        return PositionRow(position, name_of(position, number), bullets, is_open)

    def _behind(self, bullet: Bullet) -> tuple[Proof, ...]:
        found = {proof.number: proof for each in bullet.entries if (proof := self.by_number.get(each)) is not None}
        return tuple(found.values())


def resume_page(learner: Learner, row: Resume, document: Document | None = None, opened: str = "") -> ResumePage:
    """A variant with its faults. ``document``: what is typed, where that is not what is kept."""
    shown = document if document is not None else document_in(row)
    proofs = proofs_of(learner)
    missing = gap_terms_in(learner, place_lines(shown))
    return ResumePage(
        row=row,
        document=shown,
        proofs=proofs,
        findings=findings_of(shown, proofs, missing, clock.today()),
        role=role_name(learner, row.role),
        versions=versions_of(row),
        final=final_of(row),
        entry=standing(row.entry),
        opened=opened,
        by_number={number: proof for proof in proofs for number in proof.numbers},
    )


# --- all of them ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ResumeCard:
    """A variant in the list."""

    row: Resume
    role: str
    bullets: int
    linked: int
    versions: int
    final: int


@dataclass(frozen=True)
class ResumesPage:
    """The variants, and what a new one may begin from. ``baseline``: the résumé of week 1, where it stands in the ledger."""

    cards: tuple[ResumeCard, ...]
    baseline: Entry | None


def resumes_page(learner: Learner) -> ResumesPage:
    """The list. The number of queries does not grow with it."""
    finals = Prefetch("versions", ResumeVersion.objects.filter(is_final=True), to_attr="finals")
    rows = learner.resumes.annotate(kept=Count("versions")).prefetch_related(finals)
    standing_here = {number for proof in proofs_of(learner) for number in proof.numbers}
    return ResumesPage(tuple(_card(learner, row, standing_here) for row in rows), baseline_of(learner))


def _card(learner: Learner, row: Resume, standing_here: set[int]) -> ResumeCard:
    bullets = [bullet for _, bullet in document_in(row).bullets() if bullet.text]
    finals: list[ResumeVersion] = getattr(row, "finals", [])
    return ResumeCard(
        row=row,
        role=role_name(learner, row.role),
        bullets=len(bullets),
        linked=sum(1 for bullet in bullets if standing_here & set(bullet.entries)),
        versions=getattr(row, "kept", 0),
        final=next((each.number for each in finals if each.document == row.document), 0),
    )


def baseline_of(learner: Learner) -> Entry | None:
    """The newest résumé of the ledger that says it is the one of the start, and stands."""
    rows = learner.entries.filter(kind=KIND, facts__stage=BASELINE).order_by("-number")[:5]
    return next((entry for row in rows if (entry := standing(row)) is not None and entry.body.strip()), None)
