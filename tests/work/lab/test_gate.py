"""The gate from the page: rows are put aside, versions are judged by them, and nothing that compares badly is compared."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.jobs.models import Job, State
from segue.work.lab import folders
from segue.work.lab.actions import gate as actions
from segue.work.lab.actions.runs import remove
from segue.work.lab.actions.versions import finish
from segue.work.lab.gate import Score, labelled, read_set, texts_of, unfit, unseen_rows
from segue.work.lab.models import Analysis, EvalRun, EvalSet, RowMark
from segue.work.lab.queries.gate import gate_page, last_passed
from segue.work.lab.queries.marks import eval_set_of, gold_set, held_rows, to_learn_from
from segue.work.lab.queries.versions import inputs_of, told
from tests.browsing import Page, press, visit
from tests.work.lab.by_hand import hand, hand_run, write_version
from tests.work.lab.conftest import work_off

__all__ = ["hand", "hand_run"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def gate_of(page: Client, analysis: Analysis) -> Page:
    return visit(page, f"/lab/{analysis.pk}/gate/")


def set_of(analysis: Analysis) -> EvalSet:
    found = eval_set_of(analysis)
    assert found is not None
    return found


def put_aside(page: Client, analysis: Analysis) -> EvalSet:
    press(page, gate_of(page, analysis), "Put these rows aside", reason="As good as now.")
    return set_of(analysis)


def judge(page: Client, analysis: Analysis) -> EvalRun:
    press(page, gate_of(page, analysis), f"Judge version {analysis.version}")
    work_off()
    return set_of(analysis).runs.first() or pytest.fail("no verdict")


def add_version(analysis: Analysis, run: Path, gold: dict[int, str]) -> Analysis:
    number = analysis.version + 1
    write_version(run, folders.run_folder(analysis, number), gold)
    finish(analysis, number, inputs_of(analysis, told(analysis)))
    return analysis


def texts_in(analysis: Analysis) -> dict[int, str]:
    """Texts of all rows by number."""
    from feedback_lab.parts import read_rows

    parts = [read_rows(part) for part in (folders.run_folder(analysis) / "rows").glob("part-*.parquet")]
    return {number: text for rows in parts for number, text in zip(rows.number.tolist(), rows.texts, strict=True)}


def relabel(analysis: Analysis, rows: list[int], label: str) -> None:
    RowMark.objects.filter(analysis=analysis, row__in=rows).update(value=label)


def test_before_there_are_labels_one_is_sent_to_label(page: Client, done: Analysis) -> None:
    shown = gate_of(page, done)
    assert "Label first" in shown.text
    assert "Put these rows aside" not in shown.text
    assert visit(page, f"/lab/{done.pk}/gate/endpoint/").status == 404
    answer = page.post(f"/lab/{done.pk}/gate/set/", {"pass_at": "0.5", "reason": "x"})
    assert answer.status_code == 400
    assert "There are no rows with labels by hand" in answer.content.decode()
    assert not EvalSet.objects.exists()


def test_rows_put_aside_are_those_that_the_version_never_saw(page: Client, hand: Analysis) -> None:
    shown = gate_of(page, hand)
    offered = unseen_rows(hand)
    assert offered is not None
    assert shown.form("Put these rows aside").values["pass_at"] == str(offered.pass_at)
    assert offered.pass_at == round(offered.score.value - (offered.score.high - offered.score.low) / 2, 2)
    before = to_learn_from(hand)
    made = put_aside(page, hand)
    from feedback_lab.pipeline.run import Folder

    tested = texts_of(Folder(folders.run_folder(hand, 2)))
    assert set(made.rows) <= set(tested)
    held = held_rows(hand, made)
    assert to_learn_from(hand).keys() == before.keys() - held
    texts = texts_in(hand)
    assert {texts[row] for row in held} == set(read_set(hand, made).texts), "copies of a text are held back too"
    assert len(held) > len(made.rows)
    assert [gold_set(hand)[row] for row in made.rows] == list(read_set(hand, made).labels)
    assert list(read_set(hand, made).texts) == [tested[row] for row in made.rows]
    assert made.version == 2
    assert stat.S_IMODE(folders.eval_file(hand).parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"pass_at": "1.2"}, "Write a number from 0 to 1"),
        ({"pass_at": "nan"}, "Write a number from 0 to 1"),
        ({"pass_at": ""}, "Write a number from 0 to 1"),
        ({"reason": ""}, "This field is required."),
        ({"reason": "x" * 301}, "301 characters"),
    ],
)
def test_a_threshold_without_sense_is_told_and_kept(page: Client, hand: Analysis, typed: dict[str, str], words: str) -> None:
    sent = {"pass_at": "0.7", "reason": "Because.", **typed}
    shown = press(page, gate_of(page, hand), "Put these rows aside", **sent)
    assert shown.status == 422
    assert words in shown.text
    assert {name: shown.form("Put these rows aside").values[name] for name in sent} == sent
    assert not EvalSet.objects.exists()


def test_two_windows_put_aside_once(page: Client, hand: Analysis) -> None:
    first = second = gate_of(page, hand)
    press(page, first, "Put these rows aside", reason="One.")
    shown = press(page, second, "Put these rows aside", reason="Two.")
    assert (shown.status, "Rows are put aside already." in shown.text) == (400, True)
    assert [each.reason for each in gate_page(hand).thresholds] == ["One."]


def test_a_version_is_judged_and_says_so(page: Client, hand: Analysis) -> None:
    made = put_aside(page, hand)
    assert "No verdict by this set yet" in gate_of(page, hand).text
    run = judge(page, hand)
    shown = gate_of(page, hand)
    assert "Version 2 passed" in shown.text
    assert run.says in shown.text
    assert "Judge version 2 again" in shown.text
    assert (run.passed, run.version, run.pass_at, len(run.answers)) == (True, 2, made.pass_at, len(made.rows))
    assert run.figures["sha256"] == made.sha256
    assert run.figures["milliseconds"] > 0
    detail = visit(page, shown.link("By label, and all that was wrong"))
    wrong = [row for row, said, label in zip(made.rows, run.answers, read_set(hand, made).labels, strict=True) if said != label]
    assert f"{len(wrong)} rows on which it differs" in detail.text or not wrong
    assert "per 1,000 texts" in detail.text
    assert "As good as now." in detail.text


def test_no_text_of_a_customer_is_in_the_database(page: Client, hand: Analysis) -> None:
    made = put_aside(page, hand)
    run = judge(page, hand)
    kept = f"{run.figures} {run.answers} {run.says} {made.rows} {[*Job.objects.values_list('payload', 'result')]}"
    assert not [text for text in read_set(hand, made).texts if text in kept]


def test_a_higher_threshold_refuses_and_the_history_keeps_the_one_before(page: Client, hand: Analysis) -> None:
    put_aside(page, hand)
    first = judge(page, hand)
    shown = gate_of(page, hand)
    press(page, shown, "Set the threshold", pass_at="0.999", reason="A wrong answer costs a customer.")
    after = press(page, shown, "Set the threshold", pass_at="0.1", reason="Other window.")
    assert (after.status, "The threshold is 0.999 by now." in after.text) == (400, True)
    assert "has no verdict by this set and threshold" in gate_of(page, hand).text
    second = judge(page, hand)
    assert (second.passed, second.pass_at, first.pass_at != 0.999) == (False, 0.999, True)
    text = gate_of(page, hand).text
    assert "Version 2 did not pass" in text
    assert "it lies below the threshold of 0.999" in text
    assert "A wrong answer costs a customer." in text
    assert "As good as now." in text


def test_a_later_version_is_held_against_the_last_that_passed(page: Client, hand: Analysis, finished_run: Path) -> None:
    made = put_aside(page, hand)
    judge(page, hand)
    # Its labels say the same of all: whatever it learns is worse.
    gold = {row: "service" if row % 2 else "size" for row in to_learn_from(hand)}
    add_version(hand, finished_run, gold)
    assert unfit(hand, made, 3) == ""
    run = judge(page, hand)
    assert run.figures["against"] == 2
    assert (run.passed, len(run.figures["worse"]) > 0) == (False, True)
    shown = gate_of(page, hand)
    texts = dict(zip(made.rows, read_set(hand, made).texts, strict=True))
    section = shown.section("Right before, wrong now")
    assert all(texts[each["row"]] in section for each in run.figures["worse"])
    assert last_passed(made, 4) == last_passed(made, 3)


def test_a_version_that_saw_rows_of_the_set_is_not_judged(page: Client, hand: Analysis, finished_run: Path) -> None:
    made = put_aside(page, hand)
    assert "did not learn from labels by hand" in unfit(hand, made, 1)
    # A run that was told its labels before the rows were put aside, and drew other test rows.
    gold = {row: label for row, label in gold_set(hand).items() if row != 1 and row % 7}
    add_version(hand, finished_run, gold)
    reason = unfit(hand, made, 3)
    assert "may have learnt from" in reason
    assert reason in gate_of(page, hand).text
    with pytest.raises(UserError, match="may have learnt from"):
        actions.judge_version(hand)


def test_labels_that_change_make_another_set_and_old_verdicts_stay(page: Client, hand: Analysis) -> None:
    made = put_aside(page, hand)
    first = judge(page, hand)
    gold = gold_set(hand)
    for row in made.rows[:2]:
        relabel(hand, [row], next(label for label in sorted(set(gold.values())) if label != gold[row]))
    relabel(hand, made.rows[2:3], "unsure")
    shown = gate_of(page, hand)
    assert "3 labels of the set were changed since." in shown.text
    old = page
    press(page, shown, "Make the set anew")
    assert press(old, shown, "Make the set anew").status == 400
    after = set_of(hand)
    assert after.sha256 != made.sha256
    assert after.rows == [*made.rows[:2], *made.rows[3:]]
    assert "changed since." not in gate_of(page, hand).section("The set")
    text = gate_of(page, hand).text
    assert "No verdict by this set yet" in text
    assert "another set" in text
    assert "its texts are not shown" in visit(page, f"/lab/{hand.pk}/gate/{first.pk}/").text
    assert last_passed(after, 3) is None
    assert judge(page, hand).figures["sha256"] == after.sha256


def test_a_version_that_never_heard_of_a_label_is_not_judged_by_it(page: Client, hand: Analysis) -> None:
    made = put_aside(page, hand)
    relabel(hand, made.rows[:3], "brand new")
    shown = press(page, gate_of(page, hand), "Make the set anew")
    assert "The model of version 2 knows no label “brand new”" in shown.text
    assert page.post(f"/lab/{hand.pk}/gate/judge/").status_code == 400
    assert not EvalRun.objects.exists()


def test_rows_given_back_may_be_learnt_from_again(page: Client, hand: Analysis) -> None:
    before = to_learn_from(hand)
    put_aside(page, hand)
    judge(page, hand)
    press(page, gate_of(page, hand), "Give the rows back")
    assert to_learn_from(hand) == before
    assert not EvalRun.objects.exists()
    assert not folders.eval_file(hand).exists()
    put_aside(page, hand)
    assert len(gate_page(hand).thresholds) == 1


def test_few_rows_are_told_with_what_they_mean(page: Client, hand: Analysis) -> None:
    offered = unseen_rows(hand)
    assert offered is not None
    from feedback_lab.pipeline.run import Folder

    tested = texts_of(Folder(folders.run_folder(hand, 2)))
    RowMark.objects.filter(analysis=hand, row__in=tested.keys() - set(offered.rows[:20])).delete()
    text = gate_of(page, hand).text
    assert "Fewer than 30 rows" in text
    few = replace(offered, rows=offered.rows[:20], score=Score(0.8, 0.7, 0.9, 80))
    assert "With 20 rows the interval of a score like this is about 0.60 to 1.00" in few.few_words
    assert "With 20 rows the interval of a score like this is about" in text


def test_few_labels_left_are_told(page: Client, hand: Analysis) -> None:
    offered = unseen_rows(hand)
    assert offered is not None
    rest = [row for row in gold_set(hand) if row not in offered.rows]
    RowMark.objects.filter(analysis=hand, row__in=rest[39:]).delete()
    assert "39 labels would be left to learn from." in gate_of(page, hand).text


def test_a_text_stands_in_a_set_once_and_not_where_its_labels_differ() -> None:
    texts = {1: "Good.", 2: "Bad.", 3: "Good.", 4: "So so.", 5: "So so.", 6: "No label."}
    gold = {1: "a", 2: "b", 3: "a", 4: "a", 5: "b"}
    assert labelled(texts, gold) == [(1, "Good.", "a"), (2, "Bad.", "b")]


def test_one_judgement_at_a_time_which_can_be_cancelled(page: Client, hand: Analysis) -> None:
    put_aside(page, hand)
    shown = gate_of(page, hand)
    waiting = press(page, shown, "Judge version 2")
    assert "Version 2 is being judged" in waiting.text
    assert "A judgement is under way." in press(page, shown, "Judge version 2").text
    assert Job.objects.filter(kind="judge-model").count() == 1
    fragment = page.get(f"/lab/{hand.pk}/gate/watch/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    Job.objects.filter(kind="judge-model").update(state=State.RUNNING, progress=20, step="Asking the model")
    assert "20 %" in page.get(f"/lab/{hand.pk}/gate/watch/", headers={"HX-Request": "true"}).content.decode()
    press(page, waiting, "Cancel", "stop/")
    assert page.get(f"/lab/{hand.pk}/gate/watch/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert not EvalRun.objects.exists()


def test_a_set_that_was_damaged_is_told_and_can_be_mended(page: Client, hand: Analysis) -> None:
    made = put_aside(page, hand)
    folders.eval_file(hand).write_text('{"text": "Other.", "label": "size"}\n', "utf-8")
    shown = gate_of(page, hand)
    assert "is not as it was written" in shown.text
    assert "Judge version 2" not in shown.text
    press(page, shown, "Make the set anew")
    assert set_of(hand).sha256 == made.sha256
    folders.eval_file(hand).unlink()
    assert "is not there" in gate_of(page, hand).text


def test_a_model_that_is_gone_fails_in_words(page: Client, hand: Analysis) -> None:
    put_aside(page, hand)
    press(page, gate_of(page, hand), "Judge version 2")
    shutil.rmtree(folders.run_folder(hand, 2) / "model")
    work_off()
    text = gate_of(page, hand).text
    assert "The last judgement could not be done" in text
    assert "bug" not in text


def test_the_gate_of_a_learner_is_nobody_elses(
    page: Client, hand: Analysis, client_of: Callable[[Learner | None], Client], make_learner: Callable[..., Learner]
) -> None:
    put_aside(page, hand)
    run = judge(page, hand)
    page = client_of(make_learner("Sam"))
    for path in ("", f"{run.pk}/", "endpoint/", "endpoint/preview/", "left/", "left/file/", "watch/"):
        assert page.get(f"/lab/{hand.pk}/gate/{path}").status_code == 404
    for path in ("set/", "set/anew/", "set/return/", "threshold/", "judge/", "stop/", "endpoint/", "endpoint/preview/"):
        assert page.post(f"/lab/{hand.pk}/gate/{path}").status_code == 404


def test_another_analysis_shows_none_of_its_verdicts(page: Client, hand: Analysis) -> None:
    put_aside(page, hand)
    run = judge(page, hand)
    other = Analysis.objects.get(pk=hand.pk)
    other.pk, other.token, other.job = None, "f" * 32, None
    other.save(force_insert=True)
    shutil.copytree(folders.run_folder(hand, 2), folders.run_folder(other, 2))
    assert page.get(f"/lab/{other.pk}/gate/{run.pk}/").status_code == 404


def test_hostile_labels_and_reasons_stay_words(page: Client, hand: Analysis) -> None:
    offered = unseen_rows(hand)
    assert offered is not None
    relabel(hand, list(offered.rows[:3]), "<script>alert(1)</script>")
    put_aside(page, hand)
    press(page, gate_of(page, hand), "Set the threshold", pass_at="0.2", reason="<img src=x onerror=alert(2)>")
    shown = gate_of(page, hand)
    assert "<script>alert(1)</script>" in shown.text
    assert "<script>alert" not in shown.html
    assert "<img src=x" not in shown.html


def test_what_is_deleted_takes_its_judgements_along(page: Client, hand: Analysis) -> None:
    put_aside(page, hand)
    press(page, gate_of(page, hand), "Judge version 2")
    remove(hand)
    assert not EvalSet.objects.exists()
    assert Job.objects.get(kind="judge-model").state == State.CANCELLED
    assert not folders.folder_of(hand).exists()
