"""A handful of line icons, drawn for Segue on a 16 by 16 grid. Always beside words, so hidden from screen readers."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_STROKES = {
    "tick": '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
    "dot": '<circle cx="8" cy="8" r="3.4" fill="currentColor"/>',
    "ring": '<circle cx="8" cy="8" r="4.2"/>',
    "slipped": '<path d="M2.5 5.5h7a3.5 3.5 0 0 1 3.5 3.5v3m-2.6-2.4L13 12.2l2.6-2.6" transform="translate(-1)"/>',
    "arrow": '<path d="M3 8h10M9 4l4 4-4 4"/>',
    "back": '<path d="M13 8H3m4-4L3 8l4 4"/>',
    "down": '<path d="m4 6 4 4 4-4"/>',
    "undo": '<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7M5.6 3.6 2.8 6.5l2.8 2.9"/>',
    "clock": '<circle cx="8" cy="8" r="5.6"/><path d="M8 4.8V8l2.3 1.6"/>',
    "today": '<path d="M4.5 2.5h7v11L8 10.6l-3.5 2.9z"/>',
    "plan": '<path d="M2.5 4.5h4M4.5 8h7M8.5 11.5h5"/>',
    "work": '<path d="m3 13 .8-3.2L10.6 3l2.4 2.4-6.8 6.8z"/>',
    "evidence": '<path d="M4 2.5h5.5L12 5v8.5H4zM6 7h4M6 9.7h4"/>',
    "readiness": '<path d="M3 13.5v-3h3.3v-3h3.4v-3H13v9z"/>',
    "info": '<circle cx="8" cy="8" r="5.6"/><path d="M8 7.4v3.4M8 5v.2"/>',
    "care": '<path d="M8 2.8 14 13H2zM8 6.6v3.2M8 11.2v.2"/>',
    "problem": '<path d="M5.5 2.5h5l3 3v5l-3 3h-5l-3-3v-5zM8 5.2v3.6M8 10.6v.2"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "download": '<path d="M8 2.5v7.6M4.8 7.2 8 10.4l3.2-3.2M3 13.2h10"/>',
    "lock": '<path d="M3.8 7.2h8.4v6H3.8zM5.5 7.2V5.4a2.5 2.5 0 0 1 5 0v1.8"/>',
    "half-lock": '<path d="M3.8 7.2h8.4v6H3.8zM5.5 7.2V5.4a2.5 2.5 0 0 1 4.9-.7"/>',
    "open": '<circle cx="8" cy="8" r="5.6"/><path d="M2.4 8h11.2M8 2.4c-3.4 3.6-3.4 7.6 0 11.2 3.4-3.6 3.4-7.6 0-11.2"/>',
    "sun": '<circle cx="8" cy="8" r="2.8"/><path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1"/>',  # noqa: E501
    "moon": '<path d="M12.9 9.8A5.4 5.4 0 0 1 6.2 3.1a5.4 5.4 0 1 0 6.7 6.7z"/>',
}


def icon(name: str) -> SafeString:
    """The inline SVG of an icon. Raises ``KeyError`` for a name that is not drawn."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_STROKES[name]),  # noqa: S308 - constants of this module
    )
