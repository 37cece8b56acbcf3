"""The figures as their reader has them: a question first, then the picture; no address is an error."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from segue.work.learn import figures
from segue.work.learn.figures import FIGURES
from segue.work.learn.figures.shape import PlayFigure
from tests.browsing import visit

PICTURE = 'role="img" aria-labelledby="'
HOSTILE = ["1e999", "nan", "-inf", "\0", "💥" * 200, "x" * 5000, "<script>alert(1)</script>", "", "' or 1=1", "0x10", "١٢"]


@pytest.fixture(autouse=True)
def _no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "warm_up", lambda figure: None)


def test_the_list_and_the_concepts_lead_to_every_figure(page: Client) -> None:
    listed = {url for _, url in visit(page, "/learn/figures/").links}
    for figure in FIGURES:
        assert f"/learn/figures/{figure.id}/" in listed
        shown = visit(page, f"/learn/concepts/{figure.concepts[0]}/")
        assert f"/learn/figures/{figure.id}/" in {url for _, url in shown.links}
    assert "/learn/figures/" in {url for _, url in visit(page, "/learn/").links}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_it_asks_first_and_shows_nothing(page: Client, figure: PlayFigure) -> None:
    asked = visit(page, f"/learn/figures/{figure.id}/")
    assert figure.question in asked.text
    assert figure.because not in asked.text
    assert PICTURE not in asked.html
    right = next(guess for guess in figure.guesses if guess.right)
    wrong = next(guess for guess in figure.guesses if not guess.right)
    told = visit(page, f"/learn/figures/{figure.id}/?answer={right.id}")
    assert "That is how it is" in told.text
    assert figure.because in told.text
    assert PICTURE in told.html
    other = visit(page, f"/learn/figures/{figure.id}/?answer={wrong.id}")
    assert "It is otherwise" in other.text
    assert wrong.says in other.text
    assert right.says in other.text
    at_once = visit(page, f"/learn/figures/{figure.id}/?answer=see")
    assert PICTURE in at_once.html
    assert figure.because not in at_once.text


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_no_address_is_an_error(page: Client, figure: PlayFigure) -> None:
    for value in HOSTILE:
        query = urlencode({"answer": "see"} | {control.id: value for control in figure.controls})
        shown = visit(page, f"/learn/figures/{figure.id}/?{query}")
        assert "<script>alert" not in shown.html
        assert PICTURE in shown.html
    assert visit(page, f"/learn/figures/{figure.id}/?answer=%00").status == 200


def test_settings_are_kept_in_the_page_and_in_its_ways_on(page: Client) -> None:
    shown = visit(page, "/learn/figures/k-means/?answer=always&groups=3&start=apart&step=2")
    assert 'value="3"' in shown.html
    onward = next(url for words, url in shown.links if words == "One step on")
    assert "answer=always&groups=3&start=apart&step=3" in onward.replace("&amp;", "&")
    cleaned = visit(page, "/learn/figures/cleaning/?answer=see&steps=&steps=trim")
    assert 'value="trim" checked' in cleaned.html
    assert 'value="empty" checked' not in cleaned.html


def test_what_gave_way_is_said(page: Client) -> None:
    shown = visit(page, "/learn/figures/overfitting/?answer=see&degree=40")
    assert "“Degree” goes from 1 to 15; 15 is shown." in shown.text


def test_an_unknown_figure_is_not_found(page: Client) -> None:
    assert page.get("/learn/figures/nothing/").status_code == 404


def test_without_the_extra_the_page_says_what_to_install(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "is_ready", lambda figure: False)
    shown = visit(page, "/learn/figures/threshold/?answer=see")
    assert "segue[lab]" in shown.text
    assert PICTURE not in shown.html
