"""Bad files from the command line: a clear sentence and code 2, or rows set aside and the rest done. Never a traceback."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_lab.cli import main
from tests.feedback import shop_rows, write_shop

Make = Callable[[Path], object]
TEXTS = [row["text"] for row in shop_rows(60)]


def table(*lines: str) -> Make:
    return lambda path: path.write_text("\n".join(lines) + "\n", "utf-8")


def rows(*values: str, head: str = "text") -> Make:
    return table(head, *(f'"{value}"' for value in values))


HOPELESS: list[tuple[str, Make, str]] = [
    ("empty.csv", lambda path: path.write_bytes(b""), "empty"),
    ("header.csv", table("text,stars"), "row"),
    ("picture.csv", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), ""),
    ("numbers.csv", table("a,b", "1,2", "3,4", "5,6"), "text"),
    ("broken.xlsx", lambda path: path.write_bytes(b"PK\x03\x04 not a workbook"), ""),
    ("broken.parquet", lambda path: path.write_bytes(b"PAR1 nothing PAR1"), ""),
    ("broken.csv.gz", lambda path: path.write_bytes(gzip.compress(b"text\nx\n")[:12]), ""),
]


@pytest.mark.parametrize(("name", "make", "word"), HOPELESS, ids=[name for name, _, _ in HOPELESS])
@pytest.mark.parametrize("command", ["profile", "redact"])
def test_a_hopeless_file_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, make: Make, word: str, command: str
) -> None:
    make(tmp_path / name)
    options = ["--run", str(tmp_path / "run")] if command == "profile" else ["--out", str(tmp_path / "out.csv")]
    assert main([command, str(tmp_path / name), *options, "--quiet"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("feedback-lab: ")
    assert word in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.csv").exists()


DOABLE: list[tuple[str, Make, int]] = [
    ("one.csv", rows("The parcel came late and wet"), 1),
    ("twins.csv", rows(*["The parcel came late and wet"] * 300), 300),
    (
        "latin.csv",
        lambda path: path.write_bytes(("text\n" + "\n".join(f"{text} Größe café" for text in TEXTS)).encode("latin-1")),
        60,
    ),
    ("wide.csv", lambda path: path.write_bytes(("text\n" + "\n".join(TEXTS)).encode("utf-16")), 60),
    ("nul.csv", lambda path: path.write_bytes(b"text\n" + b"\n".join(f"{text}\0".encode() for text in TEXTS)), 60),
    ("emoji.csv", rows(*["👍👍", "😡", "🎉 🎉", "👎"] * 20), 80),
    ("huge-cell.csv", rows(*TEXTS, "long " * 200_000), 61),
    (
        "mixed.csv",
        rows(*TEXTS[:20], *["배송이 빨라요 정말 좋아요 감사합니다"] * 10, *["Sehr schöne Jacke, passt gut und ist warm"] * 10),
        40,
    ),
    (
        "korean.csv",
        rows(
            *[f"배송이 {n}일 늦었어요 상품은 좋아요" for n in range(40)], *[f"사이즈가 {n} 작아요 교환 했어요" for n in range(40)]
        ),
        80,
    ),
    ("one-class.csv", table("text,label", *(f'"{text}",praise' for text in TEXTS)), 60),
    ("two-rows.csv", table("text,label", *(f'"{text}",{"rare" if n < 2 else "ab"[n % 2]}' for n, text in enumerate(TEXTS))), 60),
    ("words.csv", table("text,rating", *(f'"{text}",{("good", "bad", "fine")[n % 3]}' for n, text in enumerate(TEXTS))), 60),
    ("leak.csv", table("text,label,code", *(f'"{text}",{"ab"[n % 2]},{"XY"[n % 2]}' for n, text in enumerate(TEXTS))), 60),
    (
        "dates.csv",
        table(
            "text,date",
            *(
                f'"{text}","{("2026-01-02", "03/04/2026", "5.6.2026", "Jul 8, 2026", "9 August 2026")[n % 5]}"'
                for n, text in enumerate(TEXTS)
            ),
        ),
        60,
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "make", "kept"), DOABLE, ids=[name for name, _, _ in DOABLE])
def test_a_poor_file_is_analysed_as_far_as_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, make: Make, kept: int
) -> None:
    make(tmp_path / name)
    code = main(["analyse", str(tmp_path / name), "--run", str(tmp_path / "run"), "--json", "--engine", "serial"])
    said = capsys.readouterr()
    assert code == 0, said.err
    found = json.loads(said.out)
    assert found["results"]["ingest"]["kept"] == kept
    assert found["results"]["ingest"]["rows"] == kept + sum(found["results"]["ingest"]["rejected_by_reason"].values())
    assert Path(found["report"]).stat().st_size > 5_000
    assert all(reason.strip() for reason in found["skipped"].values())


@pytest.mark.slow
def test_a_quote_that_never_closes_costs_its_row_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f'"{TEXTS[n % 60]} {n}",{n % 5 + 1}' for n in range(90_010)]
    lines[90_000 - 1] = f'"{TEXTS[0]},3'
    (tmp_path / "broken.csv").write_text("text,stars\n" + "\n".join(lines) + "\n")
    assert main(["profile", str(tmp_path / "broken.csv"), "--run", str(tmp_path / "run"), "--json"]) == 0
    ingest = json.loads(capsys.readouterr().out)["ingest"]
    assert ingest["kept"] == 90_009
    assert [entry["row"] for entry in ingest["rejected"]] == [90_000]


def test_wishes_that_name_no_column_are_refused_with_the_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_shop(tmp_path / "shop.csv")
    for option in ("--text", "--time", "--rating", "--label", "--segment"):
        assert main(["profile", str(source), "--run", str(tmp_path / "run"), option, "txet", "--quiet"]) == 2
        assert "text" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["themes", "RUN"],
        ["label", "RUN"],
        ["slices", "RUN"],
        ["drift", "RUN"],
        ["card", "RUN"],
        ["serve", "RUN", "--port", "0"],
        ["evaluate", "RUN"],
        ["predict", "RUN", "FILE"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_folder_without_a_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    source = write_shop(tmp_path / "shop.csv")
    places = {"RUN": str(tmp_path / "nothing"), "FILE": str(source)}
    assert main([places.get(word, word) for word in arguments]) == 2
    assert "holds no run" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        assert main(["analyse", str(path), "--run", str(tmp_path / "run"), "--quiet"]) == 2
        assert str(path) in capsys.readouterr().err
