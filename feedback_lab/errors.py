"""What can go wrong and be mended by the person at the keyboard. Anything else is a bug and keeps its traceback."""

from __future__ import annotations


class LabError(Exception):
    """A fault that a person can mend: what is wrong and where (``message``), how to mend it (``hint``), the row if there is one.

    ``row`` counts records of the source from 1, the header left out, as a spreadsheet's user would count.
    """

    def __init__(self, message: str, hint: str = "", row: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.row = row

    def __str__(self) -> str:
        """The message, with its row and the hint, on one line each."""
        place = f" (row {self.row:,})" if self.row is not None else ""
        return f"{self.message}{place}" + (f"\n{self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[type[LabError], tuple[str, str, int | None]]:
        """Crosses the border of a process whole."""
        return type(self), (self.message, self.hint, self.row)


class NotEnoughData(LabError):
    """A step can't be done with what the file holds. The run notes the reason, leaves the step out and goes on."""


class DamagedRun(LabError):
    """A run folder was changed, is half written, or comes from a newer version."""
