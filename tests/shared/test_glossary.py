from __future__ import annotations

import pytest

from segue.shared.glossary import linked
from segue.shared.markdown import render


def test_the_first_use_of_a_term_leads_to_it_and_says_what_it_means() -> None:
    html = render(linked("An embedding is a place. Another embedding is not."))
    assert html.count('href="/glossary/#embedding"') == 1
    assert 'title="' in html
    assert ">embedding</a>" in html


@pytest.mark.parametrize("text", ["", "Nothing of the trade.", "remodelled"])
def test_a_text_without_terms_stays_as_it_is(text: str) -> None:
    assert linked(text) == text


def test_markup_around_a_term_is_kept() -> None:
    assert "<em>" in render(linked("This is an *embedding* and <b>no tag</b>."))
    assert "<b>" not in render(linked("<b>embedding</b>"))
