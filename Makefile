# A bare Python >= 3.10 with venv and pip is enough. Each target installs its tools into .venv, once,
# and again when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTEST_ARGS ?=
NOX_ARGS ?=
UPDATE_ARGS ?=
# Empty for the newest versions instead of the locked ones.
CONSTRAINTS ?= --constraint constraints.txt
WORKERS ?= 2
SOAK ?= 50

# pyproject.toml pins these; boto3 and s3transfer follow botocore.
PINNED := boto3 s3transfer $(shell sed -n 's/^ *"\([a-z0-9-]*\)==.*/\1/p' pyproject.toml)

.DEFAULT_GOAL := help
.PHONY: help bench breaking check clean coverage demo dist docs generate lint soak lock prepare publish record release sbom test test-all types update

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.demo ## deploy an endpoint with ten typed lines, against a local stand-in for AWS
	@$(BIN)/python examples/deploy_endpoint.py --local

test: $(VENV)/.dev ## the whole test suite, on one Python
	$(BIN)/python -m pytest -n $(WORKERS) --dist=loadgroup $(PYTEST_ARGS)

soak: $(VENV)/.dev ## the long forms of the tests for leaks, failures and signals; takes 15 minutes
	SOAK=$(SOAK) $(BIN)/python -m pytest tests/soak -o faulthandler_timeout=3600 $(PYTEST_ARGS)

test-all: $(VENV)/.dev ## unit tests on every Python found, with newest, oldest and pinned dependencies
	$(BIN)/python -m nox $(NOX_ARGS)

# The tests that start checkers and build wheels cover nothing that the others do not.
coverage: $(VENV)/.dev ## the unit tests' coverage of hand-written code, above the floor of pyproject.toml
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n $(WORKERS) --dist=loadgroup -m "not checkers and not packaging" $(PYTEST_ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --skip-empty

check: lint types ## format, lint, English, types, and generated code that is up to date
	$(BIN)/python -m codegen check

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/zizmor --quiet --offline .github/workflows
	$(BIN)/python tools/english.py

types: $(VENV)/.dev
	$(BIN)/mypy
	$(BIN)/basedpyright

breaking: $(VENV)/.dev ## changes since the last release that break callers and are not announced
	$(BIN)/python -m codegen breaking

prepare: $(VENV)/.dev ## the version, CHANGELOG.md and releases/ of a release: make prepare VERSION=0.1.0
	$(BIN)/python tools/release.py --prepare "$(VERSION)"
	$(BIN)/python -m codegen breaking --record

record: $(VENV)/.dev ## releases/: the public interface of this version, for make breaking
	$(BIN)/python -m codegen breaking --record

release: $(VENV)/.dev $(VENV)/.release ## check, build and tag this version; RELEASING.md has the steps
	$(BIN)/python tools/release.py

dist: $(VENV)/.release ## the source distribution and the wheel, in dist/
	$(BIN)/python tools/release.py --build-only

sbom: dist ## dist/sbom.cdx.json: the distributions that an installation of the wheel brings
	$(PYTHON) -m venv --clear --without-pip .nox/sbom
	$(PIP) --python .nox/sbom install --quiet dist/*.whl
	$(BIN)/cyclonedx-py environment .nox/sbom/bin/python --output-file dist/sbom.cdx.json

publish: $(VENV)/.release ## upload dist/ to PyPI, with attestations; for the workflow of releases
	$(BIN)/python -m pypi_attestations sign dist/*.whl dist/*.tar.gz
	$(BIN)/python -m twine upload --attestations dist/*.whl dist/*.tar.gz dist/*.attestation

docs: $(VENV)/.docs ## the documentation as a site, in site/
	$(BIN)/python -m codegen docs

generate: $(VENV)/.dev ## write the generated code, from the pinned botocore
	$(BIN)/python -m codegen generate

update: $(VENV)/.dev ## move the pin to the newest botocore, generate, and show what changed
	$(BIN)/python -m codegen update $(UPDATE_ARGS)

lock: $(VENV)/.dev ## constraints.txt: the newest versions of all tools, for each Python
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.10 --no-annotate \
		--custom-compile-command "make lock" $(addprefix --extra ,cli defaults local migrate progress testing) \
		--group dev --group docs --group release \
		$(addprefix --no-emit-package ,$(PINNED)) --output-file constraints.txt pyproject.toml

bench: $(VENV)/.bench ## measure beside boto3 and sagemaker-core; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

clean: ## remove all that the other targets write outside git
	rm -rf $(VENV) .bench .nox build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache

# pip installs dependency groups since 25.1.
$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "sagemaker_typed needs Python 3.10 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.demo: pyproject.toml constraints.txt | $(VENV)/.pip
	$(PIP) install --quiet $(CONSTRAINTS) --editable '.[local]'
	@touch $@

$(VENV)/.dev $(VENV)/.docs $(VENV)/.bench $(VENV)/.release: $(VENV)/.%: pyproject.toml constraints.txt | $(VENV)/.pip
	$(PIP) install --quiet $(CONSTRAINTS) --editable '.[cli,progress]' --group $*
	@touch $@
