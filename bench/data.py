"""Databases to measure on: the real list, repeated with other names and codes up to the size wanted.

Kept under .cache/bench for as long as what shapes the tables stays as it is. Without the real list the companies are
made up.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

from .corpus import DATA, SYLLABLES, WORDS, companies
from .measure import CACHE, ROOT

SHAPED_BY = ("*/models.py", "store/**/*.py", "companies/facts.py", "companies/operations/importing.py")
MARKET_SHAPED_BY = ("*/models.py", "store/**/*.py", "demo/**/*", "companies/sheets.yaml", "profiles/publication.py")


def database(size: int) -> Path:
    """The database with ``size`` companies; made in a process of its own when it is not there yet."""
    path = CACHE / f"{size}-{_shape()}.sqlite"
    if not path.exists():
        for old in CACHE.glob(f"{size}-*"):
            old.unlink()
        print(f"making a database of {size:,} companies …", flush=True)
        subprocess.run([sys.executable, "-m", "bench.filling", str(size), str(path)], cwd=ROOT, check=True)
    return path


def market() -> Path:
    """The database of whole profiles, made likewise."""
    path = CACHE / f"market-{_shape(*MARKET_SHAPED_BY)}.sqlite"
    if not path.exists():
        for old in CACHE.glob("market-*"):
            old.unlink()
        print("making a database of whole profiles …", flush=True)
        subprocess.run([sys.executable, "-m", "bench.market", str(path)], cwd=ROOT, check=True)
    return path


def _shape(*patterns: str) -> str:
    """A digest of everything that decides what the tables hold."""
    seen = sha256()
    for pattern in patterns or SHAPED_BY:
        for path in sorted((ROOT / "listing").glob(pattern)):
            seen.update(path.read_bytes() if path.is_file() and path.suffix != ".pyc" else b"")
    return seen.hexdigest()[:12]


def _real() -> list[dict]:
    path = DATA / "bilingual_listed.jsonl"
    if path.is_file():
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        {"market": "SZSE", "code": f"{number:06d}", "name_zh_hans": document.names[0], "name_en": document.names[2]}
        | {"city": "Shenzhen", "sector": "Health Care", "summary": document.text}
        for number, document in enumerate(companies(5_000), start=1)
    ]


def rows(size: int) -> Iterator[dict]:
    """That many companies: first the list as it is, then again under other names and free codes."""
    real = _real()
    taken = {(row["market"], row["code"]) for row in real}
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    words = sorted({word.title() for word in WORDS.split()})
    for index in range(size):
        again, row = index // len(real), dict(real[index % len(real)])
        if again:
            row["code"] = next(
                code
                for number in numbers[row["market"]]
                if (row["market"], code := f"{number:0{len(row['code'])}d}") not in taken
            )
            mark = SYLLABLES[index * 7 % len(SYLLABLES)] + SYLLABLES[index * 11 % len(SYLLABLES)]
            for name in ("name_zh_hans", "name_zh_hant"):
                row |= {name: mark + row[name]} if row.get(name) else {}
            row["name_en"] = f"{words[index % len(words)]} {words[index * 13 % len(words)]} {row['name_en']}"
        yield row
