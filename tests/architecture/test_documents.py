"""The documents are short, complete and true where a program can tell."""

from __future__ import annotations

from tests.architecture import document_rules, size_rules
from tests.architecture.tree import holds


def test_decisions_are_short() -> None:
    holds(size_rules.decisions_are_short)


def test_front_door_is_short() -> None:
    holds(size_rules.front_door_is_short)


def test_nothing_names_this_machine() -> None:
    holds(document_rules.nothing_names_this_machine)


def test_links_between_documents_lead_somewhere() -> None:
    holds(document_rules.links_between_documents_lead_somewhere)


def test_documents_name_targets_that_exist() -> None:
    holds(document_rules.documents_name_targets_that_exist)


def test_decisions_are_numbered_and_listed() -> None:
    holds(document_rules.decisions_are_numbered_and_listed)
