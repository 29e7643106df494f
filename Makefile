# Two commands: `make demo` runs the whole way on seeds/, `make test` runs every check.
PYTHON ?= python3
# What `make bench` passes on, as BENCH="--data ../shared/data --sets resume --seeds 1".
BENCH ?=
BIN := .venv/bin
# Matrices are small here: threads of the linear algebra would only wait for each other.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: demo test quick lint bench clean

.venv/ready: pyproject.toml requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' || \
		{ echo "CPython 3.10 to 3.13 is needed; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

# Ray and Spark are large, and only their own tests need them.
.venv/engines: .venv/ready requirements-engines.txt
	$(BIN)/python -m pip install --quiet -r requirements-engines.txt
	touch $@

demo: .venv/ready ## the main job on seeds/, from raw pages to a wheel
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m weasel run demo

test: .venv/engines lint ## everything: lint, types, all tests
	$(BIN)/python -m pytest -n auto --dist loadgroup

quick: .venv/ready lint ## what a developer runs all day
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow"

bench: .venv/ready ## trains and scores on the published sets; an interrupted run goes on
	$(BIN)/govner benchmark $(BENCH)

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf build dist .venv
