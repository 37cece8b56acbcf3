"""The law as data: what older material gets wrong, the days, what is stale, and faults of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from segue.curriculum import current
from segue.curriculum.faults import ContentError
from segue.work.deepen.frameworks import frameworks
from segue.work.deepen.law import CERTAINTIES, PATH, STALE_DAYS, Law, distance, law, read_law
from segue.work.deepen.outline import outlines
from tests.conftest import MONDAY

# Rules that sheets and pages name: an id that goes away leaves them without their citation.
NAMED = """
gdpr-personal-data gdpr-purpose gdpr-lawful-basis gdpr-consent gdpr-special-categories gdpr-minimisation gdpr-inform
gdpr-processors-transfers gdpr-dpia gdpr-automated-decisions gdpr-rights gdpr-trained-models gdpr-breach gdpr-fines edps-v-srb
schufa dun-bradstreet gdpr-omnibus ai-act-scope ai-act-roles ai-act-prohibited ai-act-prohibited-new ai-act-annex-i
ai-act-annex-iii ai-act-exceptions ai-act-transparency ai-act-marking ai-act-gpai ai-act-systemic ai-act-literacy
ai-act-provider-duties ai-act-deployer-duties ai-act-bias-data ai-act-fines ai-act-sandboxes ai-act-legacy ccpa ccpa-admt
ccpa-risk-assessment ccpa-attestation colorado nyc-ll144 illinois-hb3773 california-feha texas-traiga hipaa coppa us-federal
four-fifths nist-ai-rmf nist-genai iso-42001 oecd
"""

# The eight of the ten corrections that are law: rule, its day, words of what holds, words of what is wrong by now.
CORRECTED = {
    "1 the high-risk duties moved": (
        "ai-act-annex-iii",
        date(2027, 12, 2),
        ["High risk", "Profiling of people is always high risk"],
        ["from 2 August 2026"],
    ),
    "1 so did those of products": ("ai-act-annex-i", date(2028, 8, 2), ["High risk"], []),
    "1 by which act": (
        "ai-act-amended",
        date(2026, 7, 27),
        ["2026/1744", "16 June", "29 June", "24 July", "27 July 2026"],
        [],
    ),
    "2 not everything was postponed": ("ai-act-transparency", date(2026, 8, 2), ["say that it is AI"], ["postponed"]),
    "2 but marking by what was there": ("ai-act-marking", date(2026, 12, 2), ["Only for these", "until 2 December 2026"], []),
    "3 two more prohibitions": (
        "ai-act-prohibited-new",
        date(2026, 12, 2),
        ["child sexual abuse material", "non-consensual intimate imagery"],
        ["eight prohibited"],
    ),
    "4 literacy is supported": (
        "ai-act-literacy",
        date(2025, 2, 2),
        ["Take measures to support", "No level is guaranteed"],
        ["must be ensured", "dropped"],
    ),
    "5 Colorado began anew": (
        "colorado",
        date(2027, 1, 1),
        ["30 days", "60 days to cure", "no private right"],
        ["SB 24-205", "30 June 2026", "never took effect"],
    ),
    "6 California: only in place of a human": (
        "ccpa-admt",
        date(2027, 1, 1),
        ["comply by 1 January 2027"],
        ["facilitate", "April 2027"],
    ),
    "7 a pseudonym depends on who looks": (
        "edps-v-srb",
        date(2025, 9, 4),
        ["depends on the means", "side of the one who collects", "free text", "analyst"],
        ["always", "never"],
    ),
    "8 the GDPR is as it was": ("gdpr-omnibus", None, ["Not so far", "19 November 2025", "15 April 2026", "88c"], ["changed"]),
}

# What begins when: the timeline of the amended AI Act, then the days of the states.
BEGINS = {
    date(2024, 8, 1): ["ai-act-scope"],
    date(2025, 2, 2): ["ai-act-prohibited", "ai-act-literacy"],
    date(2025, 8, 2): ["ai-act-gpai", "ai-act-systemic", "ai-act-governance", "ai-act-fines"],
    date(2026, 8, 2): ["ai-act-transparency", "ai-act-enforcement"],
    date(2026, 12, 2): ["ai-act-prohibited-new", "ai-act-marking"],
    date(2027, 8, 2): ["ai-act-sandboxes", "ai-act-gpai-legacy"],
    date(2027, 12, 2): ["ai-act-annex-iii", "ai-act-exceptions", "ai-act-provider-duties", "ai-act-deployer-duties"],
    date(2028, 8, 2): ["ai-act-annex-i"],
    date(2030, 8, 2): ["ai-act-legacy"],
    date(2026, 7, 27): ["ai-act-amended", "ai-act-bias-data"],
    date(2023, 7, 5): ["nyc-ll144"],
    date(2025, 10, 1): ["california-feha"],
    date(2026, 1, 1): ["illinois-hb3773", "texas-traiga"],
    date(2026, 4, 22): ["coppa"],
    date(2027, 1, 1): ["colorado", "ccpa-admt"],
    date(2027, 12, 31): ["ccpa-risk-assessment"],
    date(2028, 4, 1): ["ccpa-attestation"],
    date(2023, 12, 7): ["schufa"],
    date(2025, 2, 27): ["dun-bradstreet"],
    date(2025, 9, 4): ["edps-v-srb"],
    date(2024, 12, 17): ["gdpr-trained-models"],
}

SOUND = """
- id: one
  jurisdiction: Utopia
  topic: Data
  name: A rule
  asks: Does it bite?
  says: It bites.
  citation: Art. 1
  as_of: 2026-11-23
  review_by: 2027-02-21
  source: the act
  certainty: known
"""


def faults_of(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read_law(text.encode())
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", NAMED.split())
def test_every_rule_that_is_named_elsewhere_is_there(name: str) -> None:
    assert law().by_id[name].says


@pytest.mark.parametrize("point", [*CORRECTED])
def test_what_older_material_gets_wrong_is_right_here(point: str) -> None:
    name, begins, holds, wrong = CORRECTED[point]
    fact = law().by_id[name]
    assert fact.applies_from == begins
    assert [words for words in holds if words not in fact.says] == []
    assert [words for words in wrong if words not in fact.stale] == []


def test_california_asks_whether_the_human_is_replaced() -> None:
    asks = law().by_id["ccpa-admt"].asks
    assert "replace, or substantially replace, a human decision" in asks
    assert "used without human involvement" in asks


def test_azure_and_the_specialization_are_those_of_today() -> None:
    courses = current().programme.courses
    azure = next(course for course in courses if course.id == "azure-ai-fundamentals")
    assert "AI-901" in azure.title
    assert "AI-900 was retired on 30 June 2026" in azure.note
    assert not [course.title for course in courses if "AI-900" in course.title]
    ng = next(course for course in courses if course.id == "machine-learning-specialization")
    assert len(ng.units) == 10
    assert 80 <= sum(unit.minutes for unit in ng.units) / 60 <= 115
    assert "80 to 115" in ng.note
    assert "five weeks at 6 to 7 hours" in ng.note
    assert ng.slice


def test_every_day_of_the_timeline_has_its_rules() -> None:
    found: dict[date, list[str]] = {}
    for fact in law().facts:
        if fact.applies_from:
            found.setdefault(fact.applies_from, []).append(fact.id)
    assert {day: sorted(ids) for day, ids in found.items()} == {day: sorted(ids) for day, ids in BEGINS.items()}


def test_days_are_counted_from_the_day_that_it_is() -> None:
    by_id = law().by_id
    assert by_id["ai-act-prohibited-new"].days_until(MONDAY) == 9
    assert by_id["ai-act-annex-iii"].days_until(MONDAY) == 374
    assert by_id["ai-act-transparency"].days_until(MONDAY) == -113
    assert by_id["gdpr-purpose"].days_until(MONDAY) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, ""),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in two days"),
        (9, "in nine days"),
        (12, "in twelve days"),
        (13, "in 13 days"),
        (1348, "in 1,348 days"),
    ],
)
def test_days_ahead_in_words(days: int, words: str) -> None:
    assert distance(days) == words


def test_a_rule_is_stale_after_ninety_days_or_when_it_was_to_be_checked() -> None:
    fact = law().by_id["gdpr-purpose"]
    late = replace(fact, review_by=date.max)
    assert not late.is_stale(fact.as_of + timedelta(days=90))
    assert late.is_stale(fact.as_of + timedelta(days=91))
    soon = replace(fact, review_by=fact.as_of + timedelta(days=30))
    assert not soon.is_stale(soon.review_by)
    assert soon.is_stale(soon.review_by + timedelta(days=1))


def test_a_check_changes_no_checksum_and_a_meaning_does() -> None:
    fact = law().by_id["ai-act-annex-iii"]
    looked_at: dict[str, Any] = {
        "as_of": date(2027, 1, 5),
        "review_by": date(2027, 4, 1),
        "source": "another page",
        "stale": "another error",
    }
    for name, value in looked_at.items():
        assert replace(fact, **{name: value}).checksum == fact.checksum, name
    changed: dict[str, Any] = {name: "x" for name in ("name", "asks", "says", "citation", "certainty")} | {
        "applies_from": date(2026, 8, 2)
    }
    sums = {replace(fact, **{name: value}).checksum for name, value in changed.items()}
    assert len(sums | {fact.checksum}) == len(changed) + 1


def test_every_rule_says_how_sure_it_is_and_what_is_volatile_comes_back_early() -> None:
    for fact in law().facts:
        assert fact.certainty in CERTAINTIES, fact.id
        assert 0 < (fact.review_by - fact.as_of).days <= STALE_DAYS, fact.id
    uncertain = {fact.id: fact.review_by for fact in law().facts if fact.certainty == "uncertain"}
    assert set(uncertain) == {"ccpa", "gdpr-omnibus", "iso-42001-annex-a", "nist-revision", "us-federal"}
    assert max(uncertain.values()) < MONDAY + timedelta(days=STALE_DAYS)
    assert law().by_id["colorado"].review_by < date(2027, 1, 1)


def test_the_day_of_the_law_is_that_of_the_oldest_check() -> None:
    newer = replace(law().facts[0], as_of=date(2027, 1, 5))
    assert law().as_of == MONDAY
    assert Law((newer, law().facts[1])).as_of == MONDAY
    assert Law((newer,)).as_of == date(2027, 1, 5)


def test_the_file_is_written_as_print_writes_it() -> None:
    content = "\n".join(line for line in PATH.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert [sign for sign in "\"'—!" if sign in content] == []


def test_a_sound_file_is_read() -> None:
    (fact,) = read_law(SOUND.encode()).facts
    assert (fact.applies_from, fact.stale, fact.review_by) == (None, "", date(2027, 2, 21))
    (dated,) = read_law((SOUND + "  applies_from: 2027-01-01\n").encode()).facts
    assert dated.applies_from == date(2027, 1, 1)


def test_all_faults_are_told_at_once_with_their_places() -> None:
    broken = (
        SOUND.replace("known", "sure").replace("Utopia", "''")
        + "  aplies_from: 2027-01-01\n"
        + SOUND.replace("2027-02", "2027-03")
    )
    assert faults_of(broken) == [
        "law.yaml:3:17: 'jurisdiction' is empty; it must be a text",
        "law.yaml:12:14: 'certainty' must be one of seen, known, uncertain, not 'sure'",
        "law.yaml:13:3: unknown key 'aplies_from'",
        "law.yaml:15:7: the id 'one' was given before",
        "law.yaml:23:14: 'review_by' must come after 'as_of', by 90 days at most",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "law.yaml:1:1: the file is empty"),
        ("facts: 3", "law.yaml:1:1: 'the file' must be a list"),
        ("- 3", "law.yaml:1:3: 'the file' must be a mapping (key: value)"),
        (SOUND.replace("2026-11-23", "soon"), "law.yaml:9:10: 'as_of' must be a date such as 2026-11-23, not 'soon'"),
        (SOUND.replace("2027-02-21", "2026-11-23"), "law.yaml:10:14: 'review_by' must come after 'as_of', by 90 days at most"),
        (SOUND + "  applies_from:\n", "law.yaml:13:16: 'applies_from' is empty; it must be a text"),
    ],
)
def test_a_fault_has_its_line(text: str, fault: str) -> None:
    assert faults_of(text) == [fault]


def test_frameworks_name_rules_and_kinds_of_sheets() -> None:
    kinds = {outline.kind for outline in outlines().values()}
    for framework in frameworks():
        assert framework.fact in law().by_id
        named = {kind for facet in framework.facets for kind in facet.kinds}
        assert named <= set(current().programme.kinds), framework.fact
        assert named & kinds, framework.fact
    assert [facet.name for facet in frameworks()[0].facets] == ["Govern", "Map", "Measure", "Manage"]
