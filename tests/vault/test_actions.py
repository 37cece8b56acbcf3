from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.jobs.models import Job, State
from segue.vault.actions import ask_for_backup, ask_for_export, check_empty, take_in
from segue.vault.document import build


def test_an_export_under_way_is_not_asked_for_twice(priya: Learner) -> None:
    first = ask_for_export(priya)
    assert ask_for_export(priya) == first
    Job.objects.update(state=State.DONE)
    assert ask_for_export(priya) != first


def test_only_who_is_alone_may_back_everything_up(priya: Learner, settings: Any) -> None:
    settings.SINGLE_USER = False
    with pytest.raises(Http404):
        ask_for_backup(priya)
    assert not Job.objects.exists()
    settings.SINGLE_USER = True
    assert ask_for_backup(priya).kind == "backup"


def test_empty_is_without_hours_too(priya: Learner, make_learner: Any) -> None:
    check_empty(make_learner("Sam", started=False))
    with pytest.raises(UserError, match="not empty"):
        check_empty(priya)


def test_taking_in_is_refused_again_when_something_came_in_between(priya_with_history: Learner, make_learner: Any) -> None:
    document = build(priya_with_history)
    sam = make_learner("Sam", started=True)
    with pytest.raises(UserError, match="not empty"):
        take_in(sam, document)
    assert sam.entries.count() == 0
