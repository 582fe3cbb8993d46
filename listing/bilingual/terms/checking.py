"""Whether the two texts of a pair hold to the term list.

Decides what deviates. What is accepted is read generously (any inflection, either script); what is objected to is read
strictly, and not where the other side says so for a reason of its own. The longest term at a place is the one that is
meant. A term that is merely missing on the other side is a hint, because good translations do without; a known
confusion is likely an error. The time is linear in the length of the texts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from listing.bilingual.agreement.finding import HINT, LIKELY
from listing.bilingual.script import detect
from listing.bilingual.terms.company import CompanyTerm
from listing.bilingual.terms.finding import Mention, TermFinding
from listing.bilingual.terms.forbidden import forbidden
from listing.bilingual.terms.glossary import Term, glossary
from listing.bilingual.terms.matching import Chinese, English, Place, Words, fold, generous, longest, strict, words


@dataclass(frozen=True, slots=True)
class _Lists:
    """The term list made ready for looking up: lexicons, and for each key the terms it belongs to."""

    zh: Chinese
    en: English
    of_zh: Mapping[str, Sequence[Term]]
    of_en: Mapping[str, Sequence[Term]]
    wrong_zh: Chinese
    wrong_en: English


@cache
def _lists() -> _Lists:
    terms = glossary()
    en = English((form for term in terms for form in term.en_forms), generous)
    of_zh, of_en = defaultdict(list), defaultdict(list)
    for term in terms:
        for form in dict.fromkeys(map(fold, term.zh_forms)):
            of_zh[form].append(term)
        for keys in dict.fromkeys(map(en.of, term.en_forms)):
            of_en[" ".join(keys)].append(term)
    return _Lists(
        Chinese(of_zh),
        en,
        of_zh,
        of_en,
        Chinese(form for term in terms for form in term.not_zh),
        English((form for term in terms for form in term.not_en), strict),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One text as read: the terms meant, every known form, and every form that some term objects to."""

    text: str
    meant: Sequence[Place]
    known: Mapping[str, Sequence[Place]]
    wrong: Mapping[str, Sequence[Place]]

    def mention(self, place: Place) -> Mention:
        return Mention(self.text[place.start : place.end], place.start, place.end)


def _side(text: str, places: Iterable[Place], wrong: Iterable[Place], taken: Sequence[Place]) -> _Side:
    found = [place for place in places if not any(place.within(name) for name in taken)] if taken else list(places)
    return _Side(text, longest(found), _by_form(found), _by_form(wrong))


def _by_form(places: Iterable[Place]) -> Mapping[str, Sequence[Place]]:
    sorted_out = defaultdict(list)
    for place in places:
        sorted_out[place.form].append(place)
    return sorted_out


def check(zh: str, en: str, company_terms: Iterable[CompanyTerm] = ()) -> list[TermFinding]:
    """Return what deviates from the term list, from the company's own terms, and what is forbidden; none raises."""
    lists, folded = _lists(), fold(zh)
    loosely, strictly = words(en, generous), words(en, strict)
    own, taken_zh, taken_en = _of_company(zh, en, folded, strictly, tuple(company_terms))
    affirmed = (place for place in lists.zh.places(folded) if not folded.startswith("非", place.start - 1))
    here = _side(zh, affirmed, lists.wrong_zh.places(folded), taken_zh)
    there = _side(en, lists.en.places(loosely), lists.wrong_en.places(strictly), taken_en)
    findings = [
        *own,
        *_from_chinese(here, there, frozenset(loosely.keys)),
        *_from_english(here, there),
        *_scripts(here),
        *forbidden(zh, en),
    ]
    return sorted(_once(findings), key=lambda finding: (finding.zh or finding.en).start)


def _once(findings: Iterable[TermFinding]) -> Iterable[TermFinding]:
    """One finding for one pair of places, the first."""
    return {(f.kind, f.zh, f.en): f for f in reversed(list(findings))}.values()


def _meant(side: _Side, of: Mapping[str, Sequence[Term]]) -> dict[str, tuple[Place, Sequence[Term]]]:
    """The forms meant in a text, each at its first place, with the terms it may stand for."""
    return {place.form: (place, of[place.form]) for place in reversed(side.meant)}


def _from_chinese(here: _Side, there: _Side, keys: frozenset[str]) -> Iterable[TermFinding]:
    lists = _lists()
    explained = _explained(there, lists.of_en, here, _zh_keys)
    for place, terms in _meant(here, lists.of_zh).values():
        if any(_says(there, term, _en_keys(term), _wrong_en_keys(term)) for term in terms):
            continue
        term, mention = terms[0], here.mention(place)
        wrong = _objection(there, (form for t in terms for form in _wrong_en_keys(t)), explained)
        if wrong:
            yield TermFinding("confusable", LIKELY, mention, there.mention(wrong), (), term.en, term.id, mention.text)
        elif not any(t.everyday or _all_words(t, keys) for t in terms):
            yield TermFinding("term", HINT, mention, None, (), term.en, term.id)


def _from_english(here: _Side, there: _Side) -> Iterable[TermFinding]:
    lists = _lists()
    explained = _explained(here, lists.of_zh, there, _en_keys)
    hant = detect(here.text) == "Hant"
    for place, terms in _meant(there, lists.of_en).values():
        if any(_says(here, term, _zh_keys(term), _wrong_zh_keys(term)) for term in terms):
            continue
        term, mention = terms[0], there.mention(place)
        suggestion = term.hant if hant else term.hans
        wrong = _objection(here, (form for t in terms for form in _wrong_zh_keys(t)), explained)
        if wrong:
            yield TermFinding("confusable", LIKELY, here.mention(wrong), mention, (), suggestion, term.id, mention.text)
        elif _is_headword(place, term) and not any(t.everyday for t in terms):
            yield TermFinding("term", HINT, None, mention, (), suggestion, term.id)


def _is_headword(place: Place, term: Term) -> bool:
    """Whether an English phrase is the term itself, in several words: others mean more things than one."""
    return " " in place.form and place.form == " ".join(_lists().en.of(term.en))


def _explained(side: _Side, of: Mapping[str, Sequence[Term]], other: _Side, keys) -> list[Place]:
    """The places of one text whose term the other text means too: nothing is objected to there."""
    meant = {place.form for place in other.meant}
    return [place for place in side.meant if any(meant & keys(term) for term in of[place.form])]


def _says(side: _Side, term: Term, keys: Iterable[str], wrong: Iterable[str]) -> bool:
    """Whether a text has an accepted form of a term other than inside a longer form that the term objects to."""
    objected = [place for form in wrong for place in side.wrong.get(form, ())]
    return any(
        not any(place.within(longer) for longer in objected) for key in keys for place in side.known.get(key, ())
    )


def _objection(side: _Side, forms: Iterable[str], explained: Sequence[Place]) -> Place | None:
    """The first objected form that stands there without being explained."""
    for form in forms:
        for place in side.wrong.get(form, ()):
            if not any(place.within(other) for other in explained):
                return place
    return None


@cache
def _zh_keys(term: Term) -> frozenset[str]:
    return frozenset(map(fold, term.zh_forms))


@cache
def _en_keys(term: Term) -> frozenset[str]:
    return frozenset(" ".join(_lists().en.of(form)) for form in term.en_forms)


@cache
def _wrong_en_keys(term: Term) -> tuple[str, ...]:
    return tuple(" ".join(_lists().wrong_en.of(form)) for form in term.not_en)


@cache
def _wrong_zh_keys(term: Term) -> tuple[str, ...]:
    return tuple(map(fold, term.not_zh))


@cache
def _loose_words(term: Term) -> tuple[frozenset[str], ...]:
    little = {"of", "the", "a", "an", "and", "or", "to", "in", "for", "by"}
    return tuple(frozenset(words(form, generous).keys) - little for form in term.en_forms)


def _all_words(term: Term, keys: frozenset[str]) -> bool:
    """Whether all words of one accepted form stand somewhere in the text: the term said in another order."""
    return any(form <= keys for form in _loose_words(term))


def _scripts(here: _Side) -> Iterable[TermFinding]:
    """Words of the Mainland in a text in Traditional characters, and of Hong Kong in one in Simplified."""
    script = detect(here.text)
    for place, terms in _meant(here, _lists().of_zh).values():
        if script == "Hant" and not any(place.form in _in_hong_kong(term) for term in terms):
            yield TermFinding("hong_kong", HINT, here.mention(place), None, (), terms[0].hant, terms[0].id)
        elif script == "Hans" and not any(term.everyday or place.form in _on_the_mainland(term) for term in terms):
            yield TermFinding("mainland", HINT, here.mention(place), None, (), terms[0].hans, terms[0].id)


@cache
def _in_hong_kong(term: Term) -> frozenset[str]:
    return frozenset(map(fold, (term.hant, *term.hant_also)))


@cache
def _on_the_mainland(term: Term) -> frozenset[str]:
    return frozenset(map(fold, (term.hans, *term.zh_also)))


def _of_company(
    zh: str, en: str, folded: str, english: Words, terms: Sequence[CompanyTerm]
) -> tuple[list[TermFinding], list[Place], list[Place]]:
    """The findings on a company's own terms, and the places they take on either side."""
    if not terms:
        return [], [], []
    known_zh = Chinese(form for term in terms for form in term.zh_forms)
    known_en = English((form for term in terms for form in term.en_forms if words(form).keys), strict)
    in_zh, in_en = list(known_zh.places(folded)), list(known_en.places(english))
    first_zh = {place.form: place for place in reversed(longest(in_zh))}
    first_en = {place.form: place for place in reversed(longest(in_en))}
    all_zh, all_en = {place.form for place in in_zh}, {place.form for place in in_en}
    findings = []
    for term in terms:
        zh_keys = [key for form in term.zh_forms if len(key := fold(form)) > 1]
        en_keys = [key for form in term.en_forms if (key := " ".join(known_en.of(form)))]
        if not (zh_keys and en_keys):  # nothing to look for on one side
            continue
        said_zh = next((first_zh[key] for key in zh_keys if key in first_zh), None)
        said_en = next((first_en[key] for key in en_keys if key in first_en), None)
        if said_zh and not all_en.intersection(en_keys):
            mention = Mention(zh[said_zh.start : said_zh.end], said_zh.start, said_zh.end)
            findings.append(TermFinding("company_term", LIKELY, mention, None, (), term.en))
        elif said_en and not all_zh.intersection(zh_keys):
            mention = Mention(en[said_en.start : said_en.end], said_en.start, said_en.end)
            findings.append(TermFinding("company_term", LIKELY, None, mention, (), term.zh))
    return findings, list(first_zh.values()), list(first_en.values())
