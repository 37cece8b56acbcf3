"""What may stand in the log: addresses that are a key, of a review or a calendar feed, are not written out in full."""

from __future__ import annotations

import logging
import re

SECRET_PATHS = re.compile(r"(/(?:review|plan/feed)/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Takes the secret part out of the addresses that a line of the log names."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every line pass, mended."""
        line = record.getMessage()
        if SECRET_PATHS.search(line):
            record.msg, record.args = SECRET_PATHS.sub(r"\1...", line), ()
        return True
