"""``python -m segue`` is ``segue``."""

from __future__ import annotations

import sys

from segue.cli import main

if __name__ == "__main__":
    sys.exit(main())
