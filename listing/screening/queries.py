"""Which lists are in force, whom they name, and where a case stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from listing.store.db import db

from . import rules
from .models import ListedName, Screening, ScreeningHit, ScreeningList
from .names import Index


@dataclass(frozen=True, slots=True)
class Likeness:
    """A listed name that may be meant."""

    listed: ListedName
    as_name: str
    likeness: int


def versions() -> Sequence[ScreeningList]:
    """Every list imported, the newest first."""
    return db.session.scalars(select(ScreeningList).order_by(ScreeningList.id.desc())).all()


def in_force() -> Sequence[ScreeningList]:
    """The last version of each list, in the order of their codes."""
    last = select(func.max(ScreeningList.id)).group_by(ScreeningList.code)
    return db.session.scalars(
        select(ScreeningList).where(ScreeningList.id.in_(last)).order_by(ScreeningList.code)
    ).all()


def like(name: str) -> list[Likeness]:
    """Everybody on a list in force whom the name may mean, the most alike first."""
    index = _index(tuple((one.id, one.digest) for one in in_force()))
    found = {int(key): hit for key, hit in index.like(name).items()}
    rows = db.session.scalars(select(ListedName).where(ListedName.id.in_(found))).all() if found else []
    alike = [Likeness(row, found[row.id][1], found[row.id][0]) for row in rows]
    return sorted(alike, key=lambda one: (-one.likeness, one.listed.id))


@lru_cache(maxsize=2)
def _index(lists: tuple[tuple[int, str], ...]) -> Index:
    """Names are read once a process and set of lists; a list never changes, so its digest says which names they are."""
    ids = [list_id for list_id, _digest in lists]
    rows = db.session.execute(select(ListedName.id, ListedName.names).where(ListedName.list_id.in_(ids)))
    return Index((str(row_id), name) for row_id, names in rows for name in names)


def latest(case: rules.Case) -> Screening | None:
    """The last time the names of a case were checked."""
    of_case = select(Screening).where(Screening.case_kind == case.kind, Screening.case_number == case.number)
    return db.session.scalars(of_case.order_by(Screening.id.desc()).limit(1)).first()


def checks(case: rules.Case) -> Sequence[Screening]:
    """Every time the names of a case were checked, the first one first, with the hits."""
    of_case = select(Screening).where(Screening.case_kind == case.kind, Screening.case_number == case.number)
    hits = selectinload(Screening.hits).joinedload(ScreeningHit.listed).joinedload(ListedName.list)
    return db.session.scalars(of_case.order_by(Screening.id).options(hits)).all()


def standing(case: rules.Case) -> str:
    """Where a case stands, one of rules.STANDINGS; only ``clear`` lets it go on."""
    screening = latest(case)
    return rules.standing(
        screened=screening.lists if screening else None,
        current=[(one.code, one.version) for one in in_force()],
        outcomes=[hit.outcome for hit in screening.hits] if screening else [],
    )


def said_before(hit: ScreeningHit) -> ScreeningHit | None:
    """What was last said of the same name and the same line of a list in this case, to be read before deciding."""
    case = hit.screening
    earlier = (
        select(ScreeningHit)
        .join(Screening)
        .join(ListedName)
        .where(Screening.case_kind == case.case_kind, Screening.case_number == case.case_number)
        .where(ListedName.reference == hit.listed.reference, ScreeningHit.name == hit.name)
        .where(ScreeningHit.outcome != rules.OPEN, ScreeningHit.id < hit.id)
    )
    return db.session.scalars(earlier.order_by(ScreeningHit.id.desc()).limit(1)).first()


def hit(hit_id: int) -> ScreeningHit | None:
    """The hit of that number, if there is one."""
    return db.session.get(ScreeningHit, hit_id)
