# Needs Python 3.11 or newer and make; everything else is installed into .venv. `make` alone lists the targets.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
UV ?= uv
# Options for the program or the test runner: make run ARGS=--no-browser, make test ARGS=tests/core
ARGS ?=
# Tests run beside each other, one process a core; the tests of a file stay together, since they share what is slow to make.
# ARGS="-n 0" runs them one after the other, as a debugger wants it.
SPREAD := -n auto --dist loadfile
# Tools that only read the code get a data folder of their own, never the one of the person who runs them.
SCRATCH := SEGUE_HOME="$(CURDIR)/$(VENV)/scratch"

.PHONY: help run demo setup test check lint format types contracts architecture content docs lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /	/' | expand -t 16

run: $(VENV)/.base ## start Segue (installs what it needs on first use)
	@$(PY) -m segue start $(ARGS)

demo: $(VENV)/.base ## start Segue on a finished demo journey
	@$(PY) -m segue demo $(ARGS)

setup: $(VENV)/.base ## install what Segue needs to run, start nothing

test: $(VENV)/.test ## run the tests
	@chromium="$${SEGUE_TEST_CHROMIUM:-$$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"; \
	test -n "$$chromium" || echo "No Chromium found: the browser tests are skipped. SEGUE_TEST_CHROMIUM may name one."; \
	SEGUE_TEST_CHROMIUM="$$chromium" $(PY) -m pytest $(SPREAD) $(ARGS)

check: lint types contracts architecture content ## everything but the tests, as CI does

lint: $(VENV)/.dev ## style and simple faults
	$(PY) -m ruff check
	$(PY) -m ruff format --check

format: $(VENV)/.dev ## put the code into shape
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

types: $(VENV)/.dev ## check the types
	$(SCRATCH) $(PY) -m mypy

contracts: $(VENV)/.dev ## check which code imports which
	$(VENV)/bin/lint-imports --no-logo

architecture: $(VENV)/.dev ## the rules a linter can't see
	$(PY) -m pytest -q tests/architecture

content: $(VENV)/.base ## check the curriculum
	$(SCRATCH) $(PY) -m segue check

docs: $(VENV)/.test ## write all references anew from the code, then check all documents
	$(PY) -m segue.cli > docs/reference/.commands.md
	mv docs/reference/.commands.md docs/reference/commands.md
	$(PY) -m feedback_lab.cli.reference > docs/reference/.feedback-lab.md
	mv docs/reference/.feedback-lab.md docs/reference/feedback-lab.md
	$(PY) scripts/api_reference.py > docs/reference/.feedback-lab-api.md
	mv docs/reference/.feedback-lab-api.md docs/reference/feedback-lab-api.md
	$(PY) -m pytest -q tests/architecture/test_documents.py

# The lock files name exact versions and the hashes of all their files, for every system and Python from 3.11.
# They follow pyproject.toml; versions stay as they are unless asked: make lock ARGS=--upgrade. Only this target needs uv.
COMPILE = $(UV) pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --annotation-style line --group build --extra lab --extra papers --extra pdf $(ARGS)
lock: ## write the requirements files anew from pyproject.toml (needs uv)
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra test --extra scale -c requirements.txt -o requirements-test.txt
	$(COMPILE) --extra test --extra scale --extra postgres --extra dev -c requirements-test.txt -o requirements-dev.txt

clean: ## remove what was installed and built; never your data
	rm -rf $(VENV) build dist segue.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# What is installed, as stamps: a target runs its install only when its requirements file or pyproject.toml changed.
# The project itself goes in as a link, so that edits count at once, with the pinned builder of the lock file.
INSTALL = $(PIP) install --quiet --no-compile --require-hashes -r
LINK = $(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .

$(VENV)/.made:
	@python=""; \
	for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Segue needs Python 3.11 or newer; python3 is $$(python3 --version 2>/dev/null || echo missing)." >&2; \
	  echo "Install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	if ! $(PY) -c 'import pip' 2>/dev/null; then \
	  echo "Making $(VENV) with $$("$$python" --version)."; \
	  if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$python lacks the venv module. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	  "$$python" -m venv --clear $(VENV); \
	fi
	@touch $@

# Each lock file holds the one before it, so one install serves: the tests bring what the program needs, the checks both.
$(VENV)/.base: $(VENV)/.made requirements.txt pyproject.toml
	@echo "Installing what Segue needs."
	@$(INSTALL) requirements.txt
	@$(LINK)
	@touch $@

$(VENV)/.test: $(VENV)/.made requirements-test.txt pyproject.toml
	@echo "Installing what Segue and its tests need."
	@$(INSTALL) requirements-test.txt
	@$(LINK)
	@touch $(VENV)/.base $@

$(VENV)/.dev: $(VENV)/.made requirements-dev.txt pyproject.toml
	@echo "Installing what Segue, its tests and its checks need."
	@$(INSTALL) requirements-dev.txt
	@$(LINK)
	@touch $(VENV)/.base $(VENV)/.test $@
