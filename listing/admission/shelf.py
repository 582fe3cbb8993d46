"""A rule book as a page or a program reads it: every rule in both languages, numbered, with its clause and standing.

Only says what the book says. How a book is read is decided in ``listing.rulebook``, how the page looks in its template.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from listing.bilingual import citing
from listing.rulebook import words
from listing.rulebook.book import Book, Branch, Group, Paper, Rule
from listing.rulebook.spans import Span
from listing.rulebook.vocabulary import MEMORY, Label
from listing.rulebook.vocabulary import words as listed
from listing.web import formats


@dataclass(frozen=True, slots=True)
class Both:
    """One text in the reader's Chinese and in English."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """The side of a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a branch: a heading of a group, or a rule with where it stands in law and whether that was seen."""

    number: str
    said: Both
    rule: str = ""
    clause: str = ""
    source: str = ""
    unverified: bool = False
    note: Both | None = None


@dataclass(frozen=True, slots=True)
class Knot:
    """A rule, or a heading with what stands under it."""

    said: Both
    unverified: bool = False
    under: tuple["Knot", ...] = ()


class Reader:
    """Says a book in English and in the Chinese of the reader: Hong Kong's for zh-Hant, else the Mainland's."""

    def __init__(self, language: str):
        self.chinese = language if language.startswith("zh") else "zh-Hans"
        self._zh = words.Manner(self.chinese, formats.money, formats.day)
        self._en = words.Manner("en", formats.money, formats.day)

    def label(self, label: Label) -> Both:
        """A label of the file."""
        return Both(label.said(self.chinese), label.en)

    def word(self, name: str, key: str) -> Both:
        """A word of a closed list."""
        return self.label(listed(name)[key].label)

    def words(self, name: str, keys: tuple[str, ...]) -> Both:
        """Several words of a closed list."""
        said = [self.word(name, key) for key in keys]
        return Both("、".join(each.zh for each in said), ", ".join(each.en for each in said))

    def _both(self, say: Callable, subject: object) -> Both:
        return Both(say(subject, self._zh), say(subject, self._en))

    def rule(self, rule: Rule) -> Both:
        """What a rule asks."""
        return self._both(words.asked, rule)

    def item(self, book: Book, key: str) -> Both:
        """What an entry of ``book.unverified()`` is: a rule, a kind of paper, a step, or the day it took effect."""
        rule = book.rule(key)
        if rule:
            said = self.rule(rule)
            zh, en = (citing.cited(rule.clause, language)[0].text for language in (self.chinese, "en"))
            return Both(f"{said.zh}（{zh}）", f"{said.en} ({en})")
        kind, _, name = key.partition(".")
        if kind == "paper":
            paper = next(paper for paper in book.papers if paper.kind == name)
            word, age = self.word("papers", name), self.age(paper)
            return Both(f"{word.zh}：{age.zh}", f"{word.en}: {age.en}") if age else word
        if kind == "step":
            return self.label(next(step.label for step in book.steps if step.id == name))
        day = book.head.effective_from
        return Both(f"生效日期 {formats.day(day, self.chinese)}", f"In force since {formats.day(day, 'en')}")

    def knots(self, group: Group) -> tuple[Knot, ...]:
        """A group as nested lists say it; a group of one needs no heading."""
        parts = [self.knots(each) if isinstance(each, Group) else (self._knot(each),) for each in group.of]
        under = tuple(knot for part in parts for knot in part)
        return (Knot(self._both(words.heading, group), under=under),) if len(group.of) > 1 else under

    def _knot(self, rule: Rule) -> Knot:
        return Knot(self.rule(rule), rule.unverified)

    def rows(self, branch: Branch) -> list[Row]:
        """A branch line by line."""
        return list(self._group(branch.test, ""))

    def _group(self, group: Group, prefix: str) -> Iterator[Row]:
        if len(group.of) > 1:
            yield Row(prefix, self._both(words.heading, group))
        for place, member in enumerate(group.of, 1):
            number = f"{prefix}.{place}" if prefix else str(place)
            if isinstance(member, Group):
                yield from self._group(member, number)
            else:
                yield self._row(member, number)

    def _row(self, rule: Rule, number: str) -> Row:
        note = self.label(rule.note) if rule.note else None
        return Row(number, self.rule(rule), rule.id, rule.clause, rule.source, rule.unverified, note)

    def age(self, paper: Paper) -> Both | None:
        """How old a paper may be."""
        return self.span(paper.max_age) if paper.max_age else None

    def span(self, span: Span) -> Both:
        """A length of time."""
        zh = [f"{span.months} 个月" if span.months else "", f"{span.days} 天" if span.days else ""]
        if self.chinese == "zh-Hant":
            zh = [part.replace("个", "個").replace("天", "日") for part in zh]
        en = [_counted(span.months, "month"), _counted(span.days, "day")]
        return Both("".join(filter(None, zh)), " ".join(filter(None, en)))


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


def as_data(book: Book) -> dict[str, object]:
    """A whole book for programs."""
    head = book.head
    return {
        "id": book.id,
        "version": book.version,
        "kind": head.kind,
        "digest": book.digest,
        "jurisdiction": head.jurisdiction,
        "name": _said(head.name),
        "authority": _said(head.authority),
        "instrument": _said(head.instrument),
        "effective_from": head.effective_from.isoformat(),
        "effective_to": head.effective_to.isoformat() if head.effective_to else None,
        "superseded_by": head.superseded_by,
        "validity": str(book.validity) if book.validity else None,
        "retest": book.retest,
        "unverified": list(book.unverified()),
        "branches": [_branch(branch) for branch in book.branches],
        "evidence": [
            {"kind": p.kind, "max_age": str(p.max_age) if p.max_age else None, "proves": list(p.proves)} | _standing(p)
            for p in book.papers
        ],
        "exclusions": [{"who": each.id, "effect": each.effect} for each in book.exclusions],
        "statement": [_said(point) for point in book.statement.points] if book.statement else [],
        "steps": [
            {"id": s.id, "label": _said(s.label), "authority": _said(s.authority)} | _standing(s) for s in book.steps
        ],
    }


def _said(label: Label) -> dict[str, str]:
    return {"zh-Hans": label.zh_hans, "zh-Hant": label.zh_hant, "en": label.en}


def _standing(known) -> dict[str, str]:
    return {"clause": known.clause, "source": known.source, "status": known.status}


def _branch(branch: Branch) -> dict[str, object]:
    kept = {"id": branch.id, "label": _said(branch.label), "parties": list(branch.parties), "grade": branch.grade}
    return kept | {"layer": branch.layer, "test": _test(branch.test)}


def _test(member: Group | Rule) -> dict[str, object]:
    if isinstance(member, Group):
        return {member.logic: [_test(each) for each in member.of]} | ({"k": member.k} if member.logic == "n_of" else {})
    manner = words.Manner("en", formats.money, formats.day)
    return {"id": member.id, "metric": member.metric, "period": member.period, "says": words.asked(member, manner)} | (
        _standing(member)
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One rule, or one kind of paper, in two versions of a book; either side may be absent."""

    id: str
    before: Both | None
    after: Both | None

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


def changes(before: Book, after: Book, reader: Reader) -> list[Change]:
    """Every rule and kind of paper of two versions side by side, in the order of the later one."""
    old, new = dict(_lines(before, reader)), dict(_lines(after, reader))
    return [Change(key, old.get(key), new.get(key)) for key in [*new, *(key for key in old if key not in new)]]


def _lines(book: Book, reader: Reader) -> Iterator[tuple[str, Both]]:
    for rule in book.rules():
        yield rule.id, reader.rule(rule)
    for paper in book.papers:
        yield f"{book.id}.{paper.kind}", reader.item(book, f"paper.{paper.kind}")


def unseen(book: Book) -> frozenset[str]:
    """The kinds of paper whose clause nobody has seen yet."""
    return frozenset(paper.kind for paper in book.papers if paper.status == MEMORY)
