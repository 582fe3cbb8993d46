"""What one visitor sees of one company: passages in the order of the page, in the script asked for, and what is hidden.

Decides from values only; the tiers of the sections are those of ``rules``. What is hidden is named and never carried:
nothing of a hidden passage leaves this module but the label of its section.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from listing.access.actor import Actor, Tier
from listing.bilingual import script as scripts

from . import cards, catalogue, rules
from .models import Company, Revision

VIEWS = ("both", "zh", "en")
SCRIPTS = ("", "Hans", "Hant")  # as typed, or one of the two


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as shown; ``converted`` when its Chinese was derived from the other script."""

    section: str
    label: str
    zh: str
    en: str
    zh_lang: str
    converted: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """The passages somebody sees, and by the tier that would see them the labels of the sections they do not see.

    ``summary`` is the public one, on the reader's side, for whoever shares the page.
    """

    passages: tuple[Passage, ...]
    registered: tuple[str, ...]
    admitted: tuple[str, ...]
    summary: str

    @property
    def sections(self) -> list[tuple[str, str, list[Passage]]]:
        """The passages by section, in order: its id, its label, its passages."""
        return [
            (section, group[0].label, group)
            for section, passages in groupby(self.passages, key=lambda passage: passage.section)
            if (group := list(passages))
        ]

    @property
    def has_chinese(self) -> bool:
        """Whether there is Chinese to show in one script or the other."""
        return any(passage.zh for passage in self.passages)

    @property
    def has_pair(self) -> bool:
        """Whether any passage stands in both languages, so that there is something to choose and to prevail."""
        return any(passage.zh and passage.en for passage in self.passages)

    @property
    def converted(self) -> bool:
        """Whether any Chinese on the page was derived."""
        return any(passage.converted for passage in self.passages)


def tier_for(person: Actor, company: Company) -> Tier:
    """How much of the company the person sees: its own people see all of it."""
    return Tier.STAFF if person.membership(company.organisation_id) else person.tier


def profile(revision: Revision | None, *, tier: Tier, reader: str, script: str) -> Profile:
    """The profile for a visitor of ``tier`` who reads the interface language ``reader``.

    ``script`` is one of SCRIPTS.
    """
    order = {section: place for place, section in enumerate(catalogue.sections())}
    passages = sorted(revision.shown["passages"] if revision else (), key=lambda p: order.get(p["section"], len(order)))
    labels = catalogue.labels("section", reader)
    hidden = [section for section in rules.hidden_sections(passages, tier) if section in labels]
    by_tier = {
        wanted: tuple(labels[section] for section in hidden if rules.tier_of(section) == wanted)
        for wanted in (Tier.REGISTERED, Tier.ADMITTED)
    }
    shown = tuple(_shown(passage, labels, script) for passage in rules.visible(passages, tier))
    public, _tag = summary(passages, tier=Tier.PUBLIC, english=reader == "en")
    return Profile(shown, by_tier[Tier.REGISTERED], by_tier[Tier.ADMITTED], public)


def _shown(passage: Mapping, labels: Mapping[str, str], script: str) -> Passage:
    typed = passage.get("script") or "Hans"
    wanted = script or typed
    text = passage["zh"]
    derived = text if wanted == typed else converted(text, wanted)
    label = labels.get(passage["section"], passage["section"])
    return Passage(passage["section"], label, derived, passage["en"], f"zh-{wanted}", derived != text)


def converted(text: str, script: str) -> str:
    """A Chinese text in ``script`` (Hans or Hant), derived."""
    return scripts.to_hant(text) if script == "Hant" else scripts.to_mainland(text)


def summary(passages: Iterable[Mapping], *, tier: Tier, english: bool) -> tuple[str, str]:
    """The summary and its language tag, on the reader's side or else the other; empty where a visitor sees none."""
    for passage in rules.visible(passages, tier):
        if passage["section"] == "summary":
            zh = (passage["zh"], f"zh-{passage.get('script') or 'Hans'}")
            en = (passage["en"], "en")
            first, second = (en, zh) if english else (zh, en)
            return first if first[0] else second
    return "", ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A company's facts in the reader's words; the other script of its name says whether it was derived."""

    place: str
    sector: str
    stage: str
    market: str
    other_script: str
    other_lang: str
    other_derived: bool
    website: str


def facts(company: Company, reader: str) -> Facts:
    """The facts of a company for a reader of the interface language ``reader``."""
    other = "Hans" if company.name_script == "Hant" else "Hant"
    derived = _name_in(other, company.name_zh) if company.name_zh and not company.name_zh_alt else ""
    return Facts(
        place=cards.place(company.domicile, company.province, company.city, reader),
        sector=catalogue.label("sector", company.sector, reader)
        or catalogue.label("group", company.sector_group, reader),
        stage=catalogue.label("stage", company.stage, reader),
        market=catalogue.label("market", company.market, reader),
        other_script=company.name_zh_alt or (derived if derived != company.name_zh else ""),
        other_lang=f"zh-{other}",
        other_derived=not company.name_zh_alt,
        website=company.website if company.website.startswith(("https://", "http://")) else "",
    )


def _name_in(script: str, name: str) -> str:
    """A name in the other script, character by character: a name's words are never replaced."""
    return scripts.to_hant_characters(name) if script == "Hant" else scripts.to_hans(name)
