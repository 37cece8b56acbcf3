"""Evidence from labels: what it holds, and that nothing counts twice."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import count_words, withdraw
from segue.evidence.files import path_of
from segue.shared import clock
from segue.work.lab.label_queue import drawn_rows
from segue.work.lab.models import Analysis, LabellerSheet
from segue.work.lab.pieces.labels import AGREEMENT, GOLD, GUIDE
from segue.work.lab.pieces.making import piece_of
from tests.browsing import press, visit
from tests.feedback import shop_rows
from tests.work.lab.labelling import TRUE, answer_to, draw, label, send

pytestmark = pytest.mark.slow


def test_labels_become_evidence_once(page: Client, priya: Learner, done: Analysis, sheet: LabellerSheet, labelled: str) -> None:
    shown = press(page, visit(page, labelled), "Begin the guide")
    piece = piece_of(done, GUIDE)
    assert piece is not None
    least = current().programme.kinds[GUIDE].min_words
    assert least is not None
    assert count_words(piece.body) < 0.8 * least
    assert shown.form("Record").values["fact_classes"] == "4"
    assert shown.form("Record").values["fact_examples"] == "1"
    send(page, labelled, answer_to(sheet, wrong=1))
    assert "1 difference is not settled yet." in visit(page, f"/lab/{done.pk}/record/{AGREEMENT}/", {}, "post").text
    row = sheet.rows[0]
    visit(page, f"{labelled}settle/", {"row": str(row), "label": TRUE[row]}, "post")
    for button, kind in (("Record the gold set", GOLD), ("Record the agreement", AGREEMENT)):
        press(page, visit(page, labelled), button)
        entry = priya.entries.get(kind=kind)
        kept = json.loads(path_of(entry.attachments.get().sha256).read_bytes())
        assert len(kept["rows"]) == {GOLD: 60, AGREEMENT: 50}[kind]
        assert shop_rows()[0]["text"] not in json.dumps(kept)
        assert visit(page, f"/lab/{done.pk}/record/{kind}/", {}, "post").status == 400
    facts = priya.entries.get(kind=AGREEMENT).facts
    assert (facts["double_labelled"], facts["agreed"], facts["settled"]) == (50, 98.0, 1)
    draw(page, labelled, 10)
    for each in drawn_rows(done)[60:]:
        label(page, labelled, each.row, TRUE[each.row])
    press(page, visit(page, labelled), "Record the gold set")
    assert [entry.facts["items"] for entry in priya.entries.filter(kind=GOLD).order_by("number")] == [60, 10]
    withdraw(priya.entries.filter(kind=GOLD).order_by("number")[0], clock.today(), "Anew")
    again = piece_of(done, GOLD)
    assert again is not None
    assert again.facts["items"] == 60


def test_an_untouched_draft_is_nobodys_guide(page: Client, done: Analysis, at: str) -> None:
    press(page, visit(page, f"{at}guide/"), "Keep the guide")
    piece = piece_of(done, GUIDE)
    assert piece is not None
    least = current().programme.kinds[GUIDE].min_words
    assert least is not None
    assert count_words(piece.body) < 0.8 * least
    assert "Label what is written" not in piece.body
