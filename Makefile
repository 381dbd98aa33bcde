# Every target says what it does: `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
LYKTA_DATA_DIR ?= data
PORT ?= 8000
MINUTES ?= 10
# Processes that tests are shared out among, a file at a time. A browser is several processes by itself.
WORKERS ?= 3
BROWSERS ?= 2

.PHONY: help setup build run test check test-python test-server test-browser test-pwa programs browser tools bench soak mutants openapi lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 14

setup: $(VENV)/.ready ## make .venv with the pinned and hashed packages, and .venv/bin/lykta

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

pwa/node_modules/.ready: $(VENV)/.ready pwa/package.json pwa/package-lock.json
	cd pwa && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

build: pwa/dist/index.html ## build the app that the server hands out (pwa/dist)

pwa/dist/index.html: pwa/node_modules/.ready $(shell find pwa/src pwa/public pwa/index.html pwa/vite.config.ts -type f 2>/dev/null)
	cd pwa && npm run --silent build
	@touch $@

run: setup build ## serve the app with a demo organisation at http://localhost:8000
	@LYKTA_DATA_DIR=$(LYKTA_DATA_DIR) LYKTA_LOG_FORMAT=text bash -c '[ -e "$(LYKTA_DATA_DIR)/lykta.db" ] || lykta demo; exec lykta serve --port $(PORT)'

check: setup pwa/node_modules/.ready ## lint, types, import layers, drift of the API's description; changes nothing
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	@diff -u openapi.json <(lykta openapi) || { echo 'openapi.json is old: run make openapi'; exit 1; }
	cd pwa && npm run --silent check
	@cd pwa && npx --no-install openapi-typescript ../openapi.json -o $(CURDIR)/pwa/node_modules/.schema.gen.ts >/dev/null \
	  && diff -u src/api/schema.gen.ts node_modules/.schema.gen.ts || { echo 'schema.gen.ts is old: run make openapi'; exit 1; }

# Two things at a time where the one waits for a network or has one thread; the tests of the server by themselves.
test: ## all checks and all tests, those in a real browser and on PostgreSQL too
	@$(MAKE) --no-print-directory -j2 pwa/node_modules/.ready programs
	@$(MAKE) --no-print-directory -j2 --output-sync=target check test-pwa
	@$(MAKE) --no-print-directory test-python

test-pwa: build ## unit and component tests of the app, and its size
	cd pwa && npm test --silent && npm run --silent size

# One after the other: some in a browser hold the app against a time, and must not have the server's tests beside them.
test-python: test-server test-browser ## tests of the server, and of both together in a real browser

test-server: setup programs ## tests of the server, on both databases
	pytest -m 'not e2e' -n $(WORKERS) --dist loadscope --no-loadscope-reorder

test-browser: setup build programs ## tests of both together in a real browser
	pytest -m e2e -n $(BROWSERS) --dist loadscope --no-loadscope-reorder

programs: ## get the programs that tests drive, where they are missing: one after the other, for apt is one at a time
	@$(MAKE) --no-print-directory browser
	@$(MAKE) --no-print-directory tools

browser: ## get Chromium where it is missing (needs root; elsewhere says so)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else echo 'Chromium is missing: install it (Debian: apt-get install chromium) and run again.'; exit 1; fi; }

tools: ## get strace and WebKit, which the fault tests use, where they are missing (needs root; elsewhere says so)
	@lacks=; for tool in strace:strace WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb; do command -v $${tool%:*} >/dev/null || lacks="$$lacks $${tool#*:}"; done; \
	[ -z "$$lacks" ] || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends $$lacks >/dev/null; \
	  else echo "Missing:$$lacks. Their fault tests are skipped, and fail in a CI (Debian: apt-get install$$lacks)."; fi; }

bench: setup build ## measure PARTS (ingest live desk), by default all; the desk at LYKTA_BENCH_ROWS (half an hour; prints medians)
	python -m tests.bench $(PARTS)

soak: setup build programs ## play the sync simulation for MINUTES (10) with new seeds, printed (SEED=n replays one), and the long tests
	cd pwa && SOAK_MINUTES=$(if $(SEED),0,$(MINUTES)) npx --no-install vitest run src/sync/sim src/sync/many
	LYKTA_AT_LENGTH=1 pytest tests/e2e/test_real_evening.py

mutants: setup build ## break the build in named ways, in a copy, and see a test catch each (minutes)
	python -m tests.mutants

openapi: setup pwa/node_modules/.ready ## write openapi.json and the types generated from it
	lykta openapi > openapi.json
	cd pwa && npm run --silent types

lock: setup ## pin anew what pyproject.toml asks for (names, versions, hashes; no hosts)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove what the other targets made, but never the data directory
	rm -rf $(VENV) pwa/node_modules pwa/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
