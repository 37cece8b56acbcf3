"""``python -m segue.curriculum [FOLDER]`` checks the content of a folder, or the content that is shipped."""

from __future__ import annotations

import sys
from pathlib import Path

from segue.curriculum.checking import check

if __name__ == "__main__":
    sys.exit(check(Path(sys.argv[1]) if len(sys.argv) > 1 else None, sys.stdout))
