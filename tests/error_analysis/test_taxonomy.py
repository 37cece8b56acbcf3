from __future__ import annotations

import pytest

from feedback_lab.error_analysis.taxonomy import TAXONOMY, Case, guess

LONG = "the dress arrived on time and the colour is the one on the picture"


@pytest.mark.parametrize(
    ("case", "tag"),
    [
        (Case("ok", 0.6, 0.3, 0.5, 0.0), "too little text"),
        (Case("👍 👍 👍 👍 👍", 0.6, 0.3, 0.5, 0.0), "too little text"),
        (Case("Das Kleid kam zu spät an", 0.6, 0.1, 0.5, 0.9), "unknown words"),
        (Case("This is not at all bad", 0.95, 0.02, 0.5, 0.0), "negation or sarcasm"),
        (Case("I don’t really like how it sits", 0.7, 0.2, 0.5, 0.0), "negation or sarcasm"),
        (Case("Thanks for nothing, dear support team", 0.7, 0.2, 0.5, 0.0), "negation or sarcasm"),
        (Case("Not the colour that I had ordered from you, it is so much darker", 0.7, 0.1, 0.8, 0.0), "the model's fault"),
        (Case("As I said in spring, the same thing happened", 0.7, 0.2, 0.5, 0.0), "context missing"),
        (Case("The fabric is lovely but delivery took a month", 0.6, 0.3, 0.5, 0.0), "several topics"),
        (Case("Came early. Packed well. Colour is off.", 0.6, 0.3, 0.5, 0.0), "several topics"),
        (Case(LONG, 0.45, 0.40, 0.5, 0.0), "ambiguous"),
        (Case(LONG, 0.97, 0.01, 0.8, 0.0), "wrong label"),
        (Case(LONG, 0.92, 0.01, 0.95, 0.0), "the model's fault"),
        (Case(LONG, 0.7, 0.2, 0.8, 0.0), "the model's fault"),
    ],
)
def test_the_first_rule_that_holds_gives_the_tag(case: Case, tag: str) -> None:
    assert guess(case) == tag


def test_each_tag_is_explained() -> None:
    assert len(TAXONOMY) == 8
    assert all(says.endswith(".") for says in TAXONOMY.values())
