"""One text of a draft in two languages, as its JSON value.

Decides the script of what was typed, what is remembered between the two sides (``bilingual.freshness``) and when the
other script is a person's own. A value is ``{"zh", "en", "script", "fresh", "met", "other", "evidence"}``: ``met``
holds both sides as they last met, so that a change since can be shown; ``other`` is the Chinese in the other script
where somebody edited it, with the digest of the text it was made from; ``evidence`` is a document's number.
"""

from collections.abc import Mapping
from datetime import datetime

from listing.bilingual import freshness, script
from listing.bilingual.freshness import Freshness, State
from listing.bilingual.pair import Pair


def pair(value: Mapping | None) -> Pair:
    """The two sides of a value; of none, an empty pair."""
    value = value or {}
    return Pair(value.get("zh", ""), value.get("en", ""), value.get("script") or "Hans")


def state(value: Mapping | None) -> State:
    """Whether the two sides say the same as far as anybody vouched for it."""
    return freshness.state(pair(value), Freshness.from_json((value or {}).get("fresh")))


def converted(value: Mapping) -> str:
    """The Chinese in the other script, as a program derives it."""
    text = value.get("zh", "")
    return script.to_hant(text) if value.get("script") != "Hant" else script.to_hans(text)


def other(value: Mapping) -> tuple[str, str]:
    """The Chinese in the other script, and how it came about: ``auto``, ``edited``, or ``stale`` when edited before
    the text it was made from changed."""
    own = value.get("other")
    if not own:
        return converted(value), "auto"
    return own["text"], "edited" if own["of"] == freshness.digest(value.get("zh", "")) else "stale"


def written(
    zh: str,
    en: str,
    before: Mapping | None,
    *,
    default_script: str,
    other_text: str | None = None,
    evidence: int | None = None,
    read: bool = False,
    by: str,
    now: datetime,
) -> dict:
    """The value after a save. ``read`` says that somebody ticked that the two still match."""
    old = pair(before)
    kept = Freshness.from_json((before or {}).get("fresh"))
    new = Pair(zh, en, script.detect(zh) or ((before or {}).get("script") if zh else None) or default_script)
    fresh = freshness.saved(old, new, kept, by=by, now=now)
    if read and new.complete:
        fresh = freshness.confirmed(new, fresh, by=by, now=now, machine_read=True)
    value = {"zh": zh, "en": en, "script": new.script, "fresh": fresh.as_json(), "evidence": evidence}
    met = {"zh": zh, "en": en} if fresh.met and fresh.met != kept.met else (before or {}).get("met")
    if met:
        value["met"] = met
    own = _other(value, before, other_text)
    if own:
        value["other"] = own
    return value


def _other(value: Mapping, before: Mapping | None, typed: str | None) -> dict | None:
    """An edited text of the other script stays until it is emptied; one like the program's is not kept."""
    had = (before or {}).get("other")
    if typed is None:
        return had
    if not typed or typed == converted(value) or (before and typed == converted(before)):
        return None
    if had and typed == had["text"]:
        return had
    return {"text": typed, "of": freshness.digest(value["zh"])}
