"""Files as people send them: the same three companies in every format and encoding."""

import io
import json
import zipfile

from openpyxl import Workbook

HEADING = ["market", "code", "name_zh", "name_en", "country", "city", "industry", "summary"]
ROWS = [
    ["HKEX", "00001", "長江和記實業有限公司", "CK Hutchison Holdings Limited", "Hong Kong", "Central", "", "Ports."],
    ["SSE", "600198", "大唐电信科技股份有限公司", "Datang Telecom", "China", "Beijing", "Software", "Chips, cards."],
    ["SZSE", "002594", "比亚迪股份有限公司", "BYD", "China", "Shenzhen", "Automobiles", ""],
]
TRADITIONAL = [
    ["HKEX", "00001", "長江和記實業有限公司", "CK Hutchison Holdings Limited", "Hong Kong", "Central", "", "Ports."],
    ["HKEX", "00003", "香港中華煤氣有限公司", "HK and China Gas", "Hong Kong", "North Point", "Gas Utilities", ""],
]


def csv_text(rows=ROWS, heading=HEADING, mark=",") -> str:
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if mark in text or '"' in text or "\n" in text else text

    return "".join(mark.join(map(cell, row)) + "\r\n" for row in [heading, *rows])


def json_lines(rows=ROWS, heading=HEADING) -> bytes:
    return "\n".join(json.dumps(dict(zip(heading, row, strict=True)), ensure_ascii=False) for row in rows).encode()


def workbook(rows=ROWS, heading=HEADING) -> bytes:
    book = Workbook()
    for row in [heading, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part.filename))
    return out.getvalue()
