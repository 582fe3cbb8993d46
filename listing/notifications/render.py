"""Turns a stored message into words: subject, text and HTML in the recipient's language and zone, and the mail itself.

Decides no wording (templates/mail/<message>/ does) and sends nothing. A message that cannot be made raises; the
dispatcher treats that as a fault of ours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.base64mime import body_encode
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache

import structlog
from babel import Locale
from flask import current_app
from flask_babel import force_locale
from jinja2 import Template

from listing.bilingual.language import DEFAULT, LANGUAGES, Language

from . import rules
from .models import Notice

log = structlog.get_logger()
_locale = cache(Locale.parse)  # which otherwise looks for its file with every message

MOST_ON_A_LINE = 78  # RFC 5322


class Wire(type(policy.compat32)):
    """Headers as the standard policy writes them; one that needs neither folding nor encoding goes as it is.

    That spares a tenth of the time of a mail, because almost all are so.
    """

    def fold_binary(self, name: str, value: str | Header) -> bytes:
        line = f"{name}: {value}" if isinstance(value, str) else ""
        if line.isascii() and 0 < len(line) <= MOST_ON_A_LINE and line.isprintable():
            return f"{line}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


WIRE = Wire(linesep="\r\n")


class Malformed(RuntimeError):
    """The templates of a message did not give exactly one link; a second one may come from what somebody typed."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message as its reader sees it; ``text`` is empty when only the subject was asked for."""

    subject: str
    text: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A message as a page shows it: subject, paragraphs, why it came, and its one link with the words for it."""

    subject: str
    paragraphs: tuple[str, ...]
    why: str
    action: str
    path: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail ready for the wire: one sender, one recipient, the bytes."""

    key: str
    message_id: str
    sender: str
    recipient: str
    content: bytes


def link(notice: Notice) -> str:
    """The absolute address the message leads to."""
    return current_app.config["PUBLIC_URL"].rstrip("/") + notice.data["path"]


def subject(notice: Notice) -> str:
    """The subject line in the recipient's language; one line whatever the data holds."""
    with _telling(notice) as (_language, render):
        return rules.one_line(render("subject.txt"))


def words(notice: Notice) -> Words:
    """Subject, text and HTML in the recipient's language. Raises Malformed unless text and HTML have one link each."""
    with _telling(notice) as (_language, render):
        told = Words(rules.one_line(render("subject.txt")), render("body.txt").strip() + "\n", render("body.html"))
    if told.text.count("://") != 1 or told.html.count("://") != 1 or told.html.count("href=") != 1:
        raise Malformed(f"{notice.message} must have exactly one link")
    return told


def telling(notice: Notice, language: str, zone: str) -> Telling | None:
    """The message in another language and zone than it was queued for: those of whoever looks at the page.

    None for a message whose templates have changed since and can make nothing of its data any more.
    """
    reader = LANGUAGES[language]
    try:
        with force_locale(_locale(reader.locale)):
            values = _values(notice, reader, zone)
            subject = _template(notice, "subject.txt").render(values)
            body = _template(notice, "body.txt")
            parts = {name: "".join(body.blocks[name](body.new_context(values))) for name in ("body", "action", "why")}
    except Exception as defect:  # as when it is sent: one message must not hide the others
        log.error("message cannot be shown", key=notice.key, error=f"{type(defect).__name__}: {defect}")
        return None
    paragraphs = tuple(rules.one_line(part) for part in parts["body"].split("\n\n") if part.strip())
    why, action = rules.one_line(parts["why"]), rules.one_line(parts["action"])
    return Telling(rules.one_line(subject), paragraphs, why, action, _path_in(notice.data["path"], language))


def preview(message: str, data: dict, *, name: str, language: str, zone: str) -> Telling | None:
    """A message that nobody was sent, as one reader would see it."""
    return telling(Notice(key="preview", message=message, name=name, data=data), language, zone)


def _path_in(path: str, language: str) -> str:
    """The same page in ``language``, where its address names one."""
    first, slash, rest = path[1:].partition("/")
    return f"/{language}{slash}{rest}" if first in LANGUAGES else path


def envelope(notice: Notice, now: datetime) -> Envelope:
    """The mail of a message: the same Message-ID and X-Reminder-Key on every copy. Raises rules.Unsafe, Malformed."""
    told = words(notice)
    recipient = rules.mailbox(notice.email)
    sender, sender_line = _sender(current_app.config["MAIL_FROM"])
    # The older classes of the e-mail package take a quarter of the time of EmailMessage. They would accept a line break
    # in a header; none is left, because every value below has been through rules.one_line, mailbox or check_key.
    mail = MIMEMultipart("alternative", boundary=f"={notice.message_id[1:33]}=")
    mail["From"] = sender_line
    mail["To"] = formataddr((rules.display_name(notice.name), recipient), "utf-8")
    mail["Subject"] = Header(told.subject, None if told.subject.isascii() else "utf-8", header_name="Subject")
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = notice.message_id
    mail["X-Reminder-Key"] = notice.key
    mail["Auto-Submitted"] = "auto-generated"
    if notice.data.get("stops"):  # RFC 8058: the mail program may show a button of its own
        mail["List-Unsubscribe"] = f"<{link(notice)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Content-Language"] = _language(notice).html
    mail.attach(_part("plain", told.text))
    mail.attach(_part("html", told.html))
    return Envelope(notice.key, notice.message_id, sender, recipient, mail.as_bytes(policy=WIRE))


@cache
def _sender(mail_from: str) -> tuple[str, str]:
    """Our own address, and the line that names it: the same on every mail."""
    label, address = parseaddr(mail_from)
    return address, formataddr((rules.display_name(label), address), "utf-8")


def _part(subtype: str, text: str) -> Message:
    """What MIMEText makes, without its search for an encoding that suits: a fifth of the time of a mail."""
    part = Message()
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(body_encode(text.encode()))
    return part


def _language(notice: Notice) -> Language:
    return LANGUAGES.get(notice.language, LANGUAGES[DEFAULT])


@contextmanager
def _telling(notice: Notice) -> Iterator[tuple[Language, Callable[[str], str]]]:
    """A function that renders one template of the message in the recipient's language, whoever's request this is."""
    language = _language(notice)
    values = _values(notice, language, notice.zone)
    with force_locale(_locale(language.locale)):
        yield language, lambda part: _template(notice, part).render(values)


def _values(notice: Notice, language: Language, zone: str) -> dict:
    """What the templates of a message may name."""
    return {
        **_inert(notice.data),
        "link": link(notice),
        "mail_language": language.html,
        "recipient_name": rules.display_name(notice.name),
        "when": lambda iso: rules.when(datetime.fromisoformat(iso), language.code, zone),
    }


def _template(notice: Notice, part: str) -> Template:
    return current_app.jinja_env.get_template(f"mail/{notice.message}/{part}")


def _inert(value):
    """The data with every typed text on one line and without links of its own."""
    match value:
        case str():
            return rules.inert(value)
        case dict():
            return {key: _inert(part) for key, part in value.items()}
        case list():
            return [_inert(part) for part in value]
    return value
