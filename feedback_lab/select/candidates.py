"""The candidates, the simplest first. This order is what "simplest" means when one is recommended."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_lab.records.models import Target


@dataclass(frozen=True)
class LegPlan:
    """A leg to be fitted. ``kind``: majority, lexicon, rule, counts (linear over TF-IDF) or vectors (linear over dense
    vectors).
    """

    kind: str
    spaces: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A candidate: its name, what it is in a sentence, and its legs. ``only_for``: the kind of target, "" for any."""

    name: str
    says: str
    legs: tuple[LegPlan, ...]
    only_for: str = ""

    @property
    def spaces(self) -> frozenset[str]:
        """All that it reads."""
        return frozenset(space for leg in self.legs for space in leg.spaces)

    @property
    def learns(self) -> bool:
        """Whether more labels can make it better."""
        return self.legs[0].kind not in {"majority", "lexicon"}


WORDS = LegPlan("counts", ("words",))
WORDS_AND_LETTERS = LegPlan("counts", ("words", "letters"))
MEANING = LegPlan("vectors", ("meaning",))
TRANSFORMER = LegPlan("vectors", ("transformer",))
# Logistic regression is the better by half a point of macro-F1 where classes are few, and takes minutes where they are many.
MOST_LOGISTIC = 10


def learner_of(plan: LegPlan, classes: int) -> tuple[str, tuple[float, ...]]:
    """The learner of a leg and the grid of C that it is tried with; no learner for a leg that is not linear."""
    if plan.kind == "vectors":
        return "logistic", (0.4, 4.0)
    if plan.kind == "counts":
        return ("logistic", (0.1, 0.3)) if classes <= MOST_LOGISTIC else ("margin", (0.3, 1.0))
    return "", (1.0,)


CANDIDATES = (
    Plan("majority", "Always says the most frequent class.", (LegPlan("majority", ("constant",)),)),
    Plan(
        "lexicon", "VADER: counts English words known as good or bad; learns nothing.", (LegPlan("lexicon", ("tone",)),), "rating"
    ),
    Plan(
        "rule",
        "Says the class whose ten most telling words occur most often in the text.",
        (LegPlan("rule", ("words",)),),
        "label",
    ),
    Plan("words", "Weighs each word and pair of words (TF-IDF, linear).", (WORDS,)),
    Plan("words+characters", "Weighs words, pairs, and groups of two to four letters (TF-IDF, linear).", (WORDS_AND_LETTERS,)),
    Plan("meaning", "Weighs the vector of the text's meaning, as used for the themes (linear).", (MEANING,)),
    Plan("both", "Joins the verdicts of words+characters and meaning.", (WORDS_AND_LETTERS, MEANING)),
    Plan("transformer", "Weighs the sentence transformer's own vector of each text (linear); slow.", (TRANSFORMER,), "label"),
    Plan(
        "both+transformer",
        "Joins the verdicts of words+characters and transformer; slow.",
        (WORDS_AND_LETTERS, TRANSFORMER),
        "label",
    ),
)
BY_NAME = {plan.name: plan for plan in CANDIDATES}


def fits(plan: Plan, target: Target) -> bool:
    """Whether the candidate is meant for this kind of target."""
    return plan.only_for in {"", target.kind}
