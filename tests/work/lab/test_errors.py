"""Errors on their pages: the matrix, calibration, a threshold by cost, and mistakes read one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.shared import clock
from segue.work.lab.errors import Costs, ErrorsPage, errors_of, threshold_of
from segue.work.lab.mistakes import SOURCES, kinds, mistakes_of, sorted_of
from segue.work.lab.models import Analysis, Purpose, RowMark
from segue.work.lab.pieces.errors import ERROR_ANALYSIS, THRESHOLD_MEMO
from segue.work.lab.pieces.making import piece_of
from tests.browsing import Page, press, visit
from tests.work.lab.made_run import LONG, SCRIPT, make, predicted, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrong(bring: Callable[..., Analysis]) -> Analysis:
    """A run whose model is wrong on 24 of 60 rows."""
    return make(bring(), select=selected(), predictions=predicted(), roles={"label": "topic"})


def read(page: Client, shown: Page, reason: str, key: str) -> Page:
    """Writes a reason and presses the kind with this key."""
    told = press(page, shown, "Keep, and choose a kind", words=reason)
    return press(page, told, f"{key} ")


def test_errors_are_counted_and_the_worst_pairs_are_said(page: Client, wrong: Analysis) -> None:
    shown = visit(page, f"/lab/{wrong.pk}/errors/")
    assert "24 of 60 test rows are called by a wrong class." in shown.text
    assert "8 rows of “bad” called “<script>" in shown.section("Which classes are mixed up?")
    assert "Expected calibration error:" in shown.section("Can its confidence be trusted?")
    assert SCRIPT not in shown.html
    assert f"{LONG}</t" not in shown.html, "long names are cut"


def test_a_threshold_is_worked_out_at_once_from_costs_in_the_address(page: Client, wrong: Analysis) -> None:
    first = visit(page, f"/lab/{wrong.pk}/errors/")
    shown = press(page, first, "Work it out", positive="bad", false_alarm=1, miss=5, threshold=0.3)
    costs = Costs("bad", 1, 5, 0.3)
    found = threshold_of(wrong, costs)
    assert found is not None
    assert (found.n, found.positives) == (60, 20)
    half, best, own = (found.settings[name] for name in ("0.5", "the cheapest", "yours"))
    assert best.cost <= min(half.cost, own.cost)
    for setting in (half, best, own):
        assert setting.cost == setting.false_positives + 5 * setting.false_negatives
        assert setting.recall == (20 - setting.false_negatives) / 20
    section = shown.section("From which score on?")
    assert f"{best.threshold:.2f}, the cheapest" in section
    assert "0.30, yours" in section
    assert "on 60 test rows, 20 of that class" in section


def test_a_setting_that_was_asked_for_counts_as_the_library_does(wrong: Analysis) -> None:
    found = threshold_of(wrong, Costs("bad", 2, 3, 0.5))
    assert found is not None
    assert found.settings["yours"] == found.settings["0.5"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"false_alarm": "0", "miss": "0"}, "If neither error costs anything, any threshold will do."),
        ({"miss": "-1"}, "A cost is 0 or more."),
        ({"miss": "nan"}, "Give a number, such as 5 or 0.5."),
        ({"miss": "inf"}, "Give a number, such as 5 or 0.5."),
        ({"false_alarm": "1e400"}, "Give a number, such as 5 or 0.5."),
        ({"false_alarm": "1e12"}, "At most 1,000,000,000"),
        ({"false_alarm": ""}, "Give a number, such as 5 or 0.5."),
        ({"positive": "king"}, "The run has no such class."),
        ({"threshold": "1.5"}, "A threshold lies between 0 and 1."),
        ({"threshold": "often"}, "Give a number from 0 to 1"),
    ],
)
def test_costs_that_are_none_are_refused_and_stay_as_typed(
    page: Client, wrong: Analysis, typed: dict[str, str], words: str
) -> None:
    sent = {"positive": "bad", "false_alarm": "1", "miss": "5", "threshold": "", **typed}
    for method, path in (("get", "errors/"), ("post", "errors/costs/")):
        shown = visit(page, f"/lab/{wrong.pk}/{path}", sent, method)
        assert shown.status == 422
        assert words in shown.text
        values = shown.form("Work it out").values
        assert all(values[name] == value for name, value in typed.items() if name != "positive")
    wrong.refresh_from_db()
    assert wrong.settings == {}


@pytest.mark.parametrize(("alarm", "miss"), [("0", "5"), ("5", "0"), ("1000000000", "0.000001"), ("1e-300", "0")])
def test_costs_at_the_edge_are_worked_out(page: Client, wrong: Analysis, alarm: str, miss: str) -> None:
    sent = {"positive": LONG, "false_alarm": alarm, "miss": miss, "threshold": "0"}
    shown = visit(page, f"/lab/{wrong.pk}/errors/", sent)
    assert shown.status == 200
    assert "the cheapest" in shown.section("From which score on?")
    assert piece_of(wrong, THRESHOLD_MEMO) is not None


def test_costs_are_kept_for_the_next_run_and_forgotten(page: Client, wrong: Analysis) -> None:
    sent = {"positive": "bad", "false_alarm": "1", "miss": "5", "threshold": "0.25"}
    shown = press(page, visit(page, f"/lab/{wrong.pk}/errors/", sent), "Keep these costs")
    assert "Changed since: what the model is told." in shown.text
    assert "The memo takes these costs." in shown.text
    wrong.refresh_from_db()
    kept = {"positive": "bad", "cost_false_positive": 1.0, "cost_false_negative": 5.0, "threshold": 0.25}
    assert wrong.settings == kept
    assert shown.form("Work it out").values["miss"] == "5"
    press(page, shown, "Forget the costs")
    wrong.refresh_from_db()
    assert wrong.settings == {}


def test_a_class_that_no_later_version_has_is_left_aside(page: Client, wrong: Analysis) -> None:
    wrong.settings = {"positive": "gone", "cost_false_positive": 1.0, "cost_false_negative": 7.0}
    wrong.save(update_fields=["settings"])
    found = errors_of(wrong)
    assert isinstance(found, ErrorsPage)
    assert found.costs == Costs("bad", 1.0, 1.0, None)
    shown = visit(page, f"/lab/{wrong.pk}/errors/")
    assert "Forget the costs that were kept" in shown.form("Forget the costs").buttons


def test_the_memo_begins_with_figures_of_what_was_kept(page: Client, wrong: Analysis) -> None:
    wrong.settings = {"positive": "bad", "cost_false_positive": 1.0, "cost_false_negative": 5.0, "threshold": 0.25}
    wrong.save(update_fields=["settings"])
    piece = piece_of(wrong, THRESHOLD_MEMO)
    found = threshold_of(wrong, Costs("bad", 1, 5, 0.25))
    assert piece is not None
    assert found is not None
    own = found.settings["yours"]
    assert own.precision is not None
    expected = {"recall": round(100 * own.recall, 1), "precision": round(100 * own.precision, 1), "cost_ratio": 5.0}
    assert piece.facts == {**expected, "data": "realistic"}
    least = current().programme.kinds[THRESHOLD_MEMO].min_words
    assert least is not None
    assert count_words(piece.body) < 0.8 * least, "the figures alone must not pass for a memo"
    form = press(page, visit(page, f"/lab/{wrong.pk}/errors/"), "Begin the memo").form("Record").values
    assert form["body"].strip() == piece.body.strip()
    assert form["fact_cost_ratio"] == "5.0"


def test_no_ratio_where_a_false_alarm_is_free(wrong: Analysis) -> None:
    wrong.settings = {"positive": "bad", "cost_false_positive": 0.0, "cost_false_negative": 5.0}
    piece = piece_of(wrong, THRESHOLD_MEMO)
    assert piece is not None
    assert "cost_ratio" not in piece.facts


def test_every_kind_of_the_library_has_a_source_and_a_need() -> None:
    from feedback_lab.error_analysis import TAXONOMY

    assert list(SOURCES) == list(TAXONOMY)
    assert {kind.source for kind in kinds()} == {"label", "guide", "data", "model"}
    assert [kind.key for kind in kinds()] == list("12345678")
    assert not any("Guessed" in kind.says for kind in kinds())


def test_a_mistake_gets_a_reason_first_then_a_kind_and_only_then_the_guess(page: Client, wrong: Analysis) -> None:
    first = mistakes_of(wrong)[0]
    shown = visit(page, visit(page, f"/lab/{wrong.pk}/errors/").link("Begin to read"))
    assert shown.heading == "Mistake 1 of 24"
    assert SCRIPT not in shown.html
    assert "guessed" not in shown.text
    assert not any(form.action.endswith("errors/kind/") for form in shown.forms), "no kinds before there is a reason"
    empty = press(page, shown, "Keep, and choose a kind", words=" ")
    assert empty.status == 422
    assert "Write a reason first" in empty.text
    sorting = press(page, shown, "Keep, and choose a kind", words="Nobody could tell <b>")
    assert "Nobody could tell <b>" in sorting.text
    assert "guessed" not in sorting.text
    after = press(page, sorting, "2 ")
    assert after.heading == "Mistake 2 of 24"
    assert "Mistake 1: ambiguous." in after.text
    assert first.tag.replace("'", "’") in after.text or "The rules guessed the same." in after.text
    mark = wrong.marks.get(purpose=Purpose.ERROR)
    assert (mark.row, mark.value, mark.words) == (first.row, "ambiguous", "Nobody could tell <b>")


def test_the_last_step_is_taken_back_the_kind_then_the_reason(page: Client, wrong: Analysis) -> None:
    shown = read(page, visit(page, f"/lab/{wrong.pk}/errors/read/"), "Short", "3")
    back = press(page, shown, "Take the last step back")
    assert back.heading == "Mistake 1 of 24"
    assert wrong.marks.get().value == ""
    press(page, back, "Take the last step back")
    assert not wrong.marks.exists()
    assert visit(page, f"/lab/{wrong.pk}/errors/undo/", {}, "post").status == 200, "nothing to take back is no fault"


def test_all_are_read_and_their_kinds_are_counted(page: Client, wrong: Analysis) -> None:
    total, shown = len(mistakes_of(wrong)), visit(page, f"/lab/{wrong.pk}/errors/read/")
    for place in range(total):
        shown = read(page, shown, f"Reason {place}", "2" if place < 15 else "8")
    assert shown.heading == "All mistakes are read"
    assert "The largest kind is “ambiguous”: 15 mistakes of 24" in shown.text
    assert "15 of 24 from the guide, 9 of 24 from the model." in shown.text
    assert "A clearer class" in shown.text
    found = sorted_of(wrong, mistakes_of(wrong))
    assert (found.read, found.kinds, found.largest_share) == (24, 2, 15 / 24)
    piece = piece_of(wrong, ERROR_ANALYSIS)
    assert piece is not None
    assert piece.facts == {"read": 24, "categories": 2, "largest": 62.5, "data": "realistic"}
    least = current().programme.kinds[ERROR_ANALYSIS].min_words
    assert least is not None
    assert count_words(piece.body) < 0.8 * least
    begun = press(page, visit(page, f"/lab/{wrong.pk}/errors/"), "Begin the error analysis")
    assert begun.form("Record").values["fact_read"] == "24"


def test_marks_stay_with_their_rows_and_count_only_where_they_are_mistakes(page: Client, wrong: Analysis) -> None:
    read(page, visit(page, f"/lab/{wrong.pk}/errors/read/"), "Short", "3")
    RowMark.objects.create(analysis=wrong, purpose=Purpose.ERROR, row=999, value="ambiguous", words="x", at=clock.now())
    found = sorted_of(wrong, mistakes_of(wrong))
    assert (found.read, found.stale) == (1, 1)
    RowMark.objects.filter(row=999).delete()
    wrong.marks.update(about="good\nanother")
    found = sorted_of(wrong, mistakes_of(wrong))
    assert (found.read, found.stale) == (0, 1), "the same row, but another mistake of a later model"
    read(page, visit(page, f"/lab/{wrong.pk}/errors/read/"), "Short", "3")
    RowMark.objects.create(analysis=wrong, purpose=Purpose.ERROR, row=999, value="ambiguous", words="x", at=clock.now())
    assert "1 row that you read before is no mistake to be read in this version." in visit(page, f"/lab/{wrong.pk}/errors/").text
    again = make(wrong, select=selected(), predictions=predicted(n=6), roles={"label": "topic"})
    assert wrong.marks.count() == 2
    assert sorted_of(again, mistakes_of(again)).of < 24


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("reason/", {"at": "0", "words": "x"}),
        ("reason/", {"at": "25", "words": "x"}),
        ("reason/", {"at": "x", "words": "x"}),
        ("kind/", {"at": "1", "kind": "king"}),
        ("kind/", {"at": "99", "kind": "ambiguous"}),
    ],
)
def test_what_is_no_mistake_and_no_kind_is_not_there(page: Client, wrong: Analysis, path: str, sent: dict[str, str]) -> None:
    assert page.post(f"/lab/{wrong.pk}/errors/{path}", sent).status_code == 404
    assert page.get(f"/lab/{wrong.pk}/errors/read/?at=25").status_code == 404
    assert not wrong.marks.exists()


def test_a_kind_needs_a_reason(page: Client, wrong: Analysis) -> None:
    shown = visit(page, f"/lab/{wrong.pk}/errors/kind/", {"at": "1", "kind": "ambiguous"}, "post")
    assert "has no reason yet" in shown.text
    assert not wrong.marks.exists()


def test_a_reason_that_is_too_long_stays_as_typed(page: Client, wrong: Analysis) -> None:
    shown = press(page, visit(page, f"/lab/{wrong.pk}/errors/read/"), "Keep, and choose a kind", words="w" * 501)
    assert "This has 501 characters; 500 is the most." in shown.text
    assert shown.form("Keep, and choose a kind").values["words"] == "w" * 501


def test_a_run_without_a_model_says_why_and_wants_nothing(page: Client, bring: Callable[..., Analysis]) -> None:
    made = make(bring())
    assert errors_of(made) == "No column says anything."
    shown = visit(page, f"/lab/{made.pk}/errors/")
    assert "No errors to look at" in shown.text
    assert "No column says anything." in shown.text
    assert visit(page, f"/lab/{made.pk}/errors/read/").heading == "No mistakes to read"
    assert piece_of(made, ERROR_ANALYSIS) is None
    assert piece_of(made, THRESHOLD_MEMO) is None
    assert visit(page, f"/lab/{made.pk}/errors/costs/", {"forget": "1"}, "post").status == 200


@pytest.mark.slow
def test_a_model_without_a_mistake_has_none_to_read(page: Client, priya: Learner, done: Analysis) -> None:
    found = errors_of(done)
    assert isinstance(found, ErrorsPage)
    shown = visit(page, f"/lab/{done.pk}/errors/")
    assert f"{found.wrong} of {found.n} test rows" in shown.text
    assert ("made no mistake" in shown.text) is (found.wrong == 0)
