"""Units: how each is written in both languages, what it measures and how much of the base unit it is.

Decides which units convert into one another. Currencies are in money.py; measure words that only count (个, 家, 名) are
here as well, because the same place in a text holds them.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

# symbol | dimension | size in base units | Chinese | English. A Chinese name stands directly behind its number.
_TABLE = """
nm|length|0.000000001|纳米 奈米|nm nanometre nanometer
µm|length|0.000001|微米|µm μm um micron micrometre micrometer
mm|length|0.001|毫米|mm millimetre millimeter
cm|length|0.01|厘米 公分|cm centimetre centimeter
m|length|1|米 公尺|m metre meter
km|length|1000|公里 千米|km kilometre kilometer
li|length|500|华里|li
in|length|0.0254|英寸 英吋 寸 吋|inch in.
ft|length|0.3048|英尺 英呎 呎|foot feet ft
yd|length|0.9144|码|yard
mi|length|1609.344|英里 英哩 哩|mile
nmi|length|1852|海里|nautical-mile
cm²|area|0.0001|平方厘米|cm²
m²|area|1|平方米 平米 平方公尺 ㎡|m² sqm sq.m. sq.-m. sq.-m sq-m square-metre square-meter
km²|area|1000000|平方公里 平方千米|km² sq-km square-kilometre square-kilometer
ha|area|10000|公顷|hectare ha
mu|area|666.666666666667|亩|mu
acre|area|4046.8564224|英亩|acre
ft²|area|0.09290304|平方英尺 平方呎 平方尺|ft² sq-ft sq.ft. sq.-ft. sq.-ft square-foot square-feet
mi²|area|2589988.110336|平方英里|square-mile sq-mile
m³|volume|1000|立方米|m³ cubic-metre cubic-meter
ml|volume|0.001|毫升|ml millilitre milliliter
l|volume|1|升 公升|litre liter l
bbl|volume|158.987294928|桶|barrel
mg|mass|0.000001|毫克|mg milligram
g|mass|0.001|克 公克|g gram gramme
kg|mass|1|公斤 千克|kg kilogram kilo
jin|mass|0.5|斤 市斤|jin catty catties
t|mass|1000|吨 公吨|tonne ton t metric-ton mt
lb|mass|0.45359237|磅|lb
oz|mass|0.028349523125|盎司 安士|ounce oz
Wh|energy|1|瓦时|wh
kWh|energy|1000|千瓦时 度电|kwh kilowatt-hour
MWh|energy|1000000|兆瓦时|mwh megawatt-hour
GWh|energy|1000000000|吉瓦时|gwh gigawatt-hour
TWh|energy|1000000000000|太瓦时|twh terawatt-hour
kcal|heat|1|千卡 大卡|kcal kilocalorie
W|power|1|瓦 瓦特|watt w
kW|power|1000|千瓦|kilowatt kw
MW|power|1000000|兆瓦|megawatt mw
GW|power|1000000000|吉瓦|gigawatt gw
V|voltage|1|伏 伏特|volt
kV|voltage|1000|千伏|kilovolt kv
kV·A|apparent|1000|千伏安|kva
Pa|pressure|1|帕 帕斯卡|pascal
kPa|pressure|1000|千帕|kilopascal kpa
MPa|pressure|1000000|兆帕|megapascal mpa
mAh|charge|1|毫安时 毫安|mah
Hz|frequency|1|赫兹 赫|hz hertz
MHz|frequency|1000000|兆赫|mhz megahertz
GHz|frequency|1000000000|吉赫|ghz gigahertz
KB|data|1000|千字节|kb kilobyte
MB|data|1000000|兆字节|mb megabyte
GB|data|1000000000|吉字节|gb gigabyte
TB|data|1000000000000|太字节|tb terabyte
kbit|bits|1000|千比特|kbit kilobit
bit|bits|1|比特|bit
Mbps|rate|1000000|兆|mbps mbit/s
Gbps|rate|1000000000|千兆|gbps
km/h|speed|1|公里/小时 公里每小时 千米/小时|km/h kph kmh kilometres-per-hour kilometers-per-hour
mph|speed|1.609344|英里/小时|mph miles-per-hour mile-per-hour
°C|temperature|1|摄氏度 ℃ °C|°c ℃ degrees-celsius celsius
°F|fahrenheit|1|华氏度 ℉ °F|°f ℉ degrees-fahrenheit
°|angle|1|度|degree °
ppm|concentration|1|ppm|ppm
second|time|1|秒 秒钟|second sec s
minute|time|60|分钟|minute min
hour|time|3600|小时 钟头 个小时 个钟头|hour hr h
day|time|86400|天 日 昼夜|day
week|time|604800|周 星期 个星期 礼拜 个礼拜 周年|week
fortnight|time|1209600||fortnight
month|months|1|个月 个多月|month
quarter|months|3|个季度|quarter
half|months|6|个半年|half-year
year|months|12|年 岁 周岁 载 周年|year year-old yr
decade|months|120|个十年|decade
century|months|1200|世纪 个世纪|century centuries
"""
COUNTERS = [
    "年级",
    "个",
    "名",
    "位",
    "人",
    "家",
    "项",
    "次",
    "件",
    "只",
    "条",
    "张",
    "台",
    "辆",
    "艘",
    "架",
    "座",
    "栋",
    "幢",
    "间",
    "所",
    "套",
    "份",
    "册",
    "本",
    "部",
    "篇",
    "届",
    "场",
    "轮",
    "笔",
    "批",
    "支",
    "枚",
    "粒",
    "颗",
    "株",
    "棵",
    "头",
    "匹",
    "口",
    "户",
    "起",
    "例",
    "宗",
    "种",
    "类",
    "款",
    "级",
    "层",
    "楼",
    "页",
    "章",
    "节",
    "行",
    "组",
    "对",
    "双",
    "队",
    "局",
    "球",
    "分",
    "票",
    "席",
    "成员",
    "股",
    "手",
    "点",
    "句",
    "道",
    "片",
    "块",
    "瓶",
    "杯",
    "箱",
    "袋",
    "盒",
    "包",
    "根",
    "段",
    "期",
    "号",
    "门",
    "封",
    "趟",
    "步",
    "阶",
    "代",
    "路",
    "处",
    "堆",
    "群",
    "排",
    "副",
    "幅",
    "尊",
    "具",
    "顶",
    "发",
    "声",
    "餐",
    "站",
    "通",
    "则",
    "首",
    "集",
    "卷",
    "版",
    "幕",
    "周目",
    "人次",
    "倍频",
    "字",
    "岁",
    "区",
    "市",
    "县",
    "省",
    "国",
    "州",
    "大",
    "座次",
    "辑",
    "把",
    "桩",
    "例次",
    "万人",
    "面",
    "尾",
    "重",
    "胎",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its symbol, what it measures, and its size in base units of that."""

    symbol: str
    dimension: str
    size: Decimal


def _rows() -> list[tuple[Unit, list[str], list[str]]]:
    rows = []
    for line in _TABLE.strip().splitlines():
        symbol, dimension, size, zh, en = line.split("|")
        rows.append((Unit(symbol, dimension, Decimal(size)), zh.split(), en.split()))
    return rows


UNITS = {unit.symbol: unit for unit, _, _ in _rows()}


@cache
def chinese() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of what follows a number in Chinese, and the symbol of each writing.

    Latin symbols (km, GWh) are read in Chinese texts as well. Measure words have no symbol and are their own unit.
    """
    names = {name: unit.symbol for unit, zh, _ in _rows() for name in zh}
    latin = {
        name: unit.symbol
        for unit, _, en in _rows()
        for name in en
        if len(name) <= 5 and name not in ("s", "h", "in.", "t", "li")
    }
    symbols = {**{word: word for word in COUNTERS}, **latin, **names}
    written = "|".join(re.escape(name) for name in sorted((*names, *COUNTERS), key=len, reverse=True))
    abbreviations = "|".join(re.escape(name) for name in sorted(latin, key=len, reverse=True))
    return re.compile(
        rf" {{0,2}}(?P<more>[多余几来])? {{0,2}}(?:(?P<l>{abbreviations})(?![A-Za-z0-9])|(?P<w>{written}))"
    ), symbols


@cache
def english() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of the unit that follows a number in English, and the symbol of each writing."""
    symbols: dict[str, str] = {}
    for unit, _, names in _rows():
        for name in names:
            symbols[name] = unit.symbol
            if len(name) > 3 and name[-1] not in "s.²³" and "feet" not in name and "foot" not in name:
                symbols[f"{name}s"] = unit.symbol
                symbols[f"{name.split('-')[0]}s-{name.split('-', 1)[1]}" if "-per-" in name else f"{name}s"] = (
                    unit.symbol
                )
    symbols |= {
        "secs": "second",
        "hrs": "hour",
        "mins": "minute",
        "yrs": "year",
        "yards": "yd",
        "kgs": "kg",
        "lbs": "lb",
    }
    names = "|".join(re.escape(name).replace(r"\-", "[ -]") for name in sorted(symbols, key=len, reverse=True))
    return re.compile(rf"(?: {{0,2}}|-)(?P<l>{names})(?![a-z0-9²³])"), symbols
