# Developer commands; `make check` does what CI does.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help test test-fast lint format types contracts plans docs oldest wheel check clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

test-fast: ## run the tests that are not marked slow: use it while you work
	$(PYTHON) run.py --test -m "not slow"

test: ## run all tests (builds the environment first)
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

docs: ## write the generated pages, the picture and the screens of the guide anew
	$(BIN)/python scripts/build_docs.py
	$(BIN)/python scripts/picture.py
	$(BIN)/python scripts/screens.py
	$(BIN)/python scripts/picture.py
	$(BIN)/python scripts/walk.py docs/huong-dan/nhap-ke-hoach.md

oldest: ## run the tests with the oldest dependencies allowed (needs uv)
	bash scripts/try-lowest.sh tests

wheel: ## build sdist and wheel, check them, use the wheel in an empty environment
	bash scripts/try-wheel.sh

check: ## all of it
	bash .ci/run

clean: ## remove environments and caches
	rm -rf .venv .venv-pip .bootstrap .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist
