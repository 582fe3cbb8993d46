"""The demo market's own texts pass the check that it offers to others."""

from pathlib import Path

import pytest
import yaml

from listing.bilingual import agreement, terms
from listing.bilingual.agreement.evaluation import alarms

PROFILES = sorted(Path(__file__).parents[2].glob("listing/demo/companies/*.yaml"))


def _pairs(node, where=""):
    """Every pair of texts under a node: whatever has a Chinese and an English side."""
    if isinstance(node, dict):
        for zh, en in (("zh", "en"), ("name_zh", "name_en"), ("short_zh", "short_en")):
            if isinstance(node.get(zh), str) and isinstance(node.get(en), str):
                yield where or "itself", node[zh], node[en]
        for key, value in node.items():
            yield from _pairs(value, f"{where} {key}".strip())
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _pairs(value, f"{where} {number}".strip())


def test_there_are_texts_to_check():
    assert sum(1 for path in PROFILES for _ in _pairs(yaml.safe_load(path.read_text(encoding="utf-8")))) > 100


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_texts_of_a_company_agree(path):
    found = {}
    for where, zh, en in _pairs(yaml.safe_load(path.read_text(encoding="utf-8"))):
        wrong = [f.sentence for f in (*alarms(agreement.check(zh, en)), *alarms(terms.check(zh, en)))]
        if wrong:
            found[where] = wrong
    assert found == {}
