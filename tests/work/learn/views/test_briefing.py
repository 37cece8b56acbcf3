"""The briefing of week 8, from one's own explanation to the ledger, with nothing lost between two pages or two windows."""

from __future__ import annotations

from django.test import Client

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.drafts import first
from segue.work.learn.actions.explaining import keep_text
from segue.work.learn.queries.briefing import KEY
from segue.work.learn.queries.explaining import check_clarity
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.evidence.pieces import reviewed
from tests.work.learn.test_briefing import FULL

BRIEFING = "/learn/briefing/"
MODEL = current().concept_by_id["model"]


def typed(*texts: str) -> dict[str, str]:
    return {f"part_{place}": text for place, text in enumerate(texts)}


def body(learner: Learner) -> str:
    return first(learner.drafts.get(key=KEY).fields, "body")


def test_the_activity_leads_to_the_outline_and_the_outline_to_the_ledger(page: Client, priya: Learner) -> None:
    shown = visit(page, visit(page, "/activity/w08-briefing/").link("Outline it"))
    assert shown.path == BRIEFING
    form = press(page, shown, "Go on to record it", title="Drafted replies", **typed(*FULL))
    assert form.path.startswith("/evidence/new/?activity=w08-briefing&kind=briefing")
    sent = form.form("Record").values
    assert sent["title"] == "Drafted replies"
    assert sent["fact_minutes"] == "10"
    for text in FULL[:4]:
        assert text.strip() in sent["body"]
    done = press(page, form, "Record it")
    assert "Drafted replies" in done.text
    assert not priya.drafts.filter(key=KEY).exists()
    again = visit(page, BRIEFING)
    assert "Briefing of Monday 23 November 2026" in again.section("Recorded")
    assert again.form("Check it").values["part_0"] == ""


def test_what_is_checked_is_kept_and_marked(page: Client, priya: Learner) -> None:
    shown = press(page, visit(page, BRIEFING), "Check it", **typed("We decide on the embedding.", *FULL[1:]))
    assert "Used before it is explained: “embedding”." in shown.section("To look at")
    assert "We decide on the embedding." in body(priya)
    mended = press(page, shown, "Check it", part_0=FULL[0])
    assert "Ready to be given, as far as rules can see" in mended.text
    assert FULL[0] in body(priya)
    assert visit(page, BRIEFING).form("Check it").values["part_3"] == FULL[3].strip()


def test_an_explanation_of_ones_own_begins_the_second_part_and_overwrites_nothing(page: Client, priya: Learner) -> None:
    assert "Explain one first" in visit(page, BRIEFING).text
    text = "A model is like a recipe that was learned from many meals. " * 8
    keep_text(priya, MODEL, text, "", check_clarity(text, MODEL))
    shown = visit(page, BRIEFING)
    begun = visit(page, BRIEFING + shown.link("Model"))
    assert begun.form("Check it").values["part_1"].startswith("A model is like a recipe")
    assert not priya.drafts.exists()
    press(page, begun, "Check it", part_1="My own words.")
    assert visit(page, BRIEFING, {"idea": "model"}).form("Check it").values["part_1"] == "My own words."


def test_two_windows_lose_nothing(page: Client, priya: Learner) -> None:
    one, other = visit(page, BRIEFING), visit(page, BRIEFING)
    saved = page.post(f"{BRIEFING}save/", one.form("Check it").values | typed("From one window."))
    assert saved.status_code == 200
    same = page.post(f"{BRIEFING}save/", one.form("Check it").values | typed("From one window.") | saved.json())
    assert same.status_code == 200
    refused = page.post(f"{BRIEFING}save/", other.form("Check it").values | typed("From the other."))
    assert refused.status_code == 409
    assert "From one window." in refused.content.decode()
    assert "From one window." in body(priya)
    assert "From the other." in str(priya.drafts.get(key=KEY).kept.get().fields)
    chosen = press(page, other, "Check it", **typed("From the other."))
    assert chosen.path.startswith("/evidence/new/")
    assert "From the other." in chosen.text
    assert "From one window." in chosen.text


def test_what_the_form_of_the_ledger_holds_stays(page: Client, priya: Learner) -> None:
    press(page, visit(page, BRIEFING), "Check it", title="First", **typed("Decide."))
    draft = priya.drafts.get(key=KEY)
    draft.fields = {**draft.fields, "link": ["https://example.org"], "fact_audience": ["technical"]}
    draft.save()
    press(page, visit(page, BRIEFING), "Check it", **typed("Decide by June."))
    fields = priya.drafts.get(key=KEY).fields
    assert (fields["link"], fields["fact_audience"], fields["title"]) == (["https://example.org"], ["technical"], ["First"])


def test_too_long_is_told_and_kept_in_the_form(page: Client, priya: Learner) -> None:
    shown = press(page, visit(page, BRIEFING), "Check it", part_0="word " * 5000)
    assert shown.status == 422
    assert "20,000 is the most" in shown.text
    assert shown.form("Check it").values["part_0"].startswith("word word")
    sent = visit(page, BRIEFING).form("Check it").values | {"part_0": "word " * 5000}
    assert page.post(f"{BRIEFING}save/", sent).status_code == 422
    assert not priya.drafts.exists()


def test_hostile_words_stay_words(page: Client) -> None:
    shown = press(
        page, visit(page, BRIEFING), "Check it", **typed("<script>alert(1)</script> embedding", "</textarea><img src=x>")
    )
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html


def test_the_gate_shows_where_it_stands_up_to_the_review_of_a_practitioner(page: Client, priya: Learner) -> None:
    def gate() -> list[bool]:
        listed = visit(page, BRIEFING).section("The gate of week 8")
        return [line.startswith("Done") for line in listed.split("\n") if line.startswith(("Done", "Open"))]

    assert gate() == [False, False, False]
    facts: dict[str, float | str] = {"minutes": 10, "audience": "stakeholder", "accuracy": "sound", "data": "real"}
    work = Work("briefing", "Drafted replies", MONDAY, "w08-briefing", ("C1", "C7"), "word " * 250, facts=facts)
    entry = record_work(priya, work)
    assert gate() == [False, True, False]
    shown = visit(page, BRIEFING)
    assert visit(page, shown.link("Record what they said")).status == 200
    reviewed(entry, role="data scientist", practises_ai=True, activity_id="w08-accuracy-review")
    assert gate() == [False, True, True]


def test_a_refused_form_stays_as_old_as_it_was(page: Client, priya: Learner) -> None:
    old = visit(page, BRIEFING)
    page.post(f"{BRIEFING}save/", visit(page, BRIEFING).form("Check it").values | typed("From one window."))
    refused = press(page, old, "Check it", title="x" * 300, **typed("From the other."))
    assert refused.status == 422
    press(page, refused, "Check it", title="Short")
    assert "From one window." in body(priya)
    assert "From the other." in str(priya.drafts.get(key=KEY).kept.get().fields)


def test_a_window_that_is_behind_keeps_one_text_beside_however_often_it_saves(page: Client, priya: Learner) -> None:
    old = visit(page, BRIEFING).form("Check it").values
    page.post(f"{BRIEFING}save/", visit(page, BRIEFING).form("Check it").values | typed("From one window."))
    for number in range(5):
        assert page.post(f"{BRIEFING}save/", old | typed(f"From the other, {number}.")).status_code == 409
    assert priya.drafts.get(key=KEY).kept.count() == 1
