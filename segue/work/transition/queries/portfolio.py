"""What the portfolio shows: the pieces as others will see them, what may still come in, what stays out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.evidence import Artefact
from segue.core.wording import counted, written_date
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of, rows_by_number
from segue.evidence.standing import is_newest, standing
from segue.evidence.story import facts_of
from segue.work.transition.decision import checksum_of
from segue.work.transition.models import Portfolio
from segue.work.transition.portfolio_site import MASK, Cover, Shown, as_text, mask
from segue.work.transition.queries.proof import Proof, proofs_of
from segue.work.transition.resume.json_form import from_json

KIND, ACTIVITY, TITLE = "portfolio", "w26-portfolio", "My work in AI product management"
FEWEST, MOST = 5, 8  # pieces that a stranger reads
REDACTED, EXPLANATION = "redacted", "explanation"
CONTACTS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a telephone number": re.compile(r"(?<![\w.,])\+?\d{2,4}[ ()/-]{1,2}\d[\d ()/-]{4,12}\d(?!\w)"),
}


@dataclass(frozen=True)
class Piece:
    """A chosen piece. ``proof`` is ``None`` where it was withdrawn or is private by now; then nothing of it is shown."""

    number: int
    says: str
    hidden: tuple[str, ...]
    proof: Proof | None
    shown: Shown | None
    warnings: tuple[str, ...]
    is_first: bool = False
    is_last: bool = False

    @property
    def title(self) -> str:
        """What the learner knows it by."""
        return self.proof.title if self.proof else f"Entry {self.number}"


@dataclass(frozen=True)
class PortfolioPage:
    """The portfolio. ``left_out``: evidence that stays at home. ``candidates``: what may still come in."""

    row: Portfolio
    cover: Cover
    pieces: tuple[Piece, ...]
    candidates: tuple[Proof, ...]
    left_out: tuple[Proof, ...]
    entry: Entry | None
    is_changed: bool

    @property
    def first(self) -> tuple[Proof, ...]:
        """Candidates that show work."""
        return tuple(proof for proof in self.candidates if proof.kind != EXPLANATION)

    @property
    def explanations(self) -> tuple[Proof, ...]:
        """Candidates that explain an idea: many, and seldom what a portfolio needs."""
        return tuple(proof for proof in self.candidates if proof.kind == EXPLANATION)

    @property
    def packed(self) -> tuple[Shown, ...]:
        """The pieces that go out."""
        return tuple(piece.shown for piece in self.pieces if piece.shown is not None)

    @property
    def text(self) -> str:
        """All of it as Markdown."""
        return as_text(self.cover, self.packed)

    @property
    def facts(self) -> dict[str, float | str]:
        """The figures of its kind of evidence."""
        return {"pieces": len(self.packed), "left_out": len(self.left_out)}

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """Every line that goes out, with its place."""
        yield "The cover", "\n".join((self.cover.title, self.cover.about, self.cover.hardest))
        for piece in self.packed:
            yield f"“{piece.title}”", "\n".join((piece.title, piece.says, piece.body))

    @property
    def warnings(self) -> int:
        """How many things somebody should look at first."""
        return sum(len(piece.warnings) for piece in self.pieces)


def row_of(learner: Learner) -> Portfolio | None:
    """The portfolio as it is kept; ``None`` before anything was."""
    return Portfolio.objects.filter(learner=learner).select_related("entry").first()


def portfolio_page(learner: Learner) -> PortfolioPage:
    """The portfolio with all that may come in and all that stays out."""
    row = row_of(learner) or Portfolio(learner=learner)
    proofs = proofs_of(learner)
    open_ones = {number: proof for proof in proofs if not proof.is_private for number in proof.numbers}
    pieces = tuple(_pieces(learner, row, open_ones))
    chosen = {piece.proof.number for piece in pieces if piece.proof}
    entry = standing(row.entry)
    cover = Cover(row.title or TITLE, learner.name, row.about, row.hardest)
    page = PortfolioPage(
        row=row,
        cover=cover,
        pieces=pieces,
        candidates=tuple(proof for proof in proofs if not proof.is_private and proof.number not in chosen),
        left_out=tuple(proof for proof in proofs if proof.is_private),
        entry=entry,
        is_changed=True,
    )
    same = entry is not None and is_newest(row.entry_id, entry) and row.recorded == checksum_of(page.text)
    return PortfolioPage(**{**page.__dict__, "is_changed": not same})


def piece_or_404(page: PortfolioPage, number: int) -> Piece:
    """A chosen piece; 404 where it is not chosen."""
    found = next((piece for piece in page.pieces if piece.number == number), None)
    if found is None:
        raise Http404
    return found


def _pieces(learner: Learner, row: Portfolio, open_ones: Mapping[int, Proof]) -> Iterator[Piece]:
    if not row.pieces:
        return
    artefacts = {number: artefact for artefact in ledger_of(learner).artefacts for number in artefact.ids}
    rows = rows_by_number(learner, [open_ones[each["number"]].number for each in row.pieces if each["number"] in open_ones])
    firms = tuple(_firms(learner))
    for place, each in enumerate(row.pieces):
        proof = open_ones.get(each["number"])
        shown = _shown(each, proof, rows[proof.number], artefacts[proof.number]) if proof else None
        yield Piece(
            number=each["number"],
            says=each["says"],
            hidden=tuple(each["hidden"]),
            proof=proof,
            shown=shown,
            warnings=tuple(_warnings(shown, proof, rows[proof.number], firms)) if proof and shown else (),
            is_first=place == 0,
            is_last=place == len(row.pieces) - 1,
        )


def _shown(each: Mapping[str, Any], proof: Proof, entry: Entry, artefact: Artefact) -> Shown:
    hidden = each["hidden"]
    return Shown(
        title=mask(proof.title, hidden),
        kind=f"{proof.kind_name}, {written_date(proof.on)}",
        says=mask(each["says"], hidden),
        body=mask(proof.body, hidden),
        figures=tuple((label, mask(value, hidden)) for label, value in facts_of(entry)),
        reviews=tuple(_reviews(artefact)),
    )


def _reviews(artefact: Artefact) -> Iterator[str]:
    """By role, never by name: whoever reviewed did not agree to be shown."""
    for review in artefact.reviews:
        if review.reviewer is not None and review.marks:
            met = sum(review.marks.values())
            by = review.reviewer.role or review.reviewer.relation or "somebody else"
            of = "1 criterion" if len(review.marks) == 1 else f"{len(review.marks)} criteria"
            yield f"{by[:1].upper()}{by[1:]}, {written_date(review.on)}: {met} of {of} met"


def _warnings(piece: Shown, proof: Proof, entry: Entry, firms: tuple[str, ...]) -> Iterator[str]:
    whole = "\n".join((piece.title, piece.says, piece.body, *(value for _, value in piece.figures)))
    if proof.confidentiality == REDACTED and MASK not in whole:
        yield "It is shareable when redacted, and nothing is masked in it."
    yield from (
        f"It says “{firm}”, a firm of your résumé." for firm in firms if re.search(rf"(?<!\w){re.escape(firm)}(?!\w)", whole)
    )
    yield from (f"It holds {what}." for what, pattern in CONTACTS.items() if pattern.search(whole))
    files = entry.attachments.count()
    if files:
        yield f"{counted(files, 'file')} of it {'is' if files == 1 else 'are'} not packed: only its text goes out."
    if not piece.body.strip() and not piece.says.strip():
        yield "It has no text. Write a few lines on what it is."


def _firms(learner: Learner) -> Iterator[str]:
    """Employers in the newest résumé."""
    row = learner.resumes.first()
    if row is not None:
        names = (position.name.strip() for position in from_json(row.document).positions if position.sort == "work")
        yield from dict.fromkeys(name for name in names if len(name) > 2)
