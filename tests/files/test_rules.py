"""Names of files, limits, readers."""

from urllib.parse import unquote

import pytest

from listing.files import rules
from listing.files.rules import MB

RLO, ZERO_WIDTH = "\u202e", "\u200b"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("廣東路演計劃書.pdf", "廣東路演計劃書.pdf"),
        ("𠮷野 apresentação（終稿）.PDF", "𠮷野 apresentação（終稿）.PDF"),
        ("豈\uf900.pdf", "豈\uf900.pdf"),
        ("e\u0301.pdf", "e\u0301.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\fakepath\\plan.pdf", "plan.pdf"),
        ("..pdf", "file.pdf"),
        (".pdf", "file.pdf"),
        ("plan.pdf. . ", "plan.pdf"),
        (f"plan{RLO}fdp.exe", "planfdp.exe"),
        (f"pl{ZERO_WIDTH}an.pdf", "plan.pdf"),
        ("plan.pdf\0.exe", "plan.pdf.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("a\u2028b.pdf", "ab.pdf"),
        ("\ud800half.pdf", "half.pdf"),
        ('<b>"q"|?*.pdf', "_b__q____.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("com1 .pdf", "_com1.pdf"),
        ("console.pdf", "console.pdf"),
        ("noending", "noending"),
        ("", "file"),
    ],
)
def test_a_name_is_kept_but_for_what_misleads(sent, kept):
    assert rules.clean_name(sent) == kept
    assert rules.clean_name(kept) == kept


def test_a_long_name_is_cut_between_characters_and_keeps_its_ending():
    assert rules.clean_name("a" * 300 + ".pdf") == "a" * 236 + ".pdf"
    assert rules.clean_name("廣" * 300 + ".pdf") == "廣" * 78 + ".pdf"
    assert len(rules.clean_name("x." + "廣" * 300).encode()) <= rules.NAME_BYTES


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.pdf.exe", "a.docm", "a.zip", "a", "pdf"])
def test_other_kinds_are_not_accepted(name):
    with pytest.raises(rules.NotAccepted):
        rules.kind_of(name)


@pytest.mark.parametrize(("name", "label"), [("a.PDF", "PDF"), ("a.jpe", "JPEG"), ("a.b.docx", "DOCX")])
def test_the_ending_says_the_kind(name, label):
    assert rules.kind_of(name).label == label


@pytest.mark.parametrize("kind", rules.KINDS, ids=lambda k: k.label)
def test_each_kind_has_a_limit_that_may_be_met(kind):
    rules.check_size(kind, kind.limit)
    with pytest.raises(rules.TooLarge, match=f"larger than {kind.limit // MB} MB"):
        rules.check_size(kind, kind.limit + 1)
    with pytest.raises(rules.Empty):
        rules.check_size(kind, 0)


def test_pixels_and_quota_may_be_met_and_not_passed():
    rules.check_pixels(5000, 5000)
    with pytest.raises(rules.TooManyPixels):
        rules.check_pixels(5000, 5001)
    with pytest.raises(rules.Damaged):
        rules.check_pixels(0, 5)
    rules.check_quota(rules.QUOTA - 1, 1)
    with pytest.raises(rules.QuotaFull):
        rules.check_quota(rules.QUOTA, 1)


@pytest.mark.parametrize(
    ("visibility", "tiers"),
    [("owner", []), ("public", [0, 1, 2, 3]), ("registered", [1, 2, 3]), ("admitted", [2, 3]), ("staff", [3])],
)
def test_who_may_read(visibility, tiers):
    assert [tier for tier in range(4) if rules.may_read(visibility, tier=tier, owns=False)] == tiers
    assert rules.may_read(visibility, tier=0, owns=True)


def test_a_download_names_the_file_exactly_and_in_ascii():
    name = "廣東 “路演” apresentação's 100%.pdf"
    header = rules.disposition(name)
    assert header.isascii()
    assert unquote(header.split("filename*=UTF-8''")[1], errors="strict").encode() == name.encode()
    assert header.startswith('attachment; filename="apresenta_o_s 100.pdf"; ')
    assert rules.disposition("路演.pdf").startswith('attachment; filename="file.pdf"; ')
    assert rules.disposition('a"b.pdf').startswith('attachment; filename="a_b.pdf"; ')
