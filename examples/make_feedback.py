"""Write the example file of the Lab, feedback on a product that does not exist.

    python examples/make_feedback.py            into this folder
    python examples/make_feedback.py FOLDER     into another one

The same bytes each time: chance has a fixed seed. How it is made stands in ``segue/work/lab/example.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from segue.work.lab.example import NAME, ROWS, write_example  # noqa: E402


def main() -> None:
    """Writes the file and says where."""
    target = Path(sys.argv[1] if sys.argv[1:] else HERE) / NAME
    target.write_bytes(write_example())
    print(f"{target}: {ROWS:,} rows")


if __name__ == "__main__":
    main()
