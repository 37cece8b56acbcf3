"""Résumés kept, linked, removed and brought back, below their pages."""

from __future__ import annotations

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import Work, record_work
from segue.work.transition.actions import resume_versions, resumes
from segue.work.transition.queries.resumes import document_in
from segue.work.transition.resume.document import Basics, Bullet, Document, Position
from tests.conftest import MONDAY


def said(text: str) -> Document:
    return Document(Basics(name="Priya"), (Position("p1", "Northwind", bullets=(Bullet("b1", text),)),))


def test_there_is_an_end_to_variants_and_versions(priya: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumes, "MOST_RESUMES", 1)
    monkeypatch.setattr(resume_versions, "MOST_VERSIONS", 1)
    row = resumes.add_resume(priya, "One", "", said("One"))
    with pytest.raises(UserError, match="Remove one"):
        resumes.add_resume(priya, "Two", "", said("Two"))
    resume_versions.keep_version(priya, row.key, "")
    resumes.keep_resume(priya, row.key, said("Two"), 1, "")
    with pytest.raises(UserError, match="Go on in a copy"):
        resume_versions.keep_version(priya, row.key, "")


def test_only_what_stands_is_linked_and_the_window_that_types_is_not_disturbed(priya: Learner) -> None:
    row = resumes.add_resume(priya, "One", "", said("One"))
    card = record_work(priya, Work("model-card", "Card", MONDAY, body="word " * 500))
    resumes.link_bullet(priya, row.key, "b1", [card.number, 99, card.number])
    row.refresh_from_db()
    assert document_in(row).positions[0].bullets[0].entries == (card.number,)
    assert row.revision == 1


def test_a_variant_comes_back_once(priya: Learner) -> None:
    row = resumes.add_resume(priya, "One", "", said("One"))
    resume_versions.keep_version(priya, row.key, "first")
    kept = resume_versions.remove_resume(priya, row.key)
    for _ in range(2):
        back = resume_versions.restore_resume(priya, kept)
        assert (back.key, document_in(back), [each.note for each in back.versions.all()]) == (row.key, said("One"), ["first"])
    assert priya.resumes.count() == 1


def test_a_version_does_not_change_with_the_resume(priya: Learner) -> None:
    row = resumes.add_resume(priya, "One", "", said("One"))
    version = resume_versions.keep_version(priya, row.key, "")
    resumes.keep_resume(priya, row.key, said("Two"), 1, "")
    version.refresh_from_db()
    assert document_in(version) == said("One")
