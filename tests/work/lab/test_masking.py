"""What the Lab sees in a text that is about to leave."""

from __future__ import annotations

import pytest

from segue.work.lab import masking
from segue.work.lab.folders import clear, run_folder
from segue.work.lab.masking import SHORT_ROW, found_in, quoted_from, surely_personal
from segue.work.lab.models import Analysis


def test_personal_data_is_found_with_its_kind_in_order() -> None:
    text = "Call +49 30 1234567 or write to anna@example.com. My name is Bob."
    assert found_in(text) == (("PHONE", "+49 30 1234567"), ("EMAIL", "anna@example.com"), ("NAME", "Bob"))
    assert found_in("Nothing of that sort, 23,486 rows and 0.65.") == ()
    assert surely_personal("EMAIL")
    assert not surely_personal("NAME")


def test_without_the_parts_that_look_nobody_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "is_installed", lambda: False)
    assert found_in("anna@example.com") is None


@pytest.mark.slow
def test_passages_of_rows_are_found_whatever_their_case_and_marks(done: Analysis) -> None:
    from feedback_lab.parts import read_rows

    part = next(iter(sorted((run_folder(done) / "rows").glob("part-*.parquet"))))
    row = next(text for text in read_rows(part).texts if 10 <= len(text.split()) <= 20 and "[" not in text)
    words = row.split()
    said = " ".join(words[:9]).upper()
    ((found,),) = quoted_from(done, 1, f"They told us: {said}! And then nothing of what they said mattered to anybody here.")
    assert found.startswith(said.strip(".,!?;:")[:20])
    assert quoted_from(done, 1, " ".join(words[:SHORT_ROW])) == ((),)
    assert quoted_from(done, 1, "", "Nothing") == ((), ())
    clear(done)
    assert quoted_from(done, 1, said) == ((),)
