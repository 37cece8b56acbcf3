from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from feedback_lab.files import sha256_of
from feedback_lab.ingest import Wishes, look
from feedback_lab.ingest.batches import NO_TEXT, TOO_FEW, TOO_MANY, UNCLOSED
from feedback_lab.records.rows import Roles, Segment
from tests.ingest.made import adds_up, rows_of, written
from tests.shared_data import shared_data

ROWS = [("The app is slow today", "2026-11-03", "2", "billing"), ("I like the new look", "2026-11-04", "5", "design")]
GOOD = "text,date,rating,category\n" + "".join(",".join(row) + "\n" for row in ROWS * 30)


def test_what_is_found_out_about_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    shares: list[float] = []
    found = look(path, on_progress=shares.append)
    assert (found.name, found.sha256, found.size_bytes) == ("feedback.csv", sha256_of(path), path.stat().st_size)
    assert (found.format, found.encoding, found.delimiter) == ("csv", "utf-8", ",")
    assert found.roles == Roles("text", "date", "rating", "category")
    assert (found.rows, found.kept, found.rejected, found.warnings) == (60, 60, (), ())
    assert [column.kind for column in found.columns] == ["category", "date", "number", "category"]
    assert all(column.reason for column in found.columns)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_every_reason_to_set_a_record_aside(tmp_path: Path) -> None:
    bad = 'only a text\na,2026-11-03,1,b,too many\n"  ",2026-11-03,1,b\n"open,2026-11-03,1,b\nempty extras,2026-11-03,1,b,,\n'
    found = look(written(tmp_path, GOOD + bad))
    assert found.rejected_by_reason == {NO_TEXT: 1, TOO_FEW: 1, TOO_MANY: 1, UNCLOSED: 1}
    assert [(one.row, one.line, one.reason) for one in found.rejected] == [
        (61, 62, TOO_FEW),
        (62, 63, TOO_MANY),
        (63, 64, NO_TEXT),
        (64, 65, UNCLOSED),
    ]
    assert (found.rows, found.kept) == (65, 61)


def test_a_short_record_is_kept_when_only_columns_without_a_role_are_missing(tmp_path: Path) -> None:
    path = written(
        tmp_path, "text,rating,code\n" + "".join(f"a text like that one,3,x{n}\n" for n in range(30)) + "short,4\nshorter\n"
    )
    found = look(path, Wishes(segments=()))
    assert (found.kept, found.rejected_by_reason) == (31, {TOO_FEW: 1})


def test_only_the_first_thousand_rejections_are_listed(tmp_path: Path) -> None:
    found = look(written(tmp_path, GOOD + ",,,\n" * 1500))
    assert (len(found.rejected), found.rejected_by_reason) == (1000, {NO_TEXT: 1500})
    assert adds_up(found)


@pytest.mark.parametrize(
    ("text", "delimiter", "kind"),
    [
        pytest.param(GOOD.replace(",", ";"), ";", "csv", id="semicolons"),
        pytest.param(GOOD.replace(",", "\t"), "\t", "tsv", id="tabs"),
        pytest.param(GOOD.replace(",", "|"), "|", "csv", id="pipes"),
        pytest.param(GOOD.replace("\n", "\r"), ",", "csv", id="CR"),
        pytest.param(GOOD.replace("\n", "\r\n"), ",", "csv", id="CRLF"),
        pytest.param(
            GOOD.replace("design\n", "design\r\n").replace("category\n", "category\r"), ",", "csv", id="mixed line ends"
        ),
        pytest.param("\ufeff" + GOOD, ",", "csv", id="byte order mark"),
        pytest.param("sep=;\n" + GOOD.replace(",", ";"), ";", "csv", id="a note to Excel"),
        pytest.param("\n\n" + GOOD, ",", "csv", id="blank lines first"),
        pytest.param(GOOD.replace("\n", ",\n"), ",", "csv", id="trailing delimiters"),
        pytest.param(GOOD.replace("design\n", "design,,,\n"), ",", "csv", id="trailing delimiters below"),
        pytest.param(GOOD.replace("category\n", "category,\n"), ",", "csv", id="trailing delimiter above"),
    ],
)
def test_the_same_rows_whatever_parts_them(tmp_path: Path, text: str, delimiter: str, kind: str) -> None:
    path = written(tmp_path, text)
    found = look(path)
    assert (found.format, found.delimiter) == (kind, delimiter)
    assert found.roles == Roles("text", "date", "rating", "category")
    assert list(rows_of(path, found).texts) == [text for text, *_ in ROWS * 30]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param(" \n\n", "nothing but blank", id="blank"),
        pytest.param("text,rating\n", "no rows", id="header only"),
        pytest.param("a,b\n1,2\n3,4\n", "No column holds texts", id="no text column"),
        pytest.param("text,rating\n,1\n,2\n", "No column holds texts", id="empty text column"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG picture", id="picture"),
        pytest.param(b"%PDF-1.7\n" + bytes(100), "PDF document", id="document"),
        pytest.param(bytes(range(256)) * 50, "not a text file", id="bytes"),
        pytest.param(bytes(1000), "not a text file", id="NUL only"),
        pytest.param('"text,rating\na,1\nb,2\n', "quote that is not closed", id="broken header"),
        pytest.param("x" * 2_000_000, "longer than 1 MB", id="one endless line"),
        pytest.param(
            ",".join(f"c{n}" for n in range(20_001)) + "\n" + "1," * 20_000 + "1\n", "at most 20,000", id="too many columns"
        ),
    ],
)
def test_what_can_not_be_read_is_said(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(LabError, match=words) as caught:
        look(written(tmp_path, content))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("make", "words"),
    [(lambda path: path, "is a folder"), (lambda path: path / "none.csv", "no file"), (lambda path: path / "x\0", "read")],
)
def test_what_is_no_file_is_said(tmp_path: Path, make: Callable[[Path], Path], words: str) -> None:
    with pytest.raises(LabError, match=words):
        look(make(tmp_path))


def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, GOOD)

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(LabError, match="may not be read"):
        look(path)


def test_one_row_is_enough(tmp_path: Path) -> None:
    found = look(written(tmp_path, "text\nI like it\n"))
    assert (found.rows, found.kept, found.roles.text) == (1, 1, "text")


def test_emoji_and_mixed_languages_are_texts(tmp_path: Path) -> None:
    for lines in (["😀😀", "🚀", "💔💔💔"], ["Sehr gut gelungen", "とても良いです", "Отлично, спасибо", "Très bien"]):
        path = written(tmp_path, "comment\n" + "\n".join(lines))
        assert list(rows_of(path, look(path)).texts) == lines


def test_a_huge_cell_is_cut_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD + "x" * 1_000_000 + ",2026-11-03,1,design\n")
    found = look(path)
    assert found.kept == 61
    assert found.warnings == ("One text is longer than 20,000 characters; the rest is cut off.",)
    assert len(rows_of(path, found).texts[-1]) == 20_000


def test_nuls_are_removed_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("slow", "sl\0ow"))
    found = look(path)
    assert found.warnings == ("30 NUL characters were removed.",)
    assert rows_of(path, found).texts[0] == ROWS[0][0]


def test_names_that_are_missing_or_double(tmp_path: Path) -> None:
    found = look(written(tmp_path, "text,,text,\n" + "a long text of words,x,short text,\n" * 3))
    assert [column.name for column in found.columns] == ["text", "column 2", "text (2)", "column 4"]
    assert len(found.warnings) == 2
    assert found.roles.text == "text"


def test_a_file_without_header(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(f"{n % 5 + 1},I had to wait for {n} days" for n in range(30)))
    found = look(path)
    assert (found.rows, found.kept, found.roles.text) == (30, 30, "column 2")
    assert "first line looks like data" in found.warnings[0]
    assert rows_of(path, found).number[0] == 1


def test_ten_thousand_columns(tmp_path: Path) -> None:
    line = ",".join(["x"] * 9_999)
    path = written(tmp_path, "text," + ",".join(f"c{n}" for n in range(9_999)) + "\n" + f"a text of words,{line}\n" * 20)
    found = look(path)
    assert (len(found.columns), found.kept, found.roles.text) == (10_000, 20, "text")


def test_dates_of_several_formats_are_counted(tmp_path: Path) -> None:
    days = ["2026-11-03", "25/11/2026", "3/11/2026", "3.11.2026", "Nov 3, 2026", "3 November 2026", "soon", ""]
    path = written(tmp_path, "comment;date\n" + "".join(f"it was late again;{day}\n" for day in days * 5))
    found = look(path)
    assert found.roles.time is None  # one in six is no date
    found = look(path, Wishes(time="date"))
    assert found.day_first
    assert len(found.warnings) == 3
    assert found.warnings[0] == "5 values in “date” can't be read as a date and are taken as missing."
    assert "come in 6 formats: 5 as " in found.warnings[1]
    assert found.warnings[2] == "5 dates such as 3/11/2026 are read with the day first: 5 dates of the column leave no doubt."
    times = rows_of(path, found).times
    assert times is not None
    assert [str(day) if day == day else "" for day in times.astype("datetime64[D]")[:8]] == [
        *("2026-11-03", "2026-11-25", "2026-11-03", "2026-11-03", "2026-11-03", "2026-11-03", "", "")
    ]


def test_a_rating_of_words_is_refused_or_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "comment,rating\n" + "it was all right,good\nit was not,bad\n" * 10)
    found = look(path)
    assert found.roles.rating is None
    assert found.warnings == ("“rating” sounds like a rating but holds words (“bad”, “good”), so it is not used as one.",)
    with pytest.raises(LabError, match="does not hold ratings: “good”, “bad”"):
        look(path, Wishes(rating="rating"))


def test_ratings_that_can_not_be_read_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "comment,stars\n" + "it was all right,4 stars\n" * 20 + "so so,n/a\nso so,many\n")
    found = look(path)
    assert (found.roles.rating, found.kept) == ("stars", 22)
    assert found.warnings == ("One value in “stars” can't be read as a rating and is taken as missing.",)


def test_a_broken_quote_on_row_90000_costs_one_row(tmp_path: Path) -> None:
    lines = [f'"text {n}, quoted and fine",{n % 5 + 1}' for n in range(1, 100_001)]
    lines[89_999] = lines[89_999].replace('fine"', "fine")
    path = written(tmp_path, "text,rating\n" + "\n".join(lines))
    found = look(path)
    assert (found.rows, found.kept) == (100_000, 99_999)
    assert [(one.row, one.line, one.reason) for one in found.rejected] == [(90_000, 90_001, UNCLOSED)]


def test_the_clothing_reviews() -> None:
    path = shared_data("womens_clothing/reviews.csv")
    found = look(path)
    assert (found.rows, found.kept, found.rejected_by_reason) == (23_486, 22_641, {NO_TEXT: 845})
    assert (found.roles.text, found.roles.time, found.roles.rating, found.roles.label) == ("Review Text", None, "Rating", None)
    assert found.roles.segments == (
        Segment("Age", (18, 25, 35, 45, 55, 65)),
        *map(Segment, ("Recommended IND", "Division Name", "Department Name", "Class Name")),
    )
    assert look(path, Wishes(label="department name")).roles.label == "Department Name"


def test_the_banking_questions() -> None:
    found = look(shared_data("banking77/train.csv"))
    assert (found.kept, found.rejected, found.warnings) == (10_003, (), ())
    assert found.roles == Roles("text", label="category")
