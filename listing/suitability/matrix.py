"""The suitability matrix: read strictly from matrices/*.yaml, each version held to its pinned digest.

Raises ``rulebook.node.Broken`` with file, line and reason at start-up. What follows from a matrix for an investor and a
company is in ``rules``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from listing.rulebook import pins
from listing.rulebook.node import Broken, Section, opened
from listing.rulebook.spans import Span
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label, words

OUTCOMES = SUITABLE, WARNING, BLOCKED = ("suitable", "warning", "blocked")
INVESTOR_LEVELS = ("C1", "C2", "C3", "C4", "C5")
RISK_LEVELS = ("R1", "R2", "R3", "R4", "R5")
NONE, ANY = "none", "any"
HIGHER, NEVER = "higher", "never"  # what a person may do to the level of a company
ACTS = MEETING, QUESTION, PAPERS = ("meeting", "question", "papers")
INSTRUMENTS = ("loan", "convertible", "equity", "preferred", "transfer", "none", "unknown")
NUMBERS, FLAGS, WORDS = ("net_profit", "net_assets", "profitable_years"), ("audited", "held_back"), ("stage",)
ORDINARY = "ordinary"  # whom no rule book found to be what the class says


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rule rests on, and whether anybody has held it against its text."""

    clause: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level with its name and what it means."""

    id: str
    name: Label
    means: Label


@dataclass(frozen=True, slots=True)
class Step:
    """What moves the level of a company by how much, when one fact is one of ``among``, or below or above a number."""

    id: str
    fact: str
    by: int
    label: Label
    among: tuple[str, ...] = ()
    below: int | None = None
    above: int | None = None

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether the step applies; what is not known moves nothing."""
        value = facts.get(self.fact)
        if value is None or self.among:
            return value in self.among
        return value < self.below if self.below is not None else value > self.above


@dataclass(frozen=True, slots=True)
class Grading:
    """How the level of a company is found."""

    standing: Standing
    least: str
    by_hand: str
    starts: Mapping[str, tuple[str, Label]]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Regime:
    """The cells for those admitted under these books in these classes."""

    id: str
    name: Label
    books: tuple[str, ...]
    classes: tuple[str, ...]
    standing: Standing
    why: Label
    cells: Mapping[str, tuple[str, ...]]

    def takes(self, book: str, investor_class: str) -> bool:
        """Whether an admission falls under it."""
        asked = ((self.books, book), (self.classes, investor_class))
        return all(wanted == (ANY,) or found in wanted for wanted, found in asked)


@dataclass(frozen=True, slots=True)
class Matrix:
    """One version."""

    version: str
    effective_from: date
    name: Label
    acts: Mapping[str, Label]
    validity: Span
    most_anew: int
    questionnaire: Standing
    investor_levels: Mapping[str, Level]
    risk_levels: Mapping[str, Level]
    grading: Grading
    regimes: tuple[Regime, ...]
    statement: tuple[str, Label, Label]
    digest: str

    def regime(self, book: str, investor_class: str) -> Regime:
        """The first regime that takes an admission; the last one takes every one."""
        return next(one for one in self.regimes if one.takes(book, investor_class))


def read(text: str, file: str) -> Matrix:
    """The matrix that a file holds. Raises Broken."""
    root, tree = opened(text, file)
    asked = root.section("questionnaire")
    matrix = Matrix(
        version=root.text("version"),
        effective_from=root.day("effective_from"),
        name=_label(root.section("name")),
        acts=MappingProxyType({each.one_of("id", ACTS): _label(each) for each in root.sections("acts")}),
        validity=_span(asked),
        most_anew=_whole(asked, "most"),
        questionnaire=_standing(asked),
        investor_levels=_levels(root, "investor_levels", INVESTOR_LEVELS),
        risk_levels=_levels(root, "risk_levels", RISK_LEVELS),
        grading=_grading(root.section("risk")),
        regimes=tuple(_regime(each) for each in root.sections("regimes")),
        statement=_statement(root.section("statement")),
        digest=pins.digest(tree),
    )
    asked.close()
    root.close()
    if (matrix.regimes[-1].books, matrix.regimes[-1].classes) != ((ANY,), (ANY,)):
        raise root.refuse("regimes: the last one has to take everybody", "regimes")
    return matrix


def _label(section: Section) -> Label:
    """The last that is asked of a section: whatever is left in it is refused."""
    label = Label(section.text("zh_hans"), section.text("zh_hant"), section.text("en"))
    section.close()
    return label


def _span(section: Section) -> Span:
    try:
        return Span.parse(section.text("validity"))
    except ValueError as error:
        raise section.refuse(f"validity: {error}", "validity") from None


def _standing(section: Section) -> Standing:
    found = Standing(section.text("clause"), section.text("source", ""), section.one_of("status", (VERIFIED, MEMORY)))
    if found.status == VERIFIED and not found.source:
        raise section.refuse("verified, but names no source")
    return found


def _levels(root: Section, key: str, wanted: tuple[str, ...]) -> Mapping[str, Level]:
    found = {}
    for each in root.sections(key):
        level = Level(each.one_of("id", wanted), _label(each.section("name")), _label(each.section("means")))
        each.close()
        found[level.id] = level
    if tuple(found) != wanted:
        raise root.refuse(f"{key}: not {', '.join(wanted)}, each once and in this order", key)
    return MappingProxyType(found)


def _grading(section: Section) -> Grading:
    starts = {}
    for each in section.sections("starts"):
        instrument, level = each.one_of("instrument", INSTRUMENTS), each.one_of("level", RISK_LEVELS)
        starts[instrument] = (level, _label(each))
    if set(starts) != set(INSTRUMENTS):
        raise section.refuse(f"starts: not one for each of {', '.join(INSTRUMENTS)}", "starts")
    steps = tuple(_step(each) for each in section.sections("steps"))
    least, by_hand = section.one_of("least", RISK_LEVELS), section.one_of("by_hand", (HIGHER, NEVER))
    found = Grading(_standing(section), least, by_hand, MappingProxyType(starts), steps)
    section.close()
    return found


def _step(section: Section) -> Step:
    fact = section.one_of("fact", (*NUMBERS, *FLAGS, *WORDS))
    if fact in NUMBERS:
        key = "below" if "below" in section else "above"
        limits = {key: _whole(section, key)}
    else:
        limits = {"among": section.several("in") if fact in WORDS else (section.one_of("is", ("yes", "no")),)}
    step = {"id": section.text("id"), "fact": fact, "by": _whole(section, "by")}
    return Step(**step, **limits, label=_label(section))


def _whole(section: Section, key: str) -> int:
    written = section.text(key)
    try:
        return int(written)
    except ValueError:
        raise section.refuse(f"{key}: {written} is no whole number", key) from None


def _regime(section: Section) -> Regime:
    regime = Regime(
        id=section.text("id"),
        name=_label(section.section("name")),
        books=section.several("books"),
        classes=section.several("classes", (*words("grades"), ORDINARY, ANY)),
        standing=_standing(section),
        why=_label(section.section("why")),
        cells=_cells(section.section("cells")),
    )
    section.close()
    return regime


def _cells(section: Section) -> Mapping[str, tuple[str, ...]]:
    """A row for each level of investors and for none; a riskier company is never easier to take up than one before."""
    rows = {}
    for level in (NONE, *INVESTOR_LEVELS):
        outcomes = tuple(section.text(level).split())
        order = [OUTCOMES.index(one) for one in outcomes if one in OUTCOMES]
        if len(order) != len(RISK_LEVELS) or len(outcomes) != len(RISK_LEVELS) or order != sorted(order):
            raise section.refuse(f"{level}: not five of {', '.join(OUTCOMES)}, from the mildest on", level)
        rows[level] = outcomes
    section.close()
    return MappingProxyType(rows)


def _statement(section: Section) -> tuple[str, Label, Label]:
    found = (section.text("id"), _label(section.section("first")), _label(section.section("second")))
    section.close()
    return found


@cache
def published() -> tuple[Matrix, ...]:
    """Every version, the oldest first. Raises Broken, also for one that is not what was published under its name."""
    folder = resources.files(__package__).joinpath("matrices")
    pinned = pins.of(folder)
    found = []
    for name in sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml")):
        if name != pins.FILE:
            found.append(read(folder.joinpath(name).read_text(encoding="utf-8"), name))
            if pinned.get(found[-1].version) != found[-1].digest:
                raise Broken(name, 1, f"version {found[-1].version} is not the one that was published")
    return tuple(sorted(found, key=lambda matrix: matrix.effective_from))


def in_force(day: date) -> Matrix:
    """The version in force on a day: the last that has begun; before any has, the first."""
    begun = [matrix for matrix in published() if matrix.effective_from <= day]
    return begun[-1] if begun else published()[0]
