"""What an application still lacks before it can be sent, and the state of each task.

Pure. A page is whole when each needed answer is there; a few answers ask for others on the same page.
"""

from collections.abc import Iterator, Mapping

from listing.companies.sheets import Sheet
from listing.profiles import completeness as sheets
from listing.profiles.completeness import COMPLETED, IN_PROGRESS, NOT_STARTED, PROBLEM, Lack
from listing.profiles.rules import Unanswered

from .pages import pages
from .rules import NumberOrReason

__all__ = ["COMPLETED", "DECLARED_ANEW", "IN_PROGRESS", "NOT_STARTED", "PROBLEM", "Lack", "lacks", "state", "to_send"]

DECLARED_ANEW = frozenset({"declarations", "risk"})
AMOUNTS = ("portfolio", "total_assets", "net_assets", "financial_assets", "trust_assets", "aum", "annual_income")


def lacks(page: Sheet, content: Mapping) -> list[Lack]:
    """Everything that keeps a page from being sent, in the order of its fields."""
    return [*sheets.lacks(page, content), *_beyond(page, content)]


def _beyond(page: Sheet, content: Mapping) -> Iterator[Lack]:
    if page.id == "assets" and content and not any(key in content for key in AMOUNTS):
        yield Lack("portfolio", page.field("portfolio"), Unanswered())
    if page.id == "declarations" and content.get("own_account") == "no" and "principals" not in content:
        yield Lack("principals", page.field("principals"), Unanswered())
    for number, row in enumerate(content.get("residences", ()) if page.id == "tax" else ()):
        if "number" not in row and "why" not in row:
            yield Lack(f"residences.{number}.number", page.field("residences").fields[1], NumberOrReason())


def state(page: Sheet, content: Mapping) -> str:
    """The state of a task: not started, in progress, completed, or a problem."""
    if not content:
        return NOT_STARTED
    found = lacks(page, content)
    if any(lack.wrong for lack in found):
        return PROBLEM
    return IN_PROGRESS if found else COMPLETED


def to_send(contents: Mapping[str, Mapping]) -> dict[str, list[Lack]]:
    """What is still missing before the application can be sent, by page."""
    found = {key: lacks(page, contents.get(key, {})) for key, page in pages().items()}
    return {key: missing for key, missing in found.items() if missing}
