"""How versions of one object follow each other, after JR/T 0314-2024; pure.

A creation is version 0. An update and a deletion are one more than the latest; a deletion is the last. An overwrite
keeps the version it replaces, and every later one has to be overwritten after it.
"""

from dataclasses import dataclass

CREATE, UPDATE, OVERWRITE, DELETE = OPERATIONS = ("create", "update", "overwrite", "delete")


class BrokenChain(ValueError):
    """A version does not follow the one before."""


@dataclass(frozen=True, slots=True)
class Known:
    """An object as far as it was told: its latest version, and the one that has to be overwritten next, if any."""

    latest: int
    deleted: bool = False
    owed: int | None = None


def follow(known: Known | None, operation: str, version: int) -> Known:
    """What is known after one more version; before a file first speaks of it ``known`` is None. Raises BrokenChain."""
    if known is None:
        return _first(operation, version)
    if known.deleted:
        raise BrokenChain("nothing follows a deletion")
    if operation == OVERWRITE:
        return _overwritten(known, version)
    if known.owed is not None:
        raise BrokenChain(f"version {known.owed} has to be overwritten first")
    if operation == CREATE:
        raise BrokenChain("it was created before")
    if version != known.latest + 1:
        raise BrokenChain(f"version {version} does not follow version {known.latest}")
    return Known(version, deleted=operation == DELETE)


def _first(operation: str, version: int) -> Known:
    if (operation == CREATE) != (version == 0) and operation != OVERWRITE:
        raise BrokenChain("version 0 is a creation, and a creation is version 0")
    return Known(version, deleted=operation == DELETE)


def _overwritten(known: Known, version: int) -> Known:
    if version > known.latest or (known.owed is not None and version != known.owed):
        raise BrokenChain(f"there is no version {version} to overwrite now")
    return Known(known.latest, owed=version + 1 if version < known.latest else None)


def finish(known: Known) -> None:
    """Look that no version is left that has to be overwritten. Raises BrokenChain."""
    if known.owed is not None:
        raise BrokenChain(f"version {known.owed} was not overwritten after the one before it")
