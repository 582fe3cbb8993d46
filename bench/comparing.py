"""Comparing two texts: how many short pairs a second of one core, how the time grows, and the worst text known.

Measured on pairs that others wrote where there are any, otherwise on the sentences of the demo market.
"""

import json
import time
from collections.abc import Callable, Iterator

import yaml

from listing.bilingual import terms
from listing.bilingual.agreement import check
from listing.bilingual.sentences import align, split

from .corpus import DATA, PROFILES
from .report import Figure

PAIRS = DATA.parent / "parallel" / "figure_pairs.jsonl"
CHARACTERS = 60  # of the Chinese
WORST = ("1万", "一又", "rmb(1)", "May 1, ", "3亿-", "a1-")


def _sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(PROFILES.glob("*.yaml")):
        for passage in yaml.safe_load(path.read_text(encoding="utf-8")).get("passages", ()):
            zh, en = split(passage["zh"], "zh"), split(passage["en"], "en")
            texts = {s.id: s.text for s in (*zh, *en)}
            for link in align(zh, en):
                yield "".join(map(texts.get, link.zh)), " ".join(map(texts.get, link.en))


def _pairs() -> list[tuple[str, str]]:
    """Pairs of about sixty Chinese characters or less."""
    if PAIRS.is_file():
        rows = map(json.loads, PAIRS.read_text(encoding="utf-8").splitlines())
        every = [(row["zh"], row["en"]) for row in rows]
    else:
        every = list(_sentences())
    return [(zh, en) for zh, en in every if 20 <= len(zh) <= CHARACTERS and len(en) <= 4 * CHARACTERS]


def _taken(work: Callable[[], object], rounds: int) -> float:
    """The least processor time of several rounds, in milliseconds."""
    least = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
    return 1000 * least


def _each(compare: Callable, pairs: list[tuple[str, str]]) -> Callable[[], None]:
    def work() -> None:
        for zh, en in pairs:
            compare(zh, en)

    return work


def comparing(*, rounds: int) -> list[Figure]:
    """Figures and terms of short pairs, growth with the length, and hostile text."""
    pairs = _pairs()
    thousand = [pairs[number % len(pairs)] for number in range(1_000)]
    check(*pairs[0]), terms.check(*pairs[0])
    once = "".join(zh for zh, _ in pairs[:40]), " ".join(en for _, en in pairs[:40])
    tenfold = once[0] * 10, once[1] * 10
    growth = _taken(lambda: check(*tenfold), rounds) / _taken(lambda: check(*once), rounds) / 10
    worst = max(_taken(lambda text=text: check(text * (10_000 // len(text)), ""), rounds) for text in WORST)
    note = f"{len(pairs):,} pairs, at most {CHARACTERS} Chinese characters"
    return [
        Figure("figures of 1,000 short pairs", _taken(_each(check, thousand), rounds), "ms", most=1_000, note=note),
        Figure("terms and wording of the same", _taken(_each(terms.check, thousand), rounds), "ms", note=note),
        Figure("time per character, ten times the length / once", growth, most=1.5),
        Figure("the worst 10,000 characters known", worst, "ms", most=1_000, note=", ".join(WORST)),
    ]
