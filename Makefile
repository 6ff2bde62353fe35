# The same few commands for people and for CI. `make help` lists them.
.DEFAULT_GOAL := help
UV := .tools/bin/uv
BIN := .venv/bin
SOURCES := bot actions channels nlu tests benchmarks

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

run: install  ## everything on this machine: installs, trains, starts, prints the addresses
	@$(BIN)/alo run

test: install-dev  ## the tests (those that need PostgreSQL or Chromium say so and skip where there is none)
	$(BIN)/pytest -n 2 --dist loadfile

check: install  ## every fault of the content at once
	$(BIN)/alo check

train: install  ## trains the model, if the content has changed
	$(BIN)/alo train

lint: install-dev  ## style, formatting, types, import directions
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-dev  ## formats the code
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

evaluate: install-dev  ## the held-out messages, ours and stock Rasa, into docs/understanding.md (OURS=yes: without Rasa; RECORD=yes: also what CI holds us to)
	$(BIN)/python -m benchmarks.evaluation $(if $(OURS),--ours) $(if $(RECORD),--record)

compare: install-dev  ## all pipelines that were tried, into docs/understanding.md (OURS=yes: without Rasa's own, which take most of an hour)
	$(BIN)/python -m benchmarks.understanding --write $(if $(OURS),--ours)

bench: install-dev  ## cost of a message against the length of the conversation, stock Rasa beside it
	$(BIN)/python -m benchmarks.conversation_length

demo-channels: install-dev  ## a conversation on WhatsApp, SMS and Telegram, with stand-ins for the providers
	$(BIN)/python -m benchmarks.channels_demo

drill-desk: install-dev  ## 200 people and 5 operators on the desk while everything is killed
	$(BIN)/python -m benchmarks.desk_drill

lock: $(UV)  ## writes the lock files anew from pyproject.toml
	$(UV) pip compile -q --python $(BIN)/python --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	$(UV) pip compile -q --python $(BIN)/python --generate-hashes --no-header --no-annotate --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:  ## removes what was installed, trained and stored on this machine
	rm -rf .venv .tools models .rasa var

install: .venv/installed  ## installs what the program needs
install-dev: .venv/installed-dev  ## installs what the tests need as well

# uv finds a Python 3.10 on the machine, or brings one: Rasa 3.6 runs on no newer one.
$(UV):
	@echo "Preparing the installer ..."
	@python3 -m venv .tools || { echo "Python could not make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv"; rm -rf .tools; exit 1; }
	@.tools/bin/pip install -q --disable-pip-version-check uv

.venv/bin/python: | $(UV)
	@$(UV) venv -q --python 3.10 .venv

.venv/installed: requirements.lock pyproject.toml no_telemetry.pth | .venv/bin/python
	@echo "Installing the libraries (about 1 GB the first time) ..."
	@$(UV) pip install -q --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@cp no_telemetry.pth .venv/lib/python3.10/site-packages/
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@$(UV) pip install -q --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: help run test check train lint format evaluate compare bench demo-channels drill-desk lock clean install install-dev
