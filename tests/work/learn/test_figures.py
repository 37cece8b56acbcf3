"""Each figure shows what its question says is true, computed now, whatever the controls are set to."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from segue.curriculum import current
from segue.shared.components import Figure
from segue.work.learn.figures import (
    BY_ID,
    FIGURES,
    cleaning,
    drift,
    figures_about,
    kmeans,
    leakage,
    neighbours,
    network,
    overfitting,
    rarity,
    threshold,
)
from segue.work.learn.figures import labels as with_labels
from segue.work.learn.figures.shape import Choice, Outcome, PlayFigure, Slider, Switches, TextLine

each_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)


def shown(figure: PlayFigure, **given: str | list[str]) -> Outcome:
    settings, notes = figure.read({name: value if isinstance(value, list) else [value] for name, value in given.items()})
    assert not notes
    return figure.show(settings)


def settings_to_try(figure: PlayFigure) -> list[dict[str, str | list[str]]]:
    """Each control at its ends, or each of its ways, the others as they start."""
    tried: list[dict[str, str | list[str]]] = [{}]
    for control in figure.controls:
        if isinstance(control, Slider):
            tried += [{control.id: f"{value:g}"} for value in (control.least, control.most)]
        elif isinstance(control, Choice):
            tried += [{control.id: option} for option in control.options]
        elif isinstance(control, Switches):
            tried += [{control.id: ["", *options]} for options in (*((o,) for o in control.options), tuple(control.options))]
        else:
            assert isinstance(control, TextLine)
            tried += [{control.id: "zebra quantum"}, {control.id: "<b>Where</b> is my order & my refund?"}]
    return tried


@each_figure
def test_a_question_has_one_right_guess_and_the_concepts_exist(figure: PlayFigure) -> None:
    assert sum(guess.right for guess in figure.guesses) == 1
    assert len({guess.id for guess in figure.guesses}) == len(figure.guesses) >= 3
    assert "see" not in {guess.id for guess in figure.guesses}
    assert all(concept in current().concept_by_id for concept in figure.concepts)
    assert BY_ID[figure.id] is figure
    assert figure in figures_about(figure.concepts[0])


@each_figure
def test_every_setting_gives_pictures_that_are_sound_with_the_table_behind_them(figure: PlayFigure) -> None:
    for given in settings_to_try(figure):
        outcome = shown(figure, **given)
        assert outcome.says
        assert outcome.says[-1] in ".”"
        assert outcome.stats
        assert outcome.pictures
        for picture in outcome.pictures:
            check_picture(picture)
        for table in outcome.tables:
            assert list(table.body)


def check_picture(picture: Figure) -> None:
    root = ElementTree.fromstring(picture.svg)
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert "nan" not in picture.svg
    assert "inf" not in picture.svg
    assert len(picture.svg) < 60_000
    assert picture.table is not None
    assert list(picture.table.body)


@each_figure
def test_the_same_settings_give_the_same_picture(figure: PlayFigure) -> None:
    assert [p.svg for p in shown(figure).pictures] == [p.svg for p in shown(figure).pictures]


def test_labels_answer_the_question_and_groups_do_not() -> None:
    told = shown(with_labels.FIGURE, given="labels")
    right, n = str(told.stats[0].note).split(" of ")
    assert int(right) / int(n) > 0.8
    found = shown(with_labels.FIGURE, given="points", groups="3").pictures[0].table
    assert found is not None
    shares = [float(str(row[-1]).rstrip("%")) for row in found.rows]
    assert any(15 < share < 85 for share in shares), "a group in which some left and some stayed"


def test_k_means_only_improves_and_a_bad_start_ends_worse() -> None:
    table = shown(kmeans.FIGURE).pictures[1].table
    assert table is not None
    sums = [float(str(row[1])) for row in table.rows]
    assert all(later <= before for before, later in pairwise(sums))
    assert kmeans.final_sum(4, "corner") > 2 * kmeans.final_sum(4, "apart")


def test_k_means_ends_like_the_library_from_the_same_start() -> None:
    from sklearn.cluster import KMeans

    for count in range(2, 7):
        for way in kmeans.STARTS:
            start = kmeans._walk(count, way)[0][0]
            library = KMeans(count, init=start, n_init=1, max_iter=300, tol=0).fit(kmeans._customers())
            assert kmeans.final_sum(count, way) == pytest.approx(library.inertia_, rel=1e-9)


def test_steps_of_k_means_lead_on_to_the_end() -> None:
    assert [way.label for way in shown(kmeans.FIGURE).onward] == ["One step on", "To the end"]
    ended = shown(kmeans.FIGURE, step="30")
    assert [way.label for way in ended.onward] == ["Back to the start"]
    assert "got stuck" in ended.says


def test_a_leak_flatters_and_an_honest_test_does_not() -> None:
    for fault in leakage.FAULTS:
        _, test, fresh = leakage.scores(fault, 100)
        assert fresh == pytest.approx(0.5, abs=0.03)
        assert abs(test - 0.5) < 0.06 if fault == "none" else test > 0.6
    assert leakage.scores("choice", 100)[1] > 0.7


def test_accuracy_praises_a_model_that_finds_nothing() -> None:
    assert rarity.accuracy("never", 1) == pytest.approx(99, abs=0.2)
    assert rarity.recall("never", 1) == 0
    assert rarity.recall("weighted", 1) > 60
    assert rarity.accuracy("weighted", 1) < rarity.accuracy("never", 1)


def test_a_curve_with_a_few_bends_is_best_on_what_was_not_seen() -> None:
    assert overfitting.best_degree() in (3, 4)
    seen = [overfitting._fitted(degree)[1] for degree in range(1, overfitting.MOST + 1)]
    assert all(later <= before + 1e-6 for before, later in pairwise(seen)), "more bends always fit the seen better"
    assert "underfitting" in shown(overfitting.FIGURE, degree="1").says
    assert "overfitting" in shown(overfitting.FIGURE, degree="15").says


def test_the_cheapest_cut_is_low_where_misses_are_dear() -> None:
    best = threshold.cheapest(100, 10)
    assert best < 30
    assert all(threshold.cost(best, 100, 10) <= threshold.cost(cut, 100, 10) for cut in threshold.CUTS)
    assert threshold.cheapest(10, 100) > 50
    assert all(sum(threshold.counts(cut)) == 1000 for cut in threshold.CUTS)


def test_without_a_hidden_layer_the_border_is_straight() -> None:
    import numpy as np

    straight = network._trained(0, 1, 200)
    points = np.random.default_rng(0).normal(size=(300, 2))
    margin = points @ straight.coefs_[0] + straight.intercepts_[0]
    assert (straight.predict(points) == (margin[:, 0] > 0)).all()
    deep = network._trained(2, 8, 200)
    points, kinds = network._points()
    assert deep.score(points[200:], kinds[200:]) > straight.score(points[200:], kinds[200:]) + 0.05
    assert [len(network._trained(1, 4, passes).loss_curve_) for passes in (10, 60, 200)] == [10, 60, 200]


def test_meaning_finds_what_shares_no_word() -> None:
    nearest = neighbours.SENTENCES[neighbours.by_meaning(neighbours.START)[0][1]]
    assert nearest == "I can’t log in since the last update."
    assert not {*["my", "login", "is", "broken"]} & {*nearest.lower().rstrip(".").split()}
    assert "broken" in neighbours.SENTENCES[neighbours.by_words(neighbours.START)[0][1]]
    assert neighbours.by_words("zebra quantum") == ()


def test_an_alarm_on_inputs_never_rings_for_a_change_of_meaning() -> None:
    weeks = range(drift.WEEKS + 1)
    for kind in ("meaning", "nothing"):
        assert not any(drift.rings(kind, week, 300) for week in weeks)
    assert drift.week_of("meaning", 20, 300)[0] < 65
    assert drift.week_of("nothing", 20, 300)[0] > 80
    assert all(drift.rings("inputs", week, 300) for week in weeks if week >= 6)
    assert drift.week_of("inputs", 6, 300)[0] > 80


def test_no_week_without_a_change_is_called_wrong() -> None:
    for count in ("50", "1000"):
        for week in range(0, drift.WEEKS + 1, 4):
            assert "works as on the first day" in shown(drift.FIGURE, kind="nothing", week=str(week), count=count).says


def test_cleaning_finds_the_rows_that_are_really_there() -> None:
    assert cleaning.fully_cleaned() == 10
    assert len(cleaning.drop_empty(cleaning.raw())) == 17
    assert shown(cleaning.FIGURE, steps=[""]).stats[0].value == 20
