"""The made-up file: the same on every machine, named for what it is, and with something in it to find."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from segue.work.lab.example import COLUMNS, NAME, ROWS, rows, write_example
from segue.work.lab.phrases import ASPECTS
from tests.architecture.tree import ROOT

SHA256 = "5fd211efdc84de7ec8aa8b5a0c05d22a490ae8507b61323661e1506894f6d170"


def mean(ratings: list[int]) -> float:
    return sum(ratings) / len(ratings)


@pytest.fixture(scope="module")
def made() -> list[dict[str, str]]:
    return rows()


def says(row: dict[str, str], *words: str) -> bool:
    return any(word in row["comment"].lower() for word in words)


def test_it_is_the_same_on_every_machine() -> None:
    assert hashlib.sha256(write_example()).hexdigest() == SHA256
    assert write_example() == write_example()


def test_its_name_says_what_it_is() -> None:
    assert NAME.startswith("made-up-")


def test_the_script_writes_it_and_the_readme_names_it(tmp_path: Path) -> None:
    command = [sys.executable, "-I", str(ROOT / "examples/make_feedback.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"{tmp_path / NAME}: 1,200 rows\n"
    assert (tmp_path / NAME).read_bytes() == write_example()
    assert f"`{NAME}`" in (ROOT / "examples/README.md").read_text("utf-8")


def test_rows_are_whole_and_in_order(made: list[dict[str, str]]) -> None:
    read = list(csv.DictReader(write_example().decode().splitlines()))
    assert read == made
    assert len(made) == ROWS == 1200
    assert tuple(made[0]) == COLUMNS
    days = [row["date"] for row in made]
    assert days == sorted(days)
    assert "2026-01-05" <= days[0] < days[-1] <= "2026-10-04"
    assert {row["rating"] for row in made} == set("12345")
    assert {row["channel"] for row in made} == {"app store", "survey", "e-mail"}
    assert {row["plan"] for row in made} == {"free", "paid"}


def test_there_is_something_to_find(made: list[dict[str, str]]) -> None:
    sync = [row for row in made if says(row, "sync")]
    early, late = ([row for row in sync if (row["date"] < "2026-05-20") == first] for first in (True, False))
    assert len(late) > 1.5 * len(early)
    assert mean([int(row["rating"]) for row in late]) < mean([int(row["rating"]) for row in early]) - 0.5
    price = Counter(row["plan"] for row in made if says(row, "price", "subscription"))
    plans = Counter(row["plan"] for row in made)
    assert price["paid"] / plans["paid"] > 1.5 * price["free"] / plans["free"]


def test_there_is_something_to_stumble_over(made: list[dict[str, str]]) -> None:
    texts = [row["comment"] for row in made if row["comment"]]
    assert 5 <= ROWS - len(texts) <= 30, "empty texts"
    assert 10 <= sum(len(text.split()) <= 2 for text in texts) <= 150, "very short ones"
    assert len([text for text, count in Counter(texts).items() if count > 1 and len(text) > 40]) >= 10, "doubles"
    assert max(map(len, texts)) > 200
    assert any(text.isascii() and text.islower() for text in texts)


def test_personal_data_belongs_to_nobody(made: list[dict[str, str]]) -> None:
    everything = "\n".join(row["comment"] for row in made)
    addresses = re.findall(r"\S+@\S+", everything)
    assert len(addresses) >= 20
    assert {address.rpartition("@")[2].rstrip(".,") for address in addresses} <= {"example.com", "example.org"}
    numbers = re.findall(r"[+(]?\d[\d ()-]{8,}\d", everything)
    assert len(numbers) >= 10
    fictional = re.compile(r"\+44 7700 900\d{3}|020 7946 0\d{3}|\(202\) 555-01\d\d")
    assert [number for number in numbers if not fictional.fullmatch(number)] == []


def test_phrases_are_whole() -> None:
    for aspect in ASPECTS.values():
        assert aspect.subjects
        assert aspect.complaints
        every = (*aspect.subjects, *aspect.faults, *aspect.praises, *aspect.complaints, *aspect.when)
        assert [words for words in every if words != words.strip() or words.endswith(".")] == []
