# Everything a newcomer types. `make run` needs Python 3.11 or newer and nothing else.

PYTHON ?= python3
PY := .venv/bin/python
INSTALL = command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) is missing: install Python 3.11 or newer."; exit 1; }; \
	$(PYTHON) tracker/local/install.py
UV_COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make requirements"

.DEFAULT_GOAL := help
.PHONY: help run test lint bench drill mutants screenshots messages requirements manage reset clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' Makefile

run: ## Start everything on this machine (PORT=8000, DATA_DIR=.data); Ctrl-C stops it
	@$(INSTALL) run
	@exec $(PY) -m tracker.local run

test: ## Run the tests; ARGS="tests/local -k mail" goes to pytest
	@$(INSTALL) test
	@exec $(PY) -m pytest -n auto --dist loadgroup $(ARGS)

lint: ## Check format, style, types, layers and language of the code
	@$(INSTALL) test
	.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports && $(PY) -m tests.language

bench: ## Measure speed; writes bench/results/latest.json (ARGS=--tiny: a try, ARGS=past: a part)
	@$(INSTALL) test
	@exec $(PY) -m bench $(ARGS)

drill: ## Break things on purpose and check what is promised
	@$(INSTALL) test
	@exec $(PY) -m bench.drill $(ARGS)

mutants: ## Change the rules place by place: a test must fail each time (15 minutes)
	@$(INSTALL) tools
	@exec $(PY) -m bench.mutants $(ARGS)

screenshots: ## Take the pictures of the documentation
	@$(INSTALL) test
	@exec $(PY) -m bench.screenshots $(ARGS)

messages: ## Collect the texts to translate, and compile the translations
	@$(INSTALL) test
	@DJANGO_SETTINGS_MODULE=tests.offline_settings $(PY) manage.py make_messages
	@DJANGO_SETTINGS_MODULE=tests.offline_settings $(PY) manage.py compile_messages

requirements: ## Recompile the locked requirements from requirements/*.in
	@$(INSTALL) tools
	$(UV_COMPILE) requirements/runtime.in -o requirements.txt
	$(UV_COMPILE) requirements/embedded.in -o requirements-embedded.txt
	$(UV_COMPILE) requirements/test.in -o requirements-test.txt
	$(UV_COMPILE) requirements/tools.in -o requirements-tools.txt

manage: ## A command of manage.py on the running demo; ARGS="explain LIV-SVC-04"
	@$(INSTALL) run
	@exec $(PY) -m tracker.local manage $(ARGS)

reset: ## Forget the demo's data: the next run starts afresh
	@$(INSTALL) run
	@exec $(PY) -m tracker.local reset

clean: ## Remove what was installed and generated; the demo's data stays
	rm -rf .venv staticfiles htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find commitments -name '*.mo' -delete
