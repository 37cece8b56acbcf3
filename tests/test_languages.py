"""Languages of short texts, and of real ones."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.languages import LANGUAGES, UNKNOWN, languages_of
from tests.shared_data import shared_data


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The parcel arrived two weeks late", "en"),
        ("Love this dress", "en"),
        ("Die Lieferung kam zu spät", "de"),
        ("Le colis est arrivé en retard", "fr"),
        ("Muy buen servicio", "es"),
        ("Il pacco è arrivato in ritardo", "it"),
        ("Het pakket kwam te laat aan", "nl"),
        ("Muito bom atendimento", "pt"),
        ("Pakken kom for sent", "no"),
        ("Paketet kom för sent", "sv"),
        ("Paczka dotarła za późno", "pl"),
        ("Посылка пришла поздно", "ru"),
        ("荷物が遅れて届きました", "ja"),
        ("服务很好", "zh"),
        ("소포가 늦게 도착했습니다", "ko"),
        ("พัสดุมาถึงช้า", "th"),
        ("وصلت الحزمة متأخرة", "ar"),
        *((text, UNKNOWN) for text in ("", "ok", "Great!", "very good", "👍👍 👍", "5/5", "12 345 678", "...", "asdf jkl qwer")),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert languages_of([text]) == [language]


@pytest.mark.parametrize(
    ("name", "column"), [("banking77/train.csv", "text"), ("womens_clothing/reviews.csv", "Review Text")], ids=["short", "long"]
)
def test_english_is_called_english(name: str, column: str) -> None:
    with shared_data(name).open(encoding="utf-8", newline="") as file:
        texts = [row[column] for row in csv.DictReader(file) if row[column].strip()][::11][:800]
    found = languages_of(texts)
    assert found.count("en") / len(found) >= 0.95
    assert set(found) <= {"en", UNKNOWN}


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_has_an_answer(texts: list[str]) -> None:
    found = languages_of(texts)
    assert len(found) == len(texts)
    assert set(found) <= {*LANGUAGES, UNKNOWN}
