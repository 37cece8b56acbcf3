"""Résumés come in by a file, are looked at first, and go out as files; a term that nothing shows stops each of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import Work, record_work, withdraw
from segue.work.transition.actions.resume_versions import keep_version
from segue.work.transition.actions.resumes import add_resume, keep_resume
from segue.work.transition.models import Resume
from segue.work.transition.queries.resumes import document_in
from segue.work.transition.resume.document import Basics, Bullet, Document, Position, Skills
from segue.work.transition.resume.docx_file import to_docx
from segue.work.transition.resume.typeset import resume_pdf
from segue.work.transition.resume_papers import PAPERS
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

IMPORT = "/transition/resumes/import/"
LOOK, KEEP = "Look at it", "Keep it"
TEXT = """Priya Raman
Product manager for marketplaces

Experience
Senior Product Manager, Northwind
March 2021 - Present
- Led the returns flow

Education
BSc Economics, University of Porto
2014 - 2017
"""
DOCUMENT = Document(
    Basics(name="Priya Raman"),
    positions=(Position("p1", "Northwind", "PM", "2021-03", bullets=(Bullet("b1", "Led the returns flow"),)),),
)
VISION = "Requirements\n- Experience with computer vision and image recognition\n"


def bring(page: Client, content: bytes, name: str = "cv.txt") -> Page:
    response = page.post(IMPORT, {"attachments": SimpleUploadedFile(name, content), "text": ""})
    return Page(response.status_code, IMPORT, response.content.decode())


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return packed.getvalue()


def json_file() -> bytes:
    work = [{"name": "Northwind", "position": "PM", "highlights": ["Led the returns flow"]}]
    return json.dumps({"basics": {"name": "Priya Raman"}, "work": work, "awards": [{"title": "Best of shop"}]}).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "text": lambda: TEXT.encode(),
    "json": json_file,
    "docx": lambda: to_docx(DOCUMENT),
    "pdf": lambda: resume_pdf(DOCUMENT),
    "linkedin": lambda: zipped(
        Profile="First Name,Last Name,Headline\nPriya,Raman,PM\n",
        Positions="Company Name,Title,Description,Started On,Finished On\nNorthwind,PM,- Led the returns flow,Mar 2021,\n",
    ),
}


@pytest.mark.parametrize("sort", FILES)
def test_a_file_is_looked_at_and_then_kept(sort: str, page: Client, priya: Learner) -> None:
    shown = bring(page, FILES[sort](), "whatever.bin")
    assert shown.status == 200
    assert shown.heading == "Look at it first"
    for words in ("Priya Raman", "Northwind", "Led the returns flow", "Nothing is kept yet"):
        assert words in shown.text
    assert not Resume.objects.exists()
    kept = press(page, shown, KEEP, name="AI PM")
    document = document_in(Resume.objects.get())
    assert kept.path == f"/transition/resumes/{Resume.objects.get().key}/edit/"
    assert document.basics.name == "Priya Raman"
    assert [bullet.text for _, bullet in document.bullets()] == ["Led the returns flow"]
    assert not any(bullet.entries for _, bullet in document.bullets())


def test_text_may_be_pasted_and_lines_without_a_place_wait(page: Client, priya: Learner) -> None:
    odd = TEXT.replace("marketplaces\n", "marketplaces\npriya@example.org | Qwertz uiop\n")
    shown = press(page, visit(page, IMPORT), LOOK, text=odd)
    assert "not understood" in shown.text
    edit = press(page, shown, KEEP)
    assert "Lines without a place" in edit.text
    plain = page.get(edit.path.replace("edit/", "download/txt/"))
    assert b"Qwertz" not in plain.content
    placed = press(page, edit, "Make it a bullet: Qwertz")
    document = document_in(Resume.objects.get())
    assert "Qwertz" in document.positions[0].bullets[-1].text
    assert "Qwertz" not in placed.section("Suggested bullets", until="\n\x00")
    assert document.more == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 broken", "Download it again"),
        (b"{not json", "no JSON"),
        (b'{"name": "no resume"}', "no JSON Resume"),
        (b"%PDF-1.7 broken", "PDF"),
        (b"\x00\x01\x02", "no text"),
    ],
)
def test_what_can_not_be_read_is_said(content: bytes, words: str, page: Client, priya: Learner) -> None:
    refused = bring(page, content)
    assert refused.status == 422
    assert words in refused.text


def test_nothing_too_much_and_too_large_are_said_and_the_text_stays(page: Client, priya: Learner) -> None:
    assert "Choose a file, or paste the text below." in press(page, visit(page, IMPORT), LOOK).text
    large = SimpleUploadedFile("a.txt", b"x" * (10 * 1024**2 + 1))
    response = page.post(IMPORT, {"attachments": large, "text": "Half a page."})
    assert response.status_code == 422
    assert "10 MB is the most" in response.content.decode()
    assert "Half a page." in response.content.decode()


def test_more_than_a_resume_can_hold_is_refused_whole(page: Client, priya: Learner) -> None:
    work = [{"name": f"Firm {number}"} for number in range(61)]
    assert "61 positions; 60 are the most" in bring(page, json.dumps({"work": work}).encode()).text
    long = {"work": [{"name": "Firm"}], "notes": "x" * 2_100_000}
    assert "more text than a résumé can" in bring(page, json.dumps(long).encode()).text


def test_what_was_looked_at_has_to_come_back_whole(page: Client, priya: Learner) -> None:
    for document in ("", "{", "[1]", '{"positions": [{"id": 3}]}', "[" * 5_000):
        refused = visit(page, f"{IMPORT}take/", {"document": document, "name": "X"}, "post")
        assert refused.status == 400
        assert "Bring the file again" in refused.text
    again = visit(page, f"{IMPORT}take/", {"document": "{}", "name": ""}, "post")
    assert again.status == 422
    assert "Give it a name" in again.text


def test_the_resume_of_week_one_is_a_beginning(page: Client, priya: Learner) -> None:
    body = TEXT.replace("Experience", "## Experience").replace("Education", "## Education") + "word " * 200
    entry = record_work(priya, Work("resume", "Baseline", MONDAY, "w01-resume", body=body, facts={"stage": "baseline"}))
    shown = visit(page, visit(page, "/transition/resumes/").link("the résumé of your first week"))
    assert "Northwind" in shown.text
    press(page, shown, KEEP)
    assert document_in(Resume.objects.get()).positions[0].name == "Northwind"
    assert visit(page, IMPORT, {"entry": "99"}).status == 404
    withdraw(entry, MONDAY, "Wrong.")
    assert visit(page, IMPORT, {"entry": str(entry.number)}).status == 404


# --- out --------------------------------------------------------------------------------------------------------------------


def with_ad(learner: Learner) -> None:
    learner.job_ads.create(key="ad", title="AI PM", text=VISION, found_on=MONDAY)


def begun(learner: Learner, document: Document = DOCUMENT) -> Resume:
    return add_resume(learner, "AI PM", "", document)


@pytest.mark.parametrize("form", PAPERS)
def test_a_draft_says_so_in_its_name_and_a_final_one_does_not(form: str, page: Client, priya: Learner) -> None:
    body = "Led the returns flow. " + "word " * 500
    card = record_work(priya, Work("model-card", "Card", MONDAY, body=body, confidentiality="public"))
    bullet = Bullet("b1", "Led the returns flow", (card.number,))
    row = begun(priya, Document(Basics(name="Priya Raman"), (Position("p1", "Northwind", "PM", bullets=(bullet,)),)))
    at = f"/transition/resumes/{row.key}/"
    answer = page.get(f"{at}download/{form}/")
    assert answer.status_code == 200
    assert f'filename="Priya-Raman-AI-PM-DRAFT.{PAPERS[form].ending}"' in answer["Content-Disposition"]
    press(page, visit(page, at), "Call it final")
    final = page.get(f"{at}download/{form}/")
    assert f'filename="Priya-Raman-AI-PM.{PAPERS[form].ending}"' in final["Content-Disposition"]
    keep_resume(priya, row.key, DOCUMENT, 1, "")
    assert "DRAFT" in page.get(f"{at}download/{form}/")["Content-Disposition"]
    old = page.get(f"{at}download/{form}/?version=1")
    assert f"Priya-Raman-AI-PM-version-1.{PAPERS[form].ending}" in old["Content-Disposition"]
    assert page.get(f"{at}download/{form}/?version=9").status_code == 404
    assert page.get(f"{at}download/exe/").status_code == 404


PLACES = {
    "Line under your name": Document(Basics(name="P", label="PM for computer vision")),
    "Summary": Document(Basics(name="P", summary="I know image recognition.")),
    "Northwind, bullet 1": Document(positions=(Position("p", "Northwind", bullets=(Bullet("b", "Did computer vision"),)),)),
    "Skills, line 1": Document(skills=(Skills("s", "AI", ("Python", "computer vision")),)),
    "What came along from the file, “interests”": Document(more={"interests": [{"name": "computer vision"}]}),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_term_that_an_ad_asks_for_and_nothing_shows_stops_every_paper(place: str, page: Client, priya: Learner) -> None:
    row = begun(priya, PLACES[place])
    keep_version(priya, row.key, "")
    with_ad(priya)
    at = f"/transition/resumes/{row.key}/"
    for form in PAPERS:
        for version in ("", "?version=1"):
            refused = page.get(f"{at}download/{form}/{version}")
            assert refused.status_code == 400, form
            text = refused.content.decode()
            assert place in text
            assert "Record what shows it" in text
    assert place in visit(page, at).section("Before it is final")
    assert page.post(f"{at}final/").status_code == 422
    assert page.post(f"{at}record/", {"confidentiality": "redacted"}).status_code == 400
    assert not priya.entries.filter(kind="resume").exists()


def test_hostile_names_make_a_plain_file_name(page: Client, priya: Learner) -> None:
    row = add_resume(priya, "../../\u202eevil\r\nX: y", "", Document(Basics(name='"; rm <b> \u05e9\u05dc\u05d5\u05dd')))
    answer = page.get(f"/transition/resumes/{row.key}/download/txt/")
    assert answer.status_code == 200
    assert "/" not in answer["Content-Disposition"].partition("filename")[2].replace("utf-8''", "")
    assert "\n" not in answer["Content-Disposition"]
