# Every task is one word. `make run` and `make test` set up all they need, on Debian with Python 3.11 or newer.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := .ci/requirements.lock
READY  := $(VENV)/.ready
SPARK_LOCK  := .ci/spark/requirements.lock
SPARK_READY := $(VENV)/.spark
COMPILE := uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
FRONT  := graph_app/components/front
BUNDLES := $(FRONT)/dist/LICENSES.txt

.PHONY: run test bench soak fuzz lint format setup front chromium virtuoso spark java r lock wheel clean

run: setup  ## take in what data/ holds, build the graph and open the app
	$(BIN)/intgraph load
	$(BIN)/intgraph build
	$(BIN)/intgraph app

# Tests start many processes, each of which would compile the program anew if it found no bytecode.
test: export PYTHONDONTWRITEBYTECODE =
test: setup chromium virtuoso spark java r  ## all checks and all tests, browser ones included; of dear ones the short form
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

bench: setup spark  ## measure speed and memory; writes tests/benchmarks/results/
	$(BIN)/pytest tests/benchmarks -m bench -s --override-ini=addopts="--strict-markers --import-mode=importlib"

soak: setup spark  ## the long form of dear tests: kills, flips, random examples, large files, every page on every engine (hours)
	$(BIN)/pytest -m soak -s

fuzz: setup  ## change files of every format at random, guided by the code they reach (a quarter of an hour)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade --target .fuzz/atheris atheris==3.0.0
	PYTHONPATH=.fuzz/atheris $(BIN)/python -m tests.fuzz.fuzz --seconds 60

lint: setup spark  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup  ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(READY) front  ## virtual environment with the locked versions, and what runs in the browser

$(READY): $(LOCK) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Half a gigabyte that the app itself does without, so that who only runs it need not wait for it.
spark: $(SPARK_READY)  ## Apache Spark, for what converts files on a cluster

$(SPARK_READY): $(READY) $(SPARK_LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(SPARK_LOCK)
	touch $@

# Without npm the app runs all the same: where cells would be edited, it says what is missing.
front:  ## the bundles of the components that run in the browser, with the locked versions
	$(call debian,npm,nodejs npm,editing in the grid of New entries)
	@! command -v npm >/dev/null || $(MAKE) --no-print-directory $(BUNDLES)

$(BUNDLES): $(FRONT)/package-lock.json $(FRONT)/build.mjs $(shell find $(FRONT)/src -type f)
	npm ci --prefix $(FRONT) --no-progress --loglevel=error
	npm run build --prefix $(FRONT) --silent

# Installs Debian packages, where this user may: $(call debian,command,packages,what is missing without)
define debian
	@command -v $(1) >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; elif sudo -n true 2>/dev/null; then SUDO=sudo; else SUDO=none; fi; \
	  if [ "$$SUDO" = none ] || ! command -v apt-get >/dev/null; then \
	    echo "$(2) is not installed and cannot be installed by this user: $(3) will be missing" >&2; \
	  else $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $(2) >/dev/null; fi; }
endef

chromium:  ## Debian's Chromium for the browser tests
	$(call debian,chromium,chromium,browser tests)

virtuoso:  ## Debian's Virtuoso for the tests against a remote engine
	$(call debian,virtuoso-t,virtuoso-opensource-7,tests against Virtuoso)

java:  ## Debian's Java for the tests of conversion with Apache Spark
	$(call debian,java,default-jre-headless,tests with Apache Spark)

r:  ## Debian's R for the test of the notebook cell for R
	$(call debian,Rscript,r-cran-httr r-cran-jsonlite,the test of the cell for R)

lock: setup  ## choose new versions and write their hashes (needs uv)
	$(COMPILE) --group pyproject.toml:dev pyproject.toml --output-file $(LOCK)
	$(COMPILE) --group pyproject.toml:spark --output-file $(SPARK_LOCK)

wheel: setup  ## build the wheel into dist/
	$(BIN)/python -m hatchling build --target wheel

clean:  ## remove what was built, but no data
	rm -rf $(VENV) $(FRONT)/node_modules $(FRONT)/dist .fuzz dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
