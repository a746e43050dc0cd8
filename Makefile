# make demo   see it work: a pass, a mistake named, "not started"
# make test   set up the development environment and run the tests
# make docs   the site, in build/site
PYTHON ?= python3
PIP_FLAGS ?= --quiet --disable-pip-version-check

# Compiled modules are kept, whatever the environment says: tests and proofs start thousands of processes.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test lint verify figures docs bench fuzz traps kills seeds clean python-version

python-version:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "bpkit needs Python 3.11 or later. Name one: make PYTHON=python3.12 ..."; exit 1; }

# What a student has: the base package alone, without PyTorch.
.venv-demo/installed: pyproject.toml $(shell find autograder exercises -name '*.py' -o -name '*.pack' -o -name '*.md' -o -name '*.svg') | python-version
	$(PYTHON) -m venv .venv-demo
	.venv-demo/bin/python -m pip install $(PIP_FLAGS) --force-reinstall --no-deps .
	.venv-demo/bin/python -m pip install $(PIP_FLAGS) .
	touch $@

demo: .venv-demo/installed
	rm -rf demo-workspace
	.venv-demo/bin/bpkit init demo-workspace
	cp docs/demo/weighted_sum.py demo-workspace/neuron/weighted_sum.py
	cp docs/demo/linear.py demo-workspace/layers/linear.py
	@echo
	@echo '$$ bpkit check weighted_sum linear sgd   # one right answer, one wrong, one not written yet'
	@.venv-demo/bin/bpkit check weighted_sum linear sgd --root demo-workspace; test $$? -eq 1
	@echo
	@echo 'Now you: edit demo-workspace/layers/linear.py, then'
	@echo '  .venv-demo/bin/bpkit check linear --root demo-workspace'

# Of PyTorch and its like a small part is ever imported: Python compiles that when it is.
.venv/installed: pyproject.toml constraints.txt | python-version
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install $(PIP_FLAGS) --no-compile -c constraints.txt -e '.[dev,torch]'
	touch $@

# Many tests wait: for a deadline, a killed process, another program. So there are more of them at once than processors.
test: .venv/installed
	.venv/bin/python -m pytest -n $$(.venv/bin/python -c "import os; print(2 * os.cpu_count())")

lint: .venv/installed
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

verify: .venv/installed
	.venv/bin/bpkit verify

# The pictures in the lessons, drawn with the solutions' functions.
figures: .venv/installed
	.venv/bin/python docs/figures/make.py
	.venv/bin/python docs/terminal/make.py

# The site has an environment of its own, without PyTorch.
.venv-docs/installed: pyproject.toml constraints.txt | python-version
	$(PYTHON) -m venv .venv-docs
	.venv-docs/bin/python -m pip install $(PIP_FLAGS) -c constraints.txt -e '.[docs]'
	touch $@

docs: .venv-docs/installed
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --strict
	@echo 'Open build/site/index.html, or put build/site on any web server.'

bench: .venv/installed
	.venv/bin/python bench/results.py

# The long forms of what the tests try briefly: a million damaged frames for the decoder, all that plain nbgrader falls
# for, the solutions on forty other draws of all inputs, a run of `bpkit grade` that is killed fifty times.
fuzz: .venv/installed
	BPKIT_FUZZ_EXAMPLES=25000 .venv/bin/python -m pytest -q tests/worker/test_wire.py

traps: .venv/installed
	BPKIT_TRAPS=1 .venv/bin/python -m pytest -q tests/notebooks/test_traps_run.py tests/notebooks/test_traps_cells.py

seeds: .venv/installed
	BPKIT_SEEDS=40 .venv/bin/python -m pytest -q tests/judging/test_seeds.py

kills: .venv/installed
	BPKIT_KILLS=50 .venv/bin/python -m pytest -q tests/grading/test_kill.py

clean:
	rm -rf .venv .venv-demo .venv-docs demo-workspace build dist
