from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from feedback_lab.ingest import Wishes, look
from feedback_lab.ingest.wishes import find_name
from feedback_lab.records.rows import Roles, Segment
from tests.ingest.made import written

FILE = "text,title,date,rating,category,age\n" + "".join(
    f"a text of some {n} words,a {n} title,2026-11-{n % 28 + 1:02},{n % 5 + 1},c{n % 3},{20 + n}\n" for n in range(60)
)
AGE = Segment("age", (18, 25, 35, 45, 55, 65))


@pytest.mark.parametrize(
    ("wishes", "roles"),
    [
        (Wishes(), Roles("text", "date", "rating", "category", (AGE,))),
        (Wishes(text="title"), Roles("title", "date", "rating", "category", (AGE,))),
        (Wishes(time="", rating="", label="", segments=()), Roles("text")),
        (Wishes(text=" TEXT "), Roles("text", "date", "rating", "category", (AGE,))),
        (
            Wishes(label="", segments=("category", "rating")),
            Roles("text", "date", None, None, (Segment("category"), Segment("rating"))),
        ),
        (Wishes(segments=(Segment("age", (40, 30)),)), Roles("text", "date", "rating", "category", (Segment("age", (30, 40)),))),
        (Wishes(label="rating"), Roles("text", "date", None, "rating", (Segment("category"), AGE))),
    ],
)
def test_wishes_come_before_guesses(tmp_path: Path, wishes: Wishes, roles: Roles) -> None:
    assert look(written(tmp_path, FILE), wishes).roles == roles


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (Wishes(text="txet"), "no column “txet”.\nDid you mean “text”"),
        (Wishes(segments=("region",)), "no column “region”"),
        (Wishes(text=""), "column of text is needed"),
        (Wishes(text="title", label="title"), "chosen for two things"),
        (Wishes(text="title", segments=("title",)), "chosen for two things"),
        (Wishes(time="title"), "does not hold dates"),
        (Wishes(delimiter="::"), "can't part the cells"),
        (Wishes(delimiter='"'), "can't part the cells"),
        (Wishes(encoding="klingon"), "no encoding"),
        (Wishes(encoding="base64"), "no encoding"),
    ],
)
def test_a_wish_that_can_not_be_met_is_said(tmp_path: Path, wishes: Wishes, words: str) -> None:
    with pytest.raises(LabError, match=words):
        look(written(tmp_path, FILE), wishes)


def test_many_groups_are_granted_with_a_warning(tmp_path: Path) -> None:
    found = look(written(tmp_path, FILE), Wishes(segments=("title",)))
    assert "60 different values" in found.warnings[0]


def test_names_are_listed_in_part_when_there_are_many() -> None:
    with pytest.raises(LabError, match=r"There are 100 columns: c0, .*c19 and 80 more\."):
        find_name("zzz", [f"c{n}" for n in range(100)])
