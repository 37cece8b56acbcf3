"""The demo is a finished journey that holds together: rules, people, figures and texts agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db.models import QuerySet

from segue.accounts.actions import make_local_learner
from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.evidence import MAX_COMPETENCIES, Ledger, Sort
from segue.core.progress import all_progress
from segue.core.readiness import Readiness, assess
from segue.curriculum import current
from segue.demo.journey import load
from segue.evidence.actions import count_words, log_time
from segue.evidence.criteria import criteria_for
from segue.evidence.files import path_of
from segue.evidence.models import Confidentiality, Entry
from segue.evidence.queries import core_entries, ledger_of
from segue.evidence.replies import RELATIONS
from segue.evidence.trust import tier_in_short
from segue.evidence.vocabulary import criterion_of, is_known_activity, is_known_kind
from segue.schedule.models import Hours
from segue.schedule.queries import turn_of
from segue.shared import clock

pytestmark = pytest.mark.django_db

TODAY = date(2027, 5, 26)  # a Wednesday
WITHDRAWN_IN, RECORDED_AGAIN_IN = 11, 13
LOST, OFF = {7, 16}, 12
# In texts that anybody may read: no address of a person, no number of a parcel or telephone.
PERSONAL = re.compile(r"@|\b\d{6,}\b|\+\d{2}")


@pytest.fixture
def told(on_day: Callable[[date], None], db: None) -> Learner:
    on_day(TODAY)
    return load()


def entries_of(learner: Learner, *sorts: Sort) -> QuerySet[Entry]:
    return learner.entries.filter(sort__in=sorts or list(Sort)).order_by("number").prefetch_related("attachments")


def readiness_by_week(learner: Learner) -> Mapping[int, Readiness]:
    programme, entries = current().programme, core_entries(learner)
    sundays = {week: learner.hours.starts_on + timedelta(weeks=week, days=-1) for week in range(27)}
    return {week: assess(programme, Ledger(entries, programme, sunday), sunday) for week, sunday in sundays.items()}


# --- loading ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", [TODAY, date(2027, 5, 24), date(2027, 5, 30), date(2027, 1, 1), date(2028, 2, 29)])
def test_journey_ends_on_the_sunday_before_this_week(today: date, on_day: Callable[[date], None]) -> None:
    on_day(today)
    learner = load()
    start = learner.hours.starts_on
    assert start.weekday() == 0
    assert start + timedelta(weeks=26) <= today < start + timedelta(weeks=27)
    assert 250 <= learner.entries.count() <= 350


@pytest.mark.parametrize("weeks", [0, 1, 7, 10, 16, 17, 25])
def test_journey_can_stop_after_any_week(weeks: int, on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    learner = load(weeks)
    turn = turn_of(learner)
    assert turn is not None
    assert learner.started_at is not None
    assert learner.hours.starts_on + timedelta(weeks=weeks) <= TODAY < learner.hours.starts_on + timedelta(weeks=weeks + 1)
    assert max(e.on for e in entries_of(learner)) < max(learner.hours.starts_on + timedelta(weeks=weeks), TODAY)
    assert turn.today == TODAY
    assert turn.plan.sessions
    assert all(session.on >= TODAY for session in turn.plan.sessions)


def test_shorter_journeys_are_the_beginning_of_the_whole(on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    short = [(e.sort, e.title, e.body, e.on - TODAY) for e in entries_of(load(10))]
    Learner.objects.all().delete()
    whole = [(e.sort, e.title, e.body, e.on - TODAY + timedelta(weeks=16)) for e in entries_of(load())]
    assert whole[: len(short)] == short


@pytest.mark.parametrize("weeks", [-1, 27])
def test_weeks_beyond_the_journey_are_refused(weeks: int) -> None:
    with pytest.raises(UserError, match="26 weeks"):
        load(weeks)
    assert not Learner.objects.exists()


def test_loading_twice_is_refused(told: Learner) -> None:
    before = told.entries.count()
    with pytest.raises(UserError, match="somebody's work"):
        load()
    assert (Learner.objects.count(), told.entries.count()) == (1, before)


def test_a_folder_with_a_single_line_in_it_is_refused() -> None:
    log_time(make_local_learner(), activity_id="", minutes=1, on=TODAY)
    with pytest.raises(UserError, match="somebody's work"):
        load()


def test_a_folder_that_was_only_opened_is_not_refused() -> None:
    make_local_learner()
    assert load(1).name == "Priya Raman"


def test_nothing_is_kept_where_the_telling_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segue.demo.journey.evidence.record_review", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load()
    assert not Learner.objects.exists()
    assert not Entry.objects.exists()


def test_everything_is_recorded_on_its_day_and_in_order(told: Learner) -> None:
    entries = list(entries_of(told))
    assert all(e.recorded_at.astimezone().date() == e.on for e in entries)
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(entries))
    assert [e.number for e in entries] == list(range(1, len(entries) + 1))
    assert {c.made_at.astimezone().date() < TODAY for c in told.choices.all()} == {True}


@pytest.mark.parametrize(("today", "late"), [(date(2027, 5, 24), False), (date(2027, 5, 26), True)])
def test_nothing_is_recorded_in_the_future(today: date, late: bool) -> None:
    """Somebody may look at the demo on a Monday morning; the first hour was to be that evening."""
    with clock.at(datetime.combine(today, time(8))):
        learner = load(0)
        assert learner.started_at is not None
        assert learner.started_at <= clock.now()
        assert all(e.recorded_at <= clock.now() for e in entries_of(learner))
        assert any(e.recorded_at < clock.now() for e in entries_of(learner)) == late


def test_loading_leaves_the_clock_alone(told: Learner) -> None:
    assert clock.today() == TODAY


# --- the rules --------------------------------------------------------------------------------------------------------------


def test_both_gates_are_met_at_the_end(told: Learner) -> None:
    readiness = readiness_by_week(told)[26]
    assert [(gate.gate.id, gate.met) for gate in readiness.gates] == [("interview-ready", True), ("apply", True)]
    turn = turn_of(told)
    assert turn is not None
    assert turn.binding.sort == "none"


def test_levels_are_lower_at_week_10(told: Learner) -> None:
    by_week = readiness_by_week(told)
    then, at_the_end = by_week[10].levels(), by_week[26].levels()
    assert all(then[c] <= at_the_end[c] for c in then)
    assert sum(then[c] < at_the_end[c] for c in then) >= 6
    assert not any(gate.met for gate in by_week[10].gates)


def test_levels_fall_only_with_the_withdrawal(told: Learner) -> None:
    levels = {week: readiness.levels() for week, readiness in readiness_by_week(told).items()}
    falls = [(week, c) for week in range(1, 27) for c in levels[week] if levels[week][c] < levels[week - 1][c]]
    assert falls == [(WITHDRAWN_IN, "C3")]
    assert levels[RECORDED_AGAIN_IN]["C3"] == levels[WITHDRAWN_IN - 1]["C3"]


def test_every_required_activity_is_done_and_some_others(told: Learner) -> None:
    progress = all_progress(ledger_of(told)).values()
    assert [p.activity.id for p in progress if not (p.done or p.activity.optional or p.activity.buffer)] == []
    assert len([p for p in progress if p.done and p.activity.optional]) >= 2
    skipped = list(told.choices.filter(sort="skip"))
    assert skipped
    assert all(c.reason and c.activity_id in current().programme.by_id for c in skipped)
    assert not {c.activity_id for c in skipped} & {p.activity.id for p in progress if p.done or not p.activity.optional}


def test_known_ground_is_shortened_and_confirmed(told: Learner) -> None:
    known = [p for p in all_progress(ledger_of(told)).values() if p.known]
    assert [(p.activity.id, p.done) for p in known] == [("w01-study-first-ideas", True)]


def test_hours_add_up_and_lost_weeks_are_lost(told: Learner) -> None:
    ledger, start = ledger_of(told), told.hours.starts_on
    weeks = {w: ledger.minutes_between(start + timedelta(weeks=w - 1), start + timedelta(weeks=w, days=-1)) for w in range(1, 27)}
    assert {week for week, minutes in weeks.items() if not minutes} == {*LOST, OFF}
    assert all(200 <= minutes <= 480 for minutes in weeks.values() if minutes)
    assert 120 <= sum(weeks.values()) / 60 <= 135
    by_day = Counter({day: ledger.minutes_between(day, day) for day in {e.on for e in ledger.entries}})
    assert max(by_day.values()) <= 180
    off = told.time_off.get()
    assert (off.first, off.last) == (start + timedelta(weeks=OFF - 1), start + timedelta(weeks=OFF, days=-1))


def test_the_plan_was_agreed_anew_after_the_second_lost_week(told: Learner) -> None:
    assert told.hours.agreed_on == told.hours.starts_on + timedelta(weeks=16, days=1)


@pytest.mark.parametrize(("weeks", "agreed"), [(16, 0), (17, 113)])
def test_until_then_the_first_plan_counts(weeks: int, agreed: int, on_day: Callable[[date], None]) -> None:
    on_day(TODAY)
    load(weeks)
    hours = Hours.objects.get()
    assert (hours.agreed_on - hours.starts_on).days == agreed


# --- what was recorded ------------------------------------------------------------------------------------------------------


def test_every_text_is_as_long_as_its_kind_wants(told: Learner) -> None:
    kinds = current().programme.kinds
    for entry in entries_of(told, Sort.ARTEFACT):
        kind = kinds[entry.kind]
        assert kind.min_words is not None or entry.attachments.all(), entry.title
        assert (kind.min_words or 0) <= entry.words <= (kind.max_words or entry.words), (entry.title, entry.words)
        assert entry.words == count_words(entry.body)


def test_no_id_hangs_loose(told: Learner) -> None:
    for entry in entries_of(told):
        assert not entry.kind or is_known_kind(entry.kind), entry.title
        assert not entry.activity_id or is_known_activity(entry.activity_id, current().programme), entry.title
        assert set(entry.competencies) <= set(current().programme.competency_by_id)
        assert all(criterion_of(mark) for mark in entry.marks)


def test_facts_are_those_of_the_kind(told: Learner) -> None:
    for entry in entries_of(told, Sort.ARTEFACT).exclude(kind="diagnostic"):
        fields = {field.name: field for field in current().programme.kinds[entry.kind].fields}
        assert set(entry.facts) <= set(fields), entry.title
        for name, value in entry.facts.items():
            choices = [choice for choice, _ in fields[name].choices]
            assert value in choices if choices else isinstance(value, int | float), (entry.title, name)


def test_each_piece_proves_at_most_three_competencies(told: Learner) -> None:
    assert all(len(artefact.competencies) <= MAX_COMPETENCIES for artefact in ledger_of(told).artefacts)
    assert all(1 <= len(entry.competencies) <= MAX_COMPETENCIES for entry in entries_of(told, Sort.ARTEFACT))


def test_explanations_are_all_different_and_public(told: Learner) -> None:
    explanations = entries_of(told, Sort.ARTEFACT).filter(kind="explanation")
    assert explanations.count() >= 15
    assert len({e.title for e in explanations}) == len({e.body for e in explanations}) == explanations.count()
    assert {e.confidentiality for e in explanations} == {Confidentiality.PUBLIC}


def test_no_placeholder_is_left(told: Learner) -> None:
    for entry in entries_of(told):
        for text in (entry.title, entry.body, *(path_of(a.sha256).read_text("utf-8") for a in entry.attachments.all())):
            assert "{{" not in text
            assert "}}" not in text
            assert len(entry.title) <= 200


def test_a_figure_has_one_value_in_all_papers(told: Learner) -> None:
    """Report, card, case study, spec and résumé say the same."""
    newest = {a.kind: a.latest.id for a in ledger_of(told).artefacts}
    texts = {
        kind: told.entries.get(number=newest[kind]).body for kind in ("model-card", "case-study", "prd", "resume", "profile")
    }
    said = {
        "220": ("model-card", "case-study", "prd", "resume", "profile"),
        "68%": ("model-card", "case-study", "resume", "profile"),
        "kappa 0.71": ("model-card", "case-study", "resume"),
        "0.62": ("model-card", "case-study", "prd", "resume"),
        "59%": ("case-study", "prd", "resume"),
        "61%": ("case-study", "resume"),
        "187 euros": ("case-study", "prd"),
    }
    assert [(figure, kind) for figure, kinds in said.items() for kind in kinds if figure not in texts[kind]] == []
    run, comparison, decision = (
        next(a for a in ledger_of(told).artefacts if a.kind == kind).latest.facts
        for kind in ("comparison", "comparison", "lifecycle-decision")
    )
    assert (run["score"], comparison["baseline"], decision["before"], decision["after"]) == (68, 21, 72, 61)


def test_withdrawn_piece_is_recorded_again(told: Learner) -> None:
    withdrawal = entries_of(told, Sort.WITHDRAWAL).get()
    assert withdrawal.subject is not None
    again = entries_of(told, Sort.ARTEFACT).filter(kind=withdrawal.subject.kind, number__gt=withdrawal.number)
    assert again.exists()
    assert withdrawal.body


def test_confidentiality_is_used(told: Learner) -> None:
    by_kind = {kind: {e.confidentiality for e in entries_of(told).filter(kind=kind)} for kind in current().programme.kinds}
    private = {"permission", "data-sheet", "data-map", "pii-scan", "gold-set", "agreement", "request", "conversation"}
    assert all(by_kind[kind] == {Confidentiality.PRIVATE} for kind in private)
    assert by_kind["case-study"] == by_kind["profile"] == {Confidentiality.PUBLIC}
    assert by_kind["prd"] == by_kind["star-story"] == {Confidentiality.REDACTED}


def test_nothing_that_may_be_shown_holds_personal_data(told: Learner) -> None:
    shown = entries_of(told, Sort.ARTEFACT).exclude(confidentiality=Confidentiality.PRIVATE)
    assert [e.title for e in shown if PERSONAL.search(e.body)] == []


# --- people -----------------------------------------------------------------------------------------------------------------


def test_every_review_has_the_reviewers_own_words_and_a_mark(told: Learner) -> None:
    for entry in entries_of(told, Sort.REVIEW, Sort.CONFIRMATION):
        (mail,) = entry.attachments.all()
        text = path_of(mail.sha256).read_text("utf-8")
        assert mail.name.endswith(".txt")
        assert text.startswith(f"From: {entry.reviewer_name}\nTo: Priya Raman\n")
        assert 15 <= count_words(text.partition("\n\n")[2]) <= 160, entry.title
        assert entry.marks or entry.sort == Sort.CONFIRMATION
        assert entry.body


def test_nobody_reviews_themself_and_everybody_is_one_person(told: Learner) -> None:
    people: dict[str, set[tuple[object, ...]]] = {}
    for e in entries_of(told, Sort.REVIEW, Sort.CONFIRMATION):
        people.setdefault(e.reviewer_name, set()).add(
            (e.reviewer_relation, e.reviewer_role, e.reviewer_years, e.reviewer_practises_ai)
        )
        assert e.reviewer_relation in RELATIONS
    assert "Priya Raman" not in people
    assert len(people) >= 8
    assert {name: known for name, known in people.items() if len(known) > 1} == {}


def test_reviewers_were_asked_what_they_marked(told: Learner) -> None:
    """Only criteria that the form for a review of the piece offers."""
    ledger = ledger_of(told)
    offered = {number: {c.id for c in criteria_for(a)} for a in ledger.artefacts for number in a.ids}
    for review in entries_of(told, Sort.REVIEW).select_related("subject"):
        assert review.subject is not None
        assert set(review.marks) <= offered[review.subject.number]


def test_a_criterion_not_met_is_followed_by_a_second_version(told: Learner) -> None:
    critical = [e for e in entries_of(told, Sort.REVIEW).select_related("subject") if not all(e.marks.values())]
    assert len(critical) >= 4
    for review in critical:
        assert review.subject is not None
        (second,) = review.subject.revisions.all()
        assert second.number > review.number
        assert second.body != review.subject.body


def test_one_review_was_not_favourable_and_the_next_one_was(told: Learner) -> None:
    spec = next(a for a in ledger_of(told).artefacts if a.kind == "prd")
    assert [sum(review.marks.values()) for review in spec.reviews] == [0, 2]
    assert "Ravi Deshmukh" in tier_in_short(spec)


def test_the_effect_is_confirmed_by_the_one_who_decided(told: Learner) -> None:
    confirmation = entries_of(told, Sort.CONFIRMATION).get()
    assert confirmation.reviewer_name == "Hanna Lindqvist"
    assert readiness_by_week(told)[26].result("C2").level == 4


def test_self_ratings_at_the_start_and_near_the_end(told: Learner) -> None:
    start = told.hours.starts_on
    weeks = {(e.on - start).days // 7 + 1 for e in entries_of(told, Sort.SELF_RATING)}
    assert weeks == {1, 26}
    report = entries_of(told, Sort.ARTEFACT).get(kind="readiness-report")
    results = [r for r in readiness_by_week(told)[26].results if not r.competency.is_track]
    differing = [r for r in results if r.self_level != r.level]
    assert (report.facts["compared"], report.facts["differ"]) == (len(results), len(differing))
    for result in results:
        assert f"| {result.competency.id} {result.competency.short} | {result.self_level} | {result.level} |" in report.body
