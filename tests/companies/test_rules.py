"""Numbers, names, addresses, status, and who sees which section."""

import json

import pytest

from listing.access.actor import Tier
from listing.companies import catalogue, mapping, rules

from .real import DATA, real_data

PASSAGES = [
    {"section": "summary", "zh": "概况", "en": "Summary"},
    {"section": "business", "zh": "业务", "en": ""},
    {"section": "team", "zh": "", "en": ""},
    {"section": "financing", "zh": "融资", "en": "Raise"},
]


@pytest.mark.parametrize(
    ("scheme", "typed", "written", "doubtful"),
    [
        ("USCC", "91152201078394644D", "91152201078394644D", False),
        ("USCC", "９１１５２２０１０７８３９４６４４d", "91152201078394644D", False),
        ("USCC", "91152201078394644E", "91152201078394644E", True),
        ("HKCR", "1234567", "1234567", False),
        ("HKCR", "76543210", "76543210", False),
        ("HKBR", "12345678", "12345678", False),
        ("HKBR", "12345678-000-01-24-A", "12345678-000-01-24-A", False),
        ("MOCR", "12345 so", "12345 SO", False),
        ("MOCR", "12345(SO)", "12345(SO)", False),
        ("MOCR", "CO 987", "CO 987", False),
    ],
)
def test_registration_numbers_are_written_as_their_register_does(scheme, typed, written, doubtful):
    assert rules.registration(scheme, typed) == (written, doubtful)


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("USCC", "9115220107839464"),
        ("USCC", "91152201078394644!"),
        ("HKCR", "123456"),
        ("HKCR", "123456789"),
        ("HKBR", "1234567"),
        ("HKBR", "12345678-000-13-24-A"),
        ("MOCR", "SO"),
        ("MOCR", "1234567 SO"),
        ("", "1234567"),
        ("XX", "1234567"),
    ],
)
def test_what_no_register_writes_is_refused(scheme, typed):
    with pytest.raises(rules.BadRegistrationNumber):
        rules.registration(scheme, typed)


def test_a_failed_check_digit_of_an_lei_is_doubtful_and_never_refused():
    assert rules.lei("213800KUD8LAJWSQ9D15") == ("213800KUD8LAJWSQ9D15", False)
    assert rules.lei("213800KUD8LAJWSQ9D16") == ("213800KUD8LAJWSQ9D16", True)
    with pytest.raises(rules.BadLei):
        rules.lei("213800KUD8LAJWSQ9D")


@real_data
def test_no_number_that_was_really_issued_is_refused():
    lines = (DATA / "ids/identifiers.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if row["kind"] in ("uscc", "lei") and row["valid"]]
    checks = {"uscc": lambda code: rules.registration("USCC", code), "lei": rules.lei}
    found = [checks[row["kind"]](row["code"]) for row in rows]
    assert len(found) == len(rows) > 100
    assert sum(doubtful for _written, doubtful in found) <= 3


@pytest.mark.parametrize(
    ("number", "domicile", "scheme"),
    [
        ("91152201078394644D", "", "USCC"),
        ("1234567", "HK", "HKCR"),
        ("12345678-000-01-24-A", "HK", "HKBR"),
        ("12345 SO", "MO", "MOCR"),
        ("1234567", "CN", ""),
    ],
)
def test_a_number_tells_its_register_by_shape_and_domicile(number, domicile, scheme):
    assert rules.scheme_of(number, domicile) == scheme


@pytest.mark.parametrize(
    ("market", "typed", "code"),
    [("HKEX", "5", "00005"), ("SZSE", "2594", "002594"), ("SSE", "６００１９８", "600198"), ("NYSE", "brk.a", "BRK.A")],
)
def test_codes_are_written_as_their_market_does(market, typed, code):
    assert rules.code(market, typed) == code


@pytest.mark.parametrize(("market", "typed"), [("HKEX", "123456"), ("HKEX", "AB"), ("NYSE", ""), ("NYSE", "=1+1")])
def test_what_is_no_code_of_a_market_is_refused(market, typed):
    with pytest.raises(rules.BadCode):
        rules.code(market, typed)


@pytest.mark.parametrize("name", ["廣東電力", "𠮷野家", "Construções, Lda", "Xi’an Kingfar", "（香港）有限公司", "O₂"])
def test_real_names_stay_as_they_are(name):
    assert rules.name(name) == name


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\u2066", "\ufeff", "\0", "\x1b", "\ue000", "\U000e0041", "\ud800"]
)
def test_hidden_and_turning_characters_are_refused(hidden):
    with pytest.raises(rules.HostileCharacters):
        rules.name(f"Acme{hidden}Ltd")


def test_blanks_of_any_kind_become_one():
    assert rules.name(" Area\r\nHoldings\u00a0\u3000Limited\u2028") == "Area Holdings Limited"


@pytest.mark.parametrize("name", ["=SUM(A1)", "+86", "-1", "@cmd", " ＝1"])
def test_a_name_is_no_formula(name):
    with pytest.raises(rules.LooksLikeFormula):
        rules.name(name)


def test_letters_of_two_alphabets_in_one_word_are_noticed():
    assert rules.mixes_alphabets("Аcme Limited")  # the first letter is Cyrillic
    assert not rules.mixes_alphabets("Acme Акме 公司")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("CK Hutchison Holdings Limited", "ck-hutchison"),
        ("The Wharf (Holdings) Limited", "wharf"),
        ("Xi'an Café Co., Ltd.", "xian-cafe"),
        ("", "sse-600198"),
        ("大唐", "sse-600198"),
        ("Search Limited", "sse-600198"),
        ("SSE 600000 Ltd", "sse-600198"),
    ],
)
def test_an_address_is_readable_or_made_of_market_and_code(name, slug):
    assert rules.slug(name, "SSE", "600198") == slug


@pytest.mark.parametrize(
    ("tier", "sections"),
    [
        (Tier.PUBLIC, ["summary", "business"]),
        (Tier.REGISTERED, ["summary", "business", "team"]),
        (Tier.ADMITTED, ["summary", "business", "team", "financing"]),
    ],
)
def test_each_tier_sees_its_sections(tier, sections):
    assert [p["section"] for p in rules.visible(PASSAGES, tier)] == sections


def test_offer_terms_are_for_admitted_investors_only_and_unknown_sections_for_staff():
    tiers = {section.id: section.tier for section in catalogue.sections().values()}
    assert {name for name, tier in tiers.items() if tier == Tier.PUBLIC} == {"summary", "business", "technology"}
    assert tiers["financing"] == Tier.ADMITTED
    assert rules.tier_of("valuation") == Tier.STAFF
    assert rules.hidden_sections(PASSAGES, Tier.PUBLIC) == ["team", "financing"]


@pytest.mark.parametrize(
    ("passages", "languages"),
    [
        (PASSAGES, "zh"),
        (PASSAGES[:1], "both"),
        ([{"section": "summary", "zh": "", "en": "Only"}], "en"),
        (PASSAGES[3:], ""),
        ([], ""),
    ],
)
def test_languages_count_public_passages_only(passages, languages):
    assert rules.languages(passages) == languages


def test_what_is_withdrawn_stays_withdrawn():
    assert rules.next_status("displayed", "suspend") == "suspended"
    assert rules.next_status("suspended", "restore") == "displayed"
    for event in ("suspend", "restore", "withdraw"):
        with pytest.raises(rules.NotNow):
            rules.next_status("withdrawn", event)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("Biotechnology", "Health Care"), ("health", "drugs")),
        (("", "Health Care"), ("health", "")),
        (("半导体", "Software"), ("semiconductors", "chip-making")),
        (("半導體",), ("semiconductors", "chip-making")),
        (("机器人",), ("equipment", "robotics")),
        (("Sorcery",), ("", "")),
        ((), ("", "")),
    ],
)
def test_industries_find_their_sector(words, found):
    assert mapping.sector_of(*words) == found


@pytest.mark.parametrize(
    ("country", "area", "city", "found"),
    [
        ("Hong Kong", "", "Kwun Tong", ("HK", "", "hong-kong", False)),
        ("Hong Kong", "", "", ("HK", "", "hong-kong", False)),
        ("Macau", "", "Macau", ("MO", "", "macao", False)),
        ("China", "", "Shenzhen", ("CN", "guangdong", "shenzhen", False)),
        ("", "深圳", "", ("CN", "guangdong", "shenzhen", False)),
        ("", "廣東省", "東莞市", ("CN", "guangdong", "dongguan", False)),
        ("", "吉林", "", ("CN", "jilin", "", False)),
        ("China", "浙江", "Taizhou", ("CN", "zhejiang", "taizhou-zhejiang", False)),
        ("China", "江苏", "Taizhou", ("CN", "jiangsu", "taizhou-jiangsu", False)),
        ("China", "", "Taizhou", ("CN", "", "Taizhou", False)),
        ("China", "", "Suzhou", ("CN", "jiangsu", "suzhou", False)),
        ("China", "深圳", "San Francisco", ("CN", "guangdong", "shenzhen", True)),
        ("China", "山东", "Beijing", ("CN", "beijing", "beijing", True)),
        ("China", "", "Nowhere", ("CN", "", "Nowhere", False)),
        ("Mongolia", "", "Ulaanbaatar", ("other", "", "ulaanbaatar", False)),
        ("", "", "", ("", "", "", False)),
    ],
)
def test_places_are_found_in_the_words_of_a_source(country, area, city, found):
    place = mapping.place_of(country, area, city)
    assert (place.domicile, place.province, place.city, place.conflict) == found


def test_the_bay_area_has_eleven_cities_and_every_entry_three_labels():
    assert len(catalogue.bay_area()) == 11
    for kind, entries in catalogue.LISTS.items():
        assert all(all(entry.labels()) for entry in entries().values()), kind
    assert catalogue.label("place", "shenzhen", "zh-Hant") == "深圳"
    assert catalogue.label("place", "Nowhere", "en") == "Nowhere"
    assert set(catalogue.source("vocabulary")["industries"]) <= set(catalogue.sectors())
