from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, classification_report, f1_score

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.files import json_text
from feedback_lab.records.models import SelectResult
from feedback_lab.records.restoring import restore
from feedback_lab.records.rows import Roles, Rows
from feedback_lab.select import CANDIDATES, Selection, retrain, select
from feedback_lab.select.selection import TAUGHT_PER_CLASS
from tests.select.shop import HashEncoder, Teacher, reviews
from tests.shared_data import shared_data

ROLES = Roles("t", rating="stars", label="kind")


@pytest.fixture(scope="module")
def found() -> Selection:
    return select(reviews(60), ROLES, HashEncoder())


def test_all_candidates_on_the_same_rows(found: Selection) -> None:
    result = found.result
    assert [each.name for each in result.candidates] == ["majority", "rule", "words", "words+characters", "meaning", "both"]
    assert {each.macro_f1.n for each in result.candidates} == {result.n_test}
    assert result.n_train + result.n_test == 240
    for each in result.candidates:
        assert each.macro_f1.low <= each.macro_f1.value <= each.macro_f1.high
        assert len(each.folds) == 5
        assert [cls.name for cls in each.classes] == list(result.target.classes)
    scores = {each.name: each.macro_f1.value for each in result.candidates}
    assert scores["majority"] < 0.2 < 0.75 < scores["words"]
    assert result.recommended in result.reason
    assert [cost.name for cost in result.costs] == [each.name for each in result.candidates]


def test_figures_are_those_of_scikit_learn(found: Selection) -> None:
    said = found.predictions
    recommended = next(each for each in found.result.candidates if each.name == found.result.recommended)
    assert recommended.macro_f1.value == pytest.approx(f1_score(said.truth, said.predicted, average="macro"))
    assert recommended.accuracy.value == pytest.approx(accuracy_score(said.truth, said.predicted))
    report = classification_report(said.truth, said.predicted, target_names=said.classes, output_dict=True, zero_division=0)
    for each in recommended.classes:
        assert (each.precision, each.recall, each.f1, each.n) == pytest.approx(tuple(report[each.name].values()))


def test_predictions_are_the_model_on_test_rows(found: Selection) -> None:
    rows, said = reviews(60), found.predictions
    texts = [rows.texts[number - 1] for number in said.number]
    predicted, scores = found.model.predict(texts)
    assert np.array_equal(predicted, said.predicted)
    assert np.allclose(scores, said.scores)
    assert np.allclose(scores.sum(1), 1)
    assert np.array_equal(scores.argmax(1), predicted)
    assert [said.classes[at] for at in said.truth] == [rows.labels[number - 1] for number in said.number if rows.labels]


def test_the_same_seed_gives_the_same_bytes(found: Selection) -> None:
    again = select(reviews(60), ROLES, HashEncoder())
    assert json_text(replace(again.result, costs=())) == json_text(replace(found.result, costs=()))
    assert again.predictions.scores.tobytes() == found.predictions.scores.tobytes()
    other = select(reviews(60), ROLES, HashEncoder(), seed=1)
    assert set(other.predictions.number) != set(found.predictions.number)


def test_the_result_survives_json(found: Selection) -> None:
    text = json_text(found.result)
    assert json_text(restore(SelectResult, json.loads(text))) == text


def test_the_curve_ends_with_the_recommended_model(found: Selection) -> None:
    recommended = next(each for each in found.result.candidates if each.name == found.result.recommended)
    assert found.result.curve[-1].macro_f1.value == pytest.approx(recommended.macro_f1.value)
    assert found.result.curve[-1].n == found.result.n_train
    assert found.result.forecast is not None


def test_ratings_are_compared_with_a_lexicon() -> None:
    result = select(reviews(30, 4), ROLES, HashEncoder(), target="stars").result
    assert result.candidates[1].name == "lexicon"
    assert result.target.classes == ("negative", "neutral", "positive")
    assert "Ratings from 1 to 5" in result.reason


def test_labels_without_a_pattern_leave_the_majority() -> None:
    # Of 30 such sets one had a pattern by chance, as a level of 95% has it; these are others.
    found = [select(reviews(60, 2, noise=1.0, seed=seed), ROLES, HashEncoder(), seed).result for seed in (1, 2, 3)]
    assert [result.recommended for result in found] == ["majority"] * 3
    assert all(result.curve == () and result.forecast is None for result in found)


def test_the_transformer_is_tried_where_classes_are_small() -> None:
    few = select(reviews(20, 3), ROLES, Teacher()).result
    assert [each.name for each in few.candidates][-2:] == ["transformer", "both+transformer"]
    many = reviews(TAUGHT_PER_CLASS + 1, 2)
    assert "transformer" not in [each.name for each in select(many, ROLES, Teacher()).result.candidates]
    named = select(many, ROLES, Teacher(), candidates=["transformer", "majority"]).result
    assert [each.name for each in named.candidates] == ["majority", "transformer"]


def test_test_rows_of_ones_own_are_taken_as_they_are() -> None:
    learn, test = reviews(30, 3), reviews(10, 3, seed=5)
    strange = replace(test, labels=["unknown", *(test.labels or [])[1:]])
    found = select(learn, ROLES, candidates=["words"], test_rows=strange)
    assert (found.result.n_train, found.result.n_test) == (90, 29)
    assert 1 not in found.predictions.number


def test_small_classes_are_left_out_and_named() -> None:
    rows = reviews(20, 2)
    labels = ["rare" if at < 2 else None if at < 5 else value for at, value in enumerate(rows.labels or ())]
    result = select(replace(rows, labels=labels), ROLES).result
    assert result.dropped_classes == ("rare",)
    assert result.n_train + result.n_test == 35


def only(label: str, n: int) -> Rows:
    return Rows(np.arange(n), [f"text {at}" for at in range(n)], labels=[label] * n)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (only("same", 50), "only 'same'"),
        (reviews(10, 2), "there are 20"),
        (reviews(2, 4), "it has 0 such"),
        (Rows(np.zeros(0, np.int64), []), "neither a label nor a rating"),
    ],
)
def test_too_little_to_learn_from(rows: Rows, says: str) -> None:
    with pytest.raises(NotEnoughData, match=says):
        select(rows, ROLES)


@pytest.mark.parametrize(
    ("candidates", "says"),
    [
        (["oracle"], "no candidate 'oracle'"),
        ([], "no candidate"),
        (["meaning"], "needs an encoder"),
        (["lexicon"], "knows tones only"),
    ],
)
def test_candidates_that_can_not_be(candidates: list[str], says: str) -> None:
    with pytest.raises(LabError, match=says):
        select(reviews(20, 2), ROLES, candidates=candidates)


@pytest.mark.parametrize("texts", [["😀"] * 3, ["aa", "bb", "cc"], ["late late", "the size", "价格 太高"]])
def test_strange_texts_break_nothing(texts: list[str]) -> None:
    n = 60
    rows = Rows(np.arange(n), [texts[at % 3] + "!" * at for at in range(n)], labels=[("a", "b", "c")[at % 3] for at in range(n)])
    assert select(rows, ROLES, HashEncoder()).result.n_test == 12


def test_a_text_that_has_two_labels_stays_on_one_side() -> None:
    rows = reviews(20, 2)
    twice = Rows.joined([rows, replace(rows, number=rows.number + 100, labels=list((rows.labels or ())[::-1]))])
    said = select(twice, ROLES, candidates=["words"]).predictions
    tested = {twice.texts[at] for at in np.flatnonzero(np.isin(twice.number, said.number)).tolist()}
    assert sum(text in tested for text in twice.texts) == len(said.number)


def test_many_classes_take_another_learner() -> None:
    random = np.random.default_rng(0)
    words = [f"word{at}" for at in range(40)]
    labels = np.repeat(np.arange(40), 8)
    texts = [f"{words[label]} {random.choice(words)} {at}" for at, label in enumerate(labels)]
    rows = Rows(np.arange(len(labels)), texts, labels=[f"class {label:02}" for label in labels])
    result = select(rows, ROLES, candidates=["majority", "words"]).result
    assert result.recommended == "words"
    assert result.candidates[1].macro_f1.value > 0.5


def test_progress_rises_to_one() -> None:
    shares: list[float] = []
    select(reviews(20, 2), ROLES, on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_model_can_be_trained_again_with_its_settings(found: Selection) -> None:
    newer = retrain(found.model, reviews(60, seed=9))
    assert (newer.name, newer.classes) == (found.model.name, found.model.classes)
    assert newer.predict(["parcel late courier"])[0].shape == (1,)
    with pytest.raises(NotEnoughData, match="fewer than two classes"):
        retrain(found.model, only("size", 10))


def test_candidates_are_named_in_their_order() -> None:
    assert [plan.name for plan in CANDIDATES][:3] == ["majority", "lexicon", "rule"]
    assert all(plan.says.endswith(".") for plan in CANDIDATES)


@pytest.mark.slow
def test_real_reviews() -> None:
    with Path(shared_data("womens_clothing/reviews.csv")).open(encoding="utf-8", newline="") as file:
        records = [record for record in csv.DictReader(file) if record["Review Text"].strip()][:2_000]
    texts, stars = [record["Review Text"] for record in records], np.array([float(record["Rating"]) for record in records])
    rows = Rows(np.arange(1, len(texts) + 1), texts, ratings=stars)
    result = select(rows, Roles("Review Text", rating="Rating")).result
    scores = {each.name: each.macro_f1.value for each in result.candidates}
    assert scores[result.recommended] > scores["lexicon"] + 0.05
