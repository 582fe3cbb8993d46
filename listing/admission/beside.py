"""One rule as a reviewer looks at it: what it asks, the answers that speak of it, and the papers, those it takes first.

Decides which answers and papers belong to a rule, from the same declarations that the books are told by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import eligibility, papers, told
from .judging import Judged
from .pages import pages
from .vetting import Case

# What answers an exclusion, which no field declares as a fact of its own.
_EXCLUSIONS = {
    "sanctioned": "declarations.sanctioned",
    "undisclosed_nominee": "declarations.own_account",
    "platform_staff": "declarations.staff",
    "politically_exposed": "owners",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule at its place among all of a case."""

    number: int
    of: int
    section: eligibility.Section
    said: eligibility.Said
    metric: str
    taken: frozenset[str]  # the papers that the rules saw for it, by uid


def rules(judged: Judged, reader: str) -> list[Rule]:
    """Every rule that a reviewer says something of, each once, in the order of the case's page."""
    lines = {(one.book, line.rule): line for one in judged.decisions for line in one.trace}
    found = {line.rule: (section, line) for section in eligibility.sections(judged, reader) for line in section.lines}
    made = []
    for number, (section, said) in enumerate(found.values(), 1):
        line = lines[section.book.id, said.rule]
        taken = frozenset(one.id for one in line.evidence)
        made.append(Rule(number, len(found), section, said, line.metric, taken))
    return made


def answers(rule: Rule, contents: Mapping[str, Mapping], reader: str) -> list[told.Section]:
    """The answers that speak of a rule, by page."""
    wanted = _places(rule.metric)
    found = []
    for section in told.sections(contents, reader):
        lines = tuple(line for line in section.lines if line.place in wanted or section.id in wanted)
        rows = section.rows if section.id in wanted else ()
        if lines or rows:
            found.append(told.Section(section.id, section.label, lines, rows))
    return found


def _places(metric: str) -> set[str]:
    declared = {
        f"{key}.{field.id}"
        for key, page in pages().items()
        for field in page.fields
        if metric in {name.partition(".")[0] for name in field.rule("facts", ())}
    }
    return declared | {_EXCLUSIONS[metric]} if metric in _EXCLUSIONS else declared


def sent(case: Case) -> list[tuple[Mapping, object]]:
    """The papers that were sent, each with its file, or None where that is gone since."""
    there = {row.uid: row for row in papers.of(case.application)}
    return [(each, there.get(each["id"])) for each in case.submission.content["evidence"] or ()]


def in_order(rule: Rule, sent: Sequence[tuple]) -> list[tuple]:
    """The papers that the rule takes first."""
    return sorted(sent, key=lambda pair: pair[0]["id"] not in rule.taken)
