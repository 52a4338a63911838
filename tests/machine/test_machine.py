"""The machine on both databases: a short search, always the same, with every run of the tests; a long one, another
each time, with SEARCH.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.ground import File, Server
from tests.machine.ground import Ground
from tests.machine.rules import PledgeMachine

SHORT = {"sqlite": (4, 35), "postgresql": (1, 25)}
SEARCH = os.environ.get("SEARCH")  # "200x30": so many searches of so many steps


@pytest.fixture(params=SHORT)
def ground(request):
    ground = Ground(request.getfixturevalue(request.param))
    yield ground
    ground.close()


@pytest.fixture
def sqlite(_sqlite_template, tmp_path):
    return File(_sqlite_template, tmp_path)


@pytest.fixture
def postgresql(postgres_url):
    return Server(postgres_url)


def test_no_pledge_comes_into_a_state_that_must_not_be(ground, request):
    class Machine(PledgeMachine):
        pass

    Machine.ground = ground
    searches, steps = map(int, SEARCH.split("x")) if SEARCH else SHORT[request.node.callspec.params["ground"]]
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=searches,
            stateful_step_count=steps,
            derandomize=not SEARCH,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )
