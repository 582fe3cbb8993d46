"""Companies to measure with: made from real names and descriptions where there are any, made up where not.

Decides nothing about search. The same number always gives the same companies.
"""

import gzip
import json
import os
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import yaml

from listing.store.fulltext import Document, Kind

DATA = Path(os.environ.get("BAYBRIDGE_DATA", "../shared/data")) / "companies"
PROFILES = Path("listing/demo/companies")
CITIES = ("深圳市", "广州市", "东莞市", "佛山市", "珠海市", "中山市", "惠州市", "江门市", "肇庆市")
TRADES = ("半导体", "人工智能", "生物医药", "新能源", "机器人", "新材料", "金融科技", "海洋装备", "绿色环保")
SYLLABLES = "海云天宏华信科创智联芯微光量航辰星瑞泰安康源恒博凯达远腾讯飞鹏翔宇森林湾桥港珠江岭南粤"
WORDS = """platform company develops manufactures semiconductor battery materials network robotics customers services
    research global software medical devices energy holdings products systems market design industrial bank cloud"""


def _lines(name: str) -> Iterator[str]:
    content = (DATA / name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode()
    yield from (line.strip() for line in text.split("\n") if line.strip())


def _made_up() -> Iterator[tuple[str, str, str]]:
    words = WORDS.split()
    for number in range(50_000):
        brand = "".join(SYLLABLES[number * step % len(SYLLABLES)] for step in (7, 11, 13, 17)[: 2 + number % 3])
        said = [words[(number * 31 + step * step) % len(words)] for step in range(60)]
        yield brand, f"{said[0].title()} {said[7].title()} Limited", " ".join(said) + "."


def _real() -> Iterator[tuple[str, str, str]]:
    brands = [line for line in _lines("zh_short_names.txt.gz") if line]
    listed = [json.loads(line) for line in _lines("bilingual_listed.jsonl")]
    for row in listed:
        yield row.get("name_zh_hant") or row["name_zh_hans"], row["name_en"], row.get("summary") or ""
    for number, line in enumerate(_lines("descriptions_en.jsonl.gz")):
        row = json.loads(line)
        yield brands[number * 7919 % len(brands)], row["name"], row.get("summary") or ""


def _sentences() -> list[str]:
    """Chinese paragraphs as companies write them, from the demo market."""
    passages = [
        passage["zh"]
        for path in sorted(PROFILES.glob("*.yaml"))
        for passage in yaml.safe_load(path.read_text(encoding="utf-8")).get("passages", ())
    ]
    return passages or ["公司专注于自主研发，产品销往大湾区及海外市场，客户包括多家行业龙头企业。"]


def companies(number: int) -> list[Document]:
    """Return that many bilingual companies, numbered from 1."""
    facts = _real() if DATA.is_dir() else _made_up()
    paragraphs = _sentences()
    made = []
    for index, (brand, name, summary) in enumerate(islice(cycle(facts), number)):
        city, trade = CITIES[index % len(CITIES)], TRADES[index * 7 % len(TRADES)]
        legal = brand if brand.endswith("公司") else f"{city}{brand}{trade}有限公司"
        chinese = f"{legal}位于{city}，主营{trade}。{paragraphs[index * 13 % len(paragraphs)]}"
        if index % 3 == 0:
            chinese += paragraphs[index * 29 % len(paragraphs)]
        names, title = (legal, brand, name), f"{index:06d} {city} {trade}"
        made.append(Document(Kind.COMPANY, index + 1, names, title, f"{chinese}\n{summary}"))
    return made
