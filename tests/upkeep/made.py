"""What stands in an installation that is backed up, and the commands tried on it."""

import io
from datetime import timedelta

from listing.access.actor import SYSTEM
from listing.files import operations as files
from listing.journal import operations as journal
from listing.notifications.models import Notice
from listing.store.db import db
from listing.upkeep import rows, tables
from tests.factories import NOW, a_company, a_member, a_session, an_organisation, saved

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def a_market():
    """Rows of every shape: two languages and beyond the BMP, bytes, dates, empty and full JSON, an ended sequence."""
    enterprise = an_organisation("enterprise", name_zh="𠮷野科技", name_en="Yoshino “Tech” \\ ção")
    member = a_member(enterprise, "owner")
    a_session(member.user, "session")
    a_company(slug="kept", organisation_id=enterprise.id, name_zh="湾区光子有限公司", name_en="Bay Photonics Limited")
    db.session.delete(an_organisation("agent"))  # a number was given that no row has
    db.session.flush()
    file = files.keep(stream=io.BytesIO(PDF), name="计划.pdf", organisation_id=enterprise.id, actor=SYSTEM, now=NOW)
    plain = {"name": "x", "email": "a@example.com", "language": "en", "zone": "Asia/Hong_Kong"}
    saved(Notice(key="k", message="m", data=None, state="sent", created_at=NOW, due_at=NOW, **plain))
    for n in range(5):
        journal.append(code="test.noted", data={"n": n, "名": None}, actor=SYSTEM, now=NOW + timedelta(seconds=n))
    db.session.commit()
    return file.sha256


def everything():
    """Every row of every table that a backup keeps."""
    return {t.name: [tuple(row) for row in db.session.execute(rows.all_of(t))] for t in tables.kept()}


def run(app, *words):
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(word) for word in words], catch_exceptions=False)
