"""From the answers of an application to the facts that a rule book is told.

Pure. What an answer is called in a book stands beside it in pages.yaml; what nobody has looked into is left open, so
that the book asks for a reviewer.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from listing.companies.sheets import Field
from listing.money import Money
from listing.rulebook.case import Evidence, Fact, Facts, Part
from listing.rulebook.vocabulary import words

from .pages import pages

PARTIES = {
    "fund": "fund",
    "pension": "fund",
    "trust_company": "trust",
    "partnership": "partnership",
    "government": "public_body",
    "individual": "individual",
}
CORPORATION = "corporation"


def facts(contents: Mapping[str, Mapping], *, cleared: bool) -> Facts:
    """What is stated of an applicant; ``cleared``: every name was compared with the lists and nobody is on one."""
    kind = contents.get("institution", {}).get("investor_type")
    return Facts(PARTIES.get(kind, CORPORATION), dict(_stated(contents)), dict(_exclusions(contents, cleared)))


def _stated(contents: Mapping[str, Mapping]) -> Iterator[tuple[tuple[str, str], Fact]]:
    for key, page in pages().items():
        content = contents.get(key, {})
        for each in page.fields:
            if each.id in content:
                yield from _of(each, content)
    if contents.get("risk", {}).get("aim", "a") != "a":
        yield ("not_capital_preserving", "point"), True


def _of(each: Field, content: Mapping) -> Iterator[tuple[tuple[str, str], Fact]]:
    for name in each.rule("facts", ()):
        metric, _dot, period = name.partition(".")
        if period != "fy_end" or content.get("year_end"):
            yield (metric, period or "point"), _fact(each, content)
        if each.kind == "amount" and not period and content.get("year_end"):
            yield (metric, "fy_end"), _fact(each, content)


def _fact(each: Field, content: Mapping) -> Fact:
    value = content[each.id]
    if each.kind == "amount":
        return (Part(Money(value, content["currency"])),)
    if each.kind == "several":
        return tuple(code for code in value if code != "none")
    return value if isinstance(value, bool) else Decimal(value)


def _exclusions(contents: Mapping[str, Mapping], cleared: bool) -> Iterator[tuple[str, bool]]:
    declared, owners = contents.get("declarations", {}), contents.get("owners", {})
    if declared.get("sanctioned") == "yes" or cleared:
        yield "sanctioned", declared.get("sanctioned") == "yes"
    if "own_account" in declared:
        yield "undisclosed_nominee", declared["own_account"] == "no" and "principals" not in declared
    if "staff" in declared:
        yield "platform_staff", declared["staff"] == "yes"
    if owners:
        yield "politically_exposed", any(row.get("pep") == "yes" for row in owners.get("owners", ()))
    if contents.get("institution", {}).get("investor_type", "individual") != "individual":
        yield "minor", False


def papers(rows: Iterable[Mapping] | None) -> tuple[Evidence, ...] | None:
    """The evidence as a book sees it, without papers that no book knows; None where nobody has been asked for any."""
    if rows is None:
        return None
    known = (row for row in rows if row["kind"] in words("papers"))
    return tuple(Evidence(row["id"], row["kind"], _day(row["dated"]), _day(row.get("expires"))) for row in known)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
