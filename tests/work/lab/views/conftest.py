"""An analysis in which labelling has come so far."""

from __future__ import annotations

import pytest
from django.test import Client

from segue.shared import clock
from segue.work.lab.label_queue import drawn_rows
from segue.work.lab.models import Analysis, LabellerSheet, Purpose, RowMark
from tests.browsing import visit
from tests.work.lab.labelling import GUIDE_TEXT, TOPICS, TRUE, draw


@pytest.fixture
def at(done: Analysis) -> str:
    """Where the labels are."""
    return f"/lab/{done.pk}/labels/"


@pytest.fixture
def planned(page: Client, at: str) -> str:
    """The same with a guide."""
    visit(page, f"{at}guide/", {"classes": "\n".join(TOPICS), "guide": GUIDE_TEXT, "revision": "0"}, "post")
    return at


@pytest.fixture
def labelled(page: Client, done: Analysis, planned: str) -> str:
    """The same with sixty rows labelled, as the page would."""
    draw(page, planned, 60)
    now = clock.now()
    RowMark.objects.bulk_create(
        RowMark(analysis=done, purpose=Purpose.OWN, row=each.row, value=TRUE[each.row], at=now) for each in drawn_rows(done)
    )
    return planned


@pytest.fixture
def sheet(page: Client, done: Analysis, labelled: str) -> LabellerSheet:
    """A sheet with fifty of them."""
    visit(page, f"{labelled}sheets/make/", {"count": "50"}, "post")
    return done.labeller_sheets.get()
