"""A text of an invented company with the mistakes that translations are made of: the example of the page."""

_EN = (
    "Sampan Energy Storage Limited reported revenue of RMB103 million in 2025, up 12.5% year on year; exports of "
    "RMB203 million made up 19.7% of it. It has 321 employees, 45% of them in research and development.\n\n"
    "The company was listed on the platform on 18 March 2026 and seeks HK$41.6 million to expand its plant in Dongguan "
    "to 6 GWh a year. Production is planned for the first half of 2027; the gross margin will then rise by 2%."
)
_HANS = (
    "舢板储能有限公司2025年营业收入为人民币1.03亿元，同比增长12.5%；其中出口2,030万元，占19.7%。公司现有员工312人，"
    "研发人员占45%。\n\n公司于2026年3月18日在平台挂牌，拟融资港币4,160万元，用于将东莞工厂的年产能扩大到6GWh。项目计划于"
    "2027年上半年投产，届时毛利率可能提高2个百分点。"
)
_HANT = (
    "舢板儲能有限公司2025年營業收入為人民幣1.03億元，按年增長12.5%；其中出口2,030萬元，佔19.7%。公司現有員工312人，"
    "研發人員佔45%。\n\n公司於2026年3月18日在平台掛牌，擬融資港幣4,160萬元，用於將東莞工廠的年產能擴大至6GWh。項目計劃於"
    "2027年上半年投產，屆時毛利率可能提高2個百分點。"
)


def texts(lang: str) -> tuple[str, str]:
    """Return the Chinese in the script of the interface language, and the English."""
    return _HANT if lang == "zh-Hant" else _HANS, _EN
