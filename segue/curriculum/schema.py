"""What each file of the programme must hold: phases and weeks, activities, kinds of evidence, competencies, courses."""

from __future__ import annotations

from segue.core.activity import Activity, Course, CourseUnit, EvidenceKind, FactField, PeopleNeed, Phase, Wait, Week, Yield
from segue.core.competency import Competency, Condition, Criterion, Distinct, Gate, Level, LevelRule, Need, RoleTarget, Tier
from segue.core.evidence import MAX_COMPETENCIES
from segue.curriculum.document import Node
from segue.curriculum.draft import Draft
from segue.curriculum.reading import Reader, as_built, place_all
from segue.curriculum.values import Sheet, as_fact, as_integer, as_number

WEEKS = 26
LEVELS = 4
AREAS = ("learn", "build", "connect", "deepen", "transition")
TIERS = tuple(tier.name for tier in Tier)


def read_programme(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``programme.yaml``: the version, the phases and the weeks."""

    def build(reader: Reader) -> None:
        draft.version = reader.text("version")
        draft.phases = reader.placed("phases", phase)
        draft.weeks = reader.placed("weeks", week)

    as_built(sheet, root, "the file", build)


def phase(reader: Reader) -> Phase:
    """One of the six phases."""
    found = Phase(
        id=reader.identifier("id"),
        number=reader.integer("number", 1),
        area=reader.choice("area", AREAS),
        title=reader.text("title"),
        months=reader.text("months"),
        first_week=reader.integer("first_week", 1, WEEKS),
        last_week=reader.integer("last_week", 1, WEEKS),
        opens_week=reader.integer("opens_week", 1, WEEKS),
        outcome=reader.text("outcome"),
        mistake=reader.text("mistake"),
        guard=reader.text("guard"),
    )
    if found.first_week and found.opens_week > found.first_week:
        reader.fault("opens_week", "'opens_week' comes after 'first_week'; nobody could begin the phase in its first week")
    return found


def week(reader: Reader) -> Week:
    """One week of the blueprint."""
    return Week(number=reader.integer("number", 1, WEEKS), outcome=reader.text("outcome"))


def read_activities(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``activities/month-N.yaml``: the activities of one phase."""
    draft.activities += place_all(sheet, root, "the file", activity)


def activity(reader: Reader) -> Activity:
    """One activity."""
    is_buffer = reader.flag("buffer")
    found = Activity(
        id=reader.identifier("id"),
        week=reader.integer("week", 1, WEEKS),
        title=reader.text("title"),
        minutes=reader.integer("minutes", 10),
        why=reader.text("why"),
        steps=reader.text("steps", "" if is_buffer else None),
        yields=reader.items("yields", wanted, 0 if is_buffer else 1),
        requires=reader.identifiers("requires"),
        waits=reader.items("waits", wait),
        people=reader.items("people", person),
        concepts=reader.identifiers("concepts"),
        optional=reader.flag("optional"),
        buffer=is_buffer,
        known_minutes=reader.maybe_integer("known_minutes", 5),
    )
    if is_buffer and found.yields:
        reader.fault("yields", "a buffer leaves nothing behind; leave 'yields' out")
    _check_known(reader, found)
    return found


def _check_known(reader: Reader, found: Activity) -> None:
    if found.known_minutes is None:
        return
    if not found.concepts:
        reader.fault("known_minutes", "'known_minutes' is for study activities; this one names no concepts")
    elif found.known_minutes >= found.minutes > 0:
        reader.fault("known_minutes", f"'known_minutes' must be less than 'minutes' ({found.minutes})")


def wanted(reader: Reader) -> Yield:
    """What an activity leaves behind."""
    return Yield(
        kind=reader.identifier("kind"),
        count=reader.integer("count", 1, default=1),
        tier=Tier[reader.choice("tier", TIERS, default="E1")],
        competencies=reader.identifiers("competencies", 1, MAX_COMPETENCIES),
        practitioner=reader.flag("practitioner"),
        expected=reader.mapping("expected", as_fact, 0),
    )


def wait(reader: Reader) -> Wait:
    """Time that must pass after another activity."""
    return Wait(activity_id=reader.identifier("activity"), days=reader.integer("days", 1))


def person(reader: Reader) -> PeopleNeed:
    """Somebody who must be asked ahead."""
    return PeopleNeed(who=reader.text("who"), lead_days=reader.integer("lead_days"), ask=reader.text("ask"))


def read_kinds(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``kinds.yaml``: the kinds of evidence."""
    draft.kinds = place_all(sheet, root, "the file", kind)


def kind(reader: Reader) -> EvidenceKind:
    """One kind of evidence."""
    found = EvidenceKind(
        id=reader.identifier("id"),
        name=reader.text("name"),
        plural=reader.text("plural"),
        minutes=reader.integer("minutes", 1),
        min_words=reader.maybe_integer("min_words", 1),
        max_words=reader.maybe_integer("max_words", 1),
        expires_after=reader.maybe_integer("expires_after", 1),
        fields=reader.items("fields", fact_field),
        template=reader.text("template", ""),
        asked_of_each=reader.text("asked_of_each", ""),
    )
    if found.min_words and found.max_words and found.max_words < found.min_words:
        reader.fault("max_words", f"'max_words' is less than 'min_words' ({found.min_words})")
    return found


def fact_field(reader: Reader) -> FactField:
    """A figure or choice of a kind."""
    is_choice = reader.choice("sort", ("number", "choice")) == "choice"
    found = FactField(
        name=reader.identifier("name"),
        label=reader.text("label"),
        sort="choice" if is_choice else "number",
        unit=reader.text("unit", ""),
        choices=reader.items("choices", choice, 2 if is_choice else 0),
    )
    if found.choices and not is_choice:
        reader.fault("choices", "'choices' belong to a field with 'sort: choice'")
    if found.unit and is_choice:
        reader.fault("unit", "'unit' belongs to a field with 'sort: number'")
    return found


def choice(reader: Reader) -> tuple[str, str]:
    """A value that can be chosen, and its label."""
    return reader.identifier("value"), reader.text("label")


def read_competencies(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``competencies.yaml``: the rules of the levels, the competencies, the gates, the role targets."""

    def build(reader: Reader) -> None:
        draft.level_rules = reader.placed("level_rules", level_rule)
        draft.competencies = reader.placed("competencies", competency)
        draft.gates = reader.placed("gates", gate)
        draft.roles = reader.placed("roles", role)

    as_built(sheet, root, "the file", build)


def level_rule(reader: Reader) -> LevelRule:
    """What a level asks for whatever the competency."""
    return LevelRule(
        number=reader.integer("number", 1, LEVELS),
        name=reader.text("name"),
        e1=reader.integer("e1", default=0),
        e2=reader.integer("e2", default=0),
        e3=reader.integer("e3", default=0),
        practitioner=reader.flag("practitioner"),
        weeks=reader.integer("weeks", default=0),
        real_data=reader.flag("real_data"),
    )


def competency(reader: Reader) -> Competency:
    """A competency, or the transition track."""
    found = Competency(
        id=reader.identifier("id"),
        name=reader.text("name"),
        short=reader.text("short"),
        summary=reader.text("summary"),
        levels=reader.items("levels", level, 1),
        is_track=reader.flag("track"),
    )
    if [one.number for one in found.levels if one.number] != list(range(1, len(found.levels) + 1)):
        reader.fault("levels", "levels are numbered 1, 2, 3 ... in this order")
    if found.is_track and len(found.levels) > 1:
        reader.fault("levels", "a track has a single level")
    return found


def level(reader: Reader) -> Level:
    """A level of a competency."""
    return Level(
        number=reader.integer("number", 1, LEVELS),
        observable=reader.text("observable"),
        criteria=reader.items("criteria", criterion, 1),
    )


def criterion(reader: Reader) -> Criterion:
    """A line of a level."""
    return Criterion(id=reader.identifier("id"), text=reader.text("text"), need=reader.needed("needs", need))


def need(reader: Reader) -> Need:
    """What evidence meets a criterion."""
    return Need(
        kinds=reader.identifiers("kinds", 1),
        count=reader.integer("count", 1, default=1),
        tier=Tier[reader.choice("tier", TIERS[1:], default="E1")],
        practitioner=reader.flag("practitioner"),
        where=reader.items("where", condition),
        distinct=reader.maybe("distinct", distinct),
    )


def condition(reader: Reader) -> Condition:
    """A demand on a fact."""
    if reader.has("at_least") == reader.has("any_of"):
        reader.fault("fact", "a condition has either 'at_least' or 'any_of'")
    return Condition(
        fact=reader.identifier("fact"),
        at_least=reader.maybe_number("at_least"),
        any_of=reader.identifiers("any_of", 1 if reader.has("any_of") else 0),
    )


def distinct(reader: Reader) -> Distinct:
    """A demand for different values of a fact."""
    return Distinct(fact=reader.identifier("fact"), count=reader.integer("count", 2))


def gate(reader: Reader) -> Gate:
    """A door."""
    found = Gate(
        id=reader.identifier("id"),
        name=reader.text("name"),
        opens=reader.text("opens"),
        levels=reader.mapping("levels", lambda sheet, node, name: as_integer(sheet, node, name, 1, LEVELS)),
        reviewers=reader.integer("reviewers"),
        practitioners=reader.integer("practitioners"),
    )
    if found.practitioners > found.reviewers:
        reader.fault("practitioners", f"more 'practitioners' than 'reviewers' ({found.reviewers}); they are among them")
    return found


def role(reader: Reader) -> RoleTarget:
    """A role target."""
    return RoleTarget(
        id=reader.identifier("id"),
        name=reader.text("name"),
        summary=reader.text("summary"),
        weights=reader.mapping("weights", lambda sheet, node, name: as_number(sheet, node, name, 0, 1)),
    )


def read_courses(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``courses.yaml``: public courses."""
    draft.courses = place_all(sheet, root, "the file", course)


def course(reader: Reader) -> Course:
    """A public course."""
    return Course(
        id=reader.identifier("id"),
        title=reader.text("title"),
        provider=reader.text("provider"),
        cost=reader.text("cost"),
        needs=reader.text("needs"),
        as_of=reader.day("as_of"),
        url=reader.address("url"),
        note=reader.text("note", ""),
        units=reader.items("units", unit, 1),
        slice=reader.identifiers("slice"),
    )


def unit(reader: Reader) -> CourseUnit:
    """A part of a course."""
    return CourseUnit(
        id=reader.identifier("id"),
        title=reader.text("title"),
        hours=reader.number("hours", 0.1),
        concepts=reader.identifiers("concepts"),
    )
