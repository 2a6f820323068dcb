# The two commands a newcomer needs are `make start` and `make test`; `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto --maxprocesses 8

python := .venv/bin/python
lock := uv pip compile --quiet --generate-hashes --universal --no-header --python-version 3.11

# Installs one hashed lock: with uv, several times faster, where there is one and it gets through; otherwise with pip.
define install
	@echo "Installing requirements/$(1).txt into .venv" >&2
	@{ command -v uv >/dev/null && uv pip install --quiet --python $(python) --require-hashes -r requirements/$(1).txt; } || \
	  $(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	@touch .venv/$(1).installed
endef

.PHONY: help
help:
	@echo "make start     everything on http://127.0.0.1:$(PORT)/ (PORT=… for another port)"
	@echo "make test      the whole test suite, on SQLite and on PostgreSQL"
	@echo "make proof     the same, with many more random examples (takes long)"
	@echo "make check     lint, format and types"
	@echo "make env       .venv/ with what the site needs; make test-env adds what the tests need"
	@echo "make lock      requirements/*.txt anew from pyproject.toml (needs uv)"

.PHONY: start
start: env
	@$(python) manage.py start --port $(PORT)

.PHONY: env test-env
env: .venv/runtime.installed
test-env: .venv/test.installed

.venv/runtime.installed: requirements/runtime.txt | $(python)
	$(call install,runtime)

.venv/test.installed: requirements/test.txt .venv/runtime.installed
	$(call install,test)

.venv/postgres.installed: requirements/postgres.txt .venv/runtime.installed
	$(call install,postgres)

$(python):
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) is not on this machine. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is $$($(PYTHON) -V), but the site needs Python 3.11 or newer: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m mktnorge.libraries
	@echo "Making .venv with $$($(PYTHON) -V)" >&2
	@$(PYTHON) -m venv --clear .venv

.PHONY: test
# On PostgreSQL runs every test that opens the database. Law and pages in a browser do not depend on which it is.
test: test-env
	@$(python) -m tests.postgres --find >/dev/null 2>&1 || $(MAKE) --no-print-directory .venv/postgres.installed
	@status=0; \
	echo "== Tests on SQLite (with browser) ==" >&2; \
	env -u TEST_DATABASE_URL $(python) -m pytest -q -n $(WORKERS) || status=1; \
	echo "== Tests on PostgreSQL (what opens the database, without browser) ==" >&2; \
	$(python) -m tests.postgres $(python) -m pytest -q -n $(WORKERS) -m "database and not browser" || status=1; \
	exit $$status

.PHONY: proof
# The same with every property tried on its full number of examples, not on a sample: tests/sampling.py.
proof:
	@PROOF=1 $(MAKE) --no-print-directory test

.PHONY: check
check: test-env
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy

.PHONY: lock
lock:
	@$(lock) pyproject.toml --output-file requirements/runtime.txt
	@$(lock) pyproject.toml --group test --constraints requirements/runtime.txt --output-file requirements/test.txt
	@$(lock) --group postgres --output-file requirements/postgres.txt
