"""The top of month 6: a card for each part, with how far it is."""

from __future__ import annotations

from django.test import Client

from segue.accounts.models import Learner
from tests.browsing import visit

CARDS = (
    *("Résumé", "LinkedIn profile", "Portfolio", "Job ads", "Stories", "Mock interviews", "The job, heard and wanted"),
    *("Three views", "Gap plan", "Decision"),
)


def test_there_is_a_card_for_each_part(page: Client, priya: Learner) -> None:
    shown = visit(page, "/transition/")
    for title in CARDS:
        assert f"# {title}" in shown.text
    assert "“Ready to apply” is not open yet" in shown.text
    assert "0 of 3 informational interviews" in shown.text
    assert "Week 26" in shown.text


def test_nobody_sees_it_before_the_first_hour(page: Client, priya: Learner) -> None:
    priya.hours.delete()
    assert visit(page, "/transition/").path != "/transition/"
    assert visit(page, "/transition/views/").status == 404
    assert visit(page, "/transition/gaps/").status == 404
    assert visit(page, "/transition/decision/").status == 404
