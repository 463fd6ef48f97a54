# Developer commands; `make check` does what CI does.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help test lint format types contracts plans wheel check clean

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

test: ## run the tests (builds the environment first)
	$(PYTHON) run.py --test

lint: ## ruff: format and lint, nothing changed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: ## ruff: format and fix what is safe
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: ## mypy, strict, over src and tests
	$(BIN)/mypy

contracts: ## the import contracts of pyproject.toml
	$(BIN)/lint-imports

plans: ## lint every shipped plan and registry, warnings included
	$(BIN)/kehoach --root . lint --strict

wheel: ## build the wheel, install it into an empty environment, run it from another folder
	bash scripts/try-wheel.sh

check: ## all of it
	bash .ci/run

clean: ## remove environments and caches
	rm -rf .venv .venv-pip .bootstrap .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist
