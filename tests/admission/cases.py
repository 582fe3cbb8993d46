"""Cases as the YAML beside this file writes them: short facts, papers by kind and day, rates of the day."""

from datetime import date
from pathlib import Path

import yaml

from listing.rulebook import plain
from listing.rulebook.vocabulary import words

ON = date(2026, 11, 26)
HERE = Path(__file__).parent


def rows(name):
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def case(row):
    """The case of a row; nobody is excluded unless the row says so, and ~ says that nobody looked."""
    exclusions = dict.fromkeys(words("exclusions"), False) | row.get("exclusions", {})
    return plain.read(
        {
            "party": row["party"],
            "on": ON.isoformat(),
            "facts": [_fact(key, value) for key, value in row.get("facts", {}).items()],
            "exclusions": {key: value for key, value in exclusions.items() if value is not None},
            "evidence": [
                {"id": f"file-{kind}", "kind": kind, "dated": str(day) if day else None}
                for kind, day in row.get("evidence", {}).items()
                if day != "absent"
            ],
            "rates": [_rate(*each) for each in row.get("rates", {}).items()],
            "thresholds": {key: _money(value) for key, value in row.get("thresholds", {}).items()},
        }
    )


def changed(row, change):
    """A row with the facts, papers and so on of another over its own."""
    both = row | change
    for key in ("facts", "evidence"):
        both[key] = row.get(key, {}) | change.get(key, {})
    return both


def _money(text):
    currency, amount = text.split()
    return {"currency": currency, "amount": amount}


def _part(value):
    return _money(value["amount"]) | {key: value[key] for key in ("kind", "holders", "share") if key in value}


def _fact(key, value):
    metric, _, period = key.partition("/")
    named = {"metric": metric, "period": period or "point"}
    if isinstance(value, bool):
        return named | {"value": value}
    if isinstance(value, dict):
        return named | {"parts": [_part(value)]}
    if isinstance(value, list):
        told = [_part(each) for each in value] if value and isinstance(value[0], dict) else None
        return named | ({"parts": told} if told else {"codes": value})
    return named | (_money(value) if " " in value else {"value": value})


def _rate(pair, value):
    base, quote = pair.split("/")
    return {"id": pair, "base": base, "quote": quote, "value": value, "day": "2026-11-25", "source": "a bank"}
