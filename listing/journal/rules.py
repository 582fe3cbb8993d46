"""What an entry may be called and may carry; pure."""

import re
from typing import NamedTuple

CODE_LENGTH = 64
_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
SECRETS = frozenset({"password", "passphrase", "token", "secret", "totp", "recovery_code", "recovery_codes", "cookie"})


class Unfit(ValueError):
    """The caller's code or data does not belong in a log that is never erased."""


class Subject(NamedTuple):
    """What an entry is about: a kind of row, its key, and the organisation it belongs to."""

    kind: str
    id: int | str
    organisation_id: int | None = None


def check_code(code: str) -> None:
    """Refuse a code that is not short dotted words, such as ``account.signed_in``. Raises Unfit."""
    if len(code) > CODE_LENGTH or not _CODE.fullmatch(code):
        raise Unfit(f"not a code: {code!r}")


def check_data(data: object) -> None:
    """Refuse data with a key, at any depth, that names a secret. Raises Unfit."""
    if isinstance(data, dict):
        if found := SECRETS & {str(key).lower() for key in data}:
            raise Unfit(f"a secret does not belong in the log: {min(found)}")
        for value in data.values():
            check_data(value)
    elif isinstance(data, list | tuple):
        for value in data:
            check_data(value)
