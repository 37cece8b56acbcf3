"""The rule of every sort of sheet."""

from __future__ import annotations

from collections.abc import Mapping

from segue.work.deepen.findings import Outcome, Rule, Setting
from segue.work.deepen.outline import Answers
from segue.work.deepen.rules import ai_act, bias, governance, lifecycle, privacy, spec

RULES: Mapping[str, Rule] = {
    **privacy.RULES,
    **ai_act.RULES,
    **bias.RULES,
    **lifecycle.RULES,
    **governance.RULES,
    **spec.RULES,
}


def outcome_of(answers: Answers, setting: Setting) -> Outcome:
    """What the answers come to. Raises ``KeyError`` where a sort has no rule, which a test forbids."""
    return RULES[answers.outline.sort](answers, setting)
