"""What follows from the spec and the options sheet: exactly what is missing, part by part, and what is only a phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from segue.work.deepen import signs
from segue.work.deepen.findings import Finding, Level, Outcome, Rule, Setting
from segue.work.deepen.outline import Answers
from segue.work.deepen.phrases import empty_phrases
from segue.work.deepen.rules.options import options
from segue.work.deepen.signs import has, has_line, has_person, has_score, says, sentences, together

WORDS_ON_A_PAGE = 450


@dataclass(frozen=True)
class Need:
    """One thing that a part must say. ``add`` completes “Add …”."""

    add: str
    is_met: Callable[[str], bool]


def _has_bar(text: str) -> bool:
    """A bar is a figure with a side and a measure; how many cases there are is not one."""
    rest = [signs.sign("case_figure").sub(" ", sentence) for sentence in sentences(text)]
    return any(has("figure", each) and has("side", each) and (has_score(each) or says("measured", each)) for each in rest)


def _has_dearer_error(text: str) -> bool:
    prices = any(says("error", each) and len(signs.sign("money").findall(each)) > 1 for each in sentences(text))
    return prices or together(text, "error", "costlier")


def _has_trigger(text: str) -> bool:
    return together(text, "trigger", "figure") or together(text, "trigger", "event") or says("schedule", text)


def _has_owner(text: str) -> bool:
    return any((has_person(each) and says("owning", each)) or signs.has_name(each) for each in sentences(text))


def _has_overruler(text: str) -> bool:
    told = (each for each in sentences(text) if not has("nobody", each))
    # “Nothing leaves without a manager’s signature” names the manager, too.
    return any((has("person", each) or signs.has_name(each)) and says("overruling", each) for each in told)


def _has_success(*of: str) -> Callable[[str], bool]:
    def is_met(text: str) -> bool:
        rest = map(signs.without_scores, sentences(text))
        return any(has("figure", each) and any(says(name, each) for name in of) for each in rest)

    return is_met


def _says(name: str) -> Callable[[str], bool]:
    return lambda text: says(name, text)


def _has(name: str) -> Callable[[str], bool]:
    return lambda text: has(name, text)


NEEDS: Mapping[str, Sequence[Need]] = {
    "evaluation": (
        Need("the number of cases it is tested on, such as “300 messages”", _has("case_figure")),
        Need("the measure, such as recall or the share that a person accepts unchanged", _says("measured")),
        Need("the bar: the figure from which it passes", _has_bar),
    ),
    "data": (
        Need("the source of the data", _says("source")),
        Need("the right to use it: whose permission, which contract or which lawful basis", _says("rights")),
    ),
    "baseline": (
        Need("what it must beat: what is done today, or a simple rule", _says("before")),
        Need("the figure of the baseline", has_score),
    ),
    "threshold": (
        Need("the figure at which the product acts", lambda text: has_score(text) or has_line(text)),
        Need("which of the two errors costs more, a false alarm or a miss", _has_dearer_error),
    ),
    "failures": (
        Need("what the user sees when it fails", _says("seeing")),
        Need("the fallback: what happens instead", _says("falling")),
    ),
    "slices": (
        Need(
            "at least two groups by name; “language” names none, “Polish and English” names two",
            lambda text: signs.groups(text) > 1,
        ),
        Need("the number of cases in each group, or a range beside its figure", signs.has_spread),
    ),
    "monitoring": (
        Need("a signal to watch, such as the share that agents correct", _says("signal")),
        Need("the line at which somebody acts", has_line),
    ),
    "retraining": (
        Need("the trigger: a figure, an event or a schedule", _has_trigger),
        Need("the owner of retraining: one person or role", _has_owner),
    ),
    "cost": (
        Need("a price with its currency, such as per 1,000", _has("money")),
        Need("the waiting time with its unit", _has("time")),
    ),
    "rollback": (
        Need("who rolls it back: one person or role", has_person),
        Need("how long that takes", _has("time")),
    ),
    "oversight": (Need("who can overrule an answer: one person or role", _has_overruler),),
}
"""The eleven parts that an ordinary spec does not have, with what each of them must say."""

AROUND: Mapping[str, Sequence[Need]] = {
    "problem": (
        Need("who has the problem", _says("users")),
        Need("a figure: how many, how often or how long", signs.has_figure),
    ),
    "success": (
        Need("a figure for users, such as minutes saved", _has_success("users")),
        Need("a figure for the business, such as returns or cost", _has_success("business", "money")),
    ),
    "not_now": (Need("why it is left out", _says("reason")),),
}


def spec(answers: Answers, setting: Setting) -> Outcome:
    """The lint. It reads words, so it finds what is missing; whether what stands there is wise, a reader must say."""
    del setting
    found = {part: faults_of(part.id, answers.text(part.id)) for part in answers.outline.parts}
    open_parts = [part.heading for part, faults in found.items() if part.id in NEEDS and faults]
    filled = len(NEEDS) - len(open_parts)
    pages = round(sum(len(answers.text(part.id).split()) for part in found) / WORDS_ON_A_PAGE, 1)
    lines = [f"{filled} of {len(NEEDS)} AI parts say what they must."]
    lines += [f"Still open: {', '.join(open_parts)}."] if open_parts else []
    lines += [f"About {pages:g} pages; three to five are asked for."] if pages else []
    findings = tuple(
        Finding(Level.GAP, f"{part.heading}: {fault}", part.id) for part, faults in found.items() for fault in faults
    )
    return Outcome(tuple(lines), findings, {"sections": filled, "pages": pages})


def faults_of(part: str, text: str) -> tuple[str, ...]:
    """What is missing in a part, and what is only a phrase."""
    return tuple(_faults(part, text))


def _faults(part: str, text: str) -> Iterator[str]:
    needs = NEEDS.get(part) or AROUND[part]
    if not text:
        yield f"nothing yet. It needs {'; '.join(need.add for need in needs)}."
        return
    missing = [need for need in needs if not need.is_met(text)]
    if part == "success" and len(missing) == len(needs) and (score := _only_score(text)):
        yield f"a score of the model, “{score}”, is the only success. Add a figure for users and one for the business."
        missing = []
    yield from (f"add {need.add}." for need in missing)
    yield from (f"“{quoted}” {wrong}." for quoted, wrong in empty_phrases(text))


def _only_score(text: str) -> str:
    """The sentence with the score of a model, where no other figure stands in the text."""
    scored = [each for each in sentences(text) if says("metric", each) and has("figure", each)]
    others = any(has("figure", signs.without_scores(each)) for each in sentences(text))
    return " ".join(scored[0].split()).rstrip(".") if scored and not others else ""


RULES: Mapping[str, Rule] = {"spec": spec, "options": options}
