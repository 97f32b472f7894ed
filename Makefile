# make demo: look around in a made-up town.   make test: does everything still work?
# Also: setup, check, format, real, bench. Needs Python 3.11 or newer with venv, and make; everything else comes into .venv.

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= auto
TOGETHER := -n $(WORKERS) --dist worksteal
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
COVER := $(if $(filter no,$(COVERAGE)),,--cov --cov-report= --cov-fail-under=0)
TEMPLATES = $(shell find templates -name '*.html')
export CHROMIUM

.DEFAULT_GOAL := demo
.PHONY: setup demo test check format real bench style types layers templates translations migrations live

setup: .venv/.tools

# The virtual environment, made once; the stamps say which lock it holds.
.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Buurtkas needs Python 3.11 or newer: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "This Python has no venv. Install it: sudo apt install python3-venv"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv .venv

.venv/.house: requirements.txt | .venv/bin/python
	@echo "Installing what the house runs on …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.tools: requirements-dev.txt .venv/.house
	@echo "Installing the tools for tests and checks …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

demo: .venv/.house
	@BUURTKAS_DEMO=1 SITE_ADDRESS=http://localhost:$(PORT) exec $(BIN)/python -u manage.py demo --port $(PORT)

# First what is counted for coverage; then the walks and what goes past much: counting makes a test twice as slow.
# COVERAGE=no counts nothing.
test: .venv/.tools
	@rm -f .coverage .coverage.*
	$(BIN)/pytest -m "not browser and not wide" $(TOGETHER) $(COVER)
	$(BIN)/pytest -m "browser or wide" $(TOGETHER)
	@test -z "$(COVER)" || { printf 'Covered, templates included, in %%: '; \
		$(BIN)/coverage report --format=total || { $(BIN)/coverage report; exit 1; }; }

check: style types layers templates translations migrations live

style: .venv/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.tools
	$(BIN)/mypy

layers: .venv/.tools
	$(BIN)/lint-imports --no-logo

templates: .venv/.tools
	@$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	@$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)

translations: .venv/.tools
	$(BIN)/python -m tests.translations

migrations: .venv/.tools
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run

# May an installation with these settings go live?
live: .venv/.tools
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		SITE_ADDRESS=https://buurtkas.example.nl ALLOWED_HOSTS=buurtkas.example.nl PROXIES=1 \
		DEFAULT_FROM_EMAIL='Buurtkas <buurtkas@example.nl>' EMAIL_URL=smtp://localhost:25 \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

# Mend what can be mended without thinking.
format: .venv/.tools
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true
	$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

# Every check on real data; BUURTKAS_REAL_DATA names another folder.
real: .venv/.tools
	@$(BIN)/python -m tests.real

bench: .venv/.tools
	@$(BIN)/python -m tests.bench
