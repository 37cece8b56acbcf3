"""Pieces come into the portfolio, are told of, moved, masked and taken out; the whole is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.files import store
from segue.evidence.models import Entry
from segue.shared import clock
from segue.work.transition.actions.closing_row import check_class
from segue.work.transition.decision import checksum_of
from segue.work.transition.models import Portfolio
from segue.work.transition.portfolio_site import site_zip
from segue.work.transition.queries.honesty import check_no_gaps
from segue.work.transition.queries.portfolio import ACTIVITY, KIND, portfolio_page

MOST_PIECES = 30
FILE_NAME = "portfolio.zip"


def _locked(learner: Learner) -> Portfolio:
    Learner.objects.select_for_update().get(pk=learner.pk)
    row, _ = Portfolio.objects.get_or_create(learner=learner, defaults={"saved_at": clock.now()})
    return row


def _keep(row: Portfolio, *fields: str) -> Portfolio:
    row.revision, row.saved_at = row.revision + 1, clock.now()
    row.save(update_fields=[*fields, "revision", "saved_at"])
    return row


@transaction.atomic
def keep_cover(learner: Learner, texts: Mapping[str, str], seen: int) -> bool:
    """Keeps the cover. False, with nothing changed, where another window changed the portfolio after ``seen``."""
    row = _locked(learner)
    now = {name: getattr(row, name) for name in texts}
    if row.revision != seen and any(now.values()) and now != dict(texts):
        return False
    for name, text in texts.items():
        setattr(row, name, text)
    _keep(row, *texts)
    return True


@transaction.atomic
def add_piece(learner: Learner, number: int) -> None:
    """Adds a piece at the end; one that is there stays where it is. Raises ``UserError`` for what may not go out."""
    row, page = _locked(learner), portfolio_page(learner)
    if any(piece.number == number or (piece.proof and number in piece.proof.numbers) for piece in page.pieces):
        return
    if not any(number in proof.numbers for proof in page.candidates):
        raise UserError(
            f"Entry {number} can’t go into the portfolio.",
            "It is private, withdrawn, or not there. Change its class in the ledger.",
        )
    if len(row.pieces) >= MOST_PIECES:
        raise UserError(f"There are {MOST_PIECES} pieces already.", "Take one out first; five to eight are enough for a reader.")
    row.pieces = [*row.pieces, {"number": number, "says": "", "hidden": []}]
    _keep(row, "pieces")


@transaction.atomic
def keep_piece(learner: Learner, number: int, says: str, hidden: Sequence[str]) -> None:
    """Keeps what is said of a piece, and what is masked in it."""
    row = _locked(learner)
    told = {"number": number, "says": says, "hidden": list(hidden)}
    row.pieces = [told if each["number"] == number else each for each in row.pieces]
    _keep(row, "pieces")


@transaction.atomic
def move_piece(learner: Learner, number: int, by: int) -> None:
    """Moves a piece up (-1) or down (1); at the end of the list nothing happens."""
    row = _locked(learner)
    pieces = list(row.pieces)
    at = next((place for place, each in enumerate(pieces) if each["number"] == number), None)
    if at is None or not 0 <= at + by < len(pieces):
        return
    pieces[at], pieces[at + by] = pieces[at + by], pieces[at]
    row.pieces = pieces
    _keep(row, "pieces")


@transaction.atomic
def remove_piece(learner: Learner, number: int) -> Mapping[str, object] | None:
    """Takes a piece out. Returns what brings it back, with its place; ``None`` where it was not there."""
    row = _locked(learner)
    at = next((place for place, each in enumerate(row.pieces) if each["number"] == number), None)
    if at is None:
        return None
    kept = {**row.pieces[at], "at": at}
    row.pieces = [each for each in row.pieces if each["number"] != number]
    _keep(row, "pieces")
    return kept


@transaction.atomic
def restore_piece(learner: Learner, kept: Mapping[str, object]) -> None:
    """Brings a piece back to its place, where it is not there again already."""
    row = _locked(learner)
    if any(each["number"] == kept["number"] for each in row.pieces):
        return
    at = kept["at"]
    assert isinstance(at, int)
    back = {name: kept[name] for name in ("number", "says", "hidden")}
    row.pieces = [*row.pieces[:at], back, *row.pieces[at:]]
    _keep(row, "pieces")


def packed_site(learner: Learner) -> bytes:
    """The site as a ZIP. Raises ``UserError`` where there is no piece, or a line says what nothing shows."""
    page = portfolio_page(learner)
    check_ready(learner)
    return site_zip(page.cover, page.packed)


def check_ready(learner: Learner) -> None:
    """Raises ``UserError`` where the portfolio can’t go out."""
    page = portfolio_page(learner)
    if not page.packed:
        raise UserError("The portfolio has no piece that may be shown.", "Choose one of your public or shareable pieces first.")
    check_no_gaps(learner, page.lines)


@transaction.atomic
def record_portfolio(learner: Learner, confidentiality: str) -> Entry:
    """Records the portfolio with its site: new evidence at first, then new versions of it."""
    check_class(confidentiality)
    row = _locked(learner)
    content = packed_site(learner)
    page = portfolio_page(learner)
    if page.entry is not None and not page.is_changed and page.entry.confidentiality == confidentiality:
        raise UserError(f"It is in the ledger as it stands, as entry {page.entry.number}.", "Change something first.")
    work = Work(
        KIND,
        "Portfolio",
        clock.today(),
        ACTIVITY,
        current().programme.by_id[ACTIVITY].proves(KIND),
        page.text,
        facts=page.facts,
        confidentiality=confidentiality,
        files=(store(FILE_NAME, "application/zip", [content]),),
    )
    row.entry = record_work(learner, work, revises=page.entry)
    row.recorded = checksum_of(page.text)
    row.save(update_fields=["entry", "recorded"])
    return row.entry
