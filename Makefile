# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later

PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help serve test check lint build messages lock vendor screenshots clean

help:  ## Say what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

serve: .venv/ready  ## Build what changed and serve the site at http://127.0.0.1:8000
	$(BIN)/kb serve --host $(HOST) --port $(PORT)

test: lint  ## Run linters, then all tests
	$(BIN)/python -m pytest

check: .venv/ready  ## Check the content files
	$(BIN)/kb check

lint: .venv/ready  ## Run the linters: style, types, licences
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/reuse lint --lines

build: .venv/ready  ## Build the database and the search index
	$(BIN)/kb build

screenshots: build  ## Take the README's pictures again (needs Chromium)
	$(BIN)/python docs/screenshots.py

messages: .venv/ready  ## Bring the English catalogue up to the interface's messages
	mkdir -p build
	$(BIN)/pybabel -q extract -F kb/translations/babel.cfg -k N_ --omit-header --no-location --sort-output -o build/messages.pot .
	$(BIN)/pybabel -q update -l en -d kb/translations -i build/messages.pot --no-fuzzy-matching --omit-header --ignore-pot-creation-date -w 110

lock: .venv/ready  ## Upgrade all packages and record their versions in constraints.txt
	$(BIN)/pip install --upgrade --upgrade-strategy eager --editable '.[dev]'
	$(BIN)/pip freeze --exclude-editable > constraints.txt

clean:  ## Remove everything that can be made again
	rm -rf .venv instance build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache

# The versions in constraints.txt are those that passed the tests.
.venv/ready: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# Bootstrap Italia, from its npm package. Needs npm; run only to change the version.
BOOTSTRAP := 2.18.3
VENDOR := kb/static/vendor/bootstrap-italia/$(BOOTSTRAP)
vendor:  ## Fetch the design system again from its npm package and record checksums
	rm -rf build/vendor $(VENDOR)
	mkdir -p build/vendor $(VENDOR)/css $(VENDOR)/svg $(VENDOR)/fonts
	npm pack --silent --pack-destination build/vendor bootstrap-italia@$(BOOTSTRAP)
	tar -xzf build/vendor/bootstrap-italia-$(BOOTSTRAP).tgz -C build/vendor
	cp build/vendor/package/LICENSE $(VENDOR)/
	cp build/vendor/package/dist/css/bootstrap-italia.min.css $(VENDOR)/css/
	cp build/vendor/package/dist/svg/sprites.svg $(VENDOR)/svg/
	for weight in 300 regular 600 700; do cp build/vendor/package/dist/fonts/Titillium_Web/*-$$weight.woff2 $(VENDOR)/fonts/; done
	for weight in regular italic 700; do cp build/vendor/package/dist/fonts/Lora/*-$$weight.woff2 $(VENDOR)/fonts/; done
	cp build/vendor/package/dist/fonts/Titillium_Web/OFL.txt $(VENDOR)/fonts/OFL-Titillium_Web.txt
	cp build/vendor/package/dist/fonts/Lora/OFL.txt $(VENDOR)/fonts/OFL-Lora.txt
	cd kb/static/vendor && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS
