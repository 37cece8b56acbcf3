"""Steps on what texts say: embed, themes, sentiment, drivers."""

from __future__ import annotations

from collections.abc import Callable

from feedback_lab import embed
from feedback_lab.drivers import drivers
from feedback_lab.embed import FREQUENCIES, tokens
from feedback_lab.engines import give_back
from feedback_lab.files import sha256_of
from feedback_lab.parts import read_rows, write_rows
from feedback_lab.pipeline.data_steps import part_sizes
from feedback_lab.pipeline.run import Run
from feedback_lab.pipeline.running import Done
from feedback_lab.records.findings import EmbedResult, ThemesResult
from feedback_lab.records.rows import Rows
from feedback_lab.records.source import IngestResult
from feedback_lab.sampling import sample_rows
from feedback_lab.sentiment import sentiment
from feedback_lab.themes import assign_themes, find_themes
from feedback_lab.themes.edits import read_edits

OnShare = Callable[[float], None]


def meaning_sample(run: Run) -> Rows:
    """The rows that encoder and themes are fitted on, as the step ``embed`` drew them."""
    run.result(EmbedResult)
    return read_rows(run.folder.sample)


def edits_mark(run: Run) -> str:
    """Hash of the edits by hand, which change the themes."""
    return sha256_of(run.folder.edits) if run.folder.edits.exists() else ""


def do_embed(run: Run, on_share: OnShare) -> Done:
    """Draw a sample of rows, and fit on it the encoder that turns texts into vectors."""
    rows = sample_rows(run.parts(), part_sizes(run), FREQUENCIES, run.config.seed, run.engine)
    write_rows(run.folder.sample, rows)
    run.engine.close()  # fitting needs the memory that idle workers hold; they come back when they are needed
    found = embed.embed(rows.texts, run.config.seed)
    embed.save(found.encoder, run.folder.encoder)
    return Done(found.result, (run.folder.encoder, run.folder.sample))


def do_themes(run: Run, on_share: OnShare) -> Done:
    """Find themes on a sample, apply edits by hand, give every row its theme."""
    english = run.result(EmbedResult).path == "adapted"
    edits = read_edits(run.folder.edits)
    found = find_themes(meaning_sample(run).texts, run.encoder(), run.config.seed, run.config.themes, edits, english)
    tokens.forget()
    give_back()  # the workers need it more
    on_share(0.4)
    result = assign_themes(
        found, run.parts(), run.folder.encoder, run.folder.themes, run.engine, lambda share: on_share(0.4 + 0.6 * share)
    )
    return Done(result, tuple(path for path in run.folder.themes.iterdir() if not path.name.startswith(".")))


def do_sentiment(run: Run, on_share: OnShare) -> Done:
    """Tone by a lexicon, beside its check against ratings."""
    rows = meaning_sample(run)
    return Done(sentiment(rows, english_share=run.result(EmbedResult).english_share, seed=run.config.seed))


def do_drivers(run: Run, on_share: OnShare) -> Done:
    """Which themes go with ratings, groups and time."""
    themes = run.result(ThemesResult)
    roles = run.result(IngestResult).roles
    return Done(drivers(run.parts(), run.theme_parts(), themes.broad, run.engine, roles))
