"""Currencies as both languages write them, before and behind an amount.

Decides the ISO code; a bare $ or 元 of a Hong Kong text stays open. Amounts themselves are read with the numbers.
"""

import re

# A sign that several currencies share: the value is written here as the currency only where the text names it.
OPEN = "$"

_BEFORE = {
    "CNY": "人民币 rmb¥ rmb renminbi cny cn¥ ¥",
    "HKD": "港币 港元 hk$ hkd$ hkd",
    "MOP": "澳门币 澳门元 葡币 mop$ mop patacas",
    "USD": "美元 美金 us$ usd$ usd u.s.$ u.s$",
    "TWD": "新台币 台币 nt$ twd ntd",
    "SGD": "新加坡元 坡元 s$ sg$ sgd",
    "AUD": "澳元 澳币 a$ au$ aud",
    "CAD": "加元 加币 c$ ca$ cad$ cad",
    "NZD": "nz$ nzd",
    "MXN": "mxn$ mex$ mxn",
    "EUR": "欧元 € eur",
    "GBP": "英镑 £ gbp",
    "JPY": "日元 日圆 jp¥ jpy",
    "KRW": "韩元 ₩ krw",
    "CHF": "瑞士法郎 瑞郎 chf",
    "AED": "aed",
    "KWD": "kwd",
    "INR": "₹ inr rs.",
    "THB": "฿ thb",
    "MYR": "myr rm",
    "SEK": "sek",
    "$": "$",
}
_BEHIND_ZH = {
    "CNY": "元人民币 人民币元 人民币 块钱 元 块 rmb cny",
    "HKD": "元港币 港元 港币 港纸 hkd",
    "HKD/100": "港仙",
    "MOP": "澳门元 澳门币 葡币 元澳门币 mop",
    "USD": "美元 美金 美刀 usd",
    "TWD": "新台币 台币 元新台币 元台币",
    "SGD": "新加坡元 新元 坡元 新币 sgd",
    "AUD": "澳元 澳币 澳大利亚元 aud",
    "CAD": "加拿大元 加元 加币 cad",
    "NZD": "新西兰元 纽元",
    "EUR": "欧元 eur €",
    "GBP": "英镑 镑 gbp £",
    "JPY": "日元 日圆 日币 jpy",
    "KRW": "韩元 韩币 韩圆",
    "CHF": "瑞士法郎 瑞郎",
    "INR": "印度卢比",
    "RUB": "卢布",
    "THB": "泰铢",
    "MYR": "林吉特 令吉",
    "VND": "越南盾",
    "IDR": "印尼盾",
    "AED": "迪拉姆",
    "FRF": "法郎",
    "rupee": "卢比",
    "won": "圜",
    "peso": "比索",
}
_BEHIND_EN = {
    "CNY": "yuan chinese-yuan renminbi rmb cny",
    "HKD/100": "hk-cents hk-cent hong-kong-cents",
    "HKD": "hong-kong-dollars hong-kong-dollar hk-dollars hk-dollar hkd",
    "MOP": "patacas pataca macau-patacas macanese-patacas mop",
    "USD": "us-dollars us-dollar u.s.-dollars u.s.-dollar united-states-dollars american-dollars usd",
    "TWD": "new-taiwan-dollars taiwan-dollars nt-dollars twd",
    "SGD": "singapore-dollars singapore-dollar sgd",
    "AUD": "australian-dollars australian-dollar aud",
    "CAD": "canadian-dollars canadian-dollar cad",
    "NZD": "new-zealand-dollars nzd",
    "EUR": "euros euro eur €",
    "GBP": "pounds-sterling british-pounds gbp £",
    "pound": "pounds quid",
    "JPY": "japanese-yen yen jpy",
    "KRW": "south-korean-won korean-won krw",
    "CHF": "swiss-francs swiss-franc chf",
    "TRY": "turkish-lira",
    "SEK": "swedish-kronor sek",
    "FRF": "francs franc",
    "RUB": "roubles rouble rubles ruble",
    "INR": "indian-rupees",
    "rupee": "rupees rupee",
    "THB": "baht",
    "MYR": "ringgit",
    "VND": "dong",
    "IDR": "rupiah",
    "AED": "dirhams",
    "peso": "pesos peso",
    "CRC": "₡",
    "BTC": "bitcoins bitcoin",
    "$": "dollars dollar bucks",
    "cent": "cents cent ¢",
    "pence": "pence penny pennies",
    "sen": "sen",
}
# Names that several currencies share; they agree with any of these.
SHARED = {
    "$": frozenset(("USD", "HKD", "AUD", "CAD", "SGD", "NZD", "TWD", "MOP", "MXN")),
    "pound": frozenset(("GBP",)),
    "rupee": frozenset(("INR",)),
    "won": frozenset(("KRW",)),
    "peso": frozenset(("MXN",)),
}


def _names(table: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", " "): code for code, names in table.items() for name in names.split()}


def _either(names: dict[str, str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.sub(r"(?<=..)\\\$", r" ?\$", re.escape(name).replace(r"\ ", "[ -]")) for name in ordered)


BEFORE = _names(_BEFORE)
BEHIND_ZH = _names(_BEHIND_ZH)
BEHIND_EN = _names(_BEHIND_EN)
_BEFORE_AT = re.compile(rf"(?<![a-z])(?P<c>{_either(BEFORE)})(?: |:){{0,3}}$")
_ZH_AT = re.compile(rf" {{0,2}}[多余几]? {{0,2}}(?:(?P<c>{_either(BEHIND_ZH)})(?![a-z]))(?!首|老|素|件|件|状)")
_EN_AT = re.compile(rf"(?: {{0,2}}|-)(?P<c>{_either(BEHIND_EN)})(?![a-z])")
# 五元三毛, 两美元又三美分, 3 dollars 50 cents: the tenths and hundredths behind the unit.
MINOR_ZH = re.compile(r"又? ?(?P<n>[\d一二三四五六七八九两]{1,2}) ?(?P<u>毛|角|美?分|日本銭|钱)(?![之钟])")
# HK5 cents, RMB5 cents: the hundredths of a currency that is named before.
CENTS_EN = re.compile(r"(?<![a-z])(?P<c>hk|rmb|us|mop) ?$")
CENTS = {"hk": "HKD", "rmb": "CNY", "us": "USD", "mop": "MOP"}
MINOR_EN = re.compile(
    r"(?:,? and)? (?P<n>\d{1,2}|[a-z]+(?:-[a-z]+)?) (?:cents?|pence)(?![a-z])| (?P<b>\d\d)(?=[.,;]|$)"
)
# RMB'000: the head of a column of thousands.
THOUSANDS_EN = re.compile(rf"(?<![a-z])(?P<c>{_either(BEFORE)}) ?['’]000(?!\d)")
LONGEST = 14


def _code(names: dict[str, str], written: str) -> str:
    return names.get(written.replace("-", " ")) or names[written.replace("-", " ").replace(" $", "$")]


def before(text: str, position: int, floor: int = 0) -> tuple[int, str] | None:
    """Return where a currency directly before ``position`` begins, and its code; None without one behind ``floor``."""
    start = max(floor, position - LONGEST)
    found = _BEFORE_AT.search(text, start, position)
    return (found.start(), _code(BEFORE, found["c"])) if found else None


def behind(text: str, position: int, *, chinese: bool) -> tuple[int, str] | None:
    """Return where a currency directly behind ``position`` ends, and its code; None without one."""
    found = (_ZH_AT if chinese else _EN_AT).match(text, position)
    return (found.end(), _code(BEHIND_ZH if chinese else BEHIND_EN, found["c"])) if found else None
