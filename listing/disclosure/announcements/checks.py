"""What holds an announcement back, and what is worth a look: both texts against each other, passage by passage.

Pure. A certain contradiction of figures blocks; nobody can override it, because an announcement is never changed after.
Terms, forbidden wording and likely contradictions warn.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from listing.bilingual import agreement, freshness, misplaced, terms
from listing.bilingual.agreement.finding import CERTAIN, LIKELY
from listing.bilingual.freshness import Freshness
from listing.bilingual.pair import Pair
from listing.bilingual.terms import CompanyTerm
from listing.refusal import Refusal

from . import figures, rules, saying, texts, visibility
from .figures import Given

TITLE, BODY, NOTE, FILES = "title", "body", "note", "files"
FIGURE = "figure:"  # with its id and period
_NOTHING = Pair("", "")


class Said(NamedTuple):
    """Something to be told about one place: title, body, note, a figure, or the number of a passage from 1 on."""

    place: str | int
    message: str
    parameters: dict


class Checked(NamedTuple):
    """What blocks and what warns."""

    blocks: list[Said]
    warns: list[Said]


def checked(
    title: Pair,
    body: Pair,
    note: Pair | None,
    fresh: Freshness | None,
    own_terms: Sequence[CompanyTerm] = (),
    released: Pair | None = None,
) -> Checked:
    """Everything that keeps the texts from being signed, then what the signatory should look at.

    ``fresh`` is None where both texts follow from a form; ``released`` is the body as it is released, where it names
    figures that are said for it.
    """
    blocks = [_said(place, refusal) for place, refusal in _lacks(title, body, note, fresh)]
    warns: list[Said] = []
    for place, pair in _places(title, released or body, note):
        for finding in agreement.check(pair.zh, pair.en):
            if finding.severity in (CERTAIN, LIKELY):
                told = Said(place, finding.message, finding.parameters)
                (blocks if finding.severity == CERTAIN else warns).append(told)
        for finding in terms.check(pair.zh, pair.en, own_terms):
            if finding.severity in (CERTAIN, LIKELY):
                warns.append(Said(place, finding.message, finding.parameters))
    return Checked(blocks, warns)


def doubtful(pair: Pair, own_terms: Sequence[CompanyTerm] = ()) -> bool:
    """Whether the check finds figures or wording of a pair that certainly or likely do not agree."""
    found = (*agreement.check(pair.zh, pair.en), *terms.check(pair.zh, pair.en, own_terms))
    return any(finding.severity in (CERTAIN, LIKELY) for finding in found)


def _said(place: str, refusal: Refusal) -> Said:
    return Said(place, refusal.message, refusal.params)


def _lacks(title: Pair, body: Pair, note: Pair | None, fresh: Freshness | None) -> Iterator[tuple[str, Refusal]]:
    missing = False
    for place, pair in ((TITLE, title), (BODY, body), (NOTE, note)):
        if pair is not None and not pair.complete:
            missing = True
            yield place, rules.TextMissing()
        elif pair is not None:
            yield from ((place, misplaced.BY_SIDE[side]()) for side in pair.misplaced)
    if missing:
        return
    try:
        texts.passages(body)
    except Refusal as refusal:
        yield BODY, refusal
    if fresh is not None:
        yield from _unmet(texts.whole(title, body), fresh)


def _unmet(whole: Pair, fresh: Freshness) -> Iterator[tuple[str, Refusal]]:
    state = freshness.state(whole, fresh)
    if state.reason == freshness.MACHINE:
        yield BODY, rules.MachineText()
    elif state.name not in (freshness.COMPLETE, freshness.CONFIRMED):
        yield BODY, rules.OneSideLater()


def of_files(files: Sequence[Mapping]) -> list[Said]:
    """What keeps the attachments from being signed: no language has fewer of them."""
    count = Counter(row["side"] for row in files)
    if count["zh"] == count["en"]:
        return []
    return [_said(FILES, rules.FilesDiffer(zh=count["zh"], en=count["en"]))]


def of_figures(given: Given | None, released: Pair) -> list[Said]:
    """What keeps the figures from being signed: they do not add up, or a text names or says others."""
    found = [_said(BODY, refusal) for refusal in saying.unknown(released)] if given else []
    if given is None:
        return found
    for figure, period, refusal in figures.disagreements(given):
        found.append(_said(f"{FIGURE}{figure}.{period}", refusal))
    for place, passage in _places(_NOTHING, released, None):
        found.extend(_said(place, refusal) for refusal in saying.contradictions(passage, given))
    return found


def of_earlier(given: Given, told: Mapping[str, Given]) -> list[Said]:
    """Where the period before was announced otherwise, by the number under which it was."""
    return [
        _said(f"{FIGURE}{figure}.{figures.BEFORE}", rules.EarlierDiffers(number=number, value=f"{value:,f}"))
        for number, then in told.items()
        for figure, value in saying.earlier(given, then).items()
    ]


def of_readers(announcement, corrects) -> list[Said]:
    """That what only some could read goes out to everybody with its correction, the figures and files it took over."""
    wider = corrects is not None and corrects.visibility != announcement.visibility
    return [_said("", visibility.Wider())] if wider else []


def _places(title: Pair, body: Pair, note: Pair | None) -> Iterator[tuple[str | int, Pair]]:
    """What has both languages, by its place; the body as a whole where its passages do not fit each other."""
    if title.complete:
        yield TITLE, title
    try:
        yield from enumerate(texts.passages(body), start=1)
    except Refusal:
        if body.complete:
            yield BODY, body
    if note is not None and note.complete:
        yield NOTE, note
