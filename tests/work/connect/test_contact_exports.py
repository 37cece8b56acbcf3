"""Files to take away."""

from __future__ import annotations

import csv
import io

from segue.work.connect.contact_exports import CHUNK, csv_of, vcards_of
from segue.work.connect.contacts import LABELS
from segue.work.connect.models import Person
from tests.work.connect.test_vcards import INES


def test_a_spreadsheet_gets_words_and_runs_nothing() -> None:
    hostile = Person(name='=HYPERLINK("http://x")', phone="+49 30", note="-2", known_since=INES.known_since, key="k")
    text = "".join(csv_of([INES, hostile]))
    assert text.startswith("\ufeffName,Organisation,")
    heading, ines, other = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert heading == list(LABELS.values())
    said = dict(zip(LABELS, ines, strict=True))
    assert (said["role"], said["relation"], said["tags"]) == ("Data scientist", "My mentor", "pricing; a, b")
    assert (said["organisation"], said["known_since"], said["key"]) == ("Nord, Süd; GmbH", "2023-11-21", "abc")
    told = dict(zip(LABELS, other, strict=True))
    assert (told["name"], told["phone"], told["note"]) == ('\'=HYPERLINK("http://x")', "'+49 30", "-2")


def test_many_people_are_sent_some_at_a_time() -> None:
    many = [INES] * (CHUNK + 1)
    assert [piece.count("BEGIN:VCARD") for piece in vcards_of(many)] == [CHUNK, 1]
    assert sum(piece.count("ines@example.org") for piece in csv_of(many)) == CHUNK + 1
    assert "".join(vcards_of([])) == ""
