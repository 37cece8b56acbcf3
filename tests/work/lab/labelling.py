"""Labelling as tests do it: by the topics of the made-up shop, through the pages."""

from __future__ import annotations

from django.test import Client

from segue.evidence.blocks import pack
from segue.work.lab.label_queue import drawn_rows
from segue.work.lab.models import Analysis, LabellerSheet
from tests.browsing import Page, press, visit
from tests.feedback import shop_rows

TOPICS = ("delivery", "fabric", "service", "size")
GUIDE_TEXT = "## Rules\nOne label a row.\n\n### size\n> The dress is too small for me\n"
TRUE = {number: row["topic"] for number, row in enumerate(shop_rows(), 1)}


def draw(page: Client, at: str, count: int, how: str = "random") -> Page:
    return visit(page, f"{at}draw/", {"how": how, "count": str(count)}, "post")


def label(page: Client, at: str, row: int, name: str, **more: str) -> Page:
    return visit(page, f"{at}rows/label/", {"row": str(row), "label": name, "was": "", **more}, "post")


def label_all(page: Client, analysis: Analysis, at: str) -> None:
    """Labels what is drawn by its topic, a press a row, from the page that comes back."""
    shown = visit(page, f"{at}rows/")
    for _ in drawn_rows(analysis):
        row = int(shown.form("1 delivery").values["row"])
        key = TOPICS.index(TRUE[row]) + 1
        shown = press(page, shown, f"{key} {TRUE[row]}")
    assert "rows are labelled" in shown.heading


def answer_to(sheet: LabellerSheet, name: str = "Ben", wrong: int = 0, **more: object) -> str:
    """What a second labeller sends who knows the topics; of the first ``wrong`` rows they say the next class."""
    offered = [TOPICS.index(TRUE[row]) for row in sheet.rows]
    labels = [[row, (place + (n < wrong)) % 4, ""] for n, (row, place) in enumerate(zip(sheet.rows, offered, strict=True))]
    return pack({"sort": "labels", "token": sheet.token, "name": name, "labels": labels, **more})


def send(page: Client, at: str, text: str) -> Page:
    return visit(page, f"{at}sheets/answer/", {"text": text}, "post")
