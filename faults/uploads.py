"""F15, F17 and F18: hostile files through the import and into the file store, names into mail, cells into exports."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pyotp
from bs4 import BeautifulSoup
from flask import current_app

from listing.files import operations as files
from listing.files import rules
from listing.notifications import operations as outbox
from listing.notifications.rules import Address
from listing.store.db import db
from listing.web import cells
from tests import factories
from tests.companies import sheets
from tests.files import samples

from .browser import Browser
from .finding import Finding, equal
from .place import Place, Server, installed

IMPORT = "/en/review/companies/import"
BOMB = sheets.with_part(sheets.workbook(), "xl/worksheets/sheet1.xml", bytes(500 << 20))
TABLE = sheets.csv_text().encode()
FLOOD = samples.a_png_flood(60_000, 60_000)
POLYGLOT = samples.PDF + samples.a_document()
RLO = "\u202e"

TO_IMPORT = {
    "zip bomb of 500 MB": (b"companies.xlsx", BOMB),
    "html as xlsx": (b"companies.xlsx", samples.HTML),
    "EICAR": (b"companies.csv", samples.EICAR),
}
TO_STORE = {
    "zip bomb": ("plan.docx", samples.a_document(parts={"bomb.xml": bytes(200 << 20)})),
    "pixel flood": ("logo.png", FLOOD),
    "webp flood": ("logo.webp", samples.a_webp_flood()),
    "polyglot": ("plan.pdf", POLYGLOT),
    "html as pdf": ("plan.pdf", samples.HTML),
    "svg as pdf": ("plan.pdf", samples.SVG),
    "svg": ("logo.svg", samples.SVG),
    "program behind RLO": (f"plan{RLO}fdp.exe", samples.PDF),
}
NAMES = ["../../etc/passwd.csv", "a\0b.csv", "CON.csv", "公" * 300 + ".csv", f"a{RLO}vsc.csv", "廣東路演企業.csv"]


def hostile(server: Server | None) -> list[Finding]:
    """F15: each file and each name, over HTTP into the import and through the file store."""
    with installed(server) as place:
        web = place.web()
        staff = _reviewer(place)
        before = web.resident()
        sent = {name: _imported(staff, *file) for name, file in TO_IMPORT.items()}
        grown = (web.resident() - before) >> 20
        named = {name: _shown(staff, name) for name in NAMES}
        stored = {name: _stored(place, *file) for name, file in TO_STORE.items()}
        disk = sum(1 for path in place.folder.rglob("*") if path.is_file() and "files" in path.parts)
        wrong = [name for name, (status, shown) in named.items() if status != 303 or not _is_plain(shown)]
        return [
            Finding("import refuses", _told(sent), all(status in (413, 422) for status in sent.values())),
            Finding("memory grows by", f"{grown} MiB", grown < 64),
            Finding(
                "names shown without path, control and direction",
                f"{len(NAMES) - len(wrong)} of {len(NAMES)}",
                not wrong,
            ),
            equal("the Chinese name", named[NAMES[-1]][1], NAMES[-1]),
            Finding("file store refuses", _told(stored), "kept" not in stored.values()),
            equal("files left on disk by what was refused", disk, 0),
            _chinese_name(place),
        ]


def _told(seen: dict) -> str:
    return ", ".join(f"{name}: {what}" for name, what in seen.items())


def _reviewer(place: Place) -> Browser:
    """A browser of a reviewer with a second factor, which the import asks for."""
    with place.app.app_context():
        operator = factories.an_organisation("operator")
        [token] = ["reviewer-" + "0" * 40]
        now = current_app.extensions["clock"].now()
        user = factories.a_member(operator, role="reviewer").user
        factories.a_session(user, token, created_at=now, seen_at=now, expires_at=now + timedelta(hours=8))
        db.session.commit()
    browser = Browser(place.port, token)
    shown = BeautifulSoup(browser.post("/en/tf-setup", browser.hidden("/en/tf-setup")).text, "html.parser")
    form = shown.find("form", class_="form")
    secret = shown.find("code").text.replace("-", "").replace(" ", "")
    fields = {"csrf_token": form.find("input", attrs={"name": "csrf_token"})["value"], "code": pyotp.TOTP(secret).now()}
    browser.post(form["action"], fields)
    return browser


def _imported(staff: Browser, name: bytes, content: bytes) -> int:
    return staff.send_file(IMPORT, staff.hidden(IMPORT), "file", name, content).status


def _shown(staff: Browser, name: str) -> tuple[int, str]:
    """The answer to a good file of that name, and the name as the next page shows it."""
    sent = staff.send_file(IMPORT, staff.hidden(IMPORT), "file", name.replace("\0", "%00").encode(), TABLE)
    if not sent.location:
        return sent.status, ""
    page = BeautifulSoup(staff.get(sent.location).text, "html.parser")
    return sent.status, page.main.find("dd").get_text(strip=True)


def _is_plain(shown: str) -> bool:
    return not set(shown) & set(f"/\\\0{RLO}\r\n") and len(shown) <= 130


def _stored(place: Place, name: str, content: bytes) -> str:
    try:
        _keep(place, name, content)
    except rules.Unfit as refusal:
        return type(refusal).__name__
    return "kept"


def _keep(place: Place, name: str, content: bytes):
    with place.app.app_context():
        organisation, actor = factories.an_organisation(), factories.a_user()
        actor.user_id = actor.id
        now = current_app.extensions["clock"].now()
        try:
            row = files.keep(
                stream=io.BytesIO(content), name=name, organisation_id=organisation.id, actor=actor, now=now
            )
            return row.name, row.sha256
        finally:
            db.session.rollback()


def _chinese_name(place: Place) -> Finding:
    name, digest = _keep(place, "../廣東路演計劃書.pdf", samples.PDF)
    kept = [path for path in (place.folder / "files").rglob("*") if path.is_file()]
    right = name == "廣東路演計劃書.pdf" and ["".join(p.parts[-2:]) for p in kept] == [digest]
    return Finding("a good file: its name, and where it lies", f"{name}; under its hash alone", right)


EVIL_NAMES = ["陳\r\nBcc: spy@evil.example", "陳\0大文", "陳\u2028X-Injected: yes", '"陳" <spy@evil.example>, x']


def names(server: Server | None) -> list[Finding]:
    """F17: names with line ends into the sign-up form, and past it into the outbox; the mails as bytes on disk."""
    with installed(server) as place:
        place.web()
        form = "/en/register"
        statuses = []
        for number, name in enumerate(EVIL_NAMES):
            visitor = Browser(place.port, address=f"198.51.{number}.1")
            fields = {"kind": "investor", "name": name, "email": f"p{number}@fund.example", "name_en": "Example"}
            answer = visitor.post(form, {**visitor.hidden(form), **fields, "password": factories.PASSWORD})
            statuses.append(answer.status)
        with place.app.app_context():
            now = current_app.extensions["clock"].now()
            for number, name in enumerate(EVIL_NAMES):
                to = Address(name=name, email=f"q{number}@fund.example", user_id=None, language="en", zone="Asia/Macau")
                told = {"path": "/en/account", "what": "password", "at": now.isoformat()}
                outbox.queue(key=f"evil:{number}", message="security_changed", to=to, data=told, now=now)
            db.session.commit()
        place.flask("reminders", "run-once")
        mails = [path.read_bytes() for path in Path(place.folder, "mail").iterdir()]
        heads = [mail.split(b"\r\n\r\n")[0].split(b"\r\n") for mail in mails]
        injected = [line for head in heads for line in head if line.lower().startswith((b"bcc:", b"x-injected:"))]
        recipients = [sum(line.lower().startswith(b"to:") for line in head) for head in heads]
        evil = sum(b"<spy@evil.example>" in b"".join(head) for head in heads)
        return [
            Finding("sign-up answers", str(statuses), all(status < 500 for status in statuses)),
            Finding("mails made", str(len(mails)), len(mails) >= len(EVIL_NAMES)),
            equal("headers injected", len(injected), 0),
            equal("mails with other than one recipient line", sum(count != 1 for count in recipients), 0),
            equal("mails to the address in the name", evil, 0),
        ]


CELLS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "'=1", "廣東"]


def formulas(server: Server | None) -> list[Finding]:
    """F18: names that begin like formulas, from the database through the exports of the running server."""
    with installed(server) as place:
        with place.app.app_context():
            for text in CELLS:
                factories.a_company(name_zh="示例", name_en=text)
            db.session.commit()
        place.web()
        visitor = Browser(place.port)
        table = list(
            csv.DictReader(io.StringIO(visitor.get("/en/companies/csv").text.removeprefix("\ufeff"), newline=""))
        )
        values = [value for row in table for value in row.values()]
        active = [value for value in values if value and value[0] in "=+-@\t\r＝＋－＠"]
        back = {cells.unguarded(value) for value in values}
        listed = json.loads(visitor.get("/en/companies/json").text)["companies"]
        plain = {value for row in listed for value in row.values() if isinstance(value, str)}
        return [
            equal("companies in the table", len(table), len(CELLS)),
            equal("cells that begin a formula", len(active), 0),
            equal("names that come back from CSV", len(back & set(CELLS)), len(CELLS)),
            equal("names exact in JSON", len(plain & set(CELLS)), len(CELLS)),
        ]
