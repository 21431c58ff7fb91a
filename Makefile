# The verbs of daily work; CI uses the same ones. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help venv demo run check test test-postgres bench bench-site docs lock messages reference clean lint system-packages
.DELETE_ON_ERROR:

BIN := .venv/bin
LEDGER ?=
OUT ?= demo
SERVE ?= 1
PORT ?= 8000
PYTEST_ARGS ?=
# Browsers and processes of their own are waited for: one more than there are processors keeps these busy.
PROCESSES ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))
# Who may open what, templates and addresses don't depend on the database: `make test` asks them on SQLite alone. Nor do
# processes that end when they are asked to; and the backup that goes from one database to the other starts with SQLite
# there, and brings a PostgreSQL server of its own.
ANY_DATABASE = $(addprefix --ignore=tests/web/,test_access.py base/test_design_files.py base/test_components_numbers.py \
	base/test_components_parts.py base/test_front_redirects.py base/test_style_page.py base/test_style_tables.py \
	about/test_headers.py about/test_pages_about.py cohorts/test_no_dead_ends.py operations/test_stopping.py) \
	--deselect=tests/web/operations/test_backup.py::test_backup_of_sqlite_is_restored_into_postgresql_and_back
SIDE_BY_SIDE = -n $(PROCESSES) --dist loadfile --no-loadscope-reorder

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

# ---- environment: .venv holds the locked packages and is only touched again when a lock changes

.venv/run.stamp: requirements/run.lock pyproject.toml
	@tools/make-venv.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

venv: .venv/dev.stamp  ## create .venv with everything a developer needs

# ---- use (SERVE=0 stops before serving, PORT= chooses the port)

demo: .venv/run.stamp  ## the site with example towns on http://127.0.0.1:8000 (or a report of your own: LEDGER=file)
ifeq ($(strip $(LEDGER)),)
	$(BIN)/keino demo $(if $(filter 0 no,$(SERVE)),--no-serve) --port $(PORT)
else
	$(BIN)/keino footprint $(LEDGER) --out $(OUT)
endif

run: .venv/run.stamp  ## the site on this machine, without examples: http://127.0.0.1:8000
	$(BIN)/keino serve --plain-http --port $(PORT)

# ---- checks

lint: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	KEINO_SECRET_KEY=of-no-use $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m keino.facts.check

check: lint  ## formatting, lint, types, import order, facts, fast tests: within a minute
	$(BIN)/python -m pytest -q -m "not slow" $(wildcard tests/facts tests/domain tests/house) $(PYTEST_ARGS)

system-packages:
	@tools/system-packages.sh

test: system-packages lint  ## everything: system packages where allowed, all checks, all tests on both databases, the documentation
	$(BIN)/python -m pytest -q $(SIDE_BY_SIDE) $(PYTEST_ARGS)
	$(MAKE) --no-print-directory test-postgres PYTEST_ARGS="$(ANY_DATABASE) $(PYTEST_ARGS)"
	$(MAKE) --no-print-directory docs

test-postgres: .venv/dev.stamp  ## the site's tests on a PostgreSQL server of their own
	tools/with-postgres.sh $(BIN)/python -m pytest -q $(SIDE_BY_SIDE) tests/web -m "not browser" $(PYTEST_ARGS)

bench: .venv/dev.stamp  ## time and memory of a 10-million-line ledger against a bare scan
	$(BIN)/python bench/run.py

bench-site: .venv/dev.stamp  ## 50 requests a second for five minutes to a site of 1 000 organisations
	$(BIN)/python bench/site.py

docs: .venv/dev.stamp  ## build the documentation into docs/_build/html, warnings are errors
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

# ---- upkeep

lock: .venv/dev.stamp  ## choose newest allowed versions and write requirements/*.lock
	tools/lock.sh $(BIN)/uv

messages: .venv/dev.stamp  ## collect texts to translate and compile the translations
	$(BIN)/python -m tools.messages

reference: .venv/dev.stamp  ## regenerate docs/reference/{columns,facts,commands}.md
	$(BIN)/python tools/reference.py

clean:  ## remove everything that the other targets made
	rm -rf .venv demo build dist docs/_build bench-data .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
