"""The columns of an import: their names, other headings that mean the same, and what a heading must hold.

docs/import.md documents them for whoever prepares a file. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable

from .findings import NoHeading, TwiceInHeading

# Column: other headings, in the form of ``_key``.
COLUMNS = {
    "market": ("exchange", "市场", "市場", "交易所"),
    "code": ("stock_code", "ticker", "代码", "代碼", "代號", "代号", "股票代码", "证券代码", "股份代號"),
    "name_zh": ("中文名称", "中文名稱", "公司名称", "公司名稱", "公司中文名称", "公司中文名稱", "企业名称"),
    "name_zh_hans": ("简体名称", "簡體名稱"),
    "name_zh_hant": ("繁体名称", "繁體名稱"),
    "name_en": ("name", "english_name", "英文名称", "英文名稱", "公司英文名称", "公司英文名稱"),
    "short_zh": ("简称", "簡稱", "中文简称", "中文簡稱", "证券简称", "股份簡稱"),
    "short_en": ("英文简称", "英文簡稱"),
    "former_zh": ("曾用名", "前称", "前稱"),
    "former_en": ("former_name", "曾用英文名"),
    "country": ("domicile", "国家或地区", "國家或地區", "国家", "國家", "注册地", "註冊地"),
    "area_zh": ("area", "province", "省份", "地区", "地區", "省"),
    "city": ("城市",),
    "sector": ("板块", "板塊"),
    "industry": ("行业", "行業"),
    "industry_zh": ("中文行业", "中文行業"),
    "stage": ("阶段", "階段", "融资阶段", "融資階段"),
    "founded": ("成立年份", "成立时间", "成立時間"),
    "list_date": ("上市日期",),
    "registration_number": ("统一社会信用代码", "統一社會信用代碼", "登记号码", "登記號碼", "注册号", "uscc"),
    "registration_scheme": ("登记机关", "登記機關"),
    "lei": ("法人识别编码", "法人識別編碼", "法律實體識別編碼"),
    "website": ("网站", "網站", "网址", "網址", "官网"),
    "url": (),
    "summary": ("description", "简介", "簡介"),
    "summary_zh": ("中文简介", "中文簡介"),
    "summary_en": ("英文简介", "英文簡介"),
    "source": ("来源", "來源"),
    "gba": (),  # worked out anew from the city
}
NEEDED = ("market", "code")
NAMES = ("name_zh", "name_zh_hans", "name_zh_hant", "name_en", "short_zh", "short_en", "former_zh", "former_en")


def _key(heading: str) -> str:
    return re.sub(r"[\s\-]+", "_", unicodedata.normalize("NFKC", heading).strip().lower())


_MEANING = {_key(word): name for name, words in COLUMNS.items() for word in (name, *words)}


def meaning(heading: str) -> str | None:
    """The column that a heading means, or None."""
    return _MEANING.get(_key(heading))


def headings(cells: Iterable[str]) -> list[str | None]:
    """The column of each heading, None for those that are not read. Raises NoHeading, TwiceInHeading."""
    cells = list(cells)
    found = [meaning(cell) for cell in cells]
    known = [name for name in found if name]
    if missing := [name for name in NEEDED if name not in known]:
        del missing
        raise NoHeading(columns=", ".join(cell[:40] for cell in cells[:12] if cell.strip()) or "—")
    for name in known:
        if known.count(name) > 1:
            raise TwiceInHeading(column=name)
    return found
