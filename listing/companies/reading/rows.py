"""One row of a file as facts of a company.

Decides what refuses the row (no name, no code, hostile characters) and what is merely left out with a warning. The
result depends on the row alone: whether the company is known already is asked later. Pure.
"""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from listing.bilingual import script
from listing.refusal import Refusal

from .. import catalogue, mapping, rules
from ..facts import Facts, Passage
from .columns import NAMES
from .findings import REFUSED, Finding
from .tables import MOST_CELL

MOST_NAME = 400
MOST_WEBSITE = 300
FIRST_YEAR, LAST_YEAR = 1600, 2100
_MARKET = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_LONG = frozenset({"summary", "summary_zh", "summary_en"})
_HAN = re.compile("[\u3400-\u9fff]")
_SEPARATORS = re.compile(r"[;；|]")


class _Row:
    """The cells of one row, cleaned as they are asked for, and what was found in them."""

    def __init__(self, line: int, cells: Mapping[str, str]):
        self.line, self.cells = line, cells
        self.findings: list[Finding] = []
        self.clean = {column: text for column in cells if (text := self._cleaned(column))}

    def found(self, code: str, **params: object) -> None:
        self.findings.append(Finding(self.line, code, params))

    def get(self, column: str) -> str:
        return self.clean.get(column, "")

    @property
    def refused(self) -> bool:
        return any(finding.gravity == REFUSED for finding in self.findings)

    def _cleaned(self, column: str) -> str:
        text = self.cells[column]
        most = MOST_NAME if column in NAMES else MOST_CELL
        if len(text) > most:
            self.found("too_long", column=column, most=most)
            return ""
        clean = rules.name if column in NAMES else rules.lines if column in _LONG else rules.line
        try:
            return clean(text)
        except rules.LooksLikeFormula:
            self.found("formula", column=column)
        except rules.HostileCharacters:
            self.found("hostile", column=column)
        return ""


def read(line: int, cells: Mapping[str, str]) -> tuple[str, str, Facts | None, list[Finding]]:
    """The market, the code and the facts of a row, and what was found; the facts are None where it is refused."""
    row = _Row(line, cells)
    market, code = _key(row)
    names = _names(row)
    if not names["name_zh"] and not names["name_en"] and not row.refused:
        row.found("no_name")
    if row.refused:
        return market, code, None, row.findings
    place = mapping.place_of(row.get("country"), row.get("area_zh"), row.get("city"))
    if place.conflict:
        row.found("place_conflict", value=", ".join(filter(None, map(row.get, ("country", "area_zh", "city")))))
    facts = Facts(
        **names,
        **_sector(row),
        **_numbers(row, place.domicile),
        domicile=place.domicile,
        province=place.province,
        city=place.city,
        stage=_stage(row, market),
        founded=_year(row),
        listed_on=_listed_on(row),
        website=_website(row),
        prevailing="en" if not names["name_zh"] else "zh",
        source=row.get("source")[:MOST_NAME],
        passages=_passages(row, names["name_script"]),
    )
    return market, code, facts, row.findings


def _key(row: _Row) -> tuple[str, str]:
    market = rules.code_text(row.get("market"))
    if not market:
        row.found("no_market")
    elif market == rules.OWN_MARKET:
        row.found("own_market")
    elif not _MARKET.fullmatch(market):
        row.found("bad_market", value=market[:40])
    if not row.get("code"):
        row.found("no_code")
        return market, ""
    try:
        return market, rules.code(market, row.get("code"))
    except Refusal:
        row.found("bad_code", value=row.get("code")[:40])
        return market, ""


def _names(row: _Row) -> dict[str, object]:
    for column in NAMES:
        if rules.mixes_alphabets(row.get(column)):
            row.found("alphabets", column=column)
    chinese, written, other = _chinese_name(row)
    former = [{"zh": name, "en": ""} for name in _several(row.get("former_zh"))]
    former += [{"zh": "", "en": name} for name in _several(row.get("former_en"))]
    return {
        "name_zh": chinese,
        "name_script": written,
        "name_zh_alt": other,
        "name_en": row.get("name_en"),
        "short_zh": row.get("short_zh"),
        "short_en": row.get("short_en"),
        "former_names": tuple(former),
    }


def _several(text: str) -> list[str]:
    return [name for part in _SEPARATORS.split(text) if (name := part.strip())]


def _chinese_name(row: _Row) -> tuple[str, str, str]:
    """The registered Chinese name, its script, and the name in the other script where the source gives both.

    A company of Hong Kong or Macao is registered in Traditional characters, one of the mainland in Simplified ones.
    """
    hans, hant, plain = row.get("name_zh_hans"), row.get("name_zh_hant"), row.get("name_zh")
    market = catalogue.markets().get(rules.code_text(row.get("market")))
    usual = "Hant" if market is not None and market.domicile in ("HK", "MO") else "Hans"
    if plain:
        written = script.detect(plain) or usual
        other = hant if written == "Hans" else hans
        return plain, written, other if other != plain else ""
    if hans and hant:
        first, second = (hant, hans) if usual == "Hant" else (hans, hant)
        return first, usual, second if second != first else ""
    return (hans, "Hans", "") if hans else (hant, "Hant" if hant else usual, "")


def _sector(row: _Row) -> dict[str, str]:
    words = tuple(filter(None, (row.get(column) for column in ("industry_zh", "industry", "sector"))))
    group, sector = mapping.sector_of(*words)
    if words and not group:
        row.found("no_sector", value=", ".join(words)[:100])
    return {"sector_group": group, "sector": sector}


def _numbers(row: _Row, domicile: str) -> dict[str, str]:
    number, scheme, lei = "", "", ""
    if text := row.get("registration_number"):
        scheme = rules.code_text(row.get("registration_scheme")) or rules.scheme_of(text, domicile)
        try:
            number, doubtful = rules.registration(scheme, text)
            if doubtful:
                row.found("check_digit", value=number)
        except Refusal:
            row.found("bad_number", value=text[:40])
            scheme = ""
    if text := row.get("lei"):
        try:
            lei, doubtful = rules.lei(text)
            if doubtful:
                row.found("check_digit", value=lei)
        except Refusal:
            row.found("bad_lei", value=text[:40])
    return {"registration_scheme": scheme, "registration_number": number, "lei": lei}


def _stage(row: _Row, market: str) -> str:
    text = row.get("stage")
    key = re.sub(r"[\s-]+", "_", text).lower()
    for stage in catalogue.stages().values():
        if text and (key == stage.id or text.casefold() in (label.casefold() for label in stage.labels())):
            return stage.id
    if text:
        row.found("bad_stage", value=text[:40])
    return "listed" if market in catalogue.markets() else ""


def _year(row: _Row) -> int | None:
    text = rules.code_text(row.get("founded"))
    if not text:
        return None
    year = re.fullmatch(r"([0-9]{4})(?:[-/.年].*)?", text)
    if year and FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
        return int(year[1])
    row.found("bad_year", value=text[:40])
    return None


def _listed_on(row: _Row) -> date | None:
    text = rules.code_text(row.get("list_date"))
    if not text:
        return None
    digits = re.fullmatch(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?", text)
    try:
        return date(*map(int, digits.groups())) if digits else _bad_date(row, text)
    except ValueError:
        return _bad_date(row, text)


def _bad_date(row: _Row, text: str) -> None:
    row.found("bad_date", value=text[:40])


def _website(row: _Row) -> str:
    text = row.get("website") or row.get("url")
    if not text:
        return ""
    address = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        sound = parts.scheme in ("http", "https") and "." in host and parts.username is None and parts.port != 0
    except ValueError:
        sound = False
    if sound and len(address) <= MOST_WEBSITE and re.fullmatch(r"[^\s<>\"'`\\]+", address):
        return address
    row.found("bad_website", value=text[:80])
    return ""


def _passages(row: _Row, written: str) -> tuple[Passage, ...]:
    zh, en = row.get("summary_zh"), row.get("summary_en")
    if text := row.get("summary"):
        chinese = len(_HAN.findall(text)) * 4 > len(text)
        zh, en = (zh or text, en) if chinese else (zh, en or text)
    if not zh and not en:
        return ()
    return (Passage("summary", zh, en, (script.detect(zh) or written) if zh else written),)
