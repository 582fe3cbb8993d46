"""Reads a rule book strictly: what may stand in the file, and that it makes sense together.

Raises ``Broken`` with file, line and reason for everything else. What the law says is in the files, not here.
"""

import json
import re
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import product

from listing.money import Money
from listing.refusal import Refusal

from .book import Book, Branch, Exclusion, Group, Head, Paper, PartRule, Rule, Statement, Step, proving, rules_of
from .node import Section, opened
from .spans import Span
from .vocabulary import CODES, LOGICS, MEMORY, MONEY, NUMBER, OPERATORS, VERIFIED, Label, kind, words

_ID = re.compile(r"[a-z0-9_]{1,40}")
_BOOK_ID = re.compile(r"[A-Z]{2,5}(-[A-Z0-9]{1,8})*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")
_LANGUAGES = ("zh_hans", "zh_hant", "en")
_STATUSES = (VERIFIED, MEMORY)
_RETESTS = ("offer", "subscription")
DEEPEST = 6


def read(text: str, file: str) -> Book:
    """The book that a file holds. Raises Broken."""
    root, tree = opened(text, file)
    head = _head(root)
    if head.kind == "route":
        parts = {"validity": None, "reconfirm": None, "retest": "offer", "branches": (), "papers": ()}
        parts |= {"exclusions": (), "statement": None, "steps": tuple(_step(each) for each in root.sections("steps"))}
    else:
        parts = _test(root, head.id)
    root.close()
    canonical = json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Book(head=head, digest=sha256(canonical.encode()).hexdigest(), **parts)


def _test(root: Section, book_id: str) -> dict:
    papers = tuple(_paper(each) for each in root.sections("evidence"))
    branches = tuple(_branch(each, book_id) for each in root.sections("branches"))
    _unique(root, "branches", [branch.id for branch in branches])
    _unique(root, "evidence", [paper.kind for paper in papers])
    parts = {
        "validity": _span(root, "validity", needed=True),
        "reconfirm": _span(root, "reconfirm"),
        "retest": root.one_of("retest", _RETESTS),
        "branches": branches,
        "papers": papers,
        "exclusions": tuple(_exclusion(each) for each in root.sections("exclusions")),
        "statement": _statement(root.section("statement")),
        "steps": (),
    }
    _unique(root, "branches", [rule.id for branch in branches for rule in rules_of(branch.test)])
    _provable(branches, papers, root)
    return parts


def _provable(branches: tuple[Branch, ...], papers: tuple[Paper, ...], root: Section) -> None:
    """Every rule that is more than a statement can be proved by every kind of party of its branch."""
    for branch in branches:
        for rule, party in product(rules_of(branch.test), branch.parties):
            if not rule.stated and not proving(papers, rule, party):
                raise root.refuse(f"{rule.id}: no evidence proves {rule.metric} for {party}", "branches")


def _unique(root: Section, key: str, ids: list[str]) -> None:
    for each in ids:
        if ids.count(each) > 1:
            raise root.refuse(f"{key}: {each} stands twice", key)


def _head(root: Section) -> Head:
    head = Head(
        id=_matching(root, "id", _BOOK_ID),
        version=_matching(root, "version", _VERSION),
        kind=root.one_of("kind", ("test", "route")),
        jurisdiction=_matching(root, "jurisdiction", re.compile(r"[A-Z]{2}")),
        name=_label(root.section("name")),
        authority=_label(root.section("authority")),
        instrument=_label(root.section("instrument")),
        effective_from=root.day("effective_from"),
        effective_status=root.one_of("effective_status", _STATUSES, VERIFIED),
        effective_to=root.day("effective_to", None),
        superseded_by=root.text("superseded_by", None),
    )
    if head.effective_to and head.effective_to < head.effective_from:
        raise root.refuse("effective_to is before effective_from", "effective_to")
    if head.superseded_by and not head.effective_to:
        raise root.refuse("what is superseded has an effective_to", "superseded_by")
    return head


def _matching(section: Section, key: str, form: re.Pattern[str]) -> str:
    found = section.text(key)
    if not form.fullmatch(found):
        raise section.refuse(f"{key}: {found} is not written as an id is", key)
    return found


def _label(section: Section) -> Label:
    label = Label(*(section.text(language) for language in _LANGUAGES))
    section.close()
    return label


def _span(section: Section, key: str, *, needed: bool = False) -> Span | None:
    written = section.text(key) if needed else section.text(key, None)
    try:
        return None if written is None else Span.parse(written)
    except ValueError as error:
        raise section.refuse(f"{key}: {error}", key) from None


def _standing(section: Section, above: dict | None = None) -> dict[str, str]:
    """Clause, source and status, each taken from above where it is not said again; what is verified has a source."""
    above = above or {}
    found = {
        "clause": section.text("clause", above.get("clause", "")),
        "source": section.text("source", above.get("source", "")),
        "status": section.one_of("status", _STATUSES, above.get("status", "")),
    }
    if not found["status"] or not found["clause"]:
        raise section.refuse("clause or status is missing")
    if found["status"] == VERIFIED and not found["source"]:
        raise section.refuse("verified, but names no source")
    return found


def _branch(section: Section, book_id: str) -> Branch:
    key = _matching(section, "id", _ID)
    standing = {name: section.text(name) for name in ("clause", "source", "status") if name in section}
    if "status" in section:
        section.one_of("status", _STATUSES)
    branch = Branch(
        id=key,
        label=_label(section.section("label")),
        parties=section.several("parties", words("parties")),
        grade=section.one_of("grade", words("grades")),
        layer=section.flag("layer"),
        test=_group(section.section("test"), f"{book_id}.{key}", standing, 1),
    )
    section.close()
    return branch


def _group(section: Section, prefix: str, above: dict, depth: int) -> Group:
    if depth > DEEPEST:
        raise section.refuse(f"nested deeper than {DEEPEST}")
    logics = [logic for logic in LOGICS if logic in section]
    if len(logics) != 1:
        raise section.refuse(f"a group says one of {', '.join(LOGICS)}")
    members = tuple(_member(each, prefix, above, depth) for each in section.sections(logics[0]))
    k = {"all_of": len(members), "any_of": 1}.get(logics[0]) or _count(section, len(members))
    section.close()
    return Group(logics[0], k, members)


def _count(section: Section, most: int) -> int:
    written = section.text("k")
    if not written.isascii() or not written.isdigit() or not 1 <= int(written) <= most:
        raise section.refuse(f"k: {written} is not between 1 and {most}", "k")
    return int(written)


def _member(section: Section, prefix: str, above: dict, depth: int) -> Rule | Group:
    if "metric" in section:
        return _rule(section, prefix, above)
    return _group(section, prefix, above, depth + 1)


def _rule(section: Section, prefix: str, above: dict) -> Rule:
    metric = section.one_of("metric", words("metrics"))
    asked = kind(metric)
    unset = section.text("amount", "") == "unset"
    rule = Rule(
        id=f"{prefix}.{_matching(section, 'id', _ID) if 'id' in section else metric}",
        metric=metric,
        period=section.one_of("period", words("periods"), "point"),
        op=section.one_of("op", OPERATORS) if asked in (MONEY, NUMBER) else "",
        least=None if unset else _least(section, asked),
        codes=section.several("in", words("codes")) if asked == CODES else (),
        parts=tuple(_part(each) for each in section.sections("parts", ())) if asked == MONEY else (),
        unset=unset and asked == MONEY,
        stated=section.flag("stated"),
        judged=section.flag("judged"),
        note=_label(section.section("note")) if "note" in section else None,
        **_standing(section, above),
    )
    if unset:
        section.one_of("currency", (section.text("currency"),))
    section.close()
    return rule


def _least(section: Section, asked: str) -> Money | Decimal | None:
    if asked == MONEY:
        return _money(section)
    return _number(section) if asked == NUMBER else None


def _money(section: Section) -> Money:
    amount, currency = section.text("amount"), section.text("currency")
    try:
        found = Money.parse(amount, currency)
    except Refusal as refusal:
        raise section.refuse(f"amount: {amount} {currency}: {refusal}", "amount") from None
    if found.minor <= 0:
        raise section.refuse(f"amount: {amount} is not above zero", "amount")
    return found


def _number(section: Section) -> Decimal:
    written = section.text("value")
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 < found < 10**6:
        raise section.refuse(f"value: {written} is not a number above zero", "value")
    return found


def _part(section: Section) -> PartRule:
    capped = section.section("cap") if "cap" in section else None
    rule = PartRule(section.one_of("kind", words("parts")), section.flag("shared"), _money(capped) if capped else None)
    if capped:
        capped.close()
    section.close()
    return rule


def _paper(section: Section) -> Paper:
    paper = Paper(
        kind=section.one_of("kind", words("papers")),
        max_age=_span(section, "max_age"),
        parties=section.several("parties", words("parties"), tuple(words("parties"))),
        proves=section.several("proves", words("metrics")),
        **_standing(section),
    )
    section.close()
    return paper


def _exclusion(section: Section) -> Exclusion:
    found = Exclusion(section.one_of("who", words("exclusions")), section.one_of("effect", ("refuse", "review")))
    section.close()
    return found


def _statement(section: Section) -> Statement:
    found = Statement(section.text("id"), tuple(_label(each) for each in section.sections("points")))
    section.close()
    return found


def _step(section: Section) -> Step:
    found = Step(
        id=_matching(section, "id", _ID),
        label=_label(section.section("label")),
        authority=_label(section.section("authority")),
        **_standing(section),
    )
    section.close()
    return found
