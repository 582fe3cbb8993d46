"""Settings by name; every value comes from the environment or a safe default.

Production refuses to start without real secrets; development makes its own and keeps them in ``instance/``.
"""

import json
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

ROOT = Path(__file__).parent
INSTANCE = ROOT / "instance"
MIN_SECRET = 32

env = Env()


class MissingSecret(RuntimeError):
    """Production was started without a secret, or with one too short to be one."""


def _own_secrets() -> dict[str, str]:
    """Secrets of this machine, made once; for development and demonstration only."""
    INSTANCE.mkdir(mode=0o700, exist_ok=True)
    path = INSTANCE / "secrets.json"
    made = json.loads(path.read_text()) if path.exists() else {}
    if missing := [name for name in Base.SECRETS if name not in made]:
        made |= {name: secrets.token_hex(32) for name in missing}
        path.touch(mode=0o600)
        path.write_text(json.dumps(made))
    return made


class Base:
    """What all environments share."""

    SECRETS = ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "TOTP_SECRET", "LOG_SIGNING_KEY", "EVIDENCE_KEYS")
    TESTING = False
    DEMO = False
    LOG_JSON = False
    MAX_CONTENT_LENGTH = 64 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
    WTF_CSRF_TIME_LIMIT = 12 * 3600
    SQLALCHEMY_ENGINE_OPTIONS: dict = {}
    VERIFIED_RULES = False

    def __init__(self):
        self.SQLALCHEMY_DATABASE_URI = env.str("DATABASE_URL", f"sqlite:///{INSTANCE / 'baybridge.sqlite'}")
        self.PUBLIC_URL = env.str("PUBLIC_URL", f"http://localhost:{env.int('PORT', 8000)}")
        self.LOG_ORIGIN = env.str("LOG_ORIGIN", "")
        self.SECURITY_CONTACT = env.str("SECURITY_CONTACT", "mailto:security@baybridge.example")
        self.PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", "privacy@baybridge.example")
        self.OPERATOR_ZH = env.str("OPERATOR_ZH", "")
        self.OPERATOR_EN = env.str("OPERATOR_EN", "")
        self.METRICS_TOKEN = env.str("METRICS_TOKEN", "")
        if 0 < len(self.METRICS_TOKEN) < MIN_SECRET:
            raise MissingSecret(f"METRICS_TOKEN must have at least {MIN_SECRET} characters, or not be set")
        self.TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
        self.FILES_URL = env.str("FILES_URL", f"file://{INSTANCE / 'files'}")
        self.FONTS_FOLDER = env.str("FONTS_FOLDER", "/usr/share/fonts")
        self.FACTSHEET_CACHE = env.str("FACTSHEET_CACHE", str(INSTANCE / "factsheets"))
        self.CLAMD_SOCKET = env.str("CLAMD_SOCKET", "")
        self.MAIL_BACKEND = env.str("MAIL_BACKEND", "smtp" if env.str("SMTP_HOST", "") else "file")
        self.MAIL_FOLDER = env.str("MAIL_FOLDER", str(INSTANCE / "mail"))
        self.MAIL_FROM = env.str("MAIL_FROM", "Baybridge <noreply@baybridge.example>")
        self.SMTP_HOST = env.str("SMTP_HOST", "")
        self.SMTP_PORT = env.int("SMTP_PORT", 25)
        self.SMTP_TIMEOUT = env.int("SMTP_TIMEOUT", 10)
        self.SMTP_TLS = env.bool("SMTP_TLS", False)
        self.SMTP_USER = env.str("SMTP_USER", "")
        self.SMTP_PASSWORD = env.str("SMTP_PASSWORD", "")
        self.WEBHOOK_ALLOW = env.list("WEBHOOK_ALLOW", [])
        self.RULE_THRESHOLDS = env.list("RULE_THRESHOLDS", [])
        self.REQUIRE_VERIFIED_RULES = env.bool("REQUIRE_VERIFIED_RULES", self.VERIFIED_RULES)
        self.CALENDARS = env.str("CALENDARS", "")
        self.ANNOUNCEMENT_WINDOWS = env.str("ANNOUNCEMENT_WINDOWS", "")
        self.SUPERVISION_SM2_KEY = env.str("SUPERVISION_SM2_KEY", "")
        self.REMINDER_LEASE = env.int("REMINDER_LEASE", 120)
        self.SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 60)
        self.SESSION_ABSOLUTE_HOURS = env.int("SESSION_ABSOLUTE_HOURS", 12)
        self.SESSION_COOKIE_SECURE = self.PUBLIC_URL.startswith("https:")
        for name, value in self._secrets().items():
            setattr(self, name, value)

    def _secrets(self) -> dict[str, str]:
        return {name: env.str(name) if env.str(name, "") else own for name, own in _own_secrets().items()}


class Development(Base):
    """One machine, nothing else installed; loads the demo market."""

    DEMO = True


class Production(Base):
    """Refuses to start without secrets of its own."""

    LOG_JSON = True
    VERIFIED_RULES = True  # nobody is admitted by a rule whose source nobody has seen

    def __init__(self):
        super().__init__()
        # A page says its own address in several places; a stranger's Host header must not choose it.
        own = [urlsplit(self.PUBLIC_URL).hostname, "localhost", "127.0.0.1"]
        self.WEBHOOK_ALLOW = []  # nothing but the public internet
        self.TRUSTED_HOSTS = env.list("TRUSTED_HOSTS", own)

    def _secrets(self) -> dict[str, str]:
        found = {name: env.str(name, "") for name in self.SECRETS}
        for name, value in found.items():
            if len(value) < MIN_SECRET:
                raise MissingSecret(f"{name} must be set to at least {MIN_SECRET} characters")
        return found


class Testing(Base):
    """Fixed secrets, cheap hashes; the database comes from the test."""

    TESTING = True
    PASSWORD_COST = {"argon2__rounds": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
    WTF_CSRF_ENABLED = True
    MAIL_BACKEND = "file"

    def _secrets(self) -> dict[str, str]:
        return {name: f"{name.lower()}-".ljust(64, "0") for name in self.SECRETS}


def from_environment() -> Base:
    """The settings named by BAYBRIDGE_ENV: development (default) or production."""
    return {"development": Development, "production": Production}[env.str("BAYBRIDGE_ENV", "development")]()
