"""Taking in a workbook that somebody filled in: every task of it, or none.

The same rules as on the pages: ``reading`` has the verdict on each cell, and whoever saved a task after the workbook
was downloaded is not overwritten unless the one who imports says so, having seen both.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO, NamedTuple

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.companies.sheets import Sheet, sheets
from listing.refusal import N_, Refusal

from . import filled, kinds, operations, queries, reading, typing
from .models import Profile, ProfileSheet


class CellsRefused(Refusal):
    message = N_("Nothing was imported; the cells below need a change.")


class SavedSince(Refusal):
    message = N_("Somebody saved a task after this workbook was downloaded. Nothing was imported; compare and choose.")


class Newer(NamedTuple):
    """A task that was saved after the workbook was written: the row, and the cells that differ from it."""

    sheet: Sheet
    saved: ProfileSheet
    differing: list[tuple[str, str, str]]


class Tried(NamedTuple):
    """What a workbook would do: contents with the versions they go over, refused cells, tasks saved meanwhile."""

    changes: dict[str, tuple[dict, int]]
    refused: list[tuple[str, Refusal]]
    newer: list[Newer]


def tried(*, profile: Profile, stream: BinaryIO, setting: kinds.Setting) -> Tried:
    """What taking in a workbook would do; changes nothing. Raises files.rules.Unfit, filled.NotTheTemplate."""
    saved = queries.saved(profile)
    contents = {key: row.content for key, row in saved.items()}
    found = Tried({}, [], [])
    for key, page in filled.taken(stream, contents).items():
        before = contents.get(key, {})
        read = reading.read(sheets()[key], page.typed, before, setting)
        found.refused.extend((page.cell(name), refusal) for name, refusal in {**read.errors, **page.errors}.items())
        if read.content == before:
            continue
        version = saved[key].version if key in saved else 0
        found.changes[key] = (read.content, version)
        if page.version != version and key in saved:
            found.newer.append(Newer(sheets()[key], saved[key], _differing(page, sheets()[key], before)))
    return found


def _differing(page: filled.Filled, sheet: Sheet, before: Mapping) -> list[tuple[str, str, str]]:
    """Cell, what is saved, what the workbook says, where the two differ."""
    saved = typing.typed(sheet, before)
    return [
        (page.cell(name), saved.get(name, ""), page.typed[name])
        for name in page.cells
        if saved.get(name, "") != page.typed[name]
    ]


def take(
    *, profile: Profile, file: FileStorage, over: bool, setting: kinds.Setting, actor: Actor, now: datetime
) -> list[str]:
    """Save what a workbook changes and return the tasks; ``over`` says that what was saved since may be replaced.

    Raises CellsRefused, SavedSince, files.rules.Unfit, filled.NotTheTemplate, and what ``operations.save`` raises.
    """
    found = tried(profile=profile, stream=file.stream, setting=setting)
    if found.refused:
        raise CellsRefused
    if found.newer and not over:
        raise SavedSince
    if found.changes:
        operations.save_together(profile=profile, changes=found.changes, actor=actor, now=now)
    return list(found.changes)
