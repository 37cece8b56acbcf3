"""Queue, files of labels, agreement, gold set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.label import GoldSet, adjudicate, agreement, guide, label, queue, read_labels, write_queue
from feedback_lab.label.queueing import EACH, MOST
from feedback_lab.records.findings import Quote, Theme
from feedback_lab.records.models import QueueItem
from feedback_lab.records.rows import Rows, Vectors


def theme(number: int, rows: int) -> Theme:
    return Theme(number, -1, f"theme {number}", ("zip", "broke"), rows, 0.1, (Quote(3, "The zip\nbroke"),), 0.5)


def made(count: int, themes: int, seed: int = 0) -> tuple[Rows, np.ndarray[tuple[int], np.dtype[np.int64]], Vectors, list[Theme]]:
    random = np.random.default_rng(seed)
    assignments = random.integers(0, themes, count)
    vectors = (np.eye(themes)[assignments] + random.normal(0, 0.2, (count, themes))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = Rows(np.arange(1, count + 1), [f"text {number}" for number in range(count)])
    return rows, assignments, vectors, [theme(number, int((assignments == number).sum())) for number in range(themes)]


def test_the_queue_takes_some_of_each_theme_and_none_twice() -> None:
    rows, assignments, vectors, themes = made(300, 4)
    items = queue(rows, themes, assignments, vectors, {})
    assert len(items) == 4 * EACH
    assert len({item.row for item in items}) == len(items)
    assert all(assignments[item.row - 1] == item.theme for item in items)
    assert items == queue(rows, themes, assignments, vectors, {})


def test_the_queue_leaves_out_what_is_labelled_and_what_reads_the_same() -> None:
    rows, assignments, vectors, themes = made(40, 2)
    already = dict.fromkeys(range(1, 21), "x")
    same = Rows(rows.number, ["The same text"] * 40)
    assert all(item.row > 20 for item in queue(rows, themes, assignments, vectors, already))
    assert len(queue(same, themes, assignments, vectors, {})) == 2


def test_the_queue_prefers_doubtful_rows() -> None:
    rows, assignments, vectors, themes = made(400, 2)
    chosen = [item.row - 1 for item in queue(rows, themes, assignments, vectors, {})]
    gap = np.abs(vectors[:, 0] - vectors[:, 1])
    assert gap[chosen].mean() < gap.mean()


def test_the_queue_is_bounded() -> None:
    rows, assignments, vectors, themes = made(2_000, 50)
    assert len(queue(rows, themes, assignments, vectors, {}, each=20)) == MOST


def test_the_queue_comes_back_as_labels(tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    items = [QueueItem(7, 0, '=cmd|"x"', "doubt"), QueueItem(9, 0, "two\nlines, and a comma", "doubt")]
    write_queue(path, items, {7: "-praise", 9: "complaint"})
    assert "'=cmd" in path.read_text()
    assert read_labels(path) == {7: "-praise", 9: "complaint"}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("row,label\n1,a\n2,\n3, b  c \n", {1: "a", 3: "b c"}),
        ("Row;Text;Label\n1;x;ä\n", {1: "ä"}),
        ("row\tlabel\n1.0\ta\n", {1: "a"}),
        ("row,label\n1,a\n1,a\n", {1: "a"}),
        ("row,label\n\n1,a\n", {1: "a"}),
        ("\ufeffrow,label\n1,a\n", {1: "a"}),
    ],
)
def test_labels_are_read_as_spreadsheets_write_them(tmp_path: Path, text: str, labels: dict[int, str]) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert read_labels(tmp_path / "a.csv") == labels


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column “row”"),
        ("row,text\n1,a\n", "no column “label”"),
        ("row,label\n", "holds no label"),
        ("row,label\n1,a\n1,b\n", "line 3: row 1 has two labels"),
        ("row,label\nx,a\n", "line 2: 'x' is not the number"),
        ("row,label\n-1,a\n", "is not the number"),
    ],
)
def test_faults_of_a_file_of_labels_name_the_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    with pytest.raises(LabError, match=message):
        read_labels(tmp_path / "a.csv")
    with pytest.raises(LabError, match="can't be read"):
        read_labels(tmp_path / "none.csv")


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=60)


@given(PAIRS)
def test_kappa_is_scikit_learns(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    first = {row: one for row, (one, _) in enumerate(pairs)}
    second = {row: other for row, (_, other) in enumerate(pairs)}
    found = agreement(first, second)
    if len({*first.values(), *second.values()}) > 1:
        expected = cohen_kappa_score(list(first.values()), list(second.values()))
        assert found.kappa.value == pytest.approx(expected, nan_ok=True)
    assert found.observed == pytest.approx(np.mean([one == other for one, other in pairs]))
    assert sum(count for _, _, count in found.disagreements) == sum(one != other for one, other in pairs)


def test_few_rows_are_said_to_be_few() -> None:
    assert "too few" in agreement({1: "a", 2: "b"}, {1: "a", 2: "a"}).says
    with pytest.raises(NotEnoughData, match="Both labelled 0 rows"):
        agreement({1: "a"}, {2: "a"})


def test_decisions_settle_and_strangers_are_refused() -> None:
    first, second = {1: "a", 2: "a", 3: "b"}, {1: "a", 2: "b", 4: "c"}
    assert adjudicate(first, second) == {1: "a"}
    assert adjudicate(first, second, {2: "b", 4: "c"}) == {1: "a", 2: "b", 4: "c"}
    with pytest.raises(LabError, match="row 9"):
        adjudicate(first, second, {9: "a"})


def test_the_gold_set_has_a_hash_of_its_content(tmp_path: Path) -> None:
    gold = GoldSet.of({2: "b", 1: "a"})
    gold.save(tmp_path / "gold.csv")
    assert GoldSet.load(tmp_path / "gold.csv") == gold == GoldSet.of({1: "a", 2: "b"})
    assert GoldSet.of({1: "a", 2: "c"}).sha256 != gold.sha256
    with pytest.raises(LabError, match="No label"):
        GoldSet.of({})


def test_the_guide_names_each_theme_and_what_a_person_must_write() -> None:
    text = guide([theme(number, 10 + number) for number in range(20)])
    assert text.count("### ") == 12
    assert text.index("### theme 19") < text.index("### theme 18")
    assert "> The zip broke (row 3)" in text
    assert "_write one sentence_" in text


def test_the_step_says_what_there_is() -> None:
    rows, assignments, vectors, themes = made(60, 3)
    bare = label(rows, assignments, vectors, themes)
    assert (bare.labelled, bare.agreement, bare.gold_sha256) == (0, None, None)
    one = label(rows, assignments, vectors, themes, [{1: "a", 2: "b"}])
    assert one.gold_sha256 == GoldSet.of({1: "a", 2: "b"}).sha256
    two = label(rows, assignments, vectors, themes, [{1: "a", 2: "b"}, {1: "a", 2: "a"}])
    assert two.agreement is not None
    assert two.gold_sha256 == GoldSet.of({1: "a"}).sha256
    with pytest.raises(NotEnoughData):
        label(rows.take(np.zeros(0, np.int64)), assignments[:0], vectors[:0], themes)
