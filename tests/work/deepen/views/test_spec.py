"""A spec for AI beside an ordinary one, and the two examples through the pages of the sheet."""

from __future__ import annotations

from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.models import Entry
from segue.work.deepen.comparison import differences, told_twice
from segue.work.deepen.outline import outlines
from tests.browsing import Page, press, visit

COMPARE = "/deepen/spec/different/"
EDIT = "/deepen/sheets/spec/edit/"
PARTS = tuple(part.id for part in outlines()["spec"].parts)


def write(page: Client, texts: list[str]) -> Page:
    return press(page, visit(page, EDIT), "Keep it and see what follows", **dict(zip(PARTS, texts, strict=True)))


def test_page_sets_both_specs_side_by_side_with_reasons(page: Client) -> None:
    shown = visit(page, COMPARE)
    assert shown.status == 200
    assert len(differences()) >= 11
    for row in differences():
        assert row.about in shown.text
        assert row.why in shown.text
    assert shown.link("To your own spec") == "/deepen/sheets/spec/"


def test_each_ai_part_of_the_smooth_example_has_its_faults_on_the_page(page: Client) -> None:
    shown = visit(page, COMPARE)
    told = told_twice()
    assert sum(each.is_ai for each in told) == 11
    for each in told:
        assert each.faults
        text = shown.section(each.heading)
        assert f"Fault: {each.faults[0][0].upper()}{each.faults[0][1:]}" in text
        assert each.exact.split(". ")[0] in text
    assert "Nothing stands here." in shown.section("Roll-back")


def test_bad_spec_is_sent_back_and_the_good_one_recorded(page: Client, priya: Learner) -> None:
    bad = write(page, [each.smooth for each in told_twice()])
    assert "0 of 11 AI parts say what they must." in bad.text
    assert "Baseline: add the figure of the baseline." in bad.text
    good = write(page, [each.exact for each in told_twice()])
    assert "11 of 11 AI parts say what they must." in good.section("What follows")
    assert "Missing" not in good.section("What follows")
    press(page, good, "Record the sheet", confidentiality="private")
    entry = Entry.objects.get(learner=priya)
    assert entry.facts["sections"] == 11
    assert entry.facts["pages"] > 1


def test_spec_is_written_back_as_text_and_not_as_markup(page: Client) -> None:
    texts = [each.exact for each in told_twice()]
    shown = write(page, ["<script>alert(1)</script> مرحبا " + "x" * 3000, *texts[1:]])
    assert shown.status == 200
    assert "<script>alert(1)" not in shown.html
