"""The themes of a run as their pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Table
from segue.work.lab.bars import Bar, lying
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.queries.themes import Edits, EditShown, edits_of, prospects, told_of
from segue.work.lab.reading import spoken
from segue.work.lab.rows import NO_THEME, DrawnRow, comments_of

if TYPE_CHECKING:
    from feedback_lab.records.findings import Theme, ThemesResult

MOST_BARS = 20
MOST_KEYWORDS = 6
STABLE, FAIRLY = 0.8, 0.5
CLOSE, LOOSE = 0.6, 0.4


@dataclass(frozen=True)
class ThemeShown:
    """A theme. ``prospect``: what the next run does to it; ``cohesion`` in words; ``comments``: some of its rows, by chance."""

    number: int
    name: str
    keywords: str
    rows: int
    share: float
    cohesion: str
    quotes: tuple[str, ...]
    prospect: str
    finer: tuple[ThemeShown, ...] = ()
    comments: tuple[DrawnRow, ...] = ()


@dataclass(frozen=True)
class ThemesPage:
    """All themes; ``skipped`` is the reason where there are none."""

    themes: tuple[ThemeShown, ...] = ()
    figure: Figure | None = None
    reason: str = ""
    rows: int = 0
    unassigned: float = 0.0
    without: tuple[DrawnRow, ...] = ()
    stability: str = ""
    told: tuple[EditShown, ...] = ()
    edits: Edits = field(default_factory=Edits)
    skipped: str = ""

    @property
    def names(self) -> dict[int, str]:
        """Names by number, the largest theme first."""
        return {theme.number: theme.name for theme in self.themes}

    def name_ahead(self, number: int) -> str:
        """The name that the next run will give to a theme."""
        renamed = [edit.name for edit in self.edits.waiting if edit.kind == "rename" and edit.themes == (number,)]
        return renamed[-1] if renamed else self.names[number]

    def numbered(self, number: int) -> ThemeShown | None:
        """The theme of a number."""
        return next((theme for theme in self.themes if theme.number == number), None)


def themes_of(analysis: Analysis) -> ThemesPage:
    """The themes of the newest run, with the edits by hand. Raises ``UserError`` where its folder was damaged."""
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.findings import ThemesResult

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        entry = manifest.steps["themes"]
        if entry.state == "skipped":
            return ThemesPage(skipped=entry.reason)
        found = stored(folder, "themes", ThemesResult)
    return _page(found, edits_of(analysis), comments_of(analysis))


def _page(found: ThemesResult, edits: Edits, comments: Mapping[int, tuple[DrawnRow, ...]]) -> ThemesPage:
    names = {theme.id: theme.name for theme in found.broad}
    ahead = prospects(edits.waiting, names)
    shown = tuple(
        _shown(theme, ahead.get(theme.id, ""), tuple(_finer(found, theme)), comments.get(theme.id, ())) for theme in found.broad
    )
    return ThemesPage(
        themes=shown,
        figure=_figure(found),
        reason=found.reason,
        rows=found.rows,
        unassigned=found.unassigned,
        without=comments.get(NO_THEME, ()),
        stability=_stability(found.stability),
        told=tuple(told_of(edits, found.edits, names)),
        edits=edits,
    )


def _shown(theme: Theme, prospect: str, finer: tuple[ThemeShown, ...], comments: tuple[DrawnRow, ...]) -> ThemeShown:
    return ThemeShown(
        theme.id,
        theme.name,
        ", ".join(theme.keywords[:MOST_KEYWORDS]),
        theme.rows,
        theme.share,
        _cohesion(theme.cohesion),
        tuple(quote.text for quote in theme.quotes),
        prospect,
        finer,
        comments,
    )


def _finer(found: ThemesResult, theme: Theme) -> Iterator[ThemeShown]:
    """The finer themes underneath, the largest first."""
    underneath = [each for each in found.fine if each.parent == theme.id and each.rows]
    yield from (_shown(each, "", (), ()) for each in sorted(underneath, key=lambda each: -each.rows))


def _cohesion(value: float) -> str:
    words = "its texts are much alike" if value >= CLOSE else "its texts are fairly alike" if value >= LOOSE else "a loose group"
    return f"{words} ({value:.2f})"


def _stability(value: float) -> str:
    again = f"Found again from two halves of the rows, the groups agree at {value:.2f} (1 is the same, 0 is chance)"
    if value >= STABLE:
        return f"{again}: they are stable."
    return f"{again}: {'fairly stable' if value >= FAIRLY else 'shaky'}. Borders between themes may fall elsewhere next time."


def _figure(found: ThemesResult) -> Figure | None:
    if not found.broad:
        return None
    shown = found.broad[:MOST_BARS]
    first = shown[0]
    says = f"“{first.name}” is the largest theme: {first.share:.1%} of {found.rows:,} rows speak of it."
    bars = [Bar(theme.name, theme.share, f"{theme.share:.1%}") for theme in shown]
    columns = [Column("Theme"), *(Column(name, is_number=True) for name in ("Rows", "Share", "Cohesion"))]
    rows = [[theme.name, f"{theme.rows:,}", f"{theme.share:.1%}", f"{theme.cohesion:.2f}"] for theme in found.broad]
    if found.unassigned:
        rows.append(["No theme", f"{round(found.unassigned * found.rows):,}", f"{found.unassigned:.1%}", "–"])
    left = len(found.broad) - len(shown)
    note = f"All {found.rows:,} rows were counted, so there is no interval." + (f" {left} more in the table." if left else "")
    return Figure("themes", says, Table("Themes and their rows", columns, rows), lying("themes", says, bars), note=note)
