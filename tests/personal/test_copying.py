"""The copy of what is held about a person: all of it, nobody else's, and nothing that opens anything."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from time import time

from bs4 import BeautifulSoup

from listing.accounts.models import WebSession
from listing.journal.models import Entry
from listing.personal.held import SECRET, groups
from listing.store.db import Model, db
from tests.admission.conftest import begun
from tests.admission.test_papers import add
from tests.factories import a_member, an_organisation, signed_in


def tables():
    return {held.name: held for group in groups().values() for held in group.tables}


def test_every_column_that_names_a_person_is_looked_at():
    """A table that another room adds is in the copy by itself; one declared here has to name all its columns."""
    named = {"account": {"id"}, "notice": {"recipient_id"}, "journal_entry": {"actor_id"}}  # these by no foreign key
    for table in Model.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == "account":
                named.setdefault(table.name, set()).add(key.parent.name)
    assert {name: set(held.by) for name, held in tables().items()} == named


def test_no_copy_holds_what_opens_an_account_or_speaks_of_others():
    shown = {held.name: {column.name for column in held.columns()} for held in tables().values()}
    assert not SECRET & set().union(*shown.values())
    assert "content" not in shown["admission_answers"]
    assert not {"note", "words"} & shown["admission_findings"]


def copy(client):
    page = BeautifulSoup(client.get("/zh-Hant/account/data").text, "html.parser")
    token = page.select_one("main [name=csrf_token]")["value"]
    return client.post("/zh-Hant/account/data/copy", data={"csrf_token": token})


def test_a_person_takes_all_that_is_theirs_and_nothing_of_anybody_else(client, app):
    member, other = (a_member(an_organisation("investor"), "owner") for _ in range(2))
    for one in (member, other):
        add(begun(one), one)
    answer = copy(signed_in(client, member.user))
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.namelist() == ["README.txt", *(f"{name}.json" for name in groups())]
    files = {name: json.loads(archive.read(f"{name}.json")) for name in groups()}
    assert [row["email"] for row in files["account"]["account"]] == [member.user.email]
    assert {row["purpose"] for row in files["consents"]["admission_consent"]} == {"pics", "gba"}
    assert len(files["work"]["evidence"]) == 1
    whole = b"".join(archive.read(name) for name in archive.namelist())
    for hidden in (other.user.email, other.user.name, member.user.fs_uniquifier, "argon2"):
        assert hidden.encode() not in whole
    assert db.session.query(Entry).order_by(Entry.index.desc()).first().code == "account.copied"


def test_nobody_gets_it_without_the_password_given_lately(client, clock):
    member = a_member(an_organisation("investor"), "owner")
    visitor = signed_in(client, member.user)
    page = BeautifulSoup(visitor.get("/en/account/data").text, "html.parser")
    token = page.select_one("main [name=csrf_token]")["value"]
    [row] = db.session.query(WebSession).all()
    row.data = row.data | {"fs_paa": time() - 16 * 60}
    clock.set(datetime.now(UTC))
    row.expires_at, row.created_at, row.seen_at = clock.now() + timedelta(hours=1), clock.now(), clock.now()
    db.session.commit()
    answer = visitor.post("/en/account/data/copy", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/en/account/data")
    assert "/verify" in visitor.get(answer.location).location
    assert not db.session.query(Entry).filter(Entry.code == "account.copied").count()
