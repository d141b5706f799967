# Every target sets up what it needs: Python 3.11 or newer and make are enough.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WARM := $(VENV)/.warm
LOCK := .requirements.lock
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NEWER := import sys; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format samples picture lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: $(READY) ## plan a sample team's six weeks into sheetflow-demo.xlsx
	@$(BIN)/sheetflow demo

test: $(READY) $(WARM) ## run every test, and show which branches none reaches
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term $(ARGS)

check: $(READY) ## lint, format, types and the floors of the code
	@failed=; \
	$(BIN)/ruff check . || failed="$$failed lint"; \
	$(BIN)/ruff format --check . || failed="$$failed format"; \
	$(BIN)/mypy || failed="$$failed types"; \
	$(BIN)/lint-imports || failed="$$failed floors"; \
	if [ -n "$$failed" ]; then echo "Not good yet:$$failed." >&2; exit 1; fi; \
	echo "All good: lint, format, types, floors."

bench: $(READY) $(WARM) ## compare our plans with their peers (ARGS=--full: for hours)
	@PYTHONPATH=tests $(BIN)/python -m bench $(ARGS)

format: $(READY) ## let ruff mend what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

samples: $(READY) ## make sample_sheets/ and the demo's workbook again
	@$(BIN)/python tests/make_samples.py

picture: $(READY) ## draw the README's picture again, where LibreOffice is
	@$(BIN)/python tests/make_picture.py

lock: $(READY) ## choose new versions of everything that is installed
	@$(PIP) install uv
	@$(BIN)/uv --quiet pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 \
		--upgrade --generate-hashes --no-header --no-annotate --output-file $(LOCK)

clean: ## remove what make has set up
	rm -rf $(VENV)

$(READY): $(LOCK) pyproject.toml
	@python=; \
	for name in python3.13 python3.12 python3.11 python3 python; do \
		if $$name -c '$(NEWER)' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "SheetFlow needs Python 3.11 or newer, and none was found: install it, then run make again." >&2; \
		exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$($$python --version); this is done once."; \
	rm -rf $(VENV); \
	if ! $$python -m venv $(VENV); then \
		rm -rf $(VENV); \
		echo "Python cannot make a virtual environment: on Debian or Ubuntu, install python3-venv." >&2; \
		exit 1; \
	fi
	@$(PIP) install --require-hashes --requirement $(LOCK)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(WARM): $(READY) $(wildcard sheetflow/engine/*.py sheetflow/engine/*/*.py)
	@echo "Compiling the engine's inner loop; this is done once."
	@$(BIN)/python -m sheetflow.engine.warming
	@touch $@
