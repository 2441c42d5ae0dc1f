# `make run` and `make test` work on a fresh machine with Python 3.11+ (and its venv), make and git.

python = .venv/bin/python
uv = var/uv/bin/uv
lock = $(uv) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(ARGS)

.PHONY: run test check lint lock messages format clean install install-dev

run: install                ## the site and its mail worker, until Ctrl-C
	@$(python) -m tools.run

test: install-dev           ## all tests, on SQLite and on PostgreSQL; ARGS goes to pytest
	@$(python) -m tools.test $(ARGS)

check: lint $(if $(filter no,$(TESTS)),,test)  ## what has to pass before a commit is shared; TESTS=no leaves the tests for later

lint: install-dev           ## format, lint, types, import direction, migrations, translations
	@$(python) -m tools.lint

format: install-dev         ## formats Python and templates
	@$(python) -m tools.format

messages: install-dev       ## collects the texts to translate and compiles the translated ones
	@$(python) -m tools.messages

lock: $(uv)                 ## locks the dependencies again; ARGS=--upgrade takes newer ones
	@$(lock) requirements.in --output-file requirements.txt
	@$(lock) requirements-dev.in --output-file requirements-dev.txt

clean:                      ## removes everything that was installed or generated, the local database included
	@rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage

install:
	@tools/install requirements.txt

install-dev:
	@tools/install requirements.txt requirements-dev.txt

$(uv): | install
	@.venv/bin/python -m venv var/uv && var/uv/bin/pip install -qq --disable-pip-version-check uv
