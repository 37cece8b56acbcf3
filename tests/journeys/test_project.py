"""Month 3 as a new learner has it, in a browser: a charter too large, a file, labels of two people, a model, a case study.

The common mistake of the month, too large a project, is made once: the charter is red, and what comes in throws something out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Program, look
from tests.journeys.test_first_weeks import pass_first_hour, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]

RUN_MILLISECONDS = 240_000
LABELS, TWICE, DIFFER = 60, 20, 3
TOO_LARGE = {"sources": "2", "languages": "3", "classes": "12"}
SMALL = {"sources": "1", "languages": "1", "classes": "3"}
CHARTER = {
    "title": "What stops people from planning meals?",
    "problem": "Which complaints come up most in what people write to us?",
    "user": "The product team",
    "decision": "Which of three repairs comes first",
    "feedback": "1,200 comments of nine months",
    "owner": "Head of support",
    **TOO_LARGE,
    "labels": "200",
    "double": "50",
    "seconds": "25",
    "other_hours": "14",
    "inside": "Comments in English",
    "outside": "Pictures\nSocial media\nLive scoring\nOther products",
    "baseline": "A list of ten words, counted in a spreadsheet",
    "success": "Macro-F1 above that of the list",
    "error_costs": "A false alarm costs five minutes, a miss a customer.",
    "kills": "2027-02-01: no labels, so themes only\n2027-02-15: not above the list, so stop",
}
GUIDE = "One label a row: what somebody mainly writes about. Faults: it does not work. Price: what it costs. Praise: thanks."
# A case study of fewer words than its kind asks for would prove nothing.
STORY = " ".join(f"In week {week} of the project we looked at what had come in, and changed little." for week in range(9, 49))
CASE = {
    "title": "Which repair comes first",
    "problem": "Every week people tell us what stops them, and nobody counts it. " + STORY,
    "options": "- A list of ten words: it can't be kept.\n- Stars: they don't say why.\n- A language model: nothing may leave.",
    "decision": "Three classes, labels by hand, and the simplest model that is not shown to be worse.",
    "result": "On {test_rows} rows the model reached {score}, the baseline {baseline}. Two people reached a kappa of {kappa}.",
    "redo": "Label twice as many rows before anything is compared.",
}


def label_of(text: str) -> str:
    """What a hurried person would say."""
    if re.search(r"price|cost|subscri|expens|pay|worth", text, re.IGNORECASE):
        return "price"
    return "faults" if re.search(r"sync|crash|slow|lost|fail|not |never|n't|bug", text, re.IGNORECASE) else "praise"


def fill(page: Page, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)


def write_charter(page: Page) -> None:
    """Red with two sources, three languages and twelve classes; one more source is refused; then small enough."""
    page.goto("/build/charter/edit/")
    look(page)
    fill(page, CHARTER)
    page.locator("[name=permission][value=own]").check()
    page.locator("[name=data_kind][value=toy]").check()
    press(page, "Keep the charter")
    expect(page.locator("main")).to_contain_text("Too large (red)")
    for cut in ("Keep 1 data source", "Keep 2 languages", "Keep 8 classes"):
        expect(page.locator("main")).to_contain_text(cut)
    page.goto("/build/charter/edit/")
    fill(page, {"sources": "3"})
    press(page, "Keep the charter")
    expect(page.locator("main")).to_contain_text("take something away in the same step")
    fill(page, SMALL)
    press(page, "Keep the charter")
    expect(page.locator("main")).to_contain_text("Small enough (green)")
    look(page)
    press(page, "Record the charter")


def analyse_the_example(page: Page) -> str:
    """From the button to the first figures; the page watches the run by itself. The address of the analysis."""
    page.goto("/lab/")
    look(page)
    page.get_by_role("button", name="Try it with a made-up file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What are the columns?")
    look(page)
    press(page, "Start the analysis")
    lab = page.url.rstrip("/")
    page.get_by_role("heading", name="The way to a result you can show").wait_for(timeout=RUN_MILLISECONDS)
    assert page.get_by_role("heading", level=1).count() == 1, "the page that watched the run is loaded anew"
    for view in ("", "rows", "themes", "drivers", "labels", "models", "errors", "gate", "papers", "versions"):
        page.goto(f"{lab}/{view}")
        look(page)
    return lab


def label_rows(page: Page, lab: str) -> None:
    """Classes, a draw, and a key for each row."""
    page.goto(f"{lab}/labels/guide/")
    fill(page, {"classes": "faults\nprice\npraise", "guide": GUIDE})
    press(page, "Keep the guide")
    page.goto(f"{lab}/labels/")
    random = page.locator("form", has=page.get_by_role("heading", name="Rows drawn at random"))
    random.locator("[name=count]").fill(str(LABELS))
    press(page, "Draw at random")
    page.goto(f"{lab}/labels/rows/")
    look(page)
    for _ in range(LABELS):
        said = label_of(page.locator("#text").inner_text())
        key = page.locator(f"button[name=label][value={said}]").get_attribute("data-key")
        with page.expect_navigation():
            page.keyboard.press(str(key))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"All {LABELS} rows are labelled")


def ask_a_second_person(page: Page, browser: Browser, lab: str, folder: Path) -> None:
    """The file is filled in without a network, changed on the way and refused, then read whole; differences are settled."""
    page.goto(f"{lab}/labels/")
    page.get_by_text("Make a sheet", exact=True).click()
    page.locator("details [name=count]").fill(str(TWICE))
    page.locator("details").get_by_role("button", name="Make the sheet").click()
    with page.expect_download() as file:
        page.get_by_role("link", name="The file").click()
    file.value.save_as(folder / "sheet.html")
    with browser.new_context(offline=True) as context:
        sheet = context.new_page()
        sheet.goto((folder / "sheet.html").as_uri())
        for place in range(TWICE):
            said = label_of(sheet.locator("#told").inner_text())
            if place < DIFFER:
                said = "price" if said != "price" else "faults"
            sheet.locator("#keys button", has_text=said).click()
        sheet.locator("#name").fill("Marco Rossi")
        sheet.get_by_role("button", name="Make my answer").click()
        block = sheet.locator("#block").input_value()
    for answer, words in ((block[:99] + block[100:], "did not arrive whole"), (block, f"{TWICE} labels of Marco Rossi are here")):
        page.goto(f"{lab}/labels/")
        page.locator("#answer [name=text]").fill(answer)
        press(page, "Read the answer")
        expect(page.locator("main")).to_contain_text(words)
    page.goto(f"{lab}/labels/settle/")
    for _ in range(DIFFER):
        with page.expect_navigation():
            page.keyboard.press("1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything is settled")


def change_a_label(page: Page, lab: str) -> None:
    """Of a row that the second person had not: the others are fixed."""
    for place in range(1, LABELS + 1):
        page.goto(f"{lab}/labels/rows/?at={place}")
        others = page.locator("button[name=label]:not([disabled]):not([aria-pressed=true])")
        if others.count():
            with page.expect_navigation():
                page.keyboard.press(str(others.first.get_attribute("data-key")))
            return
    raise AssertionError("every label is fixed")


def run_again(page: Page, lab: str, version: int) -> None:
    page.goto(f"{lab}/labels/")
    press(page, "Run again")
    page.locator("#again").wait_for(state="detached", timeout=RUN_MILLISECONDS)
    expect(page.locator("tbody tr").first.locator("th")).to_have_text(str(version))


def record(page: Page, address: str, button: str) -> None:
    page.goto(address)
    press(page, button)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("That did not work")


def stored(home: Path, version: int) -> dict[str, Any]:
    """The figures as the run of a version left them."""
    (folder,) = (home / "lab").glob(f"*/run-{version}")
    select, label = (json.loads((folder / "results" / f"{step}.json").read_text()) for step in ("select", "label"))
    by_name = {each["name"]: each["macro_f1"] for each in select["candidates"]}
    return {
        "score": by_name[select["recommended"]],
        "baseline": by_name["majority"],
        "kappa": label["agreement"]["kappa"],
        "test_rows": select["n_test"],
    }


def result_of(page: Page, figures: dict[str, Any]) -> None:
    """The sentence of the measured result has these figures in it."""
    ranged = {
        name: f"{figures[name]['value']:.2f} ({figures[name]['low']:.2f} to {figures[name]['high']:.2f})"
        for name in ("score", "baseline", "kappa")
    }
    expect(page.locator("main")).to_contain_text(
        f"On {figures['test_rows']} rows the model reached {ranged['score']}, the baseline {ranged['baseline']}. "
        f"Two people reached a kappa of {ranged['kappa']}."
    )


def write_case_study(page: Page) -> None:
    page.goto("/build/case-study/edit/")
    look(page)
    page.get_by_role("button", name="Take its figures").click()
    fill(page, CASE)
    press(page, "Keep it and see it whole")
    look(page)


def test_from_a_charter_that_is_too_large_to_a_case_study(
    program: Program, visit: Visit, browser: Browser, tmp_path: Path
) -> None:
    page = visit()
    page.set_default_timeout(60_000)
    pass_first_hour(page)
    write_charter(page)
    lab = analyse_the_example(page)
    label_rows(page, lab)
    ask_a_second_person(page, browser, lab, tmp_path)
    run_again(page, lab, 2)

    for address, button in (("labels", "Record the gold set"), ("labels", "Record the agreement"), ("models", "Record the run")):
        record(page, f"{lab}/{address}/", button)
    page.goto(f"{lab}/models/")
    press(page, "Record the run")
    expect(page.locator("main")).to_contain_text("in the ledger already")

    write_case_study(page)
    before = stored(program.home, 2)
    result_of(page, before)
    record(page, "/build/case-study/", "Record the case study")
    recorded = page.url
    page.goto("/build/case-study/leave/")
    page.locator("[name=tick][value=no-names]").check()
    with page.expect_download() as file:
        page.get_by_role("button", name="PDF", exact=True).click()
    assert Path(file.value.path()).read_bytes().startswith(b"%PDF-")

    change_a_label(page, lab)
    run_again(page, lab, 3)
    record(page, f"{lab}/models/", "Record the run")
    expect(page.locator("main")).to_contain_text("C5")
    page.goto("/build/case-study/")
    press(page, "Take the figures of version 3")
    page.goto("/build/case-study/")
    after = stored(program.home, 3)
    result_of(page, after)
    assert stored(program.home, 2) == before, "the version before stays as it was"
    page.goto(recorded)
    result_of(page, before)

    for competency, kind in (("C2", "Charter"), ("C3", "Hand-labelled set"), ("C4", "Run"), ("T", CASE["title"])):
        page.goto(f"/readiness/{competency}/")
        expect(page.locator("main")).to_contain_text(re.compile(kind, re.IGNORECASE))


def test_a_file_of_two_gigabytes_is_told_before_it_is_sent(program: Program, visit: Visit, tmp_path: Path) -> None:
    page = visit()
    pass_first_hour(page)
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(2 * 1024**3)
    page.goto("/lab/")
    page.locator("input[type=file]").set_input_files(tmp_path / "big.csv")
    expect(page.get_by_role("alert")).to_have_text("“big.csv” has 2,048 MB; 50 MB is the most for one file.")
    look(page)
    page.get_by_role("button", name="Look at the columns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What does your feedback say?")
    assert not [*program.home.glob("lab/*")], "nothing was kept"
