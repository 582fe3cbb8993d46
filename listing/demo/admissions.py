"""How far the investors of the demo market are: two admitted, one asked for more, one waiting for its first reviewer.

Takes the way of every institution, through the same operations and with people of its own.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from importlib import resources

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.admission import books, consents, judging, names, queries, vetting
from listing.admission.operations import applying, consenting, proving, trying
from listing.admission.operations import vetting as reviewing
from listing.admission.operations.vetting import Found
from listing.admission.pages import pages
from listing.admission.profile import operations as introducing
from listing.admission.profile.rules import purpose
from listing.admission.rules import ADMIT
from listing.bilingual.pair import Pair
from listing.money import Money
from listing.profiles import kinds, reading
from listing.rulebook import grammar
from listing.rulebook.logic import MET
from listing.screening import operations as screening

from .enterprises import EVIDENCE
from .people import LOADER, SignIn
from .profiles import read
from .telling import Refused

SENT, ASKED = "sent", "asked"  # else two reviewers admit it
STRICTER = {
    '"8000000", currency: HKD}': '"500000000", currency: HKD}',
    '"40000000", currency: HKD}': '"1000000000", currency: HKD}',
}


def tell(sign_ins: Iterable[SignIn], *, team: Sequence[Actor], now: datetime) -> None:
    """Import the list of names, and take each institution as far as its entry says. Raises Refused."""
    source = read("admissions.yaml")
    screening.import_list(
        code="UN",
        version="demonstration",
        source="invented for the demo market",
        content=source["list"].encode(),
        actor=LOADER,
        now=now,
    )
    content = resources.files(__package__).joinpath(EVIDENCE).read_bytes()
    owners = {one.organisation: accounts.person(email=one.email) for one in sign_ins if one.role == people.OWNER}
    for row in source["applications"]:
        owner = owners[row["organisation"]]
        application = _write(row, owner.memberships[0].organisation_id, accounts.as_actor(owner), content, now)
        sent = applying.send(application=application, declared_true=True, actor=accounts.as_actor(owner), now=now)
        if row["until"] != SENT:
            _review(sent, row, source, team, now)
        if "profile" in row:
            _introduce(row["profile"], accounts.as_actor(owner), sent.organisation_id, now)


def _write(row: Mapping, organisation_id: int, owner: Actor, content: bytes, now: datetime) -> queries.Application:
    application = applying.begin(organisation_id=organisation_id, actor=owner, now=now)
    setting = kinds.Setting(by=owner.label, now=now, today=now.date())
    for key, typed in row["pages"].items():
        found = reading.read(pages()[key], typed, {}, setting)
        if found.errors:
            raise Refused({f"{key}.{name}": str(error) for name, error in found.errors.items()})
        applying.save(application=application, page=key, content=found.content, version=0, actor=owner, now=now)
    agreed = dict.fromkeys(consents.purposes(), consents.YES)  # of which those for its residence are asked
    consenting.answer(application=application, answers=agreed, language="zh-Hant", actor=owner, now=now)
    for paper in row["papers"]:
        proving.add(
            application=application,
            file=FileStorage(io.BytesIO(content), EVIDENCE),
            kind=paper["kind"],
            dated=_ago(now, paper["days"]),
            expires=None,
            issuer=paper["issuer"],
            actor=owner,
            now=now,
        )
    return application


def _ago(now: datetime, days: int) -> date:
    return (now - timedelta(days=days)).date()


def _review(
    submission: queries.Submission, row: Mapping, source: Mapping, team: Sequence[Actor], now: datetime
) -> None:
    first, second = team
    reviewing.claim(case=vetting.case(submission.id, first), actor=first, now=now)
    if row["until"] == ASKED:
        asked = row["question"]
        words = Pair(asked["words_zh"], asked["words_en"], "Hans")
        case = vetting.case(submission.id, first)
        reviewing.ask(case=case, page=asked["page"], code=asked["code"], question=words, actor=first, now=now)
        return
    names.compare(submission, actor=first, now=now)
    reviewing.screen(case=vetting.case(submission.id, first), words=source["checked"], actor=first, now=now)
    _find(submission, source["note"], first, now)
    reviewing.claim(case=vetting.case(submission.id, second), actor=second, now=now)
    _find(submission, source["note"], second, now)


def _introduce(row: Mapping, owner: Actor, organisation_id: int, now: datetime) -> None:
    """Write the profile for enterprises, and let them see all of it but what is ``hidden``."""
    least, most = (Money.parse(row[name], row["currency"], unit=1_000_000) for name in ("least", "most"))
    lists = {name: row[name].split() for name in ("sectors", "stages", "languages")}
    who = {"organisation_id": organisation_id, "actor": owner, "now": now}
    text = Pair(row["text_zh"], row["text_en"], row["script"])
    introducing.save(version=0, currency=row["currency"], least=least, most=most, text=text, **lists, **who)
    answers = {each.id: consents.YES for each in consents.about_profile()}
    answers[purpose(row["hidden"])] = consents.NO
    consenting.let_see(answers=answers, language="zh-Hant", **who)


def _find(submission: queries.Submission, note: str, reviewer: Actor, now: datetime) -> None:
    found = Found(ADMIT, dict.fromkeys(judging.judge(submission, now).rules, MET), note=note)
    reviewing.find(case=vetting.case(submission.id, reviewer), found=found, actor=reviewer, now=now)


def consider(*, now: datetime) -> None:
    """Try a stricter book of Hong Kong, which is invented and not published, on the institutions decided so far."""
    book = books.library().current("HK-PI", now.date())
    content = (books.FOLDER / f"{book.id}@{book.version}.yaml").read_text(encoding="utf-8")
    day = book.head.effective_from
    for before, after in STRICTER.items():
        content = content.replace(before, after)
    content = content.replace(f'version: "{book.version}"', 'version: "demonstration"')
    content = content.replace(f"effective_from: {day}", f"effective_from: {now.year + 1}-07-01")
    team = accounts.members(accounts.first_of_kind(people.OPERATOR))
    supervisor = next(accounts.as_actor(member.user) for member in team if member.role == people.SUPERVISOR)
    trying.begin(book=grammar.read(content, "demonstration.yaml"), content=content, actor=supervisor, now=now)


def standing(sign_in: SignIn) -> str:
    """How the institution of an investor of the demo market stands now, as the states are called; empty for others."""
    person = accounts.person(email=sign_in.email) if sign_in.kind == people.INVESTOR else None
    application = queries.last_of(person.memberships[0].organisation_id) if person else None
    return application.state.replace("_", " ") if application else ""
