"""What names a row of month 6 in an address and in an export."""

from __future__ import annotations

import secrets


def new_key() -> str:
    """Sixteen hexadecimal digits."""
    return secrets.token_hex(8)
