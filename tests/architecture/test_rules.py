"""Segue keeps its own rules. Each rule has a test; ``test_rules_bite.py`` shows that each of them can fail."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from tests.architecture import address_rules, code_rules, layer_rules, page_rules, size_rules
from tests.architecture.tree import holds


@pytest.fixture(scope="module")
def addresses() -> list[str]:
    return list(address_rules.names(get_resolver()))


def test_files_are_short() -> None:
    holds(size_rules.files_are_short)


def test_templates_are_short() -> None:
    holds(size_rules.templates_are_short)


def test_functions_are_short() -> None:
    holds(size_rules.functions_are_short)


def test_views_are_short() -> None:
    holds(size_rules.views_are_short)


def test_names_say_what_is_inside() -> None:
    holds(size_rules.names_say_what_is_inside)


def test_relations_point_down() -> None:
    holds(layer_rules.relations_point_down)


def test_core_is_pure() -> None:
    holds(layer_rules.core_is_pure)


def test_clock_has_one_door() -> None:
    holds(layer_rules.clock_has_one_door)


def test_lab_stands_alone() -> None:
    holds(layer_rules.lab_stands_alone)


def test_lab_has_one_door() -> None:
    holds(layer_rules.lab_has_one_door)


def test_dask_has_one_door() -> None:
    holds(layer_rules.dask_has_one_door)


def test_dependencies_match_imports() -> None:
    holds(layer_rules.dependencies_match_imports)


def test_views_are_functions() -> None:
    holds(code_rules.views_are_functions)


def test_nothing_happens_by_signal() -> None:
    holds(code_rules.nothing_happens_by_signal)


def test_save_is_not_overridden() -> None:
    holds(code_rules.save_is_not_overridden)


def test_only_actions_write() -> None:
    holds(code_rules.only_actions_write)


def test_migrations_are_named_by_hand() -> None:
    holds(code_rules.migrations_are_named_by_hand)


def test_migrations_import_no_app_code() -> None:
    holds(code_rules.migrations_import_no_app_code)


def test_migrations_can_be_undone() -> None:
    holds(code_rules.migrations_can_be_undone)


def test_tests_mirror_the_source() -> None:
    holds(code_rules.tests_mirror_the_source)


def test_scripts_are_files() -> None:
    holds(page_rules.scripts_are_files)


def test_styles_are_files() -> None:
    holds(page_rules.styles_are_files)


def test_nothing_comes_from_elsewhere() -> None:
    holds(page_rules.nothing_comes_from_elsewhere)


def test_every_address_has_a_row_in_the_access_matrix(addresses: list[str]) -> None:
    from tests.access.matrix import MATRIX

    assert not address_rules.without_a_row(addresses, MATRIX)


def test_addresses_are_named_by_what_one_does_there(addresses: list[str]) -> None:
    assert not address_rules.badly_named(addresses)


@pytest.mark.django_db
def test_migrations_say_all_that_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
