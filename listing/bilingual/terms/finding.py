"""What can be wrong with the words of a pair, and the sentence that says so.

The same shape as a finding on figures (listing/bilingual/agreement/finding.py), with the place of a word instead of a
figure, a suggestion, and the entry of the term list or of the forbidden wording that speaks.
"""

from dataclasses import dataclass

from listing.bilingual.agreement.finding import Finding
from listing.refusal import N_

# kind, for forbidden wording its reason: the sentence where both sides are named, only the Chinese, only the English
MESSAGES = {
    "term": (
        "",
        N_("“%(zh)s” is usually “%(suggestion)s” in English; no accepted wording of it stands there."),
        N_("“%(en)s” is usually “%(suggestion)s” in Chinese; no accepted wording of it stands there."),
    ),
    "confusable": (N_("“%(zh)s” and “%(en)s” are not the same thing. For “%(said)s” write “%(suggestion)s”."), "", ""),
    "hong_kong": ("", N_("In Hong Kong “%(zh)s” is called “%(suggestion)s”."), ""),
    "mainland": ("", N_("On the Mainland “%(zh)s” is called “%(suggestion)s”."), ""),
    "company_term": (
        "",
        N_("The company writes “%(suggestion)s” for “%(zh)s”; the English lacks it."),
        N_("The company writes “%(suggestion)s” for “%(en)s”; the Chinese lacks it."),
    ),
    "guarantee": (
        "",
        N_("“%(zh)s” promises a return or the safety of the money. Nobody may promise that to investors."),
        N_("“%(en)s” promises a return or the safety of the money. Nobody may promise that to investors."),
    ),
    "riskless": (
        "",
        N_("“%(zh)s” denies risk. Every investment carries risk, and the text must not hide it."),
        N_("“%(en)s” denies risk. Every investment carries risk, and the text must not hide it."),
    ),
    "certainty": (
        "",
        N_("“%(zh)s” states as certain what cannot be known. Say what is expected, and on what grounds."),
        N_("“%(en)s” states as certain what cannot be known. Say what is expected, and on what grounds."),
    ),
    "inside": (
        "",
        N_("“%(zh)s” hints at information that others do not have. It may be used and passed on by nobody."),
        N_("“%(en)s” hints at information that others do not have. It may be used and passed on by nobody."),
    ),
    "pressure": (
        "",
        N_("“%(zh)s” presses the reader to act. Give the closing date, and leave the decision to the reader."),
        N_("“%(en)s” presses the reader to act. Give the closing date, and leave the decision to the reader."),
    ),
    "superlative": (
        "",
        N_("“%(zh)s” is a superlative without proof. Name the fact, its source and its date."),
        N_("“%(en)s” is a superlative without proof. Name the fact, its source and its date."),
    ),
    "endorsement": (
        "",
        N_("“%(zh)s” sounds as if an authority vouched for the value. Say what was examined, by whom and when."),
        N_("“%(en)s” sounds as if an authority vouched for the value. Say what was examined, by whom and when."),
    ),
    "solicitation": (
        "",
        N_("“%(zh)s” invites the public to invest. Private offers are made to named qualified investors only."),
        N_("“%(en)s” invites the public to invest. Private offers are made to named qualified investors only."),
    ),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a text and its place: ``start`` and ``end`` count its characters, end exclusive."""

    text: str
    start: int
    end: int

    def record(self) -> dict[str, object]:
        """Return the fields for JSON."""
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class TermFinding(Finding):
    """Something about the words of a pair.

    Kinds: term, confusable, hong_kong, mainland, company_term, forbidden. ``entry`` is the id of the term or of the
    rule that speaks, ``reason`` why a wording is forbidden.
    """

    zh: Mention | None
    en: Mention | None
    suggestion: str = ""
    entry: str = ""
    said: str = ""  # the word that a confusable finding keeps
    reason: str = ""

    @property
    def message(self) -> str:
        """The message to translate, with named places."""
        both, zh, en = MESSAGES[self.reason or self.kind]
        return both if self.zh and self.en else zh if self.zh else en

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in the places of the message."""
        return {
            "zh": self.zh.text if self.zh else "",
            "en": self.en.text if self.en else "",
            "suggestion": self.suggestion,
            "said": self.said,
        }

    @property
    def sentence(self) -> str:
        """The message in English."""
        return self.message % self.parameters

    def record(self) -> dict[str, object]:
        """Return the fields of the JSON contract, and the suggestion and the entry that speaks."""
        return {**Finding.record(self), "suggestion": self.suggestion, "entry": self.entry}
