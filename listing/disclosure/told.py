"""One tier of the standard for programs."""

from listing.rulebook.vocabulary import Label

from .standards import BY_CHOICE, Item, Standard


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
