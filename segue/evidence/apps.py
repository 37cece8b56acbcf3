"""EVIDENCE: the append-only ledger."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "segue.evidence"
    label = "evidence"
