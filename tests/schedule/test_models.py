"""What the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from segue.accounts.models import Learner
from segue.schedule.models import Choice, ChoiceSort, Hours
from segue.shared import clock
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def test_one_choice_of_a_sort(priya: Learner) -> None:
    def skip() -> None:
        Choice.objects.create(learner=priya, sort=ChoiceSort.SKIP, activity_id="a", made_at=clock.now())

    skip()
    with pytest.raises(IntegrityError), transaction.atomic():
        skip()


def test_hours_are_one_row_a_learner(priya: Learner) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Hours.objects.create(learner=priya, starts_on=MONDAY, agreed_on=MONDAY, feed_token="another")


def test_rows_say_what_they_are(priya: Learner) -> None:
    choice = Choice(learner=priya, sort=ChoiceSort.SKIP, activity_id="w01-why", made_at=clock.now())
    assert (str(Hours.objects.get(learner=priya)), str(choice)) == ("from 2026-11-23", "skip w01-why")
