"""How well sentences are aligned: passages made by joining pairs that others wrote, with nothing between them.

Decides what counts as right: a link is right when all its sentences come from one pair, and a pair is found when none
of its sentences is linked beyond it or left alone. In the harder passages one side of one of the eight is left out.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from listing.bilingual.sentences.alignment import align
from listing.bilingual.sentences.splitting import Sentence, split

PAIRS = 8  # to a passage
AGREEING = ("strict", "loose", "none")


class Row(NamedTuple):
    """One line of the table: what was measured, right links of all, found pairs of all."""

    name: str
    right: int
    links: int
    found: int
    pairs: int


def _ended(row: dict) -> bool:
    """Whether both sides end like a sentence; headings would run into what follows them."""
    return row["zh"].strip()[-1:] in "。！？”" and row["en"].strip()[-1:] in '.!?”"'


def _passages(folder: Path) -> Iterator[list[dict]]:
    for file in ("figure_pairs", "nofigure_pairs"):
        lines = (folder / "parallel" / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [row for row in map(json.loads, lines) if row.get("agree", "none") in AGREEING and _ended(row)]
        yield from (rows[place : place + PAIRS] for place in range(0, len(rows) - PAIRS + 1, PAIRS))


def _joined(rows: Sequence[dict], side: str, without: int | None) -> tuple[list[Sentence], dict[str, int]]:
    """The sentences of one side of a passage, and of which pair each is."""
    text, ends = "", []
    for number, row in enumerate(rows):
        if number != without:
            text += row[side].strip() + (" " if side == "en" else "")
        ends.append(len(text))
    sentences = split(text.replace("\n", " "), side)
    return sentences, {s.id: next(n for n, end in enumerate(ends) if s.start < end) for s in sentences}


def _measured(rows: Sequence[dict], left_out: tuple[int | None, int | None]) -> tuple[int, int, int, int]:
    zh, of_zh = _joined(rows, "zh", left_out[0])
    en, of_en = _joined(rows, "en", left_out[1])
    links = [link for link in align(zh, en) if link.zh and link.en]
    owners = [{*map(of_zh.get, link.zh)} | {*map(of_en.get, link.en)} for link in links]
    linked = {name for link in links for name in (*link.zh, *link.en)}
    lost = {of[s.id] for side, of in ((zh, of_zh), (en, of_en)) for s in side if s.id not in linked}
    mixed = set().union(*(owner for owner in owners if len(owner) > 1))
    whole = {*range(len(rows))} - {*left_out}
    return sum(len(owner) == 1 for owner in owners), len(links), len(whole - mixed - lost), len(whole)


def alignment(folder: Path) -> Iterator[Row]:
    """Yield precision and recall of the alignment over the passages made of a folder's pairs."""
    for name, every in (("all pairs whole", None), ("one side of a pair left out", 3)):
        total = [0, 0, 0, 0]
        for number, rows in enumerate(_passages(folder)):
            out = (None, None) if every is None else ((every, None) if number % 2 else (None, every))
            total = [a + b for a, b in zip(total, _measured(rows, out), strict=True)]
        yield Row(name, *total)
