# Two commands: `make run` and `make test`. The rest is for people who change the code: `make quick` after each edit.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What one process of the tests has compiled, the others read.
unexport PYTHONDONTWRITEBYTECODE

# pip comes last: a half-made environment (Debian without python3-venv) is made again.
NEW_ENOUGH := import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=...")
define venv
test -x $(1)/bin/pip || { $(PYTHON) -c '$(NEW_ENOUGH)' && $(PYTHON) -m venv --clear $(1); }
endef

SOAKS := $(addprefix soak-, points deaths kills team months machine database orders probe points-postgresql properties wall)
.PHONY: run test quick check soak $(SOAKS) defects golden lock audit screenshots eval bench bench-scale clean

run: $(VENV)/.run
	$(BIN)/python -m bot

test: $(VENV)/.dev
	@echo "Every test: about half an hour on two cores."
	$(BIN)/python -m pytest -n auto --dist worksteal -ra $(ARGS)

# A minute and a half on two cores: style, types, who imports whom, all rules, all texts, and a dialogue of each kind.
quick: $(VENV)/.dev
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n logical --dist worksteal -q -k "not postgresql" $(QUICK) $(ARGS)

# Not what is measured or searched for long: how well people are understood, and what figures give away together.
QUICK := tests/test_architecture.py tests/domain tests/messages \
	$(addprefix --ignore=tests/domain/,test_topics_semantic.py test_topics_figures.py test_figures_together.py) \
	$(addprefix tests/conversations/, joining/test_joining.py matching/test_meeting.py pledging/test_pledging.py \
	organising/test_broadcast.py rights/test_pausing.py)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) test

# The long searches, one after the other, for a night or two; each is a target of its own with a size of its own, and
# prints its seed and its figures (docs/faults.md).
soak: $(SOAKS)

# Another seed each time; `make test` always has the same, so that what it finds is about the change that it tries.
ifndef SEED
SEED := $(shell $(PYTHON) -c "import random; print(random.randrange(10**6))")
endif
LONG = SEED=$(SEED) $(BIN)/python -m pytest -n 0 -ra -s $(ARGS)

POINTS := all
FLOW := test
soak-points: $(VENV)/.dev
	POINTS=$(POINTS) $(LONG) tests/faults/test_crashes.py -k "dies_at_any_point and $(FLOW)"

soak-points-postgresql: $(VENV)/.dev
	POINTS=$(POINTS) $(LONG) tests/faults/test_crashes.py -k "on_postgresql"

soak-probe: $(VENV)/.dev
	POINTS=$(POINTS) $(LONG) tests/faults/test_crashes.py -k "with_the_probe"

DEATHS := 84
soak-deaths: $(VENV)/.dev
	DEATHS=$(DEATHS) $(LONG) tests/faults/test_crashes.py -k "two_or_three and $(FLOW)"

KILLS := 200
soak-kills: $(VENV)/.dev
	KILLS=$(KILLS) $(LONG) tests/processes/test_many_kills.py

TEAM_KILLS := 100
soak-team: $(VENV)/.dev
	TEAM_GUESTS=40 TEAM_KILLS=$(TEAM_KILLS) TEAM_ROUNDS=10 $(LONG) tests/processes/test_team.py

OPERATIONS := all
soak-database: $(VENV)/.dev
	OPERATIONS=$(OPERATIONS) $(LONG) tests/faults/test_database_faults.py

ORDERS := 50
soak-orders: $(VENV)/.dev
	ORDERS=$(ORDERS) $(LONG) tests/faults/test_orders.py

MONTHS := 100
soak-months: $(VENV)/.dev
	MONTHS=$(MONTHS) $(LONG) tests/faults/test_six_months.py

SEARCH := 200x30
soak-machine: $(VENV)/.dev
	SEARCH=$(SEARCH) $(LONG) --hypothesis-seed=$(SEED) tests/machine

WALL_EVENTS := 20000
soak-wall: $(VENV)/.dev
	WALL_EVENTS=$(WALL_EVENTS) $(LONG) tests/web/test_wall_memory.py

TIMES := 20
soak-properties: $(VENV)/.dev
	for n in $$(seq $(TIMES)); do $(BIN)/python -m pytest -n auto -q --hypothesis-profile others $(PROPERTIES) $(ARGS) || exit 1; done


# Would the tests notice? Thirty-one defects, each planted in a copy of the tree; the outcome is docs/defects.md.
defects: $(VENV)/.dev
	$(BIN)/python -m tests.defects $(ARGS)

PROPERTIES := $(addprefix tests/, domain/test_history.py domain/test_rounds.py domain/test_seating.py domain/test_words.py \
	domain/test_names.py scheduler/test_pace.py stage/test_stage_entities.py db/test_types.py)

# What people read in six or seven months, written anew in all three voices: read the difference before it is committed.
golden: $(VENV)/.dev
	GOLDEN=write $(BIN)/python -m pytest -n0 -q tests/conversations/pledging/test_six_months.py \
		tests/conversations/pledging/test_without_telegram.py tests/conversations/pledging/test_office_story.py
	git diff --stat -- tests/conversations/pledging/golden

$(VENV)/.run: requirements.txt
	$(call venv,$(VENV))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt
	$(call venv,$(VENV))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ $(VENV)/.run

# Understanding, ranking and rounds, measured, and silence simulated; DATA=file.tsv for data of your own.
eval: $(VENV)/.dev
	$(BIN)/python -m tests.evaluation $(if $(DATA),--data $(DATA))

# Speed as ratios in one run: the bot beside the least that python-telegram-bot and aiogram can do; then a rush, a
# broadcast and a large database. Written to docs/benchmarks.md. Parts and smaller sizes: BENCH="engine --rounds 1".
bench: $(VENV)/.dev $(VENV)-bench/.installed
	$(BIN)/python -m tests.benchmarks $(BENCH)

# What each path takes with 9,000 people and 365,000 messages, on both databases; its table goes to docs/benchmarks.md.
bench-scale: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.scale

# Where aiogram cannot be had, the bench says so and goes on without it.
$(VENV)-bench/.installed: requirements-bench.txt
	$(call venv,$(VENV)-bench)
	-$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< && touch $@

# The README's pictures: the running stage. Needs Chromium.
screenshots: $(VENV)/.dev
	$(BIN)/python -m tests.screenshots

# Universal and hash-locked for Python 3.11-3.13, without an index address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.txt requirements-semantic.in -o requirements-semantic.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.txt requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-bench.in -o requirements-bench.txt

# Known vulnerabilities of what is locked. It fails if there is one, and if nobody can be asked about a package.
audit: $(VENV)-audit/.installed
	for lock in requirements*.txt; do $(VENV)-audit/bin/pip-audit --strict --disable-pip --require-hashes -r $$lock || exit 1; done

$(VENV)-audit/.installed:
	$(call venv,$(VENV)-audit)
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-audit .mypy_cache .ruff_cache .pytest_cache
