"""Links that open a message in somebody's own mail program. Nothing is sent by them."""

from __future__ import annotations

import re
from urllib.parse import quote

MOST = 1900  # some mail programs cut off or refuse longer addresses
ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]?&#%/]+@[^\s@<>(),;:\\\"\[\]?&#%/]+")


def mail_link(email: str, subject: str, text: str) -> str:
    """The link; empty where the address is none, or the text is too long to travel in a link."""
    if not ADDRESS.fullmatch(email):
        return ""
    body = text.strip().replace("\n", "\r\n")
    link = f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return link if len(link) <= MOST else ""
