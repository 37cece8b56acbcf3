"""A résumé as plain text: to paste into a form, and to compare every other paper with."""

from __future__ import annotations

from collections.abc import Iterator

from segue.work.transition.resume.document import Document
from segue.work.transition.resume.layout import Line, lines_of

BULLET = "- "


def plain_text(document: Document) -> str:
    """The whole résumé, one line for each of ``lines_of``, bullets with a hyphen, an empty line before a heading or a title."""
    return "\n".join(_written(lines_of(document))).strip() + "\n"


def _written(lines: tuple[Line, ...]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line.sort == "heading" or (line.sort == "title" and before != "heading"):
            yield ""
        yield {"heading": line.text.upper(), "bullet": f"{BULLET}{line.text}"}.get(line.sort, line.text)
        before = line.sort


def linkedin_text(document: Document) -> str:
    """What goes into LinkedIn’s fields: the paragraph on top, then each position with its lines, in the site’s plain bullets."""
    parts = ["ABOUT", document.basics.summary.strip() or "(nothing yet)"]
    for position in document.positions:
        parts += ["", f"{position.position or position.name} | {position.name}"]
        parts += [position.summary.strip()] if position.summary.strip() else []
        parts += [f"• {' '.join(bullet.text.split())}" for bullet in position.bullets if bullet.text.strip()]
    skills = [word for each in document.skills for word in each.keywords]
    parts += ["", "SKILLS", ", ".join(skills)] if skills else []
    return "\n".join(parts).strip() + "\n"
