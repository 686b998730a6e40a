# Everything needs only Python 3.11 or later and make; `make` alone lists the targets.
# Windows without make: see README.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv

BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
EXTRA   := $(VENV)/.crosscheck
CLUSTER := $(VENV)/.cluster
RANKS   := $(VENV)/.decompose
BENCH   := $(VENV)/.bench
EXAMPLE := data/rare_earth_magnets

.DEFAULT_GOAL := help
.PHONY: help venv run template docs lint test test-all crosscheck cluster decompose bench smoke clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

venv: $(STAMP) ## install the locked dependencies and the project into .venv

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; none was found." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or later is needed; $(PYTHON) is older." >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# The build back end is locked as well, so the project is built without fetching another.
$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $@

out:
	@mkdir -p out

run: venv | out ## solve the shipped example; the result is out/result.xlsx
	$(BIN)/diversify solve $(EXAMPLE) -o out/result.xlsx
	@echo "The result workbook: $(CURDIR)/out/result.xlsx"

template: venv | out ## write an empty input workbook to out/template.xlsx
	$(BIN)/diversify template out/template.xlsx
	@echo "The template: $(CURDIR)/out/template.xlsx"

docs: venv ## write the generated pages of docs/ anew
	$(BIN)/python docs/generate.py

lint: venv ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: venv ## the quick tests, on two cores
	$(BIN)/python -m pytest -n 2 -m "not slow and not bench"

test-all: venv ## the slow tests as well
	$(BIN)/python -m pytest -n 2 -m "not bench"

$(EXTRA): requirements-crosscheck.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    -r requirements-crosscheck.lock
	@touch $@

crosscheck: $(EXTRA) ## the costs under risk beside those of mpi-sppy, which is installed for it
	CROSSCHECK=required $(BIN)/python -m pytest -n 2 tests/crosscheck

$(CLUSTER): requirements-cluster.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    -r requirements-cluster.lock
	@touch $@

$(RANKS): requirements-decompose.lock $(EXTRA)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    -r requirements-decompose.lock
	@touch $@

decompose: $(RANKS) ## plans by decomposition on two MPI processes; what it needs is installed for it
	DECOMPOSE=required $(BIN)/python -m pytest -n 0 tests/decompose

cluster: $(CLUSTER) ## a batch on a Dask scheduler with two workers, which is installed for it
	CLUSTER=required $(BIN)/python -m pytest -n 0 tests/batch/test_cluster.py tests/batch/test_lock.py

$(BENCH): requirements-bench.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    -r requirements-bench.lock
	@touch $@

bench: $(BENCH) ## the timed benchmarks, one after another; linopy is installed for them
	$(BIN)/python -m pytest -n 0 -s -m bench

smoke: venv ## the benchmarks at their small size: they run and say what they should
	$(BIN)/python -m pytest -n 2 -m "not bench" -k "on_small_ones or on_a_small" tests/benchmarks

clean: ## remove results, builds and caches; .venv stays
	rm -rf out build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find models optimizer tests docs -name __pycache__ -type d -prune -exec rm -rf {} +
