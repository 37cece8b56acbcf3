"""The evidence that papers may lean on: what stands in the ledger and is not itself a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.evidence import Artefact
from segue.evidence.models import Confidentiality, Entry
from segue.evidence.queries import ledger_of, rows_by_number
from segue.evidence.vocabulary import kind_of

# A paper says what was done; it can't be what shows it.
PAPERS = frozenset({"resume", "profile", "portfolio", "job-ads", "readiness-report", "gap-plan"})


@dataclass(frozen=True)
class Proof:
    """A standing piece of evidence. ``number``: of its newest standing version; ``numbers``: of all of them."""

    number: int
    numbers: tuple[int, ...]
    title: str
    kind: str
    kind_name: str
    on: date
    tier: Tier
    competencies: tuple[str, ...]
    confidentiality: str
    body: str
    facts: dict[str, float | str]

    @property
    def is_private(self) -> bool:
        """Whether it stays at home."""
        return self.confidentiality == Confidentiality.PRIVATE


def proofs_of(learner: Learner, *, least: Tier = Tier.E1) -> tuple[Proof, ...]:
    """What stands in the ledger at ``least`` this tier, without papers, newest first. Four queries."""
    artefacts = [a for a in ledger_of(learner).artefacts if a.tier >= least and a.kind not in PAPERS]
    rows = rows_by_number(learner, [a.latest.id for a in artefacts])
    found = [_proof(artefact, rows[artefact.latest.id]) for artefact in artefacts if artefact.latest.id in rows]
    return tuple(sorted(found, key=lambda proof: (proof.on, proof.number), reverse=True))


def _proof(artefact: Artefact, row: Entry) -> Proof:
    return Proof(
        number=row.number,
        numbers=artefact.ids,
        title=row.title or kind_of(row.kind).name,
        kind=row.kind,
        kind_name=kind_of(row.kind).name,
        on=row.on,
        tier=artefact.tier,
        competencies=artefact.competencies,
        confidentiality=row.confidentiality,
        body=row.body,
        facts=row.facts,
    )


def standing_numbers(proofs: tuple[Proof, ...]) -> frozenset[int]:
    """Numbers of all versions that stand: a bullet may name an older one."""
    return frozenset(number for proof in proofs for number in proof.numbers)
