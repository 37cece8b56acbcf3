"""The documents are short, complete and true where a program can tell."""

from __future__ import annotations

from scripts.api_reference import api_reference, modules
from tests.architecture import document_rules, size_rules
from tests.architecture.tree import ROOT, holds

API = ROOT / "docs/reference/feedback-lab-api.md"
API_LINES = 1_500


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


def test_reference_of_the_library_is_up_to_date() -> None:
    assert API.read_text("utf-8") == api_reference(), "write it anew: make docs"


def test_reference_of_the_library_can_be_read_in_one_go() -> None:
    assert len(API.read_text("utf-8").splitlines()) <= API_LINES


def test_reference_of_the_library_names_what_each_package_offers() -> None:
    kept = API.read_text("utf-8")
    for module in modules(ROOT):
        assert f"\n## {module.name}\n" in kept
        assert module.exported, f"{module.name} offers nothing"
    assert "### `_" not in kept
    assert "feedback_lab.cli" not in kept
