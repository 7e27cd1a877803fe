# `make` alone lists what there is to do. Every target works from a fresh clone.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
BAOMI_HOME ?= data
# a changed lock or project file makes the old stamp stale
STAMP := $(VENV)/.installed-$(shell cat requirements.lock pyproject.toml | sha256sum | cut -c1-16)

.PHONY: help setup run test check fmt lint types layers test-kernel test-sqlite test-pg \
        nightly bench docs lock new-clause new-action tools-for-tests

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything locked in it, and .venv/bin/baomi

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || \
	  { echo '需要 Python 3.11 或 3.12。Debian 12：apt-get install python3.11-venv'; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo '不能建立虚拟环境，请先执行：apt-get install python3.11-venv'; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.installed-*
	@touch $@

run: setup ## serve the office in ./data; an empty folder becomes the demonstration office first
	@if [ -z "$$(ls -A "$(BAOMI_HOME)" 2>/dev/null)" ]; \
	  then BAOMI_HOME="$(BAOMI_HOME)" exec $(BIN)/baomi demo; \
	  else BAOMI_HOME="$(BAOMI_HOME)" exec $(BIN)/baomi serve; fi

test: setup tools-for-tests ## everything that CI runs, cheapest first; ends with the count of tests
	@$(BIN)/python -m tools.stages

check: test ## the same as test

tools-for-tests:
	@sh tools/need-postgres.sh
	@sh tools/need-paper.sh
	@sh tools/need-browser.sh

fmt: setup ## format the code and mend what can be mended without thinking
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lint: setup ## house style and likely mistakes
	@$(BIN)/python -m tools.stages format lint

types: setup ## static types, strict
	@$(BIN)/python -m tools.stages types

layers: setup ## imports go downwards only
	@$(BIN)/python -m tools.stages layers

test-kernel: setup ## the kernel and the rulebook, without Django and without a database
	@$(BIN)/python -m tools.stages kernel

test-sqlite: setup ## everything else, on SQLite
	@$(BIN)/python -m tools.stages sqlite

test-pg: setup tools-for-tests ## everything that touches a database, on PostgreSQL
	@$(BIN)/python -m tools.stages postgres

nightly: setup tools-for-tests ## the slow proofs
	@$(BIN)/python -m tools.stages nightly

bench: setup ## how fast: ratios to a calibration loop of the same run
	@$(BIN)/python -m benchmarks

docs: setup ## write docs/reference anew from the code
	@$(BIN)/python -m tools.reference

lock: setup ## resolve the dependencies again and write requirements.lock with hashes
	@test -x $(VENV)/locking/bin/uv || { $(PYTHON) -m venv $(VENV)/locking && \
	  $(VENV)/locking/bin/pip install --quiet --disable-pip-version-check uv; }
	@$(VENV)/locking/bin/uv pip compile --quiet pyproject.toml --extra dev --group build \
	  --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --output-file requirements.lock

new-clause: setup ## file and test of a clause: make new-clause ID=GZ2.3.9
	@$(BIN)/python -m tools.scaffold clause "$(ID)"

new-action: setup ## files and test of an action: make new-action REGISTER=custody NAME=lend_copy TITLE=借出
	@$(BIN)/python -m tools.scaffold action "$(REGISTER)" "$(NAME)" "$(TITLE)"
