"""What a rule asks and what a line of a trace says, in words of the three languages.

The sentences stand in vocabulary.yaml. How amounts and days read is decided by who calls: ``Manner`` carries the two
functions, so that nothing here knows a web page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from listing.money import Money

from .book import Group, Rule
from .case import Part
from .decision import Line, Seen
from .logic import MET, NOT_MET
from .vocabulary import words

# A place that is filled with Chinese stands beside Chinese without a blank: 不低于人民币 300 万元.
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak: the language, and how an amount and a day read in it."""

    language: str
    money: Callable[[Money, str], str]
    day: Callable[[date, str], str]

    def sentence(self, key: str, **places: str) -> str:
        """One sentence with its places filled."""
        said = words("sentences")[key].said(self.language)
        return _BETWEEN_HAN.sub("", said.format(**places)) if places else said

    def word(self, name: str, key: str) -> str:
        """One word of a list."""
        return words(name)[key].said(self.language)

    def value(self, value: Money | Decimal | tuple[str, ...]) -> str:
        """An amount, a number, or a list of codes or stated parts."""
        if isinstance(value, Money):
            return self.money(value, self.language)
        if isinstance(value, Decimal):
            return f"{value:f}"
        joint = "; " if self.language == "en" else "；"
        return joint.join(self._one(each) for each in value) or "–"

    def number(self, value: Decimal, metric: str) -> str:
        """A number with its measure word: 2 年."""
        return f"{value:f} {self.word('units', metric)}".strip()

    def _one(self, value: Part | str) -> str:
        if isinstance(value, str):
            return self.word("codes", value)
        amount = self.money(value.amount, self.language)
        if value.kind == "own":
            return amount
        kind = self.word("parts", value.kind)
        return f"{amount} ({kind})" if self.language == "en" else f"{amount}（{kind}）"


def asked(rule: Rule, manner: Manner) -> str:
    """What a rule asks: Portfolio: at least HKD 8 million."""
    places = {"metric": manner.word("metrics", rule.metric)}
    if rule.codes:
        return manner.sentence("rule_codes", threshold=manner.value(rule.codes), **places)
    if not rule.op:
        return manner.sentence("rule_flag", **places)
    places["op"] = manner.word("operators", rule.op)
    if rule.unset:
        return manner.sentence("rule_unset", **places)
    number = isinstance(rule.least, Decimal)
    places["threshold"] = manner.number(rule.least, rule.metric) if number else manner.value(rule.least)
    if rule.period == "point":
        return manner.sentence("rule_point", **places)
    return manner.sentence("rule", period=manner.word("periods", rule.period), **places)


def heading(group: Group, manner: Manner) -> str:
    """How the members of a group stand together: all of these, at least 2 of these."""
    return words("logics")[group.logic].said(manner.language).format(k=group.k)


def spared(exclusion: str, manner: Manner) -> str:
    """What an exclusion asks for, so that "met" is said of not being one."""
    return manner.sentence("asked_not_to_be", who=manner.word("exclusions", exclusion))


def told(line: Line, manner: Manner) -> Iterator[str]:
    """What a line says: its outcome first, then how an amount was come by, then each paper."""
    yield _outcome(line, manner)
    yield from _amounts(line, manner)
    for seen in line.evidence:
        yield paper(seen, manner)


def _outcome(line: Line, manner: Manner) -> str:
    if line.reason:
        return manner.sentence(line.reason)
    if line.branch == "exclusion":
        return manner.sentence("not_excluded")
    if isinstance(line.stated, bool):
        return manner.sentence(f"{line.outcome}_flag")
    if isinstance(line.stated, Decimal):
        return manner.sentence(line.outcome, value=manner.number(line.stated, line.metric))
    return manner.sentence(line.outcome, value=manner.value(line.stated if line.counted is None else line.counted))


def _amounts(line: Line, manner: Manner) -> Iterator[str]:
    if not isinstance(line.counted, Money):
        return
    stated = manner.value(line.stated)
    for used in line.rates:
        places = {"base": used.base, "quote": used.quote, "value": f"{used.value:f}", "id": used.id}
        yield manner.sentence("converted", stated=stated, day=manner.day(used.day, manner.language), **places)
    if not line.rates and line.outcome in (MET, NOT_MET) and stated != manner.value(line.counted):
        yield manner.sentence("stated_parts", stated=stated, counted=manner.value(line.counted))


def paper(seen: Seen, manner: Manner) -> str:
    """What a rule saw of a paper: which, from when, and until when it counts or why it does not."""
    places = {
        "paper": manner.word("papers", seen.kind),
        "id": seen.id[:8],
    }  # enough to tell two papers of one kind apart
    if seen.dated:
        places |= {"day": manner.day(seen.dated, manner.language), "age": str(seen.age_days)}
    if seen.until:
        places["until"] = manner.day(seen.until, manner.language)
    return manner.sentence(seen.refused or ("paper_until" if seen.until else "paper"), **places)
