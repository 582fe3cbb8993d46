"""Settings: production starts only with secrets of its own and answers only to its own name."""

import pytest

import config
from listing.clock import FixedClock
from listing.factory import create_app

from .factories import NOW

SECRETS = {name: f"{name}-".ljust(48, "x") for name in config.Base.SECRETS}


@pytest.fixture
def production(monkeypatch, tmp_path):
    """The environment of a production machine."""
    settings = {"PUBLIC_URL": "https://market.example", "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite'}", **SECRETS}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize("name", config.Base.SECRETS)
@pytest.mark.parametrize("value", ["", "short"])
def test_production_refuses_to_start_without_each_secret(production, name, value):
    production.setenv(name, value)
    with pytest.raises(config.MissingSecret, match=name):
        config.Production()


def test_production_is_no_demonstration_and_sends_its_cookie_over_https_only(production):
    settings = config.Production()
    assert (settings.DEMO, settings.SESSION_COOKIE_SECURE, settings.LOG_JSON) == (False, True, True)


@pytest.mark.parametrize(("host", "status"), [("market.example", 200), ("localhost", 200), ("evil.example", 400)])
def test_production_answers_only_to_its_own_name(production, host, status):
    app = create_app(config.Production(), FixedClock(NOW))
    assert app.test_client().get("/healthz", base_url=f"https://{host}").status_code == status


def test_development_keeps_the_secrets_it_made(monkeypatch, tmp_path):
    monkeypatch.setattr(config, "INSTANCE", tmp_path / "instance")
    first, second = config.Development(), config.Development()
    assert first.SECRET_KEY == second.SECRET_KEY
    assert len(first.SECRET_KEY) >= config.MIN_SECRET
    assert (tmp_path / "instance" / "secrets.json").stat().st_mode & 0o777 == 0o600
