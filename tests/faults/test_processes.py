"""F9, F24 and the loss of one of two machines, with real processes, in short; in full: ``python -m faults``."""

import os
from types import SimpleNamespace

import pytest

from faults import bodies, forms, machines
from tests.conftest import DATABASES, IN_CI

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
POSTGRESQL = [kind for kind in DATABASES if kind == "postgresql"]


def unmet(findings):
    """What is not as it must be."""
    return [f"{finding.what}: {finding.seen}" for finding in findings if finding.holds is False]


def test_f9_a_killed_web_server_loses_and_doubles_no_acknowledged_write():
    assert unmet(forms.killed_web(None, kills=1, clients=4, within=60)) == []


@pytest.mark.parametrize("kind", POSTGRESQL)
def test_one_of_two_web_servers_and_one_of_two_schedulers_may_die(kind):
    assert unmet(machines.one_of_each_killed(SimpleNamespace(url=os.environ["TEST_POSTGRES_URL"]), clients=3)) == []


@pytest.mark.skipif(not (bodies.nginx() or IN_CI), reason="nginx is missing: apt-get install nginx-light")
def test_f24_slow_clients_wait_at_the_proxy_and_others_do_not():
    """How much worse it is without the proxy, two seconds do not always show: the full form does."""
    assert unmet(bodies.slow_clients(None, slow=40, seconds=2, straight=0, patience=30, within=6)) == []
