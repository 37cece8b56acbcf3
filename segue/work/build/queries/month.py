"""The top of month 3: the project in a few cards."""

from __future__ import annotations

from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.work.build.models import LoggedDecision
from segue.work.build.queries.case_study import case_of, case_row
from segue.work.build.queries.charter import CharterPage, Checkpoint, Hours, charter_page, checkpoint_of, hours_of
from segue.work.build.queries.decisions import due_decisions
from segue.work.build.queries.logbook import WRITTEN, LogRow, log_rows, open_points


@dataclass(frozen=True)
class BuildPage:
    """The top of month 3. ``open_points``: checkpoints of the learning log that wait; ``due``: decisions to look at again."""

    charter: CharterPage
    hours: Hours
    checkpoint: Checkpoint
    log: tuple[LogRow, ...]
    due: tuple[LoggedDecision, ...]
    decisions: int
    case_words: int

    @property
    def written(self) -> int:
        """Checkpoints at which something is written."""
        return sum(1 for row in self.log if row.state == WRITTEN)

    @property
    def open_points(self) -> int:
        """Checkpoints that have come and where nothing is written."""
        return open_points(self.log)


def build_page(learner: Learner, turn: Turn) -> BuildPage:
    """The charter, the hours, the checkpoint, the log, the decisions, the case study."""
    return BuildPage(
        charter=charter_page(learner, turn),
        hours=hours_of(turn),
        checkpoint=checkpoint_of(turn),
        log=log_rows(learner, turn),
        due=due_decisions(learner, turn.today),
        decisions=learner.logged_decisions.count(),
        case_words=case_of(case_row(learner)).words,
    )
