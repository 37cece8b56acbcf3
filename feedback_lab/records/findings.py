"""What the texts are about and what goes with it: themes, sentiment, drivers."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_lab.records.figures import Estimate


@dataclass(frozen=True)
class EmbedResult:
    """How texts become vectors.

    ``path`` is ``adapted`` (teacher on a sample, map for the rest) or ``characters`` (language-neutral).
    """

    path: str
    reason: str
    dimensions: int
    sample: int  # texts that the teacher embedded
    held_out_cosine: float | None  # map against teacher on texts of the sample that the map did not see
    english_share: float
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """A representative text, redacted."""

    row: int
    text: str


@dataclass(frozen=True)
class Theme:
    """A group of texts. ``id`` never changes under renaming; ``parent`` is the broad theme of a fine one, -1 for a broad one."""

    id: int
    parent: int
    name: str
    keywords: tuple[str, ...]
    rows: int
    share: float
    quotes: tuple[Quote, ...]
    cohesion: float  # mean cosine of its texts to its centre


@dataclass(frozen=True)
class ThemesResult:
    """Broad themes for people (at most 50) and fine ones underneath.

    ``unassigned`` is the share of rows without a theme (0-1).
    """

    broad: tuple[Theme, ...]
    fine: tuple[Theme, ...]
    chosen_by: str  # data or given
    reason: str
    rows: int
    unassigned: float
    stability: float  # agreement (adjusted Rand, -1 to 1) of two clusterings from different halves of the sample
    edits: tuple[str, ...] = ()  # renames, merges and splits by hand that were applied


@dataclass(frozen=True)
class SentimentResult:
    """Tone of the texts by a lexicon, always beside its check against ratings where there are any."""

    method: str
    rows: int  # scored, a sample of the file
    shares: dict[str, Estimate]  # negative, neutral, positive
    against_ratings: Estimate | None  # macro-F1 against rating classes
    majority: Estimate | None  # macro-F1 of always saying the most frequent class
    says: str  # what may be concluded, in a sentence


@dataclass(frozen=True)
class Driver:
    """A theme and a figure that goes with it. ``difference`` is the theme's minus the figure of all other rows, with interval."""

    theme: int
    theme_name: str
    rows: int
    mean: Estimate
    difference: Estimate
    impact: float  # share of rated rows x difference, which is the overall mean minus the mean without this theme
    established: bool = False  # the difference's interval leaves out 0, after correction for many looks


@dataclass(frozen=True)
class Crossing:
    """Share of a group's rows that speak of a theme, with interval (0-1), and the ratio to the share of all other rows."""

    theme: int
    theme_name: str
    group: str
    share: Estimate
    ratio: Estimate
    established: bool  # the interval of the ratio leaves out 1, after correction for many looks


@dataclass(frozen=True)
class DriversResult:
    """Which themes go with low and high ratings, with segments, and with time. Association, never cause."""

    overall: Estimate | None  # mean rating
    by_rating: tuple[Driver, ...]
    by_segment: dict[str, tuple[Crossing, ...]]
    by_time: tuple[Crossing, ...]  # group is an ISO month or quarter
    period: str  # month, quarter or ""
    says: tuple[str, ...]
