"""What the pages of the résumés are told."""

from __future__ import annotations

from segue.accounts.models import Learner
from segue.evidence.actions import Work, record_work
from segue.work.transition.actions.resumes import add_resume
from segue.work.transition.queries.resume_suggestions import suggestions_for
from segue.work.transition.queries.resumes import baseline_of, resume_page, resumes_page
from segue.work.transition.resume.document import Bullet, Document, Position
from tests.conftest import MONDAY


def test_shares_count_bullets_that_say_something(priya: Learner) -> None:
    card = record_work(priya, Work("model-card", "Card", MONDAY, body="word " * 500))
    bullets = (Bullet("a", "One", (card.number,)), Bullet("b", "Two"), Bullet("c", "Three"), Bullet("d", "", (card.number,)))
    row = add_resume(priya, "One", "ai-feature-pm", Document(positions=(Position("p", "N", bullets=bullets),)))
    page = resume_page(priya, row)
    assert (len(page.bullets), page.linked, page.share) == (3, 1, 33)
    assert [each.state for each in page.positions[0].bullets] == [
        "Shown by, worth a look",
        "No evidence yet",
        "No evidence yet",
        "Empty: it is left out of every download",
    ]
    (card_of_list,) = resumes_page(priya).cards
    assert (card_of_list.bullets, card_of_list.linked, card_of_list.final) == (3, 1, 0)
    assert card_of_list.role


def test_the_baseline_is_the_newest_that_says_so(priya: Learner) -> None:
    assert baseline_of(priya) is None
    record_work(priya, Work("resume", "Other", MONDAY, body="word " * 200, facts={"stage": "linked"}))
    entry = record_work(priya, Work("resume", "Baseline", MONDAY, body="word " * 200, facts={"stage": "baseline"}))
    assert baseline_of(priya) == entry


def test_figures_are_said_in_plain_words(priya: Learner) -> None:
    facts = {"macro_f1": 0.81345, "rows": 1842, "classes": 8}
    record_work(priya, Work("data-sheet", "Data sheet.", MONDAY, body="word " * 500, facts=facts | {"sections": 7}))
    (offer,) = suggestions_for(priya, Document()).offers
    assert offer.text == "Data sheet (1,842 rows)"
