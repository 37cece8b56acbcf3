"""What follows from a decision to ship, hold, retrain or roll back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from segue.work.deepen.findings import Finding, Level, Outcome, Setting
from segue.work.deepen.outline import Answers
from segue.work.deepen.rules.remarks import figure, is_somebody, next_review, unsaid

# Words for a state that a model does not have while somebody uses it.
ENDS = ("done", "finished", "complete", "completed", "final", "closed", "ready", "delivered", "launched and done")
WORDS = {"ship": "Ship", "hold": "Hold", "retrain": "Retrain", "roll-back": "Roll back"}
BACKS = {"tested": "written and tried", "written": "written, not tried", "none": "none yet"}
PARTS = {
    "decided": "Say in a sentence which version, for which users, from when.",
    "agreed": "Say who agreed, and when.",
    "why": "Give the reason.",
    "undone": "Say what is left undone by it.",
    "data": "Say which data the figures come from.",
}
DETAILS = {"who": "who switches", "minutes": "within how many minutes", "sign": "how you know that it worked"}


def is_an_end(state: str) -> bool:
    """Whether a state says that nothing is to be done any more."""
    said = state.casefold().strip(" .")
    return said in ENDS or any(word in ("done", "finished", "completed") for word in said.replace(",", " ").split())


def lifecycle_decision(answers: Answers, setting: Setting) -> Outcome:
    """The decision with its figures, and what would make it one that can be undone and is looked at again."""
    decision, back, data = (answers.text(part) for part in ("decision", "rollback", "data"))
    findings = [*_decision(answers), *_figures(answers), *_way_back(answers), *_afterwards(answers, setting.today)]
    findings += unsaid(answers, PARTS)
    if data == "toy":
        findings.append(Finding(Level.NOTE, "The figures come from made-up data: they show the way, not the size.", "data"))
    told = {"decision": decision, "rollback": back, "data": data}
    facts: dict[str, float | str] = {name: value for name, value in told.items() if value}
    facts |= {name: value for name, value in _numbers(answers).items() if value is not None}
    return Outcome(tuple(_lines(answers)), tuple(findings), facts)


def _numbers(answers: Answers) -> dict[str, float | None]:
    return {
        "before": _per_cent(answers, "before", "score"),
        "after": _per_cent(answers, "after", "score"),
        "cost": _positive(answers, "cost"),
        "latency": _positive(answers, "latency"),
    }


def _positive(answers: Answers, row: str) -> float | None:
    number = answers.number("running", row, "figure")
    return number if number is not None and number >= 0 else None


def _per_cent(answers: Answers, row: str, column: str) -> float | None:
    number = answers.number("figures", row, column)
    return number if number is not None and 0 <= number <= 100 else None


def _range(answers: Answers, row: str) -> tuple[float, float] | None:
    low, high = _per_cent(answers, row, "low"), _per_cent(answers, row, "high")
    return (low, high) if low is not None and high is not None and low <= high else None


def _lines(answers: Answers) -> Iterator[str]:
    decision, back = WORDS.get(answers.text("decision"), ""), BACKS.get(answers.text("rollback"), "")
    if decision:
        yield f"Decision: {decision}."
    before, after = _said(answers, "before"), _said(answers, "after")
    if before and after:
        yield f"Before {before}, after {after}."
    if back:
        yield f"The way back: {back}."
    if answers.text("next"):
        yield f"Next review on {answers.text('next')}, by {answers.text('owner') or 'nobody yet'}."


def _said(answers: Answers, row: str) -> str:
    score, range_ = _per_cent(answers, row, "score"), _range(answers, row)
    if score is None:
        return ""
    return f"{figure(score, 1)}%" + (f" ({figure(range_[0], 1)} to {figure(range_[1], 1)})" if range_ else "")


def _decision(answers: Answers) -> Iterator[Finding]:
    decision, state = answers.text("decision"), answers.text("state")
    if not decision:
        yield Finding(Level.STOP, "Choose one of the four.", "decision")
    if decision == "retrain" and not answers.text("training"):
        says = "Say on which rows it is trained again, and on which recent ones both models are tested."
        yield Finding(Level.GAP, says, "training")
    if not state:
        yield Finding(Level.GAP, "Say which state the model is in from now on.", "state")
    elif is_an_end(state):
        says = "“Done” is no state of a model. While it answers it is in operation, and somebody looks after it."
        yield Finding(Level.STOP, says, "state")


def _figures(answers: Answers) -> Iterator[Finding]:
    for row in ("before", "after"):
        yield from _measured(answers, row)
    before, after = _per_cent(answers, "before", "score"), _per_cent(answers, "after", "score")
    first, second = _range(answers, "before"), _range(answers, "after")
    if first and second and first[0] <= second[1] and second[0] <= first[1]:
        says = "The two ranges overlap: the change may be chance. On the same rows, count those that only one of them got right."
        yield Finding(Level.NOTE, says, "figures")
    if answers.text("decision") == "ship" and before is not None and after is not None and after < before:
        yield Finding(Level.GAP, "It is shipped although the score fell. The reason has to say why that is right.", "why")
    for row, says in (("cost", "the cost of 1,000 answers"), ("latency", "the waiting time at the slow end")):
        if _positive(answers, row) is None:
            yield Finding(Level.GAP, f"Give {says}.", "running")


def _measured(answers: Answers, row: str) -> Iterator[Finding]:
    score, range_ = _per_cent(answers, row, "score"), _range(answers, row)
    if score is None:
        yield Finding(Level.GAP, f"Give the score {row}, between 0 and 100.", "figures")
    elif range_ is None:
        yield Finding(Level.GAP, f"Give the range of the score {row}.", "figures")
    elif not range_[0] <= score <= range_[1]:
        yield Finding(Level.GAP, f"The score {row} lies outside its own range.", "figures")
    if not answers.number("figures", row, "rows"):
        yield Finding(Level.GAP, f"Say on how many rows the score {row} stands.", "figures")


def _way_back(answers: Answers) -> Iterator[Finding]:
    goes_out, back = answers.text("decision") in ("ship", "retrain"), answers.text("rollback")
    if back in ("", "none") or not answers.text("back"):
        level = Level.STOP if goes_out else Level.GAP
        yield Finding(level, "There is no way back yet. Write what is switched to what.", "back")
    elif back == "written":
        yield Finding(Level.NOTE, "The way back was never tried. Try it once while nothing is at stake.", "rollback")
    lacks = [says for row, says in DETAILS.items() if not answers.value("back-how", row, "answer")]
    if lacks:
        yield Finding(Level.GAP, f"Of the way back is missing: {'; '.join(lacks)}.", "back-how")
    elif not is_somebody(answers.value("back-how", "who", "answer")):
        yield Finding(Level.GAP, "Name one person or role who can switch back.", "back-how")


def _afterwards(answers: Answers, today: date) -> Iterator[Finding]:
    if not answers.text("state").casefold().startswith("retired"):
        yield from next_review(answers, "next", today)
    if not is_somebody(answers.text("owner")):
        yield Finding(Level.GAP, "Name one person or role who looks after it.", "owner")
