"""Figures that are names, not quantities: codes, addresses, phone numbers, products (COVID-19, 5G, H200, A-320).

Decides which characters are one; their digits are not read as numbers. Input is the plain text in its own letter case.
"""

import re
from collections.abc import Iterator

_SCALES = "k|K|m|M|b|B|G|g|bn|BN|mn|MM|mil|mln|trn|tn|T|t|st|nd|rd|th|s|x|X|e|E|am|pm|AM|PM|a|p|A\\.M|P\\.M"
_UNITS = (
    "nm|um|mm|cm|m|km|in|ft|ha|ml|l|L|mg|g|kg|KG|t|lb|lbs|oz|Wh|kWh|KWh|MWh|GWh|TWh|kwh|W|kW|KW|MW|GW|V|kV|KV"
    "|mAh|Hz|hz|kHz|MHz|GHz|KB|MB|GB|TB|"
    "Mbps|Gbps|kph|mph|kmph|h|hr|hrs|min|mins|sec|CM|MM|KM|ML|yr|yrs|yd|bp|bps|pp|ppm|F|C|rad|USD|HKD|CNY|RMB"
    "|EUR|GBP|MOP|kbit|bit|dpi|fps|sqm"
)
_CURRENCIES = "USD|US|RMB|CNY|HKD|HK|MOP|EUR|GBP|SGD|JPY|TWD|NT|AUD|CAD|CHF|AED|KWD|KRW|MXN|RM|INR"
_PERIODS = r"FY ?\d|(?:Q[1-4]|H[12])(?:20\d\d)?(?![A-Za-z0-9])"
_PATTERN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s，。；（）]{1,2000}|[A-Za-z0-9._+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5})"
    r"|(?P<stock>(?<![\d.])\d{4,6}\.(?:HK|SH|SZ|SS|BJ|MO|NQ)(?![A-Za-z])|(?:SSE|SEHK|HKEX|SZSE|HKSE|NASDAQ): ?\d{4,6})"
    r"|(?P<phone>(?<![\d.,])\+\d{1,3}[ -]\(?\d{1,4}\)?(?:[ -]\d{3,4}){1,3}(?!\d)|(?<![\d.,-])1[3-9]\d{9}(?![\d.])"
    r"|(?<![\d.,-])0\d{2,3}-\d{7,8}(?!\d)|(?<![\d.,-])\d{3}-\d{3,4}-\d{4}(?!\d))"
    r"|(?P<standard>(?<![A-Za-z])(?:ISO|IEC|IEEE|ASTM|EN|GB/?T?)(?:/[A-Z]{2,4})?[ -]?\d{3,5}(?:[.-]\d{1,4}){0,3}"
    r":(?:19|20)\d\d(?!\d))"
    r"|(?P<always>(?<![\d/])(?:24/7|9/11)(?![\d/])|(?<!\d)9[·.]?11(?= ?(?:事件|恐)))"
    r"|(?P<version>(?<![\d.])\d{1,3}(?:\.\d{1,3}){2,4}(?!\d|\.\d))"
    rf"|(?P<named>(?<![A-Za-z0-9])(?!(?:{_CURRENCIES})-?\d)(?!{_PERIODS})(?!\d)"
    r"(?![Ee]\d|x\d|(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov"
    r"|[Dd]ec)[a-z]*-?\d|[A-Za-z]+-(?:19"
    r"|20)\d\d-?\d\d)[A-Za-z][A-Za-z]{0,19}(?:-[A-Za-z]{1,9}){0,2}-?\d[A-Za-z0-9]{0,30}(?:\.\d{1,2}(?![\d.]))?(?:-[A-Z0-9][A-Za-z0-9]{0,12}){0,3}(?![A-Za-z0-9]))"
    r"|(?P<generation>(?<![\d.,A-Za-z$])[2-6]G(?![A-Za-z0-9]))"
    rf"|(?P<model>(?<![\d.,A-Za-z$£€¥])\d{{1,5}}(?!(?:{_SCALES}|{_UNITS})(?![A-Za-z0-9]))(?!(?:Q[1-4]|H[12]"
    rf"|[HQ])(?:\d\d|\d{{4}}|(?![A-Za-z0-9])))"
    r"[A-Z][A-Za-z0-9]{0,12}(?![A-Za-z0-9]))"
)
_CODES = re.compile(
    r"(?:(?:股份代[号碼码]|股票代[号碼码]|证券代[码碼]|stock code|Stock code|Stock Code)[:： ]{0,3}(?P<code>\d{1,6})"
    r"|证监许可[:： ]{0,3}(?P<leave>\d{4,6}))(?![\d.])"
)


def identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the identifiers of a plain text."""
    for found in _PATTERN.finditer(text):
        yield found.span()
    if "代" in text or "ode" in text or "证监许可" in text:
        for found in _CODES.finditer(text):
            yield found.span("code" if found["code"] else "leave")
