"""What can be wrong between two texts, and the sentence that says so.

Decides the kinds of findings, their weight and their wording; translations are in the catalogues. ``certain`` holds up
publication unless an approver says why not, ``likely`` warns, ``hint`` is only shown.
"""

from dataclasses import dataclass

from listing.bilingual.figures import Figure
from listing.refusal import N_

CERTAIN, LIKELY, HINT = "certain", "likely", "hint"

MESSAGES = {
    "missing_in_english": N_("The Chinese says %(zh)s; the English has no figure for it."),
    "missing_in_chinese": N_("The English says %(en)s; the Chinese has no figure for it."),
    "value": N_("The figures differ: %(zh)s in Chinese, %(en)s in English."),
    "magnitude": N_("The figures differ by a factor of %(factor)s: %(zh)s in Chinese, %(en)s in English."),
    "unit": N_("The same number counts different things: %(zh)s in Chinese, %(en)s in English."),
    "currency": N_("The currencies differ: %(zh)s in Chinese, %(en)s in English."),
    "direction": N_("One text says up and the other says down: %(zh)s in Chinese, %(en)s in English."),
    "hedge": N_("The limits on the figure (over, under, at least) differ: %(zh)s in Chinese, %(en)s in English."),
    "rounding": N_("One figure is rounded without saying so: %(zh)s in Chinese, %(en)s in English."),
    "modality": N_("One text says “%(zh)s” and the other “%(en)s”: a possibility is not a promise."),
    "repeated": N_("The same text gives two values for one thing: %(first)s and %(second)s."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: its kind, severity, the figures it concerns, and what the sentence names."""

    kind: str
    severity: str
    zh: Figure | None
    en: Figure | None
    names: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """The message to translate, with named places."""
        return MESSAGES[self.kind]

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in the places of the message."""
        given = {"zh": self.zh.text if self.zh else "", "en": self.en.text if self.en else ""}
        return {**given, **dict(self.names)}

    @property
    def sentence(self) -> str:
        """The message in English."""
        return self.message % self.parameters

    def record(self) -> dict[str, object]:
        """Return the fields of the JSON contract."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "zh": self.zh.record() if self.zh else None,
            "en": self.en.record() if self.en else None,
            "message": self.sentence,
        }
