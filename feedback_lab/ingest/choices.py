"""Which column is used for what: the wishes first, the rest guessed, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from feedback_lab.errors import LabError
from feedback_lab.ingest import hints
from feedback_lab.ingest.banding import FEW, guess_edges
from feedback_lab.ingest.columns import DATE_SHARE, RATING_SHARE, Look
from feedback_lab.ingest.wishes import Wishes, are, find_name
from feedback_lab.records.rows import Roles, Segment

MOST_GROUPS = 50
MOST_SEGMENTS = 8
WISHED = "you chose it"
# A column that is asked for as dates or ratings must hold at least so many.
LEAST_READABLE = 0.5
# Ratings without a scale of their own.
RATING_SPAN = (0.0, 10.0)
PERCENT_SPAN = (-100.0, 100.0)
# Less than this share of letters is code, links or pictures.
LEAST_LETTERS = 0.4


@dataclass
class Choice:
    """Roles as they are chosen. ``reasons``: by column, also for those without a role."""

    text: str = ""
    time: str | None = None
    rating: str | None = None
    label: str | None = None
    segments: list[Segment] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def taken(self) -> set[str]:
        """Columns with a role."""
        return {name for name in (self.text, self.time, self.rating, self.label) if name} | {s.column for s in self.segments}

    def roles(self) -> Roles:
        """The roles as a record."""
        return Roles(self.text, self.time, self.rating, self.label, tuple(self.segments))

    def role_of(self, name: str) -> str:
        """text, time, rating, label, segment, or ""."""
        for role, column in (("text", self.text), ("time", self.time), ("rating", self.rating), ("label", self.label)):
            if column == name:
                return role
        return "segment" if any(segment.column == name for segment in self.segments) else ""


def choose(looks: Sequence[Look], wishes: Wishes) -> Choice:
    """Give the roles. Raises ``LabError`` where a wish can't be met or no column holds text."""
    by_name = {look.name: look for look in looks}
    choice = Choice()
    _grant(choice, by_name, wishes)
    if not choice.text:
        _guess_text(choice, looks)
    if wishes.time is None:
        _guess_time(choice, looks)
    if wishes.rating is None:
        _guess_rating(choice, looks)
    if wishes.label is None:
        _guess_label(choice, looks)
    if wishes.segments is None:
        _guess_segments(choice, looks)
    return choice


def _grant(choice: Choice, by_name: dict[str, Look], wishes: Wishes) -> None:
    names = list(by_name)
    if wishes.text == "":
        raise LabError("A column of text is needed.", f"There {are(names)}.")
    choice.text = find_name(wishes.text, names) if wishes.text else ""
    choice.time = find_name(wishes.time, names) if wishes.time else None
    choice.rating = find_name(wishes.rating, names) if wishes.rating else None
    choice.label = find_name(wishes.label, names) if wishes.label else None
    for wish in wishes.segments or ():
        if wish:
            _grant_segment(choice, by_name, wish)
    choice.reasons.update(dict.fromkeys(choice.taken(), WISHED))
    _refuse_clashes(choice)
    _refuse_unreadable(choice, by_name)


def _grant_segment(choice: Choice, by_name: dict[str, Look], wish: str | Segment) -> None:
    asked = wish if isinstance(wish, Segment) else Segment(wish)
    look = by_name[find_name(asked.column, list(by_name))]
    if look.name in {segment.column for segment in choice.segments}:
        return
    edges = asked.edges or (guess_edges(look.name, look.values) if look.kind in {"number", "identifier"} else ())
    if not edges and look.distinct > MOST_GROUPS:
        choice.warnings.append(f"“{look.name}” has {look.distinct:,} different values: most groups will be too small to compare.")
    choice.segments.append(Segment(look.name, tuple(sorted(edges))))


def _refuse_clashes(choice: Choice) -> None:
    single = [name for name in (choice.text, choice.time, choice.rating, choice.label) if name]
    single += [segment.column for segment in choice.segments if segment.column == choice.text]
    double = next((name for name in single if single.count(name) > 1), None)
    if double is not None:
        raise LabError(f"The column “{double}” was chosen for two things.", "Choose another column for one of them.")


def _refuse_unreadable(choice: Choice, by_name: dict[str, Look]) -> None:
    for name, what in ((choice.time, "dates"), (choice.rating, "ratings")):
        look = by_name.get(name or "")
        if look is None or not look.values:
            continue
        if (look.numeric_dates if what == "dates" else look.ratings) < LEAST_READABLE:
            shown = ", ".join(f"“{value[:30]}”" for value in list(dict.fromkeys(look.probe))[:3])
            raise LabError(f"The column “{name}” does not hold {what}: {shown}.", f"Choose a column of {what}, or none.")


def _guess_text(choice: Choice, looks: Sequence[Look]) -> None:
    scored = [(score, -look.place, look) for look in looks if (score := _text_score(look, len(looks), choice)) > 0]
    if not scored:
        raise LabError(
            "No column holds texts.",
            f"There {are([look.name for look in looks])}. Name the one with the feedback if it is there.",
        )
    look = max(scored, key=lambda entry: entry[:2])[2]
    choice.text = look.name
    choice.reasons[look.name] = f"the longest texts: {look.characters:,.0f} characters and {look.words:,.0f} words on average"


def _text_score(look: Look, columns: int, choice: Choice) -> float:
    hinted = hints.any_in(look.name, hints.TEXT)
    if look.kind in {"empty", "number", "date"} or look.name in choice.taken():
        return 0.0
    if look.kind != "text" and not hints.last_in(look.name, hints.TEXT) and columns > 1:
        return 0.0
    weight = (3.0 if hinted else 1.0) * (1.0 if look.letters >= LEAST_LETTERS else 0.1)
    if hints.may_name_person(look.name):
        weight *= 0.01
    return weight * look.characters * look.filled


def _guess_time(choice: Choice, looks: Sequence[Look]) -> None:
    open_looks = [look for look in looks if look.name not in choice.taken() and look.values]
    hinted = [look for look in open_looks if hints.any_in(look.name, hints.TIME) and look.numeric_dates >= DATE_SHARE]
    found = [*hinted, *(look for look in open_looks if look.kind == "date")]
    if found:
        choice.time = found[0].name
        choice.reasons[found[0].name] = "dates, and the name says so" if hinted else "dates"
        for other in found[1:]:
            choice.reasons.setdefault(other.name, f"dates, but “{found[0].name}” is the time already")


def _guess_rating(choice: Choice, looks: Sequence[Look]) -> None:
    for look in looks:
        if look.name in choice.taken() or not look.values or not hints.any_in(look.name, hints.RATING):
            continue
        if look.ratings < RATING_SHARE:
            _say_words(choice, look)
        elif look.kind != "identifier" and choice.rating is None and _in_range(look):
            choice.rating = look.name
            low, high = look.span or (0.0, 0.0)
            choice.reasons[look.name] = f"the name says so, and the numbers lie between {low:g} and {high:g}"


def _say_words(choice: Choice, look: Look) -> None:
    if look.kind not in {"category", "text"} or hints.any_in(look.name, hints.TEXT) or not hints.last_in(look.name, hints.RATING):
        return
    examples = ", ".join(f"“{value}”" for value in sorted({value[:30] for value in look.probe})[:3])
    choice.warnings.append(f"“{look.name}” sounds like a rating but holds words ({examples}), so it is not used as one.")


def _in_range(look: Look) -> bool:
    low, high = PERCENT_SPAN if hints.any_in(look.name, hints.PERCENT) else RATING_SPAN
    return look.span is not None and low <= look.span[0] and look.span[1] <= high


def _guess_label(choice: Choice, looks: Sequence[Look]) -> None:
    ranked = [
        (rank, look.place, look)
        for look in looks
        if look.name not in choice.taken() and (rank := hints.label_rank(look.name)) is not None and _can_label(look)
    ]
    if ranked:
        look = min(ranked, key=lambda entry: entry[:2])[2]
        choice.label = look.name
        choice.reasons[look.name] = f"the name says so, and there are {look.distinct:,} different values"


def _can_label(look: Look) -> bool:
    if look.kind == "number":
        return look.distinct <= FEW
    # Few rows have no room for a value to recur.
    return look.kind == "category" or (look.kind == "text" and len(look.values) < 50 and look.words <= 4)


def _guess_segments(choice: Choice, looks: Sequence[Look]) -> None:
    for look in looks:
        if look.name in choice.taken():
            continue
        refusal = _no_segment(look, choice.text)
        if refusal or len(choice.segments) >= MOST_SEGMENTS:
            choice.reasons.setdefault(look.name, refusal or f"{MOST_SEGMENTS} columns are groups already")
            continue
        edges = guess_edges(look.name, look.values) if look.kind == "number" else ()
        choice.segments.append(Segment(look.name, edges))
        choice.reasons[look.name] = "numbers, cut into bands" if edges else f"{look.distinct:,} groups"


def _no_segment(look: Look, text: str) -> str:
    """Why a column is not taken as groups, or ""."""
    plain = {
        "empty": "empty",
        "identifier": "it tells rows or things apart",
        "date": "dates",
        "text": f"texts, but “{text}” holds the feedback",
    }
    if look.kind in plain:
        return plain[look.kind]
    if look.distinct == 1:
        return "the same in all rows that were looked at"
    if hints.may_name_person(look.name):
        return "it may name a person"
    if look.kind == "number" and look.distinct > FEW and not hints.any_in(look.name, hints.GROUP_NUMBER):
        return "numbers that are no groups as they stand; choose it to have them cut into bands"
    if look.kind == "category" and look.distinct > MOST_GROUPS:
        return f"{look.distinct:,} different values are too many for groups"
    return ""
