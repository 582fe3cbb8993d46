"""What a sheet still lacks before it can be sent, and the state of a task in the list.

Pure. Drafts may lack anything; whoever sends may not. A sheet that is not part of the first publication may stay empty,
and once begun has to be whole.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from listing.bilingual import agreement, freshness, misplaced
from listing.bilingual.agreement import Finding
from listing.bilingual.pair import Pair
from listing.companies import figures
from listing.companies.sheets import Field, Sheet, sheets
from listing.refusal import Refusal

from . import claims, reading, rules, texts

NOT_STARTED, IN_PROGRESS, COMPLETED, PROBLEM = "not_started", "in_progress", "completed", "problem"
CERTAIN = "certain"


class Lack(NamedTuple):
    """What one field lacks; ``wrong`` where something stands there that cannot stay."""

    name: str
    label: Field
    refusal: Refusal
    wrong: bool = False


def lacks(sheet: Sheet, content: Mapping) -> list[Lack]:
    """Everything that keeps a sheet from being sent, in the order of its fields."""
    return [*_lacks(sheet.fields, "", content, excused=sheet.excused(content)), *_of_the_periods(sheet, content)]


def _of_the_periods(sheet: Sheet, content: Mapping) -> Iterator[Lack]:
    """What is wrong with key figures beyond single answers: periods that overlap or are of odd length."""
    for finding in figures.check(figures.periods(content)) if sheet.id == "figures" else ():
        if finding.gravity == figures.REFUSED:
            yield Lack("periods", sheet.field("periods"), finding.refusal, True)


def warnings(sheet: Sheet, content: Mapping) -> list[Refusal]:
    """What looks wrong in key figures and may yet be right; it holds nothing back."""
    found = figures.check(figures.periods(content)) if sheet.id == "figures" else ()
    return [finding.refusal for finding in found if finding.gravity == figures.WARNING]


def _lacks(fields, prefix: str, content: Mapping, *, excused: bool) -> Iterator[Lack]:
    for each in fields:
        place = content.get(each.rule("under"), {}) if each.rule("under") else content
        value, name = place.get(each.id), prefix + each.id
        asked = each.rule("needed", False) and (not excused or each.rule("always", False))
        if each.kind == "rows":
            yield from _rows(each, name, value or [], excused=excused)
        elif each.is_pair and value:
            yield from _pair(each, name, value, asked)
        elif asked and value is None:
            yield Lack(name, each, rules.Unanswered())


def _rows(each: Field, name: str, rows: list, *, excused: bool) -> Iterator[Lack]:
    least = each.rule("least", 0)
    if len(rows) < least and not excused:
        yield Lack(name, each, rules.TooFewRows(least=least))
    key = each.rule("whole")
    if key and rows and (total := reading.sum_of(rows, key)) < 100:
        yield Lack(name, each, rules.Under100(sum=f"{total:.2f}%", rest=f"{100 - total:.2f}%"), True)
    for number, row in enumerate(rows):
        yield from _lacks(each.fields, f"{name}.{number}.", row, excused=False)
        if row.get("class") == "image" and not texts.pair(row.get("alt")).complete:
            yield Lack(f"{name}.{number}.alt", each, rules.NoAlternative())


def _pair(each: Field, name: str, value: Mapping, asked: bool) -> Iterator[Lack]:
    pair = texts.pair(value)
    if len(pair.missing) == 2:
        if asked:
            yield Lack(name, each, rules.Unanswered())
    elif pair.missing:
        if not each.rule("one_side"):
            side = pair.missing[0]
            yield Lack(f"{name}.{side}", each, rules.WithoutChinese() if side == "zh" else rules.WithoutEnglish())
    elif wrong := _misplaced(each, pair):
        yield Lack(f"{name}.{wrong[0]}", each, misplaced.BY_SIDE[wrong[0]](), True)
    elif not each.rule("legal") and texts.state(value).name not in (freshness.COMPLETE, freshness.CONFIRMED):
        yield Lack(name, each, rules.OutOfDate(), True)


def _misplaced(each: Field, pair: Pair) -> list[str]:
    """The sides in the wrong language; what stands in a line may be a name in Latin letters in both."""
    return [side for side in pair.misplaced if each.kind == "passage" or side == "en"]


def mismatches(sheet: Sheet, content: Mapping) -> list[tuple[str, Finding]]:
    """The figures of the passages that certainly do not agree, with the names of the fields."""
    return [
        (name, finding)
        for name, value in claims.passages(sheet, content)
        for finding in agreement.check(value["zh"], value["en"])
        if finding.severity == CERTAIN and texts.pair(value).complete
    ]


def state(sheet: Sheet, content: Mapping) -> str:
    """The state of a task: not started, in progress, completed, or a problem."""
    if not any(key not in ("currency", "unit") for key in content):
        return NOT_STARTED
    found = lacks(sheet, content)
    if any(lack.wrong for lack in found) or mismatches(sheet, content):
        return PROBLEM
    return IN_PROGRESS if found else COMPLETED


def to_send(contents: Mapping[str, Mapping]) -> dict[str, list[Lack]]:
    """What is still missing before the profile can be sent, by sheet; a sheet left empty that may be is passed over."""
    found = {}
    for key, sheet in sheets().items():
        content = contents.get(key, {})
        if (sheet.required or state(sheet, content) != NOT_STARTED) and (missing := lacks(sheet, content)):
            found[key] = missing
    return found
