"""The life of a model: what follows from its map, plan, costs, decision, score and incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import current
from segue.work.deepen.findings import Level, Outcome, Setting
from segue.work.deepen.law import Law
from segue.work.deepen.outline import answers_of, fields_of, outlines
from segue.work.deepen.rules.costing import months
from segue.work.deepen.rules.deciding import is_an_end
from segue.work.deepen.rules.lifecycle import RULES, margin
from segue.work.deepen.rules.scoring import CHEAPEST, PARTS, band_of

TODAY = date(2026, 12, 1)
SETTING = Setting(TODAY, Law(()))


def outcome(sort: str, fields: Mapping[str, str]) -> Outcome:
    known = {name for name, _ in fields_of(outlines()[sort])}
    assert set(fields) <= known, set(fields) - known
    return RULES[sort](answers_of(outlines()[sort], fields), SETTING)


def says(found: Outcome, words: str) -> list[Level]:
    return [finding.level for finding in found.findings if words in finding.says]


def table(part: str, rows: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {f"{part}.{row}.{column}": value for row, values in rows.items() for column, value in values.items()}


PHASES = [item.id for item in outlines()["lifecycle-map"].by_id["phases"].items]
MAP = {
    "model": "Sorts tickets for support.",
    "weakest": "Labels.",
    "guessed": "How often it is trained.",
    **table("criteria", {each: {"figure": "hours", "line": "5"} for each in ("business", "model", "money")}),
    **table(
        "phases",
        {
            each: {
                "who": "engineer, 2 weeks",
                "decided": "go",
                "wrong": "late",
                "check": "test",
                "heard": "slow",
                "source": "engineer",
            }
            for each in PHASES
        },
    ),
}
SIGNALS = {
    str(number): {"signal": f"signal {sort}", "sort": sort, "where": "table, weekly", "line": "below 70%", "owner": "Ada"}
    | {"within": "a day", "step": "look"}
    for number, sort in enumerate(("inputs", "outputs", "quality", "users"), 1)
}
PLAN = {
    **table("signals", SIGNALS),
    **table("sample", {"monthly": {"rows": "100", "who": "Ada", "how": "by chance"}}),
    **table("triggers", {each: {"line": "not used"} for each in ("schedule", "labels", "drift", "event", "legal")}),
    **table("triggers", {"floor": {"line": "below 70%", "owner": "Ada"}}),
    "unnoticed": "Sarcasm; a button to report.",
    "gate": "Same gates, better on the same rows.",
}
COST = {
    "volume.uses.figure": "50,000",
    "volume.uses.source": "counted in October",
    "price.tokens-in.figure": "3,000",
    "price.tokens-out.figure": "500",
    "price.price-in.figure": "2",
    "price.price-out.figure": "8",
    "currency": "EUR",
    "priced-on": "2026-11-20",
    "people.labels.figure": "50",
    "people.hours.figure": "10",
    "people.rate.figure": "60",
    "waiting.typical.figure": "80",
    "waiting.slow.figure": "120",
    "waiting.accepted.figure": "300",
    "worth": "Two minutes of an agent.",
}
DECISION = {
    "decision": "ship",
    "decided": "Version 3, for all, from Monday.",
    "agreed": "Lead of support, 1 December",
    "state": "In operation",
    **table(
        "figures",
        {
            "before": {"score": "70", "low": "65", "high": "75", "rows": "300"},
            "after": {"score": "82", "low": "78", "high": "86", "rows": "300"},
        },
    ),
    "running.cost.figure": "0.4",
    "running.latency.figure": "120",
    "why": "Better on the same rows.",
    "undone": "Polish.",
    "back": "Version 2 is switched on.",
    "back-how.who.answer": "Engineer on duty",
    "back-how.minutes.answer": "10",
    "back-how.sign.answer": "The version in the log.",
    "rollback": "tested",
    "next": "2027-02-01",
    "owner": "Ada",
    "data": "realistic",
}
INCIDENT = {
    "what": "Tickets went to the wrong team.",
    **table("timeline", {str(n): {"when": f"{n}:00", "what": "moment", "source": "log"} for n in (1, 2, 3)}),
    **table("impact", {"1": {"who": "customers", "number": "1,200", "how": "waited", "mended": "told"}}),
    "noticed-by": "monitor",
    "noticed": "After a day.",
    "worse": "A holiday.",
    "well": "The way back.",
    **table("causes", {str(n): {"cause": "no test of Polish", "sense": "few rows"} for n in (1, 2)}),
    **table("actions", {"1": {"action": "Monitor by language", "owner": "Ada", "due": "2026-12-20", "kind": "notice"}}),
    "next": "Language signal, a day sooner.",
}
SCORE = {
    f"{part}.{item.id}.{column}": value
    for part in PARTS
    for item in outlines()["test-score"].by_id[part].items
    for column, value in (("points", "0.5"), ("proof", "report"))
}
WHOLE: dict[str, tuple[dict[str, str], dict[str, float | str]]] = {
    "lifecycle-map": (MAP, {"stages": 6, "heard": 6}),
    "monitoring": (PLAN, {"signals": 4, "owned": 4}),
    "cost": (COST, {"cost": 10, "latency": 120, "scenarios": 3}),
    "lifecycle-decision": (
        DECISION,
        {"decision": "ship", "before": 70, "after": 82, "cost": 0.4, "latency": 120, "rollback": "tested", "data": "realistic"},
    ),
    "test-score": (SCORE, {"score": 3.5, "tests": 28}),
    "incident": (INCIDENT, {"actions": 1}),
}


@pytest.mark.parametrize("sort", [*WHOLE])
def test_a_sheet_that_is_whole_has_no_gap_and_the_facts_of_its_kind(sort: str) -> None:
    fields, facts = WHOLE[sort]
    found = outcome(sort, fields)
    assert [finding.says for finding in found.findings if finding.level != Level.NOTE] == []
    assert found.facts == facts
    assert set(facts) == {field.name for field in current().programme.kinds[outlines()[sort].kind].fields}


@pytest.mark.parametrize("sort", [*WHOLE])
def test_leaving_a_part_out_is_a_gap_there(sort: str) -> None:
    outline, optional = outlines()[sort], {"training", "guessed", "people.labels"}
    for part in outline.parts:
        without = {name: value for name, value in WHOLE[sort][0].items() if name.split(".")[0] != part.id}
        if part.id in optional:
            continue
        found = [f.level for f in outcome(sort, without).findings if f.part in (part.id, "actions", "back")]
        assert {*found} & ({Level.GAP, Level.STOP} if sort != "test-score" else {Level.GAP, Level.NOTE}), (sort, part.id)


@pytest.mark.parametrize("sort", [*WHOLE])
@given(data=st.data())
def test_any_answers_come_to_something(sort: str, data: st.DataObject) -> None:
    names = [name for name, _ in fields_of(outlines()[sort])]
    texts = st.sampled_from(["", "x", "-1", "0", "1e14", "0.5", "1", "2026-02-30", "2026-12-01", "PSI 0.2", "done", "<b>"])
    found = outcome(sort, data.draw(st.dictionaries(st.sampled_from(names), texts, max_size=12)))
    parts = outlines()[sort].by_id
    assert all(finding.part in parts or not finding.part for finding in found.findings)
    kinds = {field.name: field for field in current().programme.kinds[outlines()[sort].kind].fields}
    assert set(found.facts) <= set(kinds)


# --- the map ---


def test_what_was_heard_without_a_source_counts_as_guessed() -> None:
    found = outcome("lifecycle-map", MAP | {f"phases.{each}.source": "" for each in PHASES[:3]})
    assert found.facts == {"stages": 6, "heard": 3}
    assert says(found, "3 of 6 phases are heard of") == [Level.GAP]
    assert says(found, "from whom you heard it") == [Level.GAP] * 3


# --- monitoring ---


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signals.3.sort": "users"}, "No signal comes from labels"),
        ({"signals.1.sort": "users"}, "No signal is about inputs"),
        ({"signals.2.line": ""}, "it has no line"),
        ({"signals.2.line": "when it drops"}, "holds no figure"),
        ({"signals.2.owner": ""}, "nobody acts"),
        ({"signals.2.owner": "The team."}, "is no owner"),
        ({"signals.4.signal": ""}, "3 signals so far"),
        ({"sample.monthly.rows": ""}, "The signal of quality has nothing to stand on"),
        ({"sample.monthly.rows": "0"}, "how many rows are labelled"),
        ({"sample.monthly.who": "everyone"}, "Say who labels"),
        ({"triggers.floor.line": "Not used for now"}, "Nothing says when it is trained again"),
        ({"triggers.floor.owner": "we"}, "Nobody starts the training: Quality below a floor"),
        ({"unnoticed": ""}, "none of the signals would show"),
    ],
)
def test_what_is_missing_in_a_plan(changes: dict[str, str], words: str) -> None:
    assert says(outcome("monitoring", PLAN | changes), words) == [Level.GAP]


def test_the_habit_of_credit_scoring_is_named_where_it_is_used() -> None:
    assert not says(outcome("monitoring", PLAN | {"signals.1.signal": "upsides"}), "PSI")
    assert says(outcome("monitoring", PLAN | {"signals.1.line": "PSI above 0.25"}), "credit scoring") == [Level.NOTE]


@pytest.mark.parametrize(("rows", "points"), [(40, 15.5), (100, 9.8), (400, 4.9)])
def test_what_a_sample_of_a_month_can_tell(rows: int, points: float) -> None:
    assert margin(rows) == pytest.approx(points, abs=0.05)


def test_only_the_calendar_is_thin() -> None:
    found = outcome("monitoring", PLAN | {"triggers.floor.line": "not used"} | {"triggers.schedule.line": "each May 1"})
    assert says(found, "Only the calendar") == [Level.NOTE]
    assert says(found, "Nobody starts") == [Level.GAP]


# --- cost ---


def test_the_worked_example() -> None:
    lines = outcome("cost", COST).lines
    assert lines[0] == "50,000 uses a month × (3,000 tokens in + 500 out) = 150 million in + 25 million out."
    assert lines[1] == "1,000 answers cost 10 EUR for the model alone; with labelling and people 23 EUR."
    assert lines[2] == "One use has to be worth 0.023 EUR or more to pay for itself."
    assert lines[3] == "Today (50,000 uses): 1,150 EUR a month, 500 EUR for the model and 650 EUR for people."
    assert lines[4] == "Ten times as many (500,000 uses): 5,650 EUR a month, 5,000 EUR for the model and 650 EUR for people."
    assert lines[5] == "A model twice as dear (50,000 uses): 1,650 EUR a month, 1,000 EUR for the model and 650 EUR for people."
    assert lines[6] == "95 of 100 answers are there within 120 ms; 80 ms typically; 300 ms are accepted."


def test_a_model_of_ones_own_may_cost_nothing_and_retries_come_on_top() -> None:
    own = {name: value for name, value in COST.items() if not name.startswith("price.")}
    assert outcome("cost", own | {"price.each.figure": "0"}).facts["cost"] == 0
    assert outcome("cost", own | {"price.each.figure": "0.01", "price.extra.figure": "20"}).facts["cost"] == pytest.approx(12)
    assert "cost" not in outcome("cost", own).facts


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"priced-on": ""}, Level.GAP, "day of the prices"),
        ({"priced-on": "2026-12-02"}, Level.GAP, "lies ahead"),
        ({"priced-on": "2026-09-01"}, Level.NOTE, "91 days old"),
        ({"price.price-out.figure": ""}, Level.GAP, "One of the four is missing"),
        ({"price.price-out.figure": "-8"}, Level.GAP, "below 0"),
        ({"price.each.figure": "3"}, Level.NOTE, "go by the tokens"),
        ({"waiting.accepted.figure": "100"}, Level.STOP, "they accept 100 ms"),
        ({"waiting.slow.figure": "70"}, Level.GAP, "faster than the typical"),
        ({"people.rate.figure": ""}, Level.GAP, "what an hour costs"),
        ({"volume.uses.figure": "0"}, Level.GAP, "how many uses"),
    ],
)
def test_what_is_wrong_with_a_price(changes: dict[str, str], level: Level, words: str) -> None:
    assert says(outcome("cost", COST | changes), words) == [level]


@given(st.floats(1, 1e9), st.floats(0, 100), st.floats(0, 1e6))
def test_more_uses_and_dearer_models_cost_that_much_more(uses: float, each: float, people: float) -> None:
    today, tenfold, dear = months(uses, each, people)
    assert tenfold.model == pytest.approx(10 * today.model)
    assert dear.model == pytest.approx(2 * today.model)
    assert today.people == tenfold.people == dear.people == people
    assert today.total <= dear.total <= tenfold.total


# --- the decision ---


@pytest.mark.parametrize("state", ["done", "Done.", "It is done", "finished", "complete", "Closed", "done, live"])
def test_done_is_no_state(state: str) -> None:
    assert says(outcome("lifecycle-decision", DECISION | {"state": state}), "is no state") == [Level.STOP]


@pytest.mark.parametrize("state", ["In operation", "on trial with 5% of users", "paused until the review is in", "abandoned"])
def test_other_states_are_its_own(state: str) -> None:
    assert not is_an_end(state)


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"decision": ""}, Level.STOP, "Choose one"),
        ({"next": ""}, Level.STOP, "Set the day of the next review"),
        ({"next": "2026-12-01"}, Level.STOP, "has come"),
        ({"next": "2027-12-01"}, Level.NOTE, "half a year"),
        ({"rollback": "none"}, Level.STOP, "no way back"),
        ({"rollback": "none", "decision": "hold"}, Level.GAP, "no way back"),
        ({"rollback": "written"}, Level.NOTE, "never tried"),
        ({"back-how.minutes.answer": ""}, Level.GAP, "within how many minutes"),
        ({"back-how.who.answer": "the team"}, Level.GAP, "who can switch back"),
        ({"figures.after.low": ""}, Level.GAP, "range of the score after"),
        ({"figures.after.score": "90"}, Level.GAP, "outside its own range"),
        ({"figures.after.score": "820"}, Level.GAP, "between 0 and 100"),
        ({"figures.after.low": "74"}, Level.NOTE, "ranges overlap"),
        (
            {"figures.after.score": "60", "figures.after.low": "55", "figures.after.high": "64"},
            Level.GAP,
            "although the score fell",
        ),
        ({"decision": "retrain"}, Level.GAP, "trained again"),
        ({"running.cost.figure": ""}, Level.GAP, "cost of 1,000"),
        ({"owner": "everyone"}, Level.GAP, "looks after it"),
        ({"data": "toy"}, Level.NOTE, "made-up data"),
    ],
)
def test_what_is_wrong_with_a_decision(changes: dict[str, str], level: Level, words: str) -> None:
    assert says(outcome("lifecycle-decision", DECISION | changes), words) == [level]


def test_a_retired_model_needs_no_review() -> None:
    assert not says(outcome("lifecycle-decision", DECISION | {"state": "Retired", "next": ""}), "next review")


# --- the score ---


@pytest.mark.parametrize(
    ("points", "words"),
    [(0, "study"), (0.5, "holes"), (1, "holes"), (1.5, "first pass"), (2, "first pass"), (3, "fairly"), (5, "strongly")],
)
def test_bands_are_closed_above(points: float, words: str) -> None:
    assert words in band_of(points)
    assert "exceptional" in band_of(5.5)


def test_twenty_eight_tests_and_each_has_its_place_in_the_order_of_cost() -> None:
    outline = outlines()["test-score"]
    for part in PARTS:
        assert sorted(CHEAPEST[part]) == sorted(item.id for item in outline.by_id[part].items)
    assert sum(len(CHEAPEST[part]) for part in PARTS) == 28


def test_the_lowest_part_decides_and_the_cheapest_next_tests_are_named() -> None:
    found = outcome("test-score", SCORE | {f"monitoring.w{n}.points": "0" for n in range(1, 8)} | {"data.d1.points": "1"})
    assert found.facts == {"score": 0, "tests": 21}
    assert "Data 4, Model 3.5, Infrastructure 3.5, Monitoring 0" in found.lines[1]
    assert says(found, "Monitoring holds the score down") == [Level.GAP]
    labels = {item.id: item.label for item in outlines()["test-score"].by_id["monitoring"].items}
    (cheap,) = [finding.says for finding in found.findings if "cheapest next" in finding.says]
    assert [cheap.find(labels[each]) for each in CHEAPEST["monitoring"][:3]] == sorted(
        cheap.find(labels[each]) for each in CHEAPEST["monitoring"][:3]
    )
    assert labels[CHEAPEST["monitoring"][3]] not in cheap


def test_what_has_no_proof_counts_nothing() -> None:
    found = outcome("test-score", SCORE | {f"model.m{n}.proof": "" for n in range(1, 8)})
    assert found.facts == {"score": 0, "tests": 21}
    assert says(found, "No proof is named") == [Level.GAP]


@given(st.lists(st.sampled_from(["", "0", "0.5", "1"]), min_size=28, max_size=28))
def test_the_score_is_the_least_of_four_sums(points: list[str]) -> None:
    names = [f"{part}.{item}" for part in PARTS for item in sorted(CHEAPEST[part])]
    fields = {f"{name}.points": value for name, value in zip(names, points, strict=True)}
    found = outcome("test-score", fields | {f"{name}.proof": "file" for name in names})
    sums = [sum(float(value or 0) for value in points[at : at + 7]) for at in (0, 7, 14, 21)]
    assert found.facts["score"] == min(sums)


# --- incidents ---


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"causes.1.cause": "Human error by the person on duty"}, Level.GAP, "reads as blame"),
        ({"causes.2.cause": "", "causes.2.sense": ""}, Level.GAP, "1 cause so far"),
        ({"actions.1.owner": "everyone"}, Level.GAP, "one person or role who does it"),
        ({"actions.1.due": ""}, Level.GAP, "say by when"),
        ({"actions.1.due": "2026-11-01"}, Level.NOTE, "its day has passed"),
        ({"actions.1.action": "Be more careful with Polish"}, Level.GAP, "a resolve changes nothing"),
        ({"actions.1.kind": "prevent"}, Level.NOTE, "No action shows it sooner"),
        ({"noticed-by": "user"}, Level.NOTE, "before you did"),
        ({"timeline.3.when": "", "timeline.3.what": "", "timeline.3.source": ""}, Level.GAP, "three moments"),
        ({"impact.1.number": ""}, Level.GAP, "say how many"),
    ],
)
def test_what_is_wrong_with_an_incident_review(changes: dict[str, str], level: Level, words: str) -> None:
    assert says(outcome("incident", INCIDENT | changes), words) == [level]


def test_people_who_were_hit_are_added_up() -> None:
    assert outcome("incident", INCIDENT).lines[1] == "1,200 people hit, as far as counted."
