"""The stylesheet: every pair of colours that meets on a page is readable, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import segue.shared

STYLESHEET = Path(segue.shared.__file__).parent / "static/shared/segue.css"
CSS = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text("utf-8"), flags=re.DOTALL)
TOKENS = {
    name: (light, dark) for name, light, dark in re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
}
PHASES = [f"phase-{number}" for number in range(1, 7)]
GROUNDS = ("paper", "sheet")
NOTICES = ("good-soft", "care-soft", "problem-soft", "info-soft")
TEXT = [
    *(("ink", ground) for ground in (*GROUNDS, "sunk", *NOTICES)),
    *(("ink-soft", ground) for ground in (*GROUNDS, "sunk", *NOTICES)),
    *((link, ground) for link in ("accent", "accent-deep") for ground in (*GROUNDS, "sunk", *NOTICES)),
    *(("on-accent", ground) for ground in ("accent", "accent-deep")),
    *((state, ground) for state in ("good", "care", "problem") for ground in GROUNDS),
    ("problem", "problem-soft"),
    *((phase, f"{phase}-soft") for phase in PHASES),
]
# Icons, edges of fields and buttons, marks of the timeline, focus rings, bars and lines of charts.
SHAPES = [
    *((edge, ground) for edge in ("line-strong", "accent", *PHASES) for ground in GROUNDS),
    *((kind, f"{kind}-soft") for kind in ("good", "care", "problem", "info")),
    *(("line-strong", ground) for ground in ("sunk",)),
]
DECORATION = {"line"}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_can_be_read(front: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[front][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), SHAPES)
def test_shapes_can_be_seen(front: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[front][theme], TOKENS[ground][theme]) >= 3


@pytest.mark.parametrize("phase", PHASES)
def test_text_can_be_read_on_white_paper(phase: str) -> None:
    assert contrast(TOKENS[phase][0], "#ffffff") >= 4.5


def test_every_colour_is_in_a_pair() -> None:
    paired = {name for pair in (*TEXT, *SHAPES) for name in pair}
    assert set(TOKENS) == paired | DECORATION


def test_every_colour_used_is_defined() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)", CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))
    assert used <= defined


def test_colours_stand_in_the_tokens_only() -> None:
    rules = CSS[CSS.index("@layer base") :]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)) <= {"#fff"}, "only print may name white"


def test_motion_is_only_for_those_who_want_it() -> None:
    quiet = CSS.index("@media (prefers-reduced-motion: no-preference)")
    moving = [match.start() for match in re.finditer(r"\b(transition|animation):", CSS)]
    end = CSS.index("@keyframes", quiet)
    assert moving
    assert all(quiet < place < end for place in moving)
