"""Who translated and who checked: the signature waits for somebody who translated none of it, for the same revision."""

from dataclasses import replace
from hashlib import sha256

import pytest

from listing.bilingual.freshness import Freshness, Made
from listing.bilingual.pair import Pair
from listing.disclosure.announcements import checkers, proofs, queries, roles, rules
from listing.disclosure.announcements.operations import checking, mandating, signing, writing
from listing.journal import canonical
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import in_tier
from tests.factories import a_member, an_organisation, signed_in

from .made import BODY, NOON, SESSION, TITLE, WRITTEN, a_house, acting, at_once, begun, checked, sent, signed


@pytest.fixture
def house(app):
    found = a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited", domicile="CN")
    in_tier(found.company, found.second.user, since=SESSION)
    return found


def test_the_text_that_does_not_prevail_is_the_translated_one():
    hands = roles.added(roles.added({}, ["zh"], 1), ["zh", "en"], 2)
    assert (hands, roles.added(hands, ["en"], None)) == ({"zh": [1, 2], "en": [2]}, hands)
    assert [roles.translators(hands, side, [1, 2, 3]) for side in ("zh", "en")] == [[2], [1, 2]]
    assert roles.translators(None, "zh", [1, 2, 3]) == [1, 2, 3]
    old, new = (TITLE, BODY, None), (TITLE, Pair(BODY.zh, "Other.", BODY.script), None)
    assert (roles.changed(old, new), roles.changed(old, (*old[:2], TITLE))) == (["en"], ["zh", "en"])
    machine = replace(Freshness(), made_en=Made("digest", "translated"))
    assert [
        roles.asks_for_checker(*each) for each in (((), Freshness()), ((), machine), (("checker",), Freshness()))
    ] == [
        False,
        True,
        True,
    ]


def test_it_is_signed_only_as_somebody_else_checked_it(house):
    row = begun(house, body=Pair(BODY.zh, "", BODY.script))
    translator = {"announcement": row, "version": 1, "actor": acting(house.second), "now": SESSION}
    writing.save(**translator, **WRITTEN, read=True)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=SESSION)
    assert checkers.names(row) == (["Editor"], ["Editor", "Second"])  # who wrote the title wrote it in both
    for member in (house.editor, house.second):
        with pytest.raises(roles.TranslatedIt):
            checked(row, member)
    sealed = {"announcement": row, "declared_true": True, "actor": acting(house.signatory), "now": NOON}
    with pytest.raises(roles.NotChecked):
        signing.sign(seen=writing.digest(row), **sealed)
    checked(row, house.signatory)
    back = {"announcement": row, "reason": "Say when.", "actor": acting(house.signatory), "now": SESSION}
    writing.send_back(**back)
    assert not checking.unchecked(row)  # nothing changed since
    longer = {"body": Pair(f"{BODY.zh}\n\n即日生效。", f"{BODY.en}\n\nIt takes effect today.", BODY.script)}
    writing.save(**translator | {"version": 2}, **WRITTEN | longer)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=SESSION)
    with pytest.raises(roles.NotChecked):
        signing.sign(seen=writing.digest(row), **sealed)
    checked(row, house.signatory)
    assert signing.sign(seen=writing.digest(row), **sealed).state == rules.PUBLISHED
    kept = proofs.entry(queries.release("2026-000001")).data["people"]
    assert kept == sha256(canonical.encoded(canonical.plain(checkers.record(row)))).hexdigest()
    did = [each.code for each in checkers.history(row) if each.by == "Signatory"]
    assert did == ["checked", "returned", "checked", "signed"]


def test_of_two_who_confirm_at_once_one_does(app, house):
    row = sent(house)
    number, seen = row.id, writing.digest(row)

    def confirming(person):
        return lambda: checking.confirm(
            announcement=queries.by_id(number), read=True, seen=seen, actor=person, now=SESSION
        )

    people = [acting(house.signatory), acting(house.second)]
    assert at_once(app, *(confirming(person) for person in people)) == ["NotNow", "done"]


def test_outside_the_tiers_only_what_a_program_translated_is_checked(app):
    house = a_house()
    assert signed(house, sent(house), now=NOON).checked_at is None
    row = sent(house, made="en", read=True)
    assert checking.unchecked(row)
    assert signed(house, row, now=NOON).checked_by_label == "Signatory"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_an_agent_checks_on_the_page_that_says_what_a_change_withdrew(app, house, lang):
    agent, other = (a_member(an_organisation("agent"), "editor") for _ in range(2))
    mandating.name(company=house.company, agent_id=agent.organisation_id, actor=acting(house.second), now=SESSION)
    row = begun(house)
    db.session.commit()
    path, confirmation = (
        f"/{lang}/studio/announcements/{row.id}",
        f'action="/{lang}/studio/announcements/{row.id}/check"',
    )
    at_agent, stranger, writer = (signed_in(app.test_client(), m.user) for m in (agent, other, house.editor))
    assert [confirmation in client.get(path).text for client in (at_agent, writer)] == [True, False]
    assert stranger.get(path).status_code == 404
    assert submit(at_agent, path, "/check").status_code == 422
    assert submit(at_agent, path, "/check", read="y").status_code == 303
    assert confirmation not in at_agent.get(path).text
    row = queries.by_id(row.id)
    assert row.checked_by == agent.user_id
    longer = {"body": Pair(f"{BODY.zh}\n\n即日生效。", f"{BODY.en}\n\nIt takes effect today.", BODY.script)}
    writing.save(announcement=row, version=1, actor=acting(house.editor), now=SESSION, **WRITTEN | longer)
    db.session.commit()
    page = at_agent.get(path).text
    assert ('class="note warn' in page, confirmation in page) == (True, True)
