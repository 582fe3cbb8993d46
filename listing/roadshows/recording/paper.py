"""What the record of a roadshow says on paper: all that its page shows this reader, every text in both languages.

Each side is written whole and the two are set beside each other by record.typ. Labels are the sentences of the page;
the Chinese ones are in the script of the title. Instants are those of the event's own clocks and no print is dated by
the clock on the wall, so that the same content is the same bytes.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from listing.bilingual.language import LANGUAGES
from listing.bilingual.pair import Pair
from listing.companies.rules import without_hidden
from listing.roadshows import agenda, telling
from listing.roadshows.forms import LANGUAGE_LABELS
from listing.roadshows.models import Day, Question, Session
from listing.roadshows.presenting.forms import WRITTEN_LABELS
from listing.web import formats

from .shown import Read

TEMPLATE = Path(__file__).with_name("record.typ")


def content(read: Read, organizer: Pair, *, url: str, qr: str) -> dict[str, object]:
    """The data of the template."""
    title = read.show.title
    over = read.show.ends_at.date()
    return {
        "script": title.script,
        "date": [over.year, over.month, over.day],
        "title": {"zh": title.zh, "en": title.en},
        "url": url,
        "qr": qr,
        "zh": _clean(_side(read, organizer, title.zh_lang)),
        "en": _clean(_side(read, organizer, "en")),
    }


def _clean(value):
    """The same without characters that are not seen or that turn a line around."""
    match value:
        case str():
            return without_hidden(value)
        case dict():
            return {key: _clean(part) for key, part in value.items()}
        case list():
            return [_clean(part) for part in value]
    return value


def _side(read: Read, organizer: Pair, lang: str) -> dict[str, object]:
    with force_locale(LANGUAGES[lang].locale):
        return {
            "kicker": _("Record"),
            "summary": read.show.summary.side(lang),
            "facts": list(_facts(read, organizer, lang)),
            "days": [_day(read, day, lang) for day in read.show.days],
            "asked": _answering(read, lang),
            "changes": _("Changes to the schedule"),
            "versions": [_version(read, row, lang) for row in read.versions],
        }


def _facts(read: Read, organizer: Pair, lang: str) -> Iterator[list[str]]:
    show = read.show
    last = _("Version %(number)s", number=read.versions[0].version if read.versions else show.version)
    told = f"{last} · {formats.when(read.versions[0].at, lang, show.zone)}" if read.versions else last
    yield [_("Organiser"), organizer.shown(lang).text]
    yield [_("Schedule"), told]
    yield [_("State"), _("Archived") if read.archived else _("Over")]
    inside = _("What admitted investors and the organiser may read") if read.inside else _("What everybody may read")
    yield [_("In this record"), inside]


def _day(read: Read, day: Day, lang: str) -> dict[str, object]:
    found = read.attendance[day.id]
    known = ngettext(
        "of %(num)s person whose time of arrival is known",
        "of %(num)s people whose time of arrival is known",
        found.timed,
    )
    return {
        "title": telling.day(day.begins_at, lang, day.roadshow.zone),
        "facts": [
            [_("Hours"), agenda.hours(day.begins_at, day.ends_at, day.roadshow.zone)],
            [_("Venue"), day.venue.side(lang)],
            [_("With a place"), formats.number(found.places, lang)],
            [_("Came"), formats.number(found.came, lang)],
            [
                _("Minutes attended together"),
                "–"
                if found.unknown
                else formats.number(found.minutes, lang) + (f" · {known}" if found.timed < found.came else ""),
            ],
            *([[_("Recording of this day"), _replay(read, day)]] if day.replay else []),
        ],
        "sessions": [_session(read, session, lang) for session in day.shown],
    }


def _replay(read: Read, day: Day) -> str:
    return day.replay if read.inside else _("The recording of this day is for admitted investors.")


def _session(read: Read, session: Session, lang: str) -> dict[str, object]:
    company, brought = read.companies.get(session.company_id), read.materials.get(session.id)
    named, suspended = company and company.name.shown(lang).text, company and company.reason == "suspended"
    own = session.title.side(lang) if session.title.complete else named
    presents = [named] if company and session.title.complete else []
    return {
        "hours": agenda.hours(session.begins_at, session.ends_at, session.day.roadshow.zone),
        "name": own,
        "line": " · ".join([*presents, *([_("Display suspended")] if suspended else []), *_held(session, lang)]),
        "text": session.text.side(lang),
        "speakers": [_speaker(each, lang) for each in session.speakers],
        "files": [
            {
                "line": f"{file.name} · {WRITTEN_LABELS[row.language]} · {formats.file_size(file.size, lang)}",
                "digest": f"SHA-256 {file.sha256}",
            }
            for row, file in (brought.rows if brought else ())
        ],
        "aloud": _aloud(read.aloud.get(session.id, []), read.show.zone, lang),
        "hidden": _hidden(brought.hidden) if brought and brought.hidden else "",
        "questions": [_question(row, lang) for row in read.questions.get(session.id, ())],
    }


def _aloud(several: list[datetime], zone: str, lang: str) -> str:
    """How many questions of a session were answered in the room, and when that was noted."""
    if not several:
        return ""
    times = (", " if lang == "en" else "，").join(formats.when(at, lang, zone) for at in several)
    noted = ngettext(
        "%(num)s question, noted %(times)s", "%(num)s questions, noted %(times)s", len(several), times=times
    )
    return f"{_('Answered aloud in the room')}{': ' if lang == 'en' else '：'}{noted}"


def _hidden(number: int) -> str:
    return ngettext(
        "%(num)s more file is for admitted investors, or for those with a place on this day.",
        "%(num)s more files are for admitted investors, or for those with a place on this day.",
        number,
    )


def _held(session: Session, lang: str) -> Iterator[str]:
    """In which language and room a session was held; a room said in one language stands on both sides."""
    yield str(LANGUAGE_LABELS[session.language])
    if session.interpreted:
        yield _("Interpretation between Chinese and English")
    if room := session.room.shown(lang).text:
        yield room


def _speaker(each, lang: str) -> str:
    role = f", {each.role.side(lang)}" if lang == "en" else f"，{each.role.side(lang)}"
    return f"{each.name.side(lang)}{role if each.role.complete else ''}"


def _question(row: Question, lang: str) -> dict[str, str]:
    answer = row.answer.side(lang)
    if not answer:
        answer = _("It was answered aloud in the room.") if row.aloud else _("Not answered yet.")
    label = _("Material answer") if row.material else _("Answer to the question")
    return {"asked": _("Question"), "question": row.question.side(lang), "label": label, "answer": answer}


def _answering(read: Read, lang: str) -> dict[str, object] | None:
    """How many questions were asked, answered and put aside: of all and of each company."""
    if not read.answering[None].asked:
        return None
    names = {number: company.name.shown(lang).text for number, company in read.companies.items()}
    names[None] = _("The whole roadshow")
    return {
        "title": _("How questions are answered"),
        "heads": [_("Company"), _("Asked"), _("Answered"), _("Put aside")],
        "rows": [
            [names[n], *(formats.number(x, lang) for x in (found.asked, found.answered, found.aside))]
            for n, found in sorted(read.answering.items(), key=lambda row: row[0] or 0)
            if n in names
        ],
        "note": "" if read.inside else _("The questions and their answers are for admitted investors."),
    }


def _version(read: Read, row, lang: str) -> dict[str, object]:
    return {
        "title": _("Version %(number)s", number=row.version),
        "at": formats.when(row.at, lang, read.show.zone),
        "lines": telling.lines(row, read.show, lang, read.companies),
    }
