"""One tier of the standard for programs, and what another version changes."""

from listing.rulebook.vocabulary import Label

from .changes import Change
from .standards import BY_CHOICE, Item, Occasion, Rung, Standard


def as_data(standard: Standard, tier: str) -> dict[str, object]:
    """One tier for JSON: its items with their deadlines as they stand in the standard."""
    return {
        "standard": f"{tier}@{standard.version}",
        "name": said(standard.tiers[tier]),
        "effective_from": standard.effective_from.isoformat(),
        "digest": standard.digest,
        "sign_off": list(standard.sign_off[tier]),
        "sign_off_by_choice": list(BY_CHOICE.get(tier, ())),
        "ladder": [{"days_late": rung.after, "step": rung.step} for rung in standard.ladder],
        "items": [_item_data(item, tier) for item in standard.of_tier(tier)],
        "events": {key: said(label) for key, label in standard.events.items()},
    }


def _item_data(item: Item, tier: str) -> dict[str, object]:
    return {
        "id": item.id,
        "name": said(item.name),
        "kinds": list(item.kinds),
        "visibility": item.visibility,
        "need": item.tiers[tier].need,
        "when": [{"every": one.every, "due": one.due.text} for one in item.tiers[tier].when],
        "source": item.source,
        "status": item.status,
    }


def said(label: Label) -> dict[str, str]:
    """A label in the three writings."""
    return {"zh-Hans": label.zh_hans, "zh-Hant": label.zh_hant, "en": label.en}


def change(one: Change) -> dict[str, object]:
    """What another version asks of a tier, without whom it affects."""
    return {
        "change": one.kind,
        "item": one.item and one.item.id,
        "name": one.item and said(one.item.name),
        "tier": one.tier,
        "differences": [
            {"what": each.what, "before": _values(each.before), "after": _values(each.after)}
            for each in one.differences
        ],
        "when": _values(one.occasions),
    }


def _values(values: tuple) -> list[object]:
    return [_value(one) for one in values]


def _value(one: object) -> object:
    if isinstance(one, Occasion):
        return {"every": one.every, "due": one.due.text}
    if isinstance(one, Rung):
        return {"days_late": one.after, "step": one.step}
    return said(one) if isinstance(one, Label) else one
