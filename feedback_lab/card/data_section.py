"""The data and its faults: what was kept, what was set aside, what was replaced, and what nobody could see."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import (
    Block,
    Column,
    Facts,
    Figure,
    Fold,
    Given,
    Line,
    Named,
    Paragraph,
    Points,
    Section,
    Table,
    enumerated,
)
from feedback_lab.card.charts import Bar, bars, histogram
from feedback_lab.card.drawing import Frame
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.source import Count, Finding, IngestResult, ProfileResult, RedactResult

MOST_REJECTIONS = 20
MOST_VALUES = 20
IN_TABLE = 250
OWN_NAMES = {"Words", "Month", "Rating", "Label", "Language"}  # names of ours, not of a column
SEVERITIES = {"stop": "Stop", "warning": "Take care", "info": "Good to know"}
# As the redact step calls them; a kind that is not here is shown by its own name.
KINDS = {
    "EMAIL": "E-mail addresses",
    "PHONE": "Phone numbers",
    "CARD": "Payment cards",
    "IBAN": "Bank accounts (IBAN)",
    "IP": "Internet addresses (IP)",
    "URL": "Links with ids",
    "HANDLE": "Handles",
    "SSN": "Social security numbers",
    "ADDRESS": "Postal addresses",
    "ID": "Numbers of documents and accounts",
    "NAME": "Names",
}


def data_section(run: RunView) -> list[Section]:
    """The section, or none where the data was never looked at."""
    blocks: list[Block] = []
    if run.ingest is not None:
        blocks += _source(run.ingest, run.profile)
    if run.profile is not None:
        blocks += [_faults(run.profile), *_shape(run.profile)]
    parts: list[Block] = [*blocks, *([_redaction(run.redact)] if run.redact is not None else [])]
    return [Section("The data and its faults", tuple(parts), "data")] if parts else []


def _source(ingest: IngestResult, profile: ProfileResult | None) -> list[Block]:
    rejected = ingest.rows - ingest.kept
    says = f"{ingest.rows:,} rows were read and {ingest.kept:,} kept." if rejected else f"All {ingest.rows:,} rows were kept."
    facts: list[tuple[str, Line]] = [
        ("File", Given(shorten(ingest.name, 80))),
        ("Format", f"{ingest.format}, {ingest.encoding}, {w.size(ingest.size_bytes)}" if ingest.encoding else ingest.format),
    ]
    if ingest.sheet:
        facts.append(("Sheet", Given(shorten(ingest.sheet, 60))))
    if profile is not None and profile.first_on is not None:
        facts.append(("Period", f"{w.day(profile.first_on)} to {w.day(profile.last_on)}"))
    blocks: list[Block] = [Paragraph(says, "lede"), Facts(tuple(facts))]
    if ingest.warnings:
        blocks.append(Points(tuple(Given(warning) for warning in ingest.warnings)))
    if rejected:
        blocks.append(_rejected(ingest))
    return [*blocks[:2], Fold("Columns and what each was used for", (_columns(ingest),)), *blocks[2:]]


def _rejected(ingest: IngestResult) -> Block:
    reasons = sorted(ingest.rejected_by_reason.items(), key=lambda pair: (-pair[1], pair[0]))
    table = Table(
        "Rows set aside, by reason",
        (Column("Reason"), Column("Rows", True), Column("Share of all rows", True)),
        tuple((Given(reason), w.count(rows), w.percent(rows / max(ingest.rows, 1), 2)) for reason, rows in reasons),
    )
    first = ingest.rejected[:MOST_REJECTIONS]
    if not first:
        return table
    single = Table(
        f"The first {len(first)} rows set aside",
        (Column("Row", True), Column("Line", True), Column("Reason")),
        tuple((f"{r.row:,}", f"{r.line:,}" if r.line is not None else "–", Given(r.reason)) for r in first),
    )
    return Section("Rows set aside", (table, Fold("Which rows", (single,))))


def _columns(ingest: IngestResult) -> Table:
    return Table(
        "Columns of the file",
        (Column("Column"), Column("Used for"), Column("Kind"), Column("Filled", True), Column("Why")),
        tuple(
            (Given(shorten(c.name, 60)), c.role or "not kept", c.kind, w.percent(c.filled), Given(c.reason))
            for c in ingest.columns
        ),
    )


def _faults(profile: ProfileResult) -> Section:
    if not profile.findings:
        return Section("Faults", (Paragraph("None of the checks found a fault."),))
    order = list(SEVERITIES)
    rows = sorted(profile.findings, key=lambda f: (order.index(f.severity) if f.severity in order else 9, -f.rows, f.name))
    table = Table(
        "Faults of the data, the gravest first",
        (Column("What"), Column("How grave"), Column("Rows", True), Column("What it means, and what to do")),
        tuple(_fault(fault) for fault in rows),
    )
    return Section("Faults", (table,))


def _fault(fault: Finding) -> tuple[Line, ...]:
    return (
        Given(_in_words(fault.name)),
        SEVERITIES.get(fault.severity, fault.severity),
        w.count(fault.rows),
        (Given(fault.says), " ", Given(fault.mend)),
    )


def _in_words(name: str) -> str:
    """``skewed-ratings`` -> ``Skewed ratings``."""
    return name[:1].upper() + name[1:].replace("-", " ")


def _shape(profile: ProfileResult) -> list[Block]:
    blocks: list[Block] = [_facts(profile), *_lengths(profile), *_months(profile)]
    for name, title, counts in (("ratings", "Rating", profile.ratings), ("labels", "Label", profile.labels)):
        if counts:
            blocks.append(_values(name, title, counts, profile.rows))
    blocks += [
        Fold(("Rows by ", Given(shorten(column, 60))), (_count_table(column, counts, profile.rows),))
        for column, counts in profile.segments.items()
    ]
    if profile.languages:
        table = _count_table("Language", profile.languages, _looked_at(profile))
        blocks.append(Fold(f"Languages in a sample of {w.count(_looked_at(profile), 'row')}", (table,)))
    if profile.missing:
        blocks.append(Fold("Missing values", (_missing(profile),)))
    return [Section("What the rows look like", tuple(blocks))]


def _looked_at(profile: ProfileResult) -> int:
    """Rows whose language was looked at, which may be fewer than other costly looks saw."""
    return sum(count.rows for count in profile.languages) or 1


def _facts(profile: ProfileResult) -> Facts:
    looked_at = _looked_at(profile)
    languages = [f"{count.value} {w.percent(count.rows / looked_at, 0)}" for count in profile.languages[:4]]
    return Facts(
        (
            ("Same text as an earlier row", _of(profile.duplicates, profile.rows)),
            ("Nearly the same", f"{_of(profile.near_duplicates, profile.sampled)} looked at"),
            ("Empty texts", _of(profile.empty_texts, profile.rows)),
            ("Languages", enumerated(languages, 4) if languages else w.UNKNOWN),
        )
    )


def _of(rows: int, total: int) -> str:
    return f"{rows:,} ({w.percent(rows / max(total, 1))}) of {total:,}"


def _lengths(profile: ProfileResult) -> list[Block]:
    if not profile.words_histogram:
        return []
    bins = [(count.value, count.rows) for count in profile.words_histogram]
    middle, low, high = (profile.words.get(name, float("nan")) for name in ("median", "p10", "p90"))
    says = (
        f"Half of the texts have at most {w.figure(middle, 0)} words; the middle 80% have {w.figure(low, 0)} to "
        f"{w.figure(high, 0)}."
    )
    title = "Rows by number of words"
    return [
        Figure(
            title,
            says,
            histogram(Frame("chart-words", title, says), bins, ("Words in the text", "Rows")),
            _count_table("Words", profile.words_histogram, profile.rows),
            "The bins may differ in width, so a tall column can be a wide one. Words are split at spaces, which undercounts "
            "Chinese, Japanese and Thai.",
        )
    ]


def _months(profile: ProfileResult) -> list[Block]:
    if len(profile.by_month) < 2:
        return []
    most = max(profile.by_month, key=lambda count: count.rows)
    says = f"Rows come from {len(profile.by_month)} months; the most in one month are {most.rows:,} ({most.value})."
    title = "Rows by month"
    return [
        Figure(
            title,
            says,
            histogram(Frame("chart-months", title, says), [(c.value, c.rows) for c in profile.by_month], ("Month", "Rows")),
            _count_table("Month", profile.by_month, profile.rows),
            "The first and the last month may be incomplete. More rows can mean more customers, a survey that went out, or "
            "more trouble.",
        )
    ]


def _values(key: str, title: str, counts: Sequence[Count], rows: int) -> Figure:
    shown = _by_number(counts)[:MOST_VALUES]
    most = max(counts, key=lambda count: count.rows)
    says: Line = (
        f"The most frequent {title.lower()} is ",
        Named(shorten(most.value, 60)),
        f", {w.percent(most.rows / max(rows, 1))} of the rows.",
    )
    more = f", the first {MOST_VALUES} of {len(counts)}" if len(counts) > MOST_VALUES else ""
    name = f"Rows by {title.lower()}{more}"
    drawn = [Bar(count.value, count.rows, f"{count.rows:,} ({w.percent(count.rows / max(rows, 1))})") for count in shown]
    return Figure(
        name,
        says,
        bars(
            Frame(f"chart-{key}", name, f"{len(shown)} bars; the longest is {shorten(most.value, 60)} with {most.rows:,} rows."),
            drawn,
        ),
        _count_table(title, counts, rows),
        "Rows without a value are not drawn. People with a strong opinion rate more often than others.",
    )


def _by_number(counts: Sequence[Count]) -> Sequence[Count]:
    """Stars from many to few; what is no number stays in its order."""
    try:
        return sorted(counts, key=lambda count: -float(count.value))
    except ValueError:
        return counts


def _count_table(title: str, counts: Sequence[Count], rows: int) -> Table:
    name = shorten(title, 60)
    cut = f", the first {IN_TABLE} of {len(counts):,}" if len(counts) > IN_TABLE else ""
    return Table(
        f"Rows by {name.lower() if title in OWN_NAMES else name}{cut}",
        (Column(name), Column("Rows", True), Column("Share", True)),
        tuple((Given(shorten(c.value, 80)), w.count(c.rows), w.percent(c.rows / max(rows, 1))) for c in counts[:IN_TABLE]),
    )


def _missing(profile: ProfileResult) -> Table:
    return Table(
        "Rows without a value",
        (Column("Column"), Column("Rows", True), Column("Share", True)),
        tuple(
            (Given(shorten(name, 60)), w.count(rows), w.percent(rows / max(profile.rows, 1)))
            for name, rows in profile.missing.items()
        ),
    )


def _redaction(redact: RedactResult) -> Section:
    found = sorted(
        ((KINDS.get(kind.upper(), kind), times) for kind, times in redact.found.items() if times), key=lambda p: (-p[1], p[0])
    )
    share = w.percent(redact.rows_changed / max(redact.rows, 1))
    says = (
        f"Personal data was found and replaced in {redact.rows_changed:,} of {redact.rows:,} rows ({share}), before anything "
        "was stored."
    )
    if not redact.rows_changed:
        says = f"No personal data was found in {w.count(redact.rows, 'row')}."
    blocks: list[Block] = [Paragraph(says)]
    if found:
        title = "Replacements by kind"
        table = Table(
            title, (Column("Kind"), Column("Replacements", True)), tuple((Given(kind), w.count(times)) for kind, times in found)
        )
        most = f"{found[0][0]} were replaced most often: {w.count(found[0][1], 'time')}."
        drawing = bars(Frame("chart-redact", title, most), [Bar(kind, times, w.count(times)) for kind, times in found])
        warns = "This counts what was found. What was missed can't be counted, and a rare kind may be rare or badly seen."
        blocks.append(Figure(title, Given(most), drawing, table, warns))
    if redact.not_caught:
        blocks.append(Section("What redaction can't see", (Points(tuple(Given(line) for line in redact.not_caught)),)))
    return Section("Personal data", tuple(blocks))
