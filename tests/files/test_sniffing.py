"""F15: what a file really is, judged cheaply; everything hostile is refused by its name."""

import io
import tracemalloc

import pytest
from PIL import Image

from listing.files import archives, rules, sniffing
from listing.files.rules import MB

from . import samples
from .samples import KIND, PDF, a_document, a_picture

HONEST = {
    "PDF": PDF,
    "PNG": a_picture("PNG"),
    "JPEG": a_picture("JPEG"),
    "WEBP": a_picture("WEBP"),
    "DOCX": a_document("DOCX"),
    "XLSX": a_document("XLSX"),
    "PPTX": a_document("PPTX"),
    "CSV": samples.CSV,
}


def _short(value) -> str:
    return f"{len(value)}b" if isinstance(value, bytes) else getattr(value, "__name__", str(value))


def checked(content: bytes, label: str) -> bytes:
    found = sniffing.checked(io.BytesIO(content), KIND[label])
    found.seek(0)
    return found.read()


@pytest.mark.parametrize("claimed", HONEST)
@pytest.mark.parametrize("real", HONEST)
def test_each_kind_passes_as_itself_and_as_nothing_else(real, claimed):
    if real == claimed:
        assert checked(HONEST[real], claimed)
        return
    with pytest.raises(rules.NotWhatItSays):
        checked(HONEST[real], claimed)


@pytest.mark.parametrize(
    "content", [samples.HTML, samples.SVG, b"MZ\x90\0" + bytes(60), b"\0", b"#!/bin/sh\0"], ids=_short
)
@pytest.mark.parametrize("claimed", HONEST)
def test_pages_programs_and_noise_pass_as_nothing(content, claimed):
    with pytest.raises(rules.NotWhatItSays):
        checked(content, claimed)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"x" * 20 + PDF, rules.Mixed),
        (PDF + a_document(), rules.Mixed),
        (PDF + b"more", rules.Mixed),
        (PDF + a_document() + b"\n%%EOF", rules.Mixed),
        (b"%PDF-1.7\n<html><script>" + PDF, rules.Mixed),
        (PDF.replace(b"%%EOF", b""), rules.Damaged),
        (b"%PDF-x", rules.Mixed),
    ],
    ids=_short,
)
def test_a_pdf_is_only_a_pdf(content, refusal):
    with pytest.raises(refusal):
        checked(content, "PDF")


def test_a_pdf_may_end_in_blank_lines_and_be_extended():
    assert checked(PDF + b"\r\n \0", "PDF")
    assert checked(PDF + PDF[9:], "PDF")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"MZ" + a_document(), rules.NotWhatItSays),
        (a_document() + b"tail", rules.Mixed),
        (a_document()[:-30], rules.Damaged),
        (a_document()[:20], rules.Damaged),
        (b"PK\x03\x04" + a_document(), rules.Mixed),
        (a_document(parts={"word/vbaProject.bin": b"x"}), rules.MacrosInside),
        (a_document(parts={"word/activeX/activeX1.xml": b"x"}), rules.MacrosInside),
        (a_document(types="application/vnd.ms-word.document.macroEnabled.main+xml"), rules.MacrosInside),
        (a_document(types="<Types/>"), rules.NotWhatItSays),
        (a_document(types="".join(f"{n:07d}" for n in range(160_000))), rules.UnpacksTooLarge),
        (a_document(parts={"../../evil": b"x"}), rules.Damaged),
        (a_document(parts={"/evil": b"x"}), rules.Damaged),
        (a_document(parts={"..\\evil": b"x"}), rules.Damaged),
        (a_document(parts={f"{n}".ljust(60_000, "x"): b"" for n in range(40)}), rules.UnpacksTooLarge),
        (a_document(parts={"MAIN.xml": b"x"}), rules.Damaged),
        (samples.with_flag(a_document(), 1), rules.Protected),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), rules.Protected),
        (samples.overlapping(), rules.UnpacksTooLarge),
        (samples.crowded(archives.PARTS + 1), rules.UnpacksTooLarge),
        (a_document(parts={"bomb": bytes(3 * MB)}), rules.UnpacksTooLarge),
    ],
    ids=_short,
)
def test_a_document_is_only_a_document(content, refusal):
    with pytest.raises(refusal):
        checked(content, "DOCX")


def test_many_parts_are_a_bomb_together(monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED", 4 * MB)
    pieces = {f"{n}": bytes(MB) for n in range(4)}
    with pytest.raises(rules.UnpacksTooLarge):
        checked(a_document(parts=pieces), "DOCX")


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = a_document(parts={"bomb": bytes(200 * MB)})
    tracemalloc.start()
    with pytest.raises(rules.UnpacksTooLarge):
        checked(bomb, "DOCX")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MB


@pytest.mark.parametrize(
    ("content", "label", "refusal"),
    [
        (samples.a_png_flood(60_000, 60_000), "PNG", rules.TooManyPixels),
        (samples.a_png_flood(9_000, 9_000), "PNG", rules.TooManyPixels),
        (samples.a_png_flood(4_000, 4_000), "PNG", rules.Damaged),
        (samples.a_webp_flood(), "WEBP", rules.TooManyPixels),
        (samples.an_animation("PNG"), "PNG", rules.Animated),
        (samples.an_animation("WEBP"), "WEBP", rules.Animated),
        (a_picture("PNG", (90, 90))[:60], "PNG", rules.Damaged),
        (a_picture("JPEG", (90, 90))[:300], "JPEG", rules.Damaged),
        (a_picture("WEBP")[:30], "WEBP", rules.Damaged),
        (b"\xff\xd8\xff" + bytes(99), "JPEG", rules.Damaged),
        (b"RIFF\0\0\0\0WEBPXXXX" + bytes(40), "WEBP", rules.Damaged),
    ],
    ids=_short,
)
def test_floods_and_fragments_of_pictures_are_refused(content, label, refusal):
    with pytest.raises(refusal):
        checked(content, label)


def test_a_webp_flood_is_refused_before_its_reader_asks_for_the_memory(monkeypatch):
    monkeypatch.delattr(Image, "open")
    with pytest.raises(rules.TooManyPixels):
        checked(samples.a_webp_flood(), "WEBP")


@pytest.mark.parametrize("label", ["PNG", "JPEG", "WEBP"])
def test_a_picture_loses_all_but_its_pixels(label):
    exif = Image.Exif()
    exif[0x010E] = "taken at 22.5431,114.0579"
    saving = {"exif": exif, "icc_profile": b"profile-of-a-screen"}
    if label == "JPEG":
        saving["comment"] = b"a comment"
    sent = a_picture(label, (9, 7), **saving) + b"PK\x03\x04 hidden behind"
    assert b"22.5431" in sent
    kept = checked(sent, label)
    for secret in (b"22.5431", b"profile-of", b"a comment", b"hidden"):
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size, picture.mode) == (label, (9, 7), "RGB")
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}


def test_a_picture_keeps_its_turn():
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(checked(a_picture("JPEG", (9, 7), exif=exif), "JPEG"))) as picture:
        assert picture.size == (7, 9)


@pytest.mark.parametrize(
    ("label", "mode", "kept"),
    [
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "LA", "LA"),
        ("PNG", "P", "P"),
        ("JPEG", "CMYK", "RGB"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_a_picture_keeps_its_transparency(label, mode, kept):
    with Image.open(io.BytesIO(checked(a_picture(label, mode=mode), label))) as picture:
        assert picture.mode == kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_tables_in_every_usual_encoding_are_text(encoding):
    content = "代號,名稱\r\n00700,騰訊\r\n".encode(encoding)
    assert checked(content, "CSV") == content


def test_a_table_without_end_or_with_controls_is_no_text():
    with pytest.raises(rules.NotWhatItSays):
        checked(b"a,b\x1b[2J\n", "CSV")
    with pytest.raises(rules.NotWhatItSays):
        checked("名".encode()[:-1] + b"\xff", "CSV")
