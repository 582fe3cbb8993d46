"""Answers as they are typed, whole enough to be sent; and reading them."""

from datetime import date

from listing.companies.sheets import sheets
from listing.profiles import kinds, reading
from tests.factories import NOW

SETTING = kinds.Setting(by="Lin", now=NOW, today=date(2026, 11, 26), documents=frozenset({7}))

IDENTITY = {
    "name.zh": "深圳示例传感技术有限公司",
    "name.en": "Shenzhen Sample Sensing Technology Co., Ltd.",
    "register": "USCC",
    "number": "91440300MA5FTEX20X",
    "domicile": "CN",
    "city": "shenzhen",
    "sector": "components",
    "stage": "a",
    "founded": "2018",
}
BUSINESS = {
    "summary.zh": "我们为工业设备制造传感器。",
    "summary.en": "We make sensors for industrial equipment.",
    "business.zh": "产品用于轨道交通和风电。",
    "business.en": "The products are used in rail transport and wind power.",
    "technology.zh": "核心技术是光纤传感。",
    "technology.en": "The core technology is fibre-optic sensing.",
}
FINANCING = {
    "instrument": "equity",
    "currency": "CNY",
    "unit": "wan",
    "amount_min": "5000",
    "amount_max": "8,000",
    "closes": "2027-06-30",
    "accepted": "CNY HKD",
    "paid_out": "CNY",
    "uses.0.purpose": "research",
    "uses.0.place": "gba_mainland",
    "uses.0.share": "60",
    "uses.1.purpose": "market",
    "uses.1.place": "HK",
    "uses.1.share": "40",
}
CONTACT = {"prevailing": "zh", "person.zh": "林一", "email": "lin@example.com", "phone": "+86 755 2345 6789"}
WHOLE = {"identity": IDENTITY, "business": BUSINESS, "financing": FINANCING, "contact": CONTACT}


def read(sheet, typed, before=None, setting=SETTING):
    """A sheet read from what was typed."""
    return reading.read(sheets()[sheet], typed, before or {}, setting)


def content(sheet, typed=None):
    """The content of a sheet whose answers are in order."""
    found = read(sheet, WHOLE[sheet] if typed is None else typed)
    assert found.errors == {}
    return found.content
