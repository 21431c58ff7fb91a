# The verbs of daily work; CI uses the same ones. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help venv demo check test bench docs lock messages reference clean lint system-packages
.DELETE_ON_ERROR:

BIN := .venv/bin
LEDGER ?=
OUT ?= demo
PYTEST_ARGS ?=

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

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

# ---- use (SERVE=0 is accepted and changes nothing: nothing is served yet)

demo: .venv/run.stamp  ## write a report of the example towns into demo/ (or of your own: LEDGER=file)
ifeq ($(strip $(LEDGER)),)
	$(BIN)/keino demo --out $(OUT)
else
	$(BIN)/keino footprint $(LEDGER) --out $(OUT)
endif

# ---- checks

lint: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m keino.facts.check

check: lint  ## formatting, lint, types, import order, facts, fast tests: within a minute
	$(BIN)/python -m pytest -q -m "not slow" $(wildcard tests/facts tests/domain tests/house) $(PYTEST_ARGS)

system-packages:
	@tools/system-packages.sh

test: system-packages lint  ## everything: system packages where allowed, all checks, all tests, the documentation
	$(BIN)/python -m pytest -q -n auto $(PYTEST_ARGS)
	$(MAKE) --no-print-directory docs

bench: .venv/dev.stamp  ## time and memory of a 10-million-line ledger against a bare scan
	$(BIN)/python bench/run.py

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
