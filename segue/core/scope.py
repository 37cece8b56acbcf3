"""Is a project small enough? A score from numbers, each with its reason and its cut, and a rule: one in, one out.

The guard of month 3: a first project that is too ambitious. The limits are those that the charter's scope check names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

MOST_SOURCES, MOST_LANGUAGES, MOST_CLASSES = 1, 2, 8
BUDGET_HOURS = 25
SPARE = 0.2  # of the hours: something always goes wrong
LEAST_LABELS = 100
PERMITTED = frozenset({"written", "licence", "own"})
ASKED = "asked"


@dataclass(frozen=True)
class Scope:
    """What makes a project large. ``labels`` are made by hand, ``double`` of them a second time, at ``seconds`` each.

    ``other_hours``: cleaning, runs, reading errors, writing. ``permission``: written, licence, own, asked or none.
    """

    sources: int
    languages: int
    classes: int
    labels: int
    double: int
    seconds: int
    other_hours: float
    live: bool
    sensitive: bool
    permission: str

    @property
    def label_hours(self) -> float:
        """Hours of labelling."""
        return (self.labels + self.double) * self.seconds / 3600

    @property
    def hours(self) -> float:
        """Hours in all."""
        return self.label_hours + self.other_hours


@dataclass(frozen=True)
class Line:
    """One line of the scope check. ``state``: ``met``, ``over`` (counts against the score), ``blocked`` or ``waits``."""

    id: str
    state: str
    says: str
    cut: str = ""


@dataclass(frozen=True)
class Cut:
    """A way to make it smaller: what to do, what the scope is then, and the hours that it saves."""

    id: str
    says: str
    after: Scope
    saves: float


def check(scope: Scope) -> tuple[Line, ...]:
    """Every line of the scope check, those of the published scale first, the permission last."""
    return tuple([*_sizes(scope), _live(scope), _sensitive(scope), _hours(scope), _permission(scope)])


def score(scope: Scope) -> str:
    """``green``; ``amber`` where one line is exceeded; ``red`` where two or more are, or no permission is in sight."""
    lines = check(scope)
    over = sum(line.state == "over" for line in lines)
    if over > 1 or any(line.state == "blocked" for line in lines):
        return "red"
    return "amber" if over else "green"


def _sizes(scope: Scope) -> Iterator[Line]:
    sizes = (
        ("sources", scope.sources, MOST_SOURCES, "data source", "each has its own columns, gaps and owner"),
        ("languages", scope.languages, MOST_LANGUAGES, "language", "each needs labels and errors read of its own"),
        ("classes", scope.classes, MOST_CLASSES, "class", "each needs examples, and people confuse the finer ones"),
    )
    for name, count, most, noun, why in sizes:
        said = f"{count} {_plural(noun, count)}"
        if count <= most:
            yield Line(name, "met", f"{said}; {most} is the most.")
        else:
            yield Line(name, "over", f"{said}; {most} is the most: {why}.", f"Keep {most} {_plural(noun, most)}.")


def _live(scope: Scope) -> Line:
    if not scope.live:
        return Line("live", "met", "Nothing runs live.")
    return Line("live", "over", "It is to run live: then most of the work is not the model.", "Answer once, from a file.")


def _sensitive(scope: Scope) -> Line:
    if not scope.sensitive:
        return Line("sensitive", "met", "No health or other sensitive data.")
    return Line(
        "sensitive",
        "over",
        "Health or other sensitive data: it needs a legal basis of its own and more people.",
        "Leave these columns and rows out.",
    )


def _hours(scope: Scope) -> Line:
    most = BUDGET_HOURS * (1 - SPARE)
    said = f"{scope.hours:.1f} h, of which {scope.label_hours:.1f} h are labelling"
    if scope.hours <= most:
        return Line("hours", "met", f"{said}: it fits into {BUDGET_HOURS} h with a fifth to spare.")
    return Line(
        "hours",
        "over",
        f"{said}: {BUDGET_HOURS} h with a fifth to spare hold {most:g}.",
        f"Find {scope.hours - most:.1f} h: fewer labels, fewer classes, or the baseline only.",
    )


def _permission(scope: Scope) -> Line:
    if scope.permission in PERMITTED:
        return Line("permission", "met", "You may use the data.")
    if scope.permission == ASKED:
        return Line("permission", "waits", "Permission is asked for. Until it is there in writing, no row is touched.")
    return Line(
        "permission", "blocked", "No permission in sight: nothing else counts before that.", "Ask the owner, or use public data."
    )


def cuts(scope: Scope) -> tuple[Cut, ...]:
    """Ways to make it smaller, those that mend a line of the check first, then those that save most hours."""
    found = [_cut(scope, name, says, after) for name, says, after in _ways(scope) if after != scope]
    mends = {line.id for line in check(scope) if line.state in ("over", "blocked")}
    return tuple(sorted(found, key=lambda cut: (cut.id not in mends, -cut.saves)))


def _ways(scope: Scope) -> Iterator[tuple[str, str, Scope]]:
    yield "sources", "Keep one data source", replace(scope, sources=min(scope.sources, MOST_SOURCES))
    languages = MOST_LANGUAGES if scope.languages > MOST_LANGUAGES else 1
    yield "languages", f"Keep {languages} {_plural('language', languages)}", replace(scope, languages=languages)
    classes = MOST_CLASSES if scope.classes > MOST_CLASSES else max(2, scope.classes - scope.classes // 3)
    yield "classes", f"Merge to {classes} classes", _with_classes(scope, classes)
    labels = max(LEAST_LABELS, scope.labels // 2)
    if labels < scope.labels:
        yield "labels", f"Label {labels} instead of {scope.labels}", _with_labels(scope, labels)
    yield "live", "Answer once, from a file, nothing live", replace(scope, live=False)
    yield "sensitive", "Leave sensitive columns and rows out", replace(scope, sensitive=False)
    if scope.labels > LEAST_LABELS or scope.classes > 2:
        baseline = _with_labels(replace(scope, classes=min(scope.classes, 2)), min(scope.labels, LEAST_LABELS))
        yield "baseline", "Baseline only: a rule on two classes, checked on 100 rows", baseline


def _with_classes(scope: Scope, classes: int) -> Scope:
    """Labels are made for classes: fewer of one are fewer of the other."""
    if classes >= scope.classes:
        return scope
    return _with_labels(replace(scope, classes=classes), max(LEAST_LABELS, scope.labels * classes // scope.classes))


def _with_labels(scope: Scope, labels: int) -> Scope:
    labels = min(labels, scope.labels)
    return replace(scope, labels=labels, double=min(scope.double, labels))


def _cut(scope: Scope, name: str, says: str, after: Scope) -> Cut:
    return Cut(name, says, after, scope.hours - after.hours)


def grown(before: Scope, after: Scope) -> tuple[str, ...]:
    """What came in, in words."""
    return tuple(_moved(before, after, 1))


def shrunk(before: Scope, after: Scope) -> tuple[str, ...]:
    """What went out, in words."""
    return tuple(_moved(before, after, -1))


def _moved(before: Scope, after: Scope, sign: int) -> Iterator[str]:
    nouns = (("sources", "data source"), ("languages", "language"), ("classes", "class"), ("labels", "label"))
    for name, noun in nouns:
        change = sign * (getattr(after, name) - getattr(before, name))
        if change > 0:
            yield f"{change} {_plural(noun, change)}"
    minutes = round(sign * 60 * (after.label_hours - before.label_hours))
    if minutes > 0 and sign * (after.labels - before.labels) <= 0:  # by more of them made twice, or slower ones
        yield f"{minutes} min of labelling"
    if sign * (after.other_hours - before.other_hours) > 0:
        yield f"{abs(after.other_hours - before.other_hours):g} h of other work"
    for name, words in (("live", "running live"), ("sensitive", "sensitive data")):
        if getattr(after if sign > 0 else before, name) and not getattr(before if sign > 0 else after, name):
            yield words


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"
