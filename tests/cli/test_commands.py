"""Every command on a finished run, as a person would call it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from feedback_lab.cli import main
from feedback_lab.cli.commands import COMMANDS
from tests.feedback import shop_rows, write_shop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, made by the command."""
    folder = tmp_path_factory.mktemp("shop")
    assert main(["analyse", str(write_shop(folder / "shop.csv")), "--run", str(folder / "run"), "--quiet", "--themes", "4"]) == 0
    return folder / "run"


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """A copy, so that a test may change it."""
    return shutil.copytree(finished, tmp_path / "run")


def asked(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> Any:
    """What a command answers as JSON."""
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def said(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert main([*map(str, arguments)]) == code
    printed = capsys.readouterr()
    return printed.err if code == 2 else printed.out


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"feedback-lab {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong",
    [
        ["analyse"],
        ["analyse", "a.csv", "--seed", "x"],
        ["analyse", "a.csv", "--themes", "51"],
        ["analyse", "a.csv", "--cost-miss", "-1"],
        ["evaluate", "run", "--pass-at", "2"],
        ["drift", "run", "--periods", "0"],
        ["analyze", "a.csv"],
        [],
    ],
)
def test_wrong_words_are_refused_with_code_2(capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def test_profile_says_what_is_in_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = write_shop(tmp_path / "shop.csv")
    text = said(capsys, "profile", source, "--run", tmp_path / "run", "--quiet")
    assert "240 rows, 240 kept" in text
    assert "text: text" in text
    found = asked(capsys, "profile", source, "--run", tmp_path / "run")
    assert found["profile"]["rows"] == 240
    assert len(found["profile"]["by_hand"]) == 100


def test_redact_writes_a_copy_without_personal_data(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source, out = write_shop(tmp_path / "shop.csv"), tmp_path / "clean.csv"
    assert "EMAIL 6" in said(capsys, "redact", source, "--out", out)
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 240
    assert "[EMAIL]" in rows[7]["text"]
    assert "@example" not in out.read_text()
    assert main(["redact", str(source), "--out", str(source)]) == 2


def test_themes_are_listed_renamed_merged_split_and_undone(capsys: pytest.CaptureFixture[str], run: Path) -> None:
    before = asked(capsys, "themes", run)["broad"]
    first, second = before[0]["id"], before[1]["id"]
    said(capsys, "themes", run, "rename", first, "How", "it", "feels")
    said(capsys, "themes", run, "merge", first, second)
    source = run.parent / "shop.csv"
    write_shop(source)
    assert main(["analyse", str(source), "--run", str(run), "--quiet", "--themes", "4"]) == 0
    after = asked(capsys, "themes", run)["broad"]
    assert len(after) == len(before) - 1
    assert next(theme for theme in after if theme["id"] == first)["name"] == "How it feels"
    said(capsys, "themes", run, "undo")
    assert asked(capsys, "themes", run, "undo")["edits"] == []
    assert "no edit to undo" in said(capsys, "themes", run, "undo", code=2)
    assert "no theme 99" in said(capsys, "themes", run, "rename", 99, "x", code=2)
    assert "is not the number" in said(capsys, "themes", run, "merge", "first", 1, code=2)
    assert "needs the number" in said(capsys, "themes", run, "split", code=2)


def test_labels_go_from_queue_to_gold_to_a_model(capsys: pytest.CaptureFixture[str], run: Path, tmp_path: Path) -> None:
    made = asked(capsys, "label", run)
    with Path(made["queue"]).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == made["rows"] > 10
    known = {str(number): row["topic"] for number, row in enumerate(shop_rows(), 1)}
    for name, slip in (("ann", 0), ("ben", 4)):
        lines = [f"{row['row']},{'other' if slip and place % slip == 0 else known[row['row']]}" for place, row in enumerate(rows)]
        (tmp_path / f"{name}.csv").write_text("row,label\n" + "\n".join(lines) + "\n")
    both = ["--labels", tmp_path / "ann.csv", "--labels", tmp_path / "ben.csv"]
    assert "Cohen's kappa" in said(capsys, "label", run, *both)
    gold = asked(capsys, "label", run, *both, "--gold", tmp_path / "gold.csv")
    assert 0 < gold["rows"] < len(rows)
    assert "nothing to agree with" in said(capsys, "label", run, *both[:2], code=2)


def test_evaluate_finds_the_figures_true_and_a_forged_file_out(capsys: pytest.CaptureFixture[str], run: Path) -> None:
    assert asked(capsys, "evaluate", run)["reproduced"] is True
    path = run / "results" / "select.json"
    path.write_text(path.read_text().replace("0.", "0.1", 1))
    found = asked(capsys, "evaluate", run, code=3)
    assert found["changed"] == {"select": ["results/select.json"]}


def test_the_gate_passes_and_refuses(capsys: pytest.CaptureFixture[str], run: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"text": row["text"], "label": row["topic"]}) for row in shop_rows(80, seed=9)]
    (tmp_path / "eval.jsonl").write_text("\n".join(lines) + "\n")
    assert asked(capsys, "evaluate", run, "--eval-set", tmp_path / "eval.jsonl", "--pass-at", 0.8)["passed"] is True
    wrong = [json.dumps({"text": row["text"], "label": "size"}) for row in shop_rows(80, seed=9)]
    (tmp_path / "wrong.jsonl").write_text("\n".join(wrong) + "\n")
    assert asked(capsys, "evaluate", run, "--eval-set", tmp_path / "wrong.jsonl", "--pass-at", 0.8, code=3)["passed"] is False


def test_slices_show_n_and_intervals(capsys: pytest.CaptureFixture[str], run: Path) -> None:
    columns = {each["column"] for each in asked(capsys, "slices", run)["slices"]}
    assert columns == {"age", "region"}
    people = asked(capsys, "slices", run, "--positive", "service")
    assert people["positive"] == "service"
    assert "There is no class" in said(capsys, "slices", run, "--positive", "hiring", code=2)


def test_drift_replays_and_keeps_decisions(capsys: pytest.CaptureFixture[str], run: Path, tmp_path: Path) -> None:
    periods = asked(capsys, "drift", run, "--by", "order", "--periods", 3)
    assert len(periods) == 2
    newer = write_shop(tmp_path / "newer.csv", 120, seed=5)
    decided = ["--decide", "hold", "--because", "Nothing moved", "--who", "Priya"]
    found = asked(capsys, "drift", run, newer, *decided)[0]
    assert found["split_by"] == "file"
    assert found["new_n"] == 120
    decision = json.loads((run / "drift" / "decisions.jsonl").read_text())
    assert decision["choice"] == "hold"
    assert decision["recommended"] == found["recommendation"]
    assert "needs its reason" in said(capsys, "drift", run, newer, "--decide", "hold", "--who", "Priya", code=2)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_predict_labels_a_file(capsys: pytest.CaptureFixture[str], run: Path, tmp_path: Path, ending: str) -> None:
    newer = write_shop(tmp_path / "newer.csv", 60, seed=5)
    out = tmp_path / f"out.{ending}"
    assert asked(capsys, "predict", run, newer, "--out", out)["rows"] == 60
    if ending == "csv":
        with out.open(newline="") as file:
            labels = [row["label"] for row in csv.DictReader(file)]
    else:
        from feedback_lab.parts import read_table

        labels = read_table(out)["label"].tolist()
    right = sum(label == row["topic"] for label, row in zip(labels, shop_rows(60, seed=5), strict=True))
    assert right > 54
    assert "ending is unknown" in said(capsys, "predict", run, newer, "--out", tmp_path / "out.docx", code=2)


def test_train_uses_the_column_that_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = write_shop(tmp_path / "shop.csv")
    found = asked(capsys, "train", source, "--run", tmp_path / "run", "--target", "stars")
    assert found["target"]["kind"] == "rating"
    assert "There is no column 'mood'" in said(
        capsys, "train", source, "--run", tmp_path / "run", "--target", "mood", "--quiet", code=2
    )


def test_the_card_takes_notes_and_lists_gaps(capsys: pytest.CaptureFixture[str], run: Path, tmp_path: Path) -> None:
    gaps = {gap["key"] for gap in asked(capsys, "card", run)["gaps"]}
    assert "intended-use" in gaps
    (tmp_path / "notes.json").write_text(json.dumps({"intended-use": "Sorting the inbox of the shop."}))
    after = asked(capsys, "card", run, "--notes", tmp_path / "notes.json")
    assert "intended-use" not in {gap["key"] for gap in after["gaps"]}
    assert "Sorting the inbox of the shop." in (run / "model-card.md").read_text()
    (tmp_path / "bad.json").write_text("[1]")
    assert "does not hold names" in said(capsys, "card", run, "--notes", tmp_path / "bad.json", code=2)
