"""What the operator writes to an institution in its own words: in both languages or not at all.

Pure. How a text is kept is decided in ``store.columns``; texts older than this rule stand in one language.
"""

from collections.abc import Iterable

from listing.accounts.rules import HostileText, plain_text
from listing.bilingual import script, unsound
from listing.bilingual.pair import Pair
from listing.refusal import N_, Refusal

NOTHING = Pair("", "")


class OneLanguage(Refusal):
    """Beside the field that is empty."""

    message = N_("Write the text in both languages, or leave both empty.")

    def __init__(self, place: str):
        self.place = place
        super().__init__()


SOUND = (OneLanguage, HostileText, unsound.Unsound)


def sound(name: str, text: Pair) -> Pair:
    """The text of the fields ``name``_zh and ``name``_en as it is kept: both sides or none, each in its language,
    figures alike, nothing that hides.

    Raises OneLanguage, HostileText, Unsound, each with its field.
    """
    kept = Pair(_side(f"{name}_zh", text.zh), _side(f"{name}_en", text.en), text.script)
    if len(kept.missing) == 1:
        raise OneLanguage(f"{name}_{kept.missing[0]}")
    unsound.check(name, kept)
    return kept


def _side(place: str, typed: str) -> str:
    try:
        return "\n".join(plain_text(line) for line in typed.splitlines()).strip()
    except HostileText as refusal:
        refusal.place = place
        raise


def own(text: str) -> Pair:
    """What an institution wrote, in the one language it chose, on the side of that language."""
    chinese = "en" in Pair("", text).misplaced
    return Pair(text, "", script.detect(text) or "Hans") if chinese else Pair("", text)


def joined(texts: Iterable[Pair]) -> Pair:
    """Several texts as one, each once, in the script of the last; one in a single language stands on both sides."""
    told = list(dict.fromkeys(text for text in texts if text.zh or text.en))
    if len(told) < 2:
        return told[0] if told else NOTHING
    wanted = told[-1].script
    zh = [script.into(text.zh, wanted, text.script) or text.en for text in told] if any(t.zh for t in told) else []
    en = [text.en or text.zh for text in told] if any(t.en for t in told) else []
    return Pair("\n".join(zh), "\n".join(en), wanted)
