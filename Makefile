# Two commands matter: `make serve` and `make test`. Everything they need they install themselves.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT ?= 8000

.PHONY: help serve test check bench faults lock messages screenshots clean components

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/.installed translations/.compiled ## Start the demo market: web server and scheduler, on PORT (8000)
	@exec $(BIN)/python -m scripts.serve

test: $(VENV)/.installed-dev translations/.compiled components ## Run everything: lint, contracts, both databases, browser
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python scripts/with_postgres.py $(BIN)/python -m pytest -q -n 3 --dist worksteal

check: $(VENV)/.installed-dev translations/.compiled ## Run the fast half: lint, contracts, every test without a database or a browser
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not browser and not slow and not database"

.PHONY: lint
lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-logo > $(VENV)/contracts.txt 2>&1 || { cat $(VENV)/contracts.txt; exit 1; }
	@$(BIN)/djlint templates --lint --quiet

faults: $(VENV)/.installed-dev translations/.compiled ## Try every fault in full, on both databases
	@bash scripts/components.sh faults
	@$(BIN)/python -m faults --write

bench: $(VENV)/.installed-dev translations/.compiled ## Measure pages, search and memory against floors
	@$(BIN)/python -m bench

lock: $(VENV)/.installed-dev ## Pin requirements.in and requirements-dev.in anew
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url -p 3.11 requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url -p 3.11 requirements-dev.in -o requirements-dev.txt

messages: $(VENV)/.installed-dev ## Collect the texts of code and templates into the catalogues
	@$(BIN)/python scripts/messages.py

screenshots: $(VENV)/.installed-dev translations/.compiled components ## Make the picture of the README anew
	@$(BIN)/python -m scripts.screenshots

clean: ## Remove what was installed and made, but no data
	rm -rf $(VENV) translations/.compiled .pytest_cache .ruff_cache

components: $(VENV)/.installed-dev
	@bash scripts/components.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the product runs on …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

translations/.compiled: $(wildcard translations/*/LC_MESSAGES/*.po) $(VENV)/.installed
	@$(BIN)/python scripts/compile_messages.py
	@touch $@
