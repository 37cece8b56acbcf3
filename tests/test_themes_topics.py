"""Sixty sentences on four topics, with the vectors that people get: each topic becomes a theme that says what it is about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from feedback_lab import embed
from feedback_lab.engines import Engine, SerialExecutor
from feedback_lab.parts import read_table, write_rows
from feedback_lab.records.rows import Rows
from feedback_lab.themes import assign_themes, find_themes
from tests.embed.made import ENGLISH, TOPIC_OF


def test_topics_become_themes(tmp_path: Path) -> None:
    part, encoder = tmp_path / "part-00000.parquet", embed.fit(ENGLISH)
    write_rows(part, Rows(np.arange(1, len(ENGLISH) + 1), ENGLISH))
    embed.save(encoder, tmp_path / "encoder.npz")
    found = find_themes(ENGLISH, encoder, broad=4)
    engine = Engine("serial", 1, SerialExecutor)
    result = assign_themes(found, [part], tmp_path / "encoder.npz", tmp_path / "themes", engine)
    theme_of = read_table(tmp_path / "themes" / part.name)["theme"]
    assert normalized_mutual_info_score(TOPIC_OF, theme_of) > 0.6
    words = [set(theme.keywords) for theme in result.broad]
    for telling in ("battery", "parcel", "dress", "support"):
        assert sum(telling in each for each in words) == 1
    for theme in result.broad:
        assert theme.quotes
        assert all(theme_of[quote.row - 1] == theme.id and ENGLISH[quote.row - 1] == quote.text for quote in theme.quotes)
