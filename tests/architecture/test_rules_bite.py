"""Each rule is seen to catch a seeded violation, and to let its honest twin pass. A rule that can't fail is a decoration."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture import address_rules, code_rules, document_rules, layer_rules, page_rules, size_rules
from tests.architecture.tree import ROOT, RULES, Rule

Files = Mapping[str, str]


@dataclass(frozen=True)
class Bite:
    """``bad`` breaks the rule once in the file that ``bad`` names last; ``good`` differs by what the rule asks for."""

    rule: Rule
    bad: Files
    good: Files

    @property
    def culprit(self) -> str:
        return list(self.bad)[-1]


def one(rule: Rule, path: str, bad: str, good: str) -> Bite:
    return Bite(rule, {path: bad}, {path: good})


def function(lines: int) -> str:
    return "def work():\n" + "    pass\n" * (lines - 1)


HIGH, LOW = "segue/plan/models.py", "segue/accounts/models.py"
MODELS = {HIGH: "class Plan: ...\n", LOW: "class User: ...\n"}
MIGRATION = "segue/plan/migrations/0002_rename_hours.py"
PAGE = "segue/plan/templates/plan/page.html"
ALONE = "segue/plan/templates/plan/sheet_file.html"
DECISIONS = {"docs/adr/README.md": "[one](0001-first.md)\n", "docs/adr/0001-first.md": "# First\n"}
DEPENDENCIES = '[project]\ndependencies = ["Django>=5.2,<5.3", "markdown-it-py>=4", "tzdata; sys_platform == \'win32\'"]\n'
USES = {"pyproject.toml": DEPENDENCIES, "segue/a.py": "import django, markdown_it, json\nfrom segue.core import b\n"}
EXTRAS = """[project]
dependencies = ["PyYAML>=6"]
[project.optional-dependencies]
lab = ["scikit-learn>=1.6", "python-calamine", "vaderSentiment>=3.3.2"]
scale = ["distributed>=2025.1"]
test = ["pytest>=8.4"]
"""
SPARED = {"pyproject.toml": "[project]\n[project.optional-dependencies]\npdf = ['typst>=0.15']\n"}
LAB = "import sklearn.svm, csv\nfrom python_calamine import x\nimport vaderSentiment.vaderSentiment\nfrom distributed import z\n"
LAB_USES = {"pyproject.toml": EXTRAS, "segue/a.py": "import yaml\n", "feedback_lab/a.py": LAB}

BITES = [
    one(size_rules.files_are_short, "segue/core/a.py", "x = 1\n" * 401, "x = 1\n" * 400),
    one(size_rules.templates_are_short, PAGE, "<p>\n" * 151, "<p>\n" * 150),
    one(size_rules.decisions_are_short, "docs/adr/0001-first.md", "x\n" * 41, "x\n" * 40),
    one(size_rules.front_door_is_short, "README.md", "x\n" * 121, "x\n" * 120),
    one(size_rules.front_door_is_short, "CONTRIBUTING.md", "x\n" * 121, "x\n" * 120),
    one(size_rules.functions_are_short, "segue/core/a.py", function(51), function(50)),
    one(size_rules.views_are_short, "segue/plan/views.py", function(41), function(40)),
    *(
        Bite(size_rules.names_say_what_is_inside, {f"segue/plan/{name}.py": ""}, {f"segue/plan/{name}_of_hours.py": ""})
        for name in ("utils", "helpers", "common", "misc", "base", "manager", "service")
    ),
    Bite(size_rules.names_say_what_is_inside, {"segue/common/__init__.py": ""}, {"segue/calendar/__init__.py": ""}),
    # Relations written as strings
    Bite(
        layer_rules.relations_point_down,
        MODELS | {LOW: 'plan = models.ForeignKey("plan.Plan", models.CASCADE)\n'},
        MODELS | {HIGH: 'user = models.ForeignKey("accounts.User", models.CASCADE)\n'},
    ),
    Bite(
        layer_rules.relations_point_down,
        MODELS | {LOW: 'plans = models.ManyToManyField(blank=True, to="plan.Plan")\n'},
        MODELS | {HIGH: 'users = models.ManyToManyField(to="accounts.User", through="plan.Membership")\n'},
    ),
    Bite(
        layer_rules.relations_point_down,
        MODELS | {"segue/accounts/queries.py": 'Plan = apps.get_model("plan", "Plan")\n'},
        MODELS | {"segue/plan/queries.py": 'User = apps.get_model("accounts.User")\n'},
    ),
    Bite(
        layer_rules.relations_point_down,
        MODELS | {"segue/accounts/migrations/0002_x.py": 'dependencies = [("plan", "0001_x")]\n'},
        MODELS | {"segue/plan/migrations/0002_x.py": 'dependencies = [("accounts", "0001_x"), ("plan", "0001_x")]\n'},
    ),
    Bite(
        layer_rules.relations_point_down,
        {
            "segue/work/learn/models.py": "",
            "segue/work/learn/apps.py": 'label = "work_learn"\n',
            "segue/work/build/models.py": 'models.OneToOneField("work_learn.Concept", models.CASCADE)\n',
        },
        {"segue/work/lab/models.py": "", "segue/work/build/models.py": 'models.OneToOneField("lab.Run", models.CASCADE)\n'},
    ),
    # Packages that an import linter can't look into, or that don't exist yet
    one(layer_rules.core_is_pure, "segue/core/a.py", "import numpy\n", "import math\nfrom segue.core import b\n"),
    one(layer_rules.core_is_pure, "segue/core/a.py", "from segue.home import x\n", "from segue.core.home import x\n"),
    one(layer_rules.core_is_pure, "segue/core/a.py", "import random\n", "import statistics\n"),
    one(layer_rules.core_is_pure, "segue/core/a.py", "on = date.today()\n", "on = date(2026, 11, 23)\n"),
    one(layer_rules.core_is_pure, "segue/core/a.py", "text = open('x')\n", "text = opened('x')\n"),
    one(layer_rules.clock_has_one_door, "segue/plan/queries.py", "on = timezone.now()\n", "on = clock.now()\n"),
    Bite(
        layer_rules.clock_has_one_door,
        {"segue/plan/models.py": "made = DateField(default=date.today)\n"},
        {"segue/shared/clock.py": "date.today()\n"},
    ),
    one(layer_rules.lab_stands_alone, "feedback_lab/a.py", "from django.db import models\n", "import csv\n"),
    one(layer_rules.lab_stands_alone, "feedback_lab/a.py", "import segue.core.plan\n", "from feedback_lab import b\n"),
    Bite(
        layer_rules.lab_has_one_door,
        {"segue/work/build/a.py": "def f():\n    import feedback_lab.themes\n"},
        {"segue/work/lab/a.py": "import feedback_lab.themes\n"},
    ),
    Bite(
        layer_rules.dask_has_one_door,
        {"feedback_lab/a.py": "import dask\n", "feedback_lab/b.py": "from distributed import Client\n"},
        {"feedback_lab/a.py": "import dask\nfrom distributed import Client\n"},
    ),
    Bite(layer_rules.dependencies_match_imports, USES | {"segue/b.py": "import requests\n"}, USES),
    Bite(
        layer_rules.dependencies_match_imports,
        {"segue/a.py": "import markdown_it\n", "pyproject.toml": DEPENDENCIES},
        USES | {"segue/a.py": "import markdown_it\napps = ['django.contrib.auth']\napp = \"django.contrib.auth\"\n"},
    ),
    # What the one package declares is not there for the other
    Bite(
        layer_rules.dependencies_match_imports,
        LAB_USES | {"segue/b.py": "import sklearn\n"},
        LAB_USES | {"segue/b.py": "def f():\n    import sklearn\n"},
    ),
    Bite(layer_rules.dependencies_match_imports, LAB_USES | {"segue/b.py": "def f():\n    import pytest\n"}, LAB_USES),
    Bite(layer_rules.dependencies_match_imports, LAB_USES | {"feedback_lab/b.py": "def f():\n    import yaml\n"}, LAB_USES),
    Bite(layer_rules.dependencies_match_imports, LAB_USES | {"feedback_lab/b.py": "import pytest\n"}, LAB_USES),
    Bite(layer_rules.dependencies_match_imports, LAB_USES | {"feedback_lab/a.py": LAB.replace("distributed", "json")}, LAB_USES),
    Bite(layer_rules.dependencies_match_imports, LAB_USES | {"feedback_lab/a.py": LAB.replace("sklearn.svm,", "")}, LAB_USES),
    Bite(
        layer_rules.dependencies_match_imports,
        SPARED | {"segue/b.py": "import typst\n"},
        SPARED | {"segue/b.py": "def f():\n    import typst\n"},
    ),
    Bite(layer_rules.dependencies_match_imports, SPARED, SPARED | {"segue/b.py": "def f():\n    import typst\n"}),
    # How an app is written
    one(code_rules.views_are_functions, "segue/plan/views.py", "class Today(TemplateView): ...\n", "def today(request): ...\n"),
    one(code_rules.views_are_functions, "segue/plan/urls.py", "path('', Today.as_view())\n", "path('', today)\n"),
    one(code_rules.views_are_functions, "segue/plan/views.py", "from django.views import generic\n", "from django import http\n"),
    one(
        code_rules.nothing_happens_by_signal,
        "segue/a.py",
        "from django.db.models import signals\n",
        "from django.db import models\n",
    ),
    one(code_rules.nothing_happens_by_signal, "segue/a.py", "from django.dispatch import receiver\n", "import signal\n"),
    one(
        code_rules.save_is_not_overridden,
        HIGH,
        "class Plan:\n    def save(self): ...\n",
        "class Plan:\n    def saved(self): ...\n",
    ),
    *(
        Bite(code_rules.only_actions_write, {f"segue/plan/{place}.py": text}, {"segue/plan/actions.py": text})
        for place, text in (
            ("views", "form.save()\n"),
            ("queries", "Plan.objects.get_or_create(day=1)\n"),
            ("forms", "plan.delete()\n"),
            ("models", "Plan.objects.bulk_create(plans)\n"),
            ("calendar", "Plan.objects.filter(day=1).update(day=2)\n"),
        )
    ),
    one(code_rules.only_actions_write, "segue/a.py", "rows.update(day=1)\n", "rows.update(other)\nseen.add(1)\n"),
    Bite(code_rules.migrations_are_named_by_hand, {"segue/plan/migrations/0002_auto_20261123.py": ""}, {MIGRATION: ""}),
    Bite(code_rules.migrations_are_named_by_hand, {"segue/plan/migrations/0002_alter_day_and_more.py": ""}, {MIGRATION: ""}),
    one(code_rules.migrations_import_no_app_code, MIGRATION, "from segue.plan import models\n", "from django.db import models\n"),
    one(code_rules.migrations_import_no_app_code, MIGRATION, "from ..models import Plan\n", "from django.db import models\n"),
    one(code_rules.migrations_can_be_undone, MIGRATION, "RunPython(forth)\n", "RunPython(forth, back)\n"),
    one(code_rules.migrations_can_be_undone, MIGRATION, "migrations.RunSQL(sql)\n", "migrations.RunSQL(sql, reverse_sql=back)\n"),
    Bite(
        code_rules.tests_mirror_the_source,
        {"segue/plan/actions.py": "", "tests/plan/test_writing.py": ""},
        {"segue/plan/actions.py": "", "tests/plan/test_actions_undo.py": "", "tests/journeys/test_six_months.py": ""},
    ),
    # Pages
    one(page_rules.scripts_are_files, PAGE, "<script>go()</script>", '<script src="{% static "a.js" %}" defer></script>'),
    one(page_rules.scripts_are_files, PAGE, '<a\n  onclick="go()">', '<a href="#on">online = yes</a>'),
    one(page_rules.scripts_are_files, PAGE, '<p hx-on:click="go()">', '<p hx-get="/plan/">'),
    one(page_rules.scripts_are_files, PAGE, '<a href="javascript:go()">', '<a href="/javascript/">'),
    one(page_rules.scripts_are_files, "segue/a/templates/a/go.html", "<script>go()</script>", '<script src="/static/a.js">'),
    one(page_rules.scripts_are_files, ALONE, '<p onclick="go()">', "<script>go()</script>"),
    one(page_rules.styles_are_files, ALONE, '<p style="color: red">', "<style>p { }</style>"),
    one(page_rules.nothing_comes_from_elsewhere, ALONE, '<script src="//cdn.example/a.js">', "<script>go()</script>"),
    one(page_rules.styles_are_files, PAGE, '<p style="color: red">', '<p class="warning">style = "plain"</p>'),
    one(page_rules.styles_are_files, PAGE, "<style>p { }</style>", '<link rel="stylesheet" href="/static/a.css">'),
    one(page_rules.styles_are_files, "segue/a.py", "x = '<rect style=\"fill: red\">'\n", "x = '<rect fill=\"red\">'\n"),
    one(
        page_rules.nothing_comes_from_elsewhere,
        PAGE,
        '<img src="https://cdn.example/a.png">',
        '<a href="https://a.example">a</a>',
    ),
    one(page_rules.nothing_comes_from_elsewhere, PAGE, '<link href="//cdn.example/a.css">', '<link href="/static/a.css">'),
    one(
        page_rules.nothing_comes_from_elsewhere,
        "segue/shared/static/a.css",
        "p { background: url('https://cdn.example/a.png') }",
        "p { background: url('a.png') }",
    ),
    # Documents
    *(
        one(document_rules.nothing_names_this_machine, path, f"# see {trace}\n", "# see the manual\n")
        for path in (".ci/run", "README.md", "requirements.txt")
        for trace in ("https://pypi" + ".org/simple", "/root" + "/x", "/home" + "/me")
    ),
    Bite(
        document_rules.links_between_documents_lead_somewhere,
        {"docs/a.md": "[b](b.md)\n"},
        {"docs/b.md": "", "docs/a.md": "[b](b.md#top) [c](https://c.example) [d](#d)\n"},
    ),
    Bite(
        document_rules.documents_name_targets_that_exist,
        {"Makefile": "run:\n", "README.md": "`make start`\n"},
        {"Makefile": "run: ## x\n", "README.md": "`make run`\n"},
    ),
    Bite(document_rules.decisions_are_numbered_and_listed, DECISIONS | {"docs/adr/0002-second.md": ""}, DECISIONS),
    Bite(
        document_rules.decisions_are_numbered_and_listed,
        {
            "docs/adr/README.md": "[one](0001-first.md) [three](0003-third.md)\n",
            "docs/adr/0001-first.md": "",
            "docs/adr/0003-third.md": "",
        },
        DECISIONS,
    ),
]


def planted(root: Path, files: Files) -> Path:
    root.mkdir()
    shutil.copy(ROOT / "pyproject.toml", root)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("bite", BITES, ids=lambda bite: f"{bite.rule.__name__}-{bite.culprit}")
def test_rule_bites(bite: Bite, tmp_path: Path) -> None:
    found = bite.rule(planted(tmp_path / "bad", bite.bad))
    assert len(found) == 1
    assert found[0].startswith((bite.culprit, "pyproject.toml"))
    assert bite.rule(planted(tmp_path / "good", bite.good)) == []


def test_address_rules_bite() -> None:
    found = address_rules.without_a_row(["plan:see-today", "plan:shift-plan"], {"plan:see-today", "plan:old"})
    assert found == [
        "plan:shift-plan has no row in tests/access/matrix.py",
        "plan:old has a row in tests/access/matrix.py but no address",
    ]
    assert address_rules.without_a_row(["plan:see-today"], ["plan:see-today"]) == []
    assert len(address_rules.badly_named(["<hello/>", "plan:seeToday", "plan:see-today", "health"])) == 2


def test_every_rule_is_bitten_and_kept() -> None:
    tests = {
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert RULES.keys() == {bite.rule.__name__ for bite in BITES}
    assert {f"test_{name}" for name in RULES} <= tests
