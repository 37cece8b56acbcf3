"""An ad taken apart: must and nice by headings and by cues, German, no headings, what does not count, level and years."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.transition.ad_parsing import read_ad, terms_asked


def found(text: str) -> Mapping[str, str]:
    return {each.term: each.importance for each in read_ad(text).asked}


@pytest.mark.parametrize(
    ("heading", "importance"),
    [
        *((each, "must") for each in ("Minimum qualifications", "Requirements:", "What you bring", "## You have", "Ihr Profil")),
        *((each, "must") for each in ("**Anforderungen**", "ESSENTIAL", "What we’re looking for", "Your profile", "Must-haves")),
        *((each, "nice") for each in ("Preferred qualifications", "Nice to have", "Bonus points", "Von Vorteil", "A plus")),
        *((each, "nice") for each in ("Desirable:", "Idealerweise", "It’s a bonus if you", "We’d love", "Wünschenswert")),
        *((each, "other") for each in ("Responsibilities", "What you’ll do", "Aufgaben", "The role", "Your first 90 days")),
        *((each, "") for each in ("Benefits", "Wir bieten", "Equal opportunity", "How to apply", "What’s in it for you")),
    ],
)
def test_headings(heading: str, importance: str) -> None:
    assert found(f"About us\nWe sell shoes.\n\n{heading}\n- Experience with Python\n").get("python", "") == importance


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Experience with SQL; Python a plus", {"sql": "must", "python": "nice"}),
        ("SQL, ideally Python", {"sql": "must", "python": "nice"}),
        ("SQL (Python is nice to have)", {"sql": "must", "python": "nice"}),
        ("SQL is required, Python preferred", {"sql": "must", "python": "nice"}),
        ("Strong in SQL, experience with Python would be a plus", {"sql": "must", "python": "nice"}),
        ("SQL, but Python is not required", {"sql": "must", "python": "nice"}),
        ("Kenntnisse in SQL, idealerweise auch Python", {"sql": "must", "python": "nice"}),
        ("Python von Vorteil", {"python": "nice"}),
        ("Bonus points for Python", {"python": "nice"}),
    ],
)
def test_mixed_cues_in_one_line(line: str, wanted: Mapping[str, str]) -> None:
    assert found(f"Requirements\n- {line}\n") == wanted


def test_without_headings_the_cues_decide() -> None:
    told = "We do music. You have shipped LLM products. Python would be a plus. The team runs A/B tests."
    assert found(told) == {"large-language-model": "must", "python": "nice", "ab-testing": "other"}
    assert not read_ad(told).has_headings


def test_a_term_counts_once_where_it_matters_most() -> None:
    told = "Python Studio\n\nResponsibilities\n- Python\n\nRequirements\n- Python\n\nNice to have\n- Python and Jupyter\n"
    ad = read_ad(told)
    assert [(each.term, each.importance, each.weight) for each in ad.asked] == [("python", "must", 3)]
    assert (ad.must, ad.nice, ad.other) == (ad.asked, (), ())


def test_what_every_firm_writes_does_not_count() -> None:
    told = """We are an equal opportunity employer regardless of race; AI and machine learning are for all.
    Send your CV. Health insurance, vision insurance, adoption leave, mental health. We use AI in our hiring process.
    You will not build financial models."""
    assert found(told) == {}


def test_the_sentence_stands_beside_the_term_and_is_cut_around_it() -> None:
    long = f"Requirements\n- {'word ' * 100}Python{' word' * 100}\n"
    sentence = read_ad(long).asked[0].sentence
    assert "Python" in sentence
    assert sentence.startswith("…")
    assert len(sentence) <= 284


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of product management experience", 5),
        ("At least five years’ experience", 5),
        ("3-5 years in product", 3),
        ("8 or more years of experience, 4 years of experience in ML", 8),
        ("Mindestens vier Jahre Erfahrung", 4),
        ("We were founded 20 years ago", 0),
        ("We have been in business for 12 years", 0),
        ("A roadmap for the next 3 years", 0),
        ("no number", 0),
        ("99 years of experience", 0),
    ],
)
def test_years(text: str, years: int) -> None:
    assert read_ad(f"Requirements\n- {text}\n").years == years


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Head of Product", "head"),
        ("Principal PM", "lead"),
        ("Senior Product Manager", "senior"),
        ("Associate PM", "junior"),
        ("PM", ""),
    ],
)
def test_level(title: str, level: str) -> None:
    assert read_ad("Text.", title).seniority == level


def test_a_german_ad_is_known_as_one() -> None:
    assert read_ad("Wir suchen Sie für die Produktstrategie und das Team. Ihr Profil ist von Vorteil.").language == "de"
    assert read_ad("We are looking for you and the team.").language == "en"


def test_lines_that_were_only_wrapped_are_put_together() -> None:
    assert found("Requirements\n- You have worked with large\n  language models\n- SQL\n") == {
        "large-language-model": "must",
        "sql": "must",
    }


@pytest.mark.parametrize(
    "part", ["We need LLM evals, A/B tests. ", "agent AI a plus ", "a", "- SQL a plus;\n", "x ( ", "\n", "years 5 "]
)
def test_200_kb_take_little_time_whatever_they_hold(part: str) -> None:
    text = (part * (200_000 // len(part) + 1))[:200_000]
    start = time.process_time()
    read_ad(text)
    assert time.process_time() - start < 5


@given(st.text(max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    ad = read_ad(text, text[:50])
    assert {each.term for each in ad.asked} == {each.term for each in (*ad.must, *ad.nice, *ad.other)}
    assert isinstance(terms_asked(text), frozenset)
