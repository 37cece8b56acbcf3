from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from segue.accounts.models import Learner
from segue.courses.models import OwnCourse
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def test_a_key_is_there_once_for_each_learner(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    course = OwnCourse.objects.create(learner=priya, key="own-0123456789", title="Statistics", as_of=MONDAY)
    assert str(course) == "Statistics"
    OwnCourse.objects.create(learner=sam, key=course.key, title="Statistics", as_of=MONDAY)
    with pytest.raises(IntegrityError):
        OwnCourse.objects.create(learner=priya, key=course.key, title="Another", as_of=MONDAY)
