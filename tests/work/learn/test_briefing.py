from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import current
from segue.work.learn.briefing import ACTIVITY, KIND, PARTS, compose, split
from segue.work.learn.queries.briefing import GATE, look_at

FULL = (
    "We must decide by June whether support replies are drafted by software. Anna decides.",
    "It is like a new colleague who has read every reply that we ever sent, and guesses the next one. " * 4,
    "Scope: only refunds. Risk: 3 in 100 drafts promise too much. Cost: 400 euros a month, by the pilot of May. " * 5,
    "It does not know our rules, only how we wrote. It can be wrong in a friendly tone. " * 3,
    "",
)


def test_the_parts_are_those_of_the_template_and_make_ten_minutes() -> None:
    template = current().programme.kinds[KIND].template
    assert re.findall(r"^## (.+)$", template, re.MULTILINE) == [part.heading for part in PARTS]
    assert sum(part.minutes for part in PARTS) == 10
    assert set(GATE) <= set(current().programme.by_id)
    assert ACTIVITY in GATE


# A line that begins with ## is a heading: in a part of its own it would be one too.
TEXTS = st.text(max_size=80).map(lambda text: text.replace("#", "").replace("\r", "").strip())


@given(st.tuples(*[TEXTS] * len(PARTS)))
def test_what_was_composed_comes_apart_again(texts: tuple[str, ...]) -> None:
    assert split(compose(texts)) == texts


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("", ("", "", "", "", "")),
        ("No heading at all", ("No heading at all", "", "", "", "")),
        ("Before\n## What it changes\nScope\n## Cost\n5 euros", ("Before", "", "Scope\n## Cost\n5 euros", "", "")),
        ("## THE DECISION  \nA\n## The decision\nB", ("A\n\nB", "", "", "", "")),
    ],
)
def test_nothing_of_a_text_written_elsewhere_is_lost(body: str, texts: tuple[str, ...]) -> None:
    assert split(body) == texts


def test_a_full_outline_passes_and_each_fault_is_named() -> None:
    assert look_at(FULL).passed
    assert [check.name for check in look_at(FULL).checks] == ["length", "parts", "terms", "sentences", "figures"]
    for place, words in (
        (0, "Nothing is written yet under “The decision”."),
        (2, "Give a figure in “What it changes”."),
    ):
        look = look_at([("" if n == place else text) for n, text in enumerate(FULL)])
        assert words in [check.says for check in look.checks if not check.met]
    short = look_at(("Decide.", "Like a map.", "It costs 5.", "Not always.", "x " * 900))
    assert short.checks[0].says.startswith("9 words: 200 to 500 words of notes carry ten minutes, so 191 more")
    assert look_at(("word " * 501, *FULL[1:])).checks[0].says.endswith("or you will read aloud.")


def test_terms_left_unexplained_are_marked_where_they_stand() -> None:
    look = look_at(("We decide on the embedding.", *FULL[1:]))
    assert [piece.text for piece in look.pieces if piece.plain] == ["embedding"]
    assert "".join(piece.text for piece in look.pieces) == "\n\n".join(
        ["We decide on the embedding.", *(text.strip() for text in FULL[1:4])]
    )
