"""Which entries of the log tell of which object, and what each version says.

A version is made of the entry and of rows that never change (revisions, releases), so that it is the same whenever it
is told. Companies and what they disclose are told; people are not: no name, no address, nothing that somebody typed as
a reason or a remark.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from listing.bilingual.pair import Pair
from listing.companies import history
from listing.companies import rows as companies
from listing.disclosure import standards
from listing.disclosure.announcements import queries as announcements
from listing.disclosure.announcements import texts
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.standard import book
from listing.disclosure.announcements.standard.fields import TOLD
from listing.disclosure.announcements.visibility import PUBLIC
from listing.disclosure.obligations import ladder
from listing.journal import canonical

from .envelope import digests

VERDICTS = (ladder.WAITS, ladder.TAKEN, ladder.DECLINED)
MEASURES = frozenset(f"disclosure.{step}_{verdict}" for step in ladder.COSTLY for verdict in VERDICTS)
STATUSES = {"company.displayed": "displayed", "company.suspended": "suspended"}
SUBJECTS = frozenset({*STATUSES, "company.published", "company.taken_over", "company.held_back", "company.let_on"})
WITHDRAWN, GRANTED = "company.withdrawn", "disclosure.tier_granted"
EVENT, FILED, WAIVED = "disclosure.event", "disclosure.filed", "disclosure.waived"
RELEASED, CORRECTED = "announcement.released", "announcement.corrected"
CODES = SUBJECTS | MEASURES | {WITHDRAWN, GRANTED, EVENT, FILED, WAIVED, RELEASED, CORRECTED}


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says of one object; a body of None deletes it."""

    type: str
    key: str
    body: Mapping[str, object] | None


@dataclass(slots=True)
class Company:
    """A company as far as the log was read: its name for good, where it stands, its revision, its tier."""

    id: int
    name: str
    status: str = "displayed"
    held_back: bool = False
    revision: int = 0
    standard: str = ""


@dataclass(slots=True)
class Teller:
    """Reads the log in its order; ``version_of`` says which version an object has reached."""

    version_of: Mapping[str, int]
    companies: dict[int, Company] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)  # by number, that of the announcement it is a version of

    def tell(self, row, releases: Mapping[str, object]) -> Iterator[Told]:
        """What an entry tells; ``releases`` are those its number may name."""
        if row.code in (RELEASED, CORRECTED):
            yield self._announcement(row, releases[row.data["number"]])
            return
        company = self._company(int(row.subject_id))
        if row.code in SUBJECTS:
            yield Told("subject", company.name, self._subject(company, row))
        elif row.code == WITHDRAWN:
            yield Told("subject", company.name, None)
        elif row.code == GRANTED:
            company.standard = row.data["standard"]
            yield self._tier(company)
        elif row.code in MEASURES:
            yield from self._measure(company, row)
        else:
            yield self._duty(company, row)

    def _company(self, company_id: int) -> Company:
        if company_id not in self.companies:
            (found,) = companies.of_ids([company_id])
            self.companies[company_id] = Company(company_id, f"{found.market}:{found.code}")
        return self.companies[company_id]

    def _subject(self, company: Company, row) -> dict[str, object]:
        company.status = STATUSES.get(row.code, company.status)
        company.held_back = row.code == "company.held_back" or (company.held_back and row.code != "company.let_on")
        company.revision = row.data.get("number") or company.revision or _revision(company.id, row.at)
        facts = history.contents(company.id, {company.revision})[company.revision]["facts"]
        region = [facts.get(name, "") for name in ("domicile", "province", "city")]
        former = [{"zh": name.get("zh", ""), "en": name.get("en", "")} for name in facts.get("former_names", ())]
        number = (facts.get("registration_scheme", ""), facts.get("registration_number", ""))
        return {
            "subject_object_id": f"subject:{company.name}",
            "subject_type": 1,
            "subject_main_administrative_region": "/".join(part for part in region if part),
            "subject_company_name": facts.get("name_zh", ""),
            "subject_company_english_name": facts.get("name_en", ""),
            "subject_company_short_name": facts.get("short_zh", ""),
            "subject_company_short_english_name": facts.get("short_en", ""),
            "document_information": dict(zip(("type", "code"), number, strict=True)),
            "industry": facts.get("sector") or facts.get("sector_group", ""),
            "name_used_before": former,
            "company_status": company.status,
            "held_back": company.held_back,
            "founded": facts.get("founded"),
            "website": facts.get("website", ""),
        }

    def _reference(self, company: Company) -> dict[str, object]:
        """The company at the version it had reached; what happens to it later does not touch the reference."""
        key = f"subject:{company.name}"
        return {"object_id": key, "version": self.version_of.get(key)}

    def _tier(self, company: Company) -> Told:
        body = {"subject": self._reference(company), "standard": company.standard}
        return Told("tier", company.name, body)

    def _duty(self, company: Company, row) -> Told:
        """An event that makes something due, a filing for it, or a waiver of it."""
        data, subject = row.data, {"subject": self._reference(company)}
        if row.code == EVENT:
            said = {"occasion": data["every"], "item": data["item"], "code": data["code"], "on_day": data["on"]}
            return Told("event", f"{company.name}:{data['event']}", subject | said)
        if row.code == WAIVED:
            return Told("waiver", f"{company.name}:{data['key']}", subject | _named(data, "key", "until"))
        said = _named(data, "key", "standard", "due") | {"filed_at": canonical.instant(row.at)}
        said |= {"announcement": data.get("reference") or None, "document_sha256": data.get("sha256")}
        return Told("filing", f"{company.name}:{data['key']}", subject | said)

    def _measure(self, company: Company, row) -> Iterator[Told]:
        """A step of the ladder as people decide it; a tier down or a removal changes the tier as well."""
        step, _, verdict = row.code.removeprefix("disclosure.").rpartition("_")
        said = _named(row.data, "key") | {"step": step, "verdict": verdict}
        yield Told("measure", f"{company.name}:{row.data['measure']}", {"subject": self._reference(company), **said})
        if verdict != ladder.TAKEN or not company.standard:
            return
        tier, _, version = company.standard.partition("@")
        below = ladder.lower(standards.published()[version], tier) if step == ladder.TIER_DOWN else None
        if below:
            company.standard = f"{below}@{version}"
            yield self._tier(company)
        elif step == ladder.REMOVAL:
            yield Told("tier", company.name, None)

    def _announcement(self, row, release) -> Told:
        """A release, as a further version of the announcement that it corrects."""
        number, company = release.number, self._company(release.company_id)
        self.first[number] = self.first[row.data["corrects"]] if row.code == CORRECTED else number
        category = categories().get(release.category)
        body = {
            "subject": self._reference(company),
            "joint_with": [self._reference(self._company(each)) for each in row.data.get("companies", ())[1:]],
            "number": number,
            "category": release.category,
            "item": category.item if category else None,
            "released_at": canonical.instant(release.released_at),
            "period_end": release.period_end and release.period_end.isoformat(),
            "event_on": release.event_on and release.event_on.isoformat(),
            "prevailing": release.prevailing,
            "title": {"zh": release.title.zh, "en": release.title.en},
            "text": {side: digests(texts.of_release(release, side).encode()) for side in ("zh", "en")},
            "attachments": [
                {"language": file["side"], "size": file["size"], "sha256": file["sha256"]} for file in release.files
            ],
            "change": _both(release.note),
            "outside_windows": _both(release.urgent),
        }
        if release.headline:  # what was told before there were headlines stays as it was told
            body["headline"] = release.headline
        if release.visibility != PUBLIC:
            body["visibility"] = release.visibility
        if release.form:
            body["form"] = _form(release.form)
        if signed := row.data.get("intermediaries"):
            body["intermediaries"] = [
                {"subject": self._reference(self._company(one["company"])), "name": {"zh": one["zh"], "en": one["en"]}}
                for one in signed
            ]
        if answered := row.data.get("standard"):
            body["standard"] = [
                {"subject": self._reference(self._company(one["company"])), "standard": one["standard"]}
                for one in answered
            ]
        return Told("announcement", self.first[number], body)


def _form(kept: Mapping) -> dict[str, object]:
    """Which standard form it says, with the values of its fields but for names, addresses and the like."""
    fields = book.published()[kept["id"], kept["version"]].fields
    told = {key: value for key, value in kept["values"].items() if fields[key].kind in TOLD}
    return {"id": kept["id"], "version": kept["version"], "values": told}


def _both(said: Pair | None) -> dict[str, str] | None:
    return said and {"zh": said.zh, "en": said.en}


def _revision(company_id: int, at) -> int:
    """The revision a company showed at an instant."""
    return max(each.number for each in history.published(company_id) if each.at <= at)


def _named(data: Mapping, *keys: str) -> dict[str, object]:
    return {"obligation" if key == "key" else key: data[key] for key in keys}


def releases(rows) -> dict[str, object]:
    """The releases that these entries name, by number, in one statement."""
    numbers = [row.data["number"] for row in rows if row.code in (RELEASED, CORRECTED)]
    return announcements.releases(numbers)
