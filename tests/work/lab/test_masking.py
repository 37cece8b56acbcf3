"""What the Lab sees in a text that is about to leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segue.work.lab import masking
from segue.work.lab.folders import clear, run_folder
from segue.work.lab.masking import SHORT_ROW, found_in, quoted_anywhere, quoted_from, surely_personal
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


def test_rows_of_every_analysis_are_looked_at_and_none_is_not_nothing(
    bring: Callable[..., Analysis], monkeypatch: pytest.MonkeyPatch
) -> None:
    analyses = [bring(), bring(), bring()]
    learner = analyses[0].learner
    assert quoted_anywhere(learner, "Anything", "at all") is None
    texts = ("The zip broke on the first day, they say", "All of it came two weeks late", "Nothing of that sort was said")
    for analysis, row in zip(analyses, ("the zip broke on the first day", "it came two weeks late"), strict=False):
        keep_row(analysis, row)
    assert quoted_anywhere(learner, *texts) == (("The zip broke on the first day",), ("it came two weeks late",), ())
    assert quoted_from(analyses[0], 1, texts[1]) == ((),)
    assert quoted_from(analyses[2], 1, texts[1]) is None
    keep_row(analyses[0], "nothing of that sort was said")
    assert quoted_anywhere(learner, texts[2]) == ((texts[2],),), "rows that were written anew are read anew"
    with monkeypatch.context() as patch:
        patch.setattr(masking, "is_installed", lambda: False)
        assert quoted_anywhere(learner, *texts) is None
    for analysis in analyses:
        clear(analysis)
    assert quoted_anywhere(learner, *texts) is None


def keep_row(analysis: Analysis, text: str) -> None:
    import numpy as np

    from feedback_lab.parts import write_rows
    from feedback_lab.records.rows import Rows

    folder = run_folder(analysis) / "rows"
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "part-00001.parquet", Rows(np.array([1]), [text]))


@pytest.mark.slow
def test_passages_of_rows_are_found_whatever_their_case_and_marks(done: Analysis) -> None:
    from feedback_lab.parts import read_rows

    part = next(iter(sorted((run_folder(done) / "rows").glob("part-*.parquet"))))
    row = next(text for text in read_rows(part).texts if 10 <= len(text.split()) <= 20 and "[" not in text)
    words = row.split()
    said = " ".join(words[:9]).upper()
    looked = quoted_from(done, 1, f"They told us: {said}! And then nothing of what they said mattered to anybody here.")
    assert looked is not None
    ((found,),) = looked
    assert found.startswith(said.strip(".,!?;:")[:20])
    assert quoted_from(done, 1, " ".join(words[:SHORT_ROW])) == ((),)
    assert quoted_from(done, 1, "", "Nothing") == ((), ())
    clear(done)
    assert quoted_from(done, 1, said) is None
