# A newcomer needs no other word than these. Each target installs what it is missing, and nothing when nothing is.
.DEFAULT_GOAL := help
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

.PHONY: help demo test cover lint dev bench soak lock clean system environment test-system test-environment

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

demo: environment ## a whole campaign in a minute; nothing leaves the machine
	@$(BIN)/rightskit demo

test: lint test-system ## lint, then all tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q

cover: test-environment test-system ## all tests again, with the lines they cover; takes half as long again
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q --cov --cov-report=term:skip-covered

lint: test-environment ## ruff and mypy, strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

dev: test-environment test-system ## everything for working on rightskit, in .venv
	@echo "Ready: $(BIN)/rightskit, $(BIN)/python -m pytest, make lint"

bench: test-environment test-system ## a campaign of 30,000 members, measured here in half an hour; QUICK=1: small, in three minutes
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

soak: test-environment test-system ## the tests that repeat things, a hundred times each, in about half an hour; ROUNDS=500: more
	@$(BIN)/python -m pytest -m soak --rounds $(or $(ROUNDS),100) --timeout 14400

lock: system ## the lock files, written anew from pyproject.toml
	@scripts/lock

clean: ## remove what these targets made here
	rm -rf .venv .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist demo-campaign
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@scripts/system-packages run

test-system: system
	@scripts/system-packages test

environment: system
	@scripts/environment run

test-environment: system
	@scripts/environment dev
