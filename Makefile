# Every task is one word. `make run` and `make test` set up all they need, on Debian with Python 3.11 or newer.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := .ci/requirements.lock
READY  := $(VENV)/.ready

.PHONY: run test bench lint format setup chromium lock wheel clean

run: setup  ## build the graph of data/ and open the app
	$(BIN)/intgraph build
	$(BIN)/intgraph app

test: setup chromium  ## all checks and all tests, browser ones included
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n 2 --dist loadfile

bench: setup  ## measure speed and memory; writes tests/benchmarks/results/
	$(BIN)/pytest tests/benchmarks -m bench -s --override-ini=addopts="--strict-markers --import-mode=importlib"

lint: setup  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup  ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(READY)  ## virtual environment with the locked versions

$(READY): $(LOCK) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

chromium:  ## Debian's Chromium for the browser tests, where this user may install it
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; elif sudo -n true 2>/dev/null; then SUDO=sudo; else SUDO=none; fi; \
	  if [ "$$SUDO" = none ] || ! command -v apt-get >/dev/null; then \
	    echo "chromium is not installed and cannot be installed by this user: browser tests will be skipped" >&2; \
	  else $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium >/dev/null; fi; }

lock: setup  ## choose new versions and write their hashes (needs uv)
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group pyproject.toml:dev pyproject.toml --output-file $(LOCK)

wheel: setup  ## build the wheel into dist/
	$(BIN)/python -m hatchling build --target wheel

clean:  ## remove what was built, but no data
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
