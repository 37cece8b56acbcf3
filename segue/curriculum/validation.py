"""The rules that span files. Each is a small function from a draft to its faults; here they are all listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from segue.curriculum import attainable, ordering, references, registry, totals
from segue.curriculum.draft import Draft
from segue.curriculum.faults import Fault

Check = Callable[[Draft], Iterator[Fault]]

NAMES: tuple[Check, ...] = (
    registry.unique_ids,
    references.activity_references,
    references.competency_references,
    references.facts,
)
OTHERS: tuple[Check, ...] = (
    registry.registered_ids,
    references.study_references,
    ordering.activity_order,
    ordering.activity_circles,
    ordering.concept_order,
    ordering.concept_circles,
    totals.weeks_listed,
    totals.phases_tile,
    totals.activities_in_phase,
    totals.week_minutes,
    totals.weights_sum,
    totals.levels_ruled,
    totals.concepts_taught,
)


def validate(draft: Draft) -> list[Fault]:
    """Every fault between the files. Where the plan leads is asked only while the names in it lead somewhere."""
    names = [fault for check in NAMES for fault in check(draft)]
    others = [fault for check in OTHERS for fault in check(draft)]
    followed = draft.is_sound(*attainable.FILES) and not {fault.path for fault in names}.intersection(attainable.FILES)
    return names + others + (attainable.check(draft) if followed else [])
