"""What no program can know about a model or its data: the questions, and the answers a person gave."""

from __future__ import annotations

import re
from collections.abc import Mapping

from feedback_lab.card.blocks import Block, Gap, Paragraph
from feedback_lab.errors import LabError

_BLANK_LINE = re.compile(r"\n\s*\n")
# By key, in the order of the two documents. Keys stay as they are: answers are kept under them.
QUESTIONS = {
    "owner": "Who built this model, and who answers for it?",
    "contact": "Where do questions and complaints about it go?",
    "licence": "Under which licence may it be used, and how is it cited?",
    "intended-use": "Which decision or task is it meant to help with?",
    "intended-users": "Who is meant to use it, and what do they need to know first?",
    "out-of-scope": "For what must it not be used, beyond what is listed here?",
    "factors": "Which groups of people, channels or surroundings could matter that no column of the file tells?",
    "metric-choice": "Why do these metrics fit the decision, and which error costs more?",
    "evaluation-fit": "In what ways do the test rows differ from those that it will meet?",
    "training-rights": "On what ground may these texts be used for training?",
    "sensitive-use": "Does it touch matters that weigh heavily for people, such as health, work, money or safety?",
    "harms": "Who could be harmed by its mistakes, and how?",
    "mitigations": "What was done against these harms, and who checks that it works?",
    "review": "When is it looked at again, by whom, and what would make you switch it off?",
    "purpose": "For what purpose was the data collected, and by whom?",
    "funding": "Who paid for it?",
    "instances": "What does one row stand for: a person, an order, a visit?",
    "coverage": "Is this all there is, or a part? Whose voice is missing?",
    "collection": "How was it collected: which form, channel or system, and when was it shown to whom?",
    "consent": "Did people know and agree that their words would be used in this way? Can they withdraw?",
    "ethics-review": "Did anybody review the collection (data protection, ethics), with what result?",
    "raw-data": "Is the file as it came kept, where, and who may read it?",
    "other-uses": "For what else may it be used, and for what never?",
    "sharing": "With whom is it shared, in which form, and under which terms?",
    "maintainer": "Who looks after it, and how are they reached?",
    "updates": "How often is it renewed, and who is told?",
    "retention": "How long is it kept, and how does a person have their words removed?",
}


def checked(notes: Mapping[str, str]) -> Mapping[str, str]:
    """The notes. Raises ``LabError`` for a key that asks nothing, so that no answer is lost by a slip."""
    unknown = sorted(set(notes) - set(QUESTIONS))
    if unknown:
        raise LabError(f"There is no question {unknown[0]!r}.", f"Questions are: {', '.join(QUESTIONS)}.")
    return notes


def answers(notes: Mapping[str, str], *keys: str) -> list[Block]:
    """For each key what a person wrote, under its question and never cut; or the gap, where nobody did."""
    blocks: list[Block] = []
    for key in keys:
        written = [paragraph.strip() for paragraph in _BLANK_LINE.split(notes.get(key, "")) if paragraph.strip()]
        if written:
            blocks += [Paragraph(QUESTIONS[key], "asked"), *(Paragraph(paragraph, "answer") for paragraph in written)]
        else:
            blocks.append(Gap(key, QUESTIONS[key]))
    return blocks
