# make run    the demonstration on http://127.0.0.1:8000 (PORT= to change), until Ctrl-C
# make test   everything that is tested, in parallel
# make lint   style, import contract, templates, migrations, deployment checks
# make bench  how long a pack of 1,260 pages takes, and in how much memory
# make clean  remove what the other commands made

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
SHELL := /bin/bash
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: run test lint format bench clean assets

run: .venv/.runtime assets
	@DJANGO_SETTINGS_MODULE=stride.settings.demonstration $(BIN)/python manage.py demonstration --port $(PORT)

test: .venv/.development assets
	@echo "Running the tests."
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -q -rs $(ARGS)

lint: .venv/.development assets
	@echo "ruff"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "imports"; $(BIN)/lint-imports --no-cache > .assets/imports.txt || { cat .assets/imports.txt; exit 1; }
	@echo "templates"; $(BIN)/djlint templates --lint --quiet
	@echo "migrations"; $(BIN)/python manage.py makemigrations --check --dry-run --verbosity 1
	@echo "deployment"; $(BIN)/python scripts/check_deploy.py

format: .venv/.development
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: .venv/.runtime assets
	@$(BIN)/python scripts/bench_pack.py

assets: .venv/.runtime
	@$(BIN)/python scripts/build_assets.py

clean:
	@if [ -x $(BIN)/python ]; then $(BIN)/python -c "from pathlib import Path; from stride import private_postgres as p; p.stop(Path('.postgres').resolve())" 2>/dev/null || true; fi
	@rm -rf .venv .postgres .assets .files .cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean."

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "STRIDE needs Python 3.11 or newer. Set PYTHON= to one."; exit 1; }
	@echo "Making the Python environment in .venv."
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "Installing what STRIDE runs on (about a minute the first time)."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.development: requirements.txt requirements-dev.txt | .venv/.runtime
	@echo "Installing what the tests need."
	@$(PIP) -r requirements-dev.txt
	@touch .venv/.runtime $@
