"""How well the 30 ads with a hand-made key are read. The floors are those of the 20 that were tuned on."""

from __future__ import annotations

import pytest

from benchmarks.job_ads import ADS, TUNED, figures, results
from segue.work.transition.terms import terms_by_id

PRECISION, RECALL, SPLIT = 0.97, 0.95, 0.97


def test_the_ads_and_their_key_belong_together() -> None:
    ads = results()
    assert len(ads) == 30
    assert {ad.name for ad in ads} == {path.stem for path in ADS.glob("*.txt")}
    assert {term for ad in ads for term in ad.wanted} <= set(terms_by_id())


def test_the_tuned_ones_stay_above_the_floors(capsys: pytest.CaptureFixture[str]) -> None:
    ads = results()
    tuned, held = figures(ads[:TUNED]), figures(ads[TUNED:])
    with capsys.disabled():
        print(f"\ntuned on  {tuned}\nheld out  {held}")
    assert tuned.precision >= PRECISION
    assert tuned.recall >= RECALL
    assert tuned.split >= SPLIT
