"""The case studies: whole, in order, with every figure of our notes, and nothing of the reference given away beforehand."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from segue.curriculum import current
from segue.curriculum.faults import ContentError
from segue.work.deepen.cases import CERTAINTIES, FOLDER, PARTS, VERDICTS, Case, Statement, cases, is_comparison, read_cases

# What our notes say of each case, to the digit. It must stand in the reference (texts and notes), not before it.
FIGURES = {
    "smart-compose": (
        "100 milliseconds",
        "1 billion characters a week",
        "January 2018",
        "“him”",
        "1%",
        "May 2018",
        "11%",
        "November 2018",
    ),
    "netflix": ("60 to 90 seconds", "USD 1 billion a year", "2015", "80%"),
    "gboard": ("federated learning", "Secure aggregation", "Differential privacy", "2024"),
    "netflix-prize": ("100 million", "500,000", "RMSE", "IMDb", "September 2009", "12 March 2010", "Federal Trade Commission"),
    "amazon-recruiting": (
        "one to five",
        "Ten years",
        "“women’s”",
        "2015",
        "early 2017",
        "10 October 2018",
        "did not rely on it alone",
    ),
    "zillow-offers": ("2 November 2021", "USD 304 million", "USD 407.9 million", "25%", "capacity", "Adverse selection"),
    "apple-card": ("23 March 2021", "400,000", "no violation of fair-lending law", "November 2019"),
    "compas": ("44.9% of Black and 23.5% of white", "28.0% of Black and 47.7% of white", "about 60%"),
    "tay": ("23 March 2016", "16 hours", "coordinated effort"),
    "air-canada": (
        "2024 BCCRT 149",
        "14 February 2024",
        "CAD 650.88",
        "negligent misrepresentation",
        "November 2022",
        "separate entity",
    ),
    "dutch-benefits": (
        "EUR 2.75 million",
        "25 November 2021",
        "EUR 3.7 million",
        "12 April 2022",
        "26,000",
        "15 January 2021",
        "FSV",
    ),
    "copilot": (
        "55.8%",
        "95 people",
        "35 who",
        "19% slower",
        "+2% to +39%",
        "16 experienced",
        "246 tasks",
        "20%",
        "18%",
        "4%",
        "February 2026",
    ),
    "spotify": ("100 million", "WWW 2020"),
    "duolingo": ("200 million", "2016", "2020", "+0.5%", "+2%", "20% of lessons", "October 2020"),
    "stitch-fix": ("“just belts”", "October 2021", "The cause is not established"),
    "booking": ("150 models", "KDD", "2019", "30%", "0.5%"),
    "michelangelo": ("400 projects", "20,000 trainings", "5,000 models", "10 million predictions", "2016", "2024"),
    "linkedin-talent": ("3x", "100%", "2018 and 2019", "LiFT", "2020"),
    "health-risk-score": ("17.7%", "46.5%"),
    "klarna": ("2.3 million", "two thirds", "700 agents", "11 minutes", "2 minutes", "“too predominant”", "May 2025"),
}
# What our notes say nobody but the named one vouches for: a phrase of the statement, and how far it can be trusted.
TRUSTED = (
    ("netflix", "USD 1 billion", "company"),
    ("zillow-offers", "USD 407.9 million", "checked"),
    ("zillow-offers", "certain forecasting library", "disputed"),
    ("apple-card", "no violation", "checked"),
    ("compas", "44.9%", "disputed"),
    ("amazon-recruiting", "did not rely", "press"),
    ("air-canada", "technology", "undisclosed"),
    ("air-canada", "650.88", "checked"),
    ("dutch-benefits", "26,000", "press"),
    ("copilot", "55.8%", "company"),
    ("copilot", "19% slower", "checked"),
    ("copilot", "18% faster", "disputed"),
    ("spotify", "WWW 2020", "association"),
    ("stitch-fix", "cause is not established", "disputed"),
    ("health-risk-score", "46.5%", "checked"),
    ("klarna", "2.3 million", "company"),
    ("michelangelo", "5,000 models", "company"),
)
WHOLE = """
- id: try
  name: A case
  company: A firm
  years: 2020
  outcome: mixed
  as_of: 2026-11-23
  summary: A firm tried something.
  given: [One thing., Another.]
  parts:
{parts}
  teaches: [w19-slices]
  sources: [{{title: A page, publisher: A firm, on: 2020, address: example.org, kind: primary, mark: S}}]
"""


def by_id() -> dict[str, Case]:
    return {case.id: case for case in cases()}


def statements(case: Case) -> list[Statement]:
    return [statement for told in case.parts.values() for statement in told]


def reference(case: Case) -> str:
    return "\n".join(f"{each.text} {each.note}" for each in statements(case))


def beforehand(case: Case) -> str:
    return "\n".join((case.summary, *case.given))


def sentences(text: str) -> set[str]:
    return {re.sub(r"\W+", " ", each).strip().lower() for each in re.split(r"(?<=[.?:])\s+|\n", text)} - {""}


def written(replaced: tuple[str, str] = ("", ""), *, left_out: str = "") -> bytes:
    parts = "\n".join(f"    {part.id}: [{{text: It was so., certainty: press}}]" for part in PARTS if part.id != left_out)
    return WHOLE.format(parts=parts).replace(*replaced).encode()


def test_there_are_twenty_and_google_and_netflix_come_first() -> None:
    assert [case.id for case in cases()] == list(FIGURES)
    assert [case.company for case in cases()][:2] == ["Google", "Netflix"]


def test_enough_successes_and_failures_to_choose_from() -> None:
    outcomes = Counter(case.outcome for case in cases())
    assert outcomes["success"] >= 6
    assert outcomes["failure"] >= 6


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_each_is_whole(case: Case) -> None:
    assert list(case.parts) == [part.id for part in PARTS]
    assert all(case.parts.values())
    assert len(case.given) >= 3
    assert len(case.sources) >= 2  # week 21 asks to read two
    assert case.as_of == date(2026, 11, 23)
    words = f"{beforehand(case)} {reference(case)}".split()
    assert 240 <= len(words) <= 400


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_each_figure_of_the_notes_stands_in_the_reference(case: Case) -> None:
    assert [figure for figure in FIGURES[case.id] if figure not in reference(case)] == []


@pytest.mark.parametrize(("case_id", "phrase", "certainty"), TRUSTED)
def test_what_is_not_checked_says_so(case_id: str, phrase: str, certainty: str) -> None:
    assert {each.certainty for each in statements(by_id()[case_id]) if phrase in each.text} == {certainty}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_lesson_is_ours_and_names_what_to_do_on_monday(case: Case) -> None:
    assert {each.certainty for each in case.parts["lesson"]} == {"ours"}
    assert "On Monday" in reference(case)
    assert "On Monday" not in beforehand(case)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_figure_never_rests_on_our_own_conclusion(case: Case) -> None:
    ours = [each.text for part, told in case.parts.items() if part != "lesson" for each in told if each.certainty == "ours"]
    assert [text for text in ours if re.search(r"\d", text)] == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_nothing_of_the_reference_is_given_away(case: Case) -> None:
    assert sentences(beforehand(case)) & sentences(reference(case)) == set()
    told = [figure for figure in FIGURES[case.id] if "%" in figure or re.search(r"USD|EUR|CAD|hours|agents", figure)]
    assert [figure for figure in told if figure in beforehand(case)] == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_it_points_to_tasks_of_weeks_9_to_20(case: Case) -> None:
    weeks = [current().programme.by_id[task].week for task in case.teaches]
    assert all(9 <= week <= 20 for week in weeks)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_its_prose_is_typeset(case: Case) -> None:
    assert re.findall(r"""["'!—]| - """, f"{beforehand(case)} {reference(case)}") == []


def test_the_chatbot_is_called_no_language_model() -> None:
    case = by_id()["air-canada"]
    assert "language model" not in " ".join([beforehand(case), *(each.text for each in statements(case))]).lower()


def test_at_most_one_case_is_in_a_file() -> None:
    assert len(list(FOLDER.glob("*.yaml"))) == len(cases())


def test_a_whole_file_is_read() -> None:
    (case,) = read_cases({"try.yaml": written()})
    assert case.years == "2020"
    assert case.parts["lesson"] == (Statement("It was so.", "press"),)
    assert case.parts["lesson"][0].trust == CERTAINTIES["press"]
    assert case.sources[0].address == "example.org"


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (written(left_out="bias"), 11, "'bias' is missing"),
        (written(("model: [{text: It was so., certainty: press}]", "model: []")), 13, "'model'"),
        (
            written(("metric: [{text: It was so., certainty: press", "metric: [{text: It was so., certainty: sure")),
            14,
            "'certainty' must be one of",
        ),
        (written(("w19-slices", "w19-slice")), 19, "'w19-slice' is no activity; did you mean 'w19-slices'?"),
        (written(("sources: [{", "sources: []\n  x: [{")), 20, "'sources'"),
        (written(("kind: primary", "kind: rumour")), 20, "'kind' must be one of primary, secondary"),
        (written(("mark: S", "mark: X")), 20, "'mark' must be one of"),
        (written(("2026-11-23", "soon")), 7, "'as_of' must be a date"),
        (written(("outcome: mixed", "outcome: fine")), 6, "'outcome' must be one of"),
    ],
)
def test_a_fault_is_told_with_its_place(raw: bytes, line: int, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_cases({"try.yaml": raw})
    assert [fault for fault in caught.value.faults if (fault.path, fault.line) == ("try.yaml", line) and message in fault.message]


def test_all_faults_of_all_files_are_told_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        read_cases({"a.yaml": written(("w19-slices", "w99-none")), "b.yaml": written(left_out="data"), "c.yaml": b"- ["})
    assert {fault.path for fault in caught.value.faults} == {"a.yaml", "b.yaml", "c.yaml"}
    assert "the id 'try' was given before" in str(caught.value)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ({}, True),
        ({"bias": "had", "lesson": "differ"}, True),
        ({"bias": "yes"}, False),
        ({"bias": ["had"]}, False),
        ({"price": "had"}, False),
        ([], False),
        (None, False),
    ],
)
def test_a_comparison_has_known_parts_and_verdicts(value: object, is_one: bool) -> None:
    assert is_comparison(value) is is_one


def test_the_four_verdicts() -> None:
    assert [verdict for verdict, _ in VERDICTS] == ["had", "partly", "missed", "differ"]
