"""``python -m feedback_lab``."""

from __future__ import annotations

from feedback_lab.cli import main

if __name__ == "__main__":  # a worker process imports this module too
    raise SystemExit(main())
