"""Hold the Chinese of Flask-Security, WTForms and Flask-WTF to what the installed versions can say.

Decides whether the shipped catalogues are complete, clean and found at run time; the product's own `messages` domain
is not its business. Compiled catalogues exist only in memory or in a test's own directory.
"""

import io
import re
from functools import cache
from pathlib import Path

import flask_security
import flask_wtf
import polib
import pytest
import wtforms
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, Request
from flask_babel import Babel, Domain
from flask_security.babel import FsDomain
from flask_wtf import FlaskForm
from werkzeug.utils import cached_property
from wtforms import StringField
from wtforms.validators import DataRequired, Length

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
TEMPLATES = {  # domain -> (the library's own .pot, every package whose texts go through that domain)
    "flask_security": ("translations/flask_security.pot", (flask_security,)),
    "wtforms": ("locale/wtforms.pot", (wtforms, flask_wtf)),
}
SCRIPTS = ("zh_Hans", "zh_Hant")
CATALOGUES = [(script, domain) for script in SCRIPTS for domain in TEMPLATES]

KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "_fsdomain": None, "ngettext": (1, 2)}
SOURCES = [("**.py", "python"), ("**/templates/**", "jinja2")]

# Upstream forgot the conversion letter, so "%(length) c" prints "@" for 64. A translation that named the length would
# be refused by the compiler as incompatible with "c"; ours states the fault without the number.
UPSTREAM_TYPO = "Value entered must be less than %(length) characters"

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,.:;?!()'\"]|[,.:;?!()'\"][{HAN}]")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[ #0+-]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}|<[^>]+>")
MARKUP = re.compile(r"<[^>]+>")


def catalogue(script, domain):
    """Read one shipped catalogue."""
    return polib.pofile(str(TRANSLATIONS / script / "LC_MESSAGES" / f"{domain}.po"))


@cache
def msgids(domain):
    """Collect what the installed packages can say: their own template and their source, which may be newer."""
    template, packages = TEMPLATES[domain]
    roots = [Path(package.__file__).parent for package in packages]
    said = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(roots[0] / template))}
    for root in roots:
        for _file, _line, message, _comments, _context in extract_from_dir(str(root), SOURCES, keywords=KEYWORDS):
            said.add(message if isinstance(message, tuple) else (message, ""))
    return frozenset(said)


def texts(entry):
    """List the translations of an entry: one without plural, one per plural form with it."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def missing(po, domain):
    """Name the messages of the library which the catalogue lacks or leaves empty."""
    had = {(entry.msgid, entry.msgid_plural) for entry in po if not entry.obsolete and all(texts(entry))}
    return sorted(msgid for msgid, plural in msgids(domain) - had)


def obsolete(po, domain):
    """Name the messages which the installed library no longer says, and those a tool has retired with `#~`."""
    known = msgids(domain)
    return sorted(entry.msgid for entry in po if entry.obsolete or (entry.msgid, entry.msgid_plural) not in known)


def fuzzy(po, _domain):
    """Name the messages whose translation is marked as a guess."""
    return sorted(entry.msgid for entry in po if "fuzzy" in entry.flags)


def placeholder_mismatch(po, _domain):
    """Name the messages whose placeholders or HTML tags differ from the original; unnamed ones keep their order."""
    return sorted(
        entry.msgid
        for entry in po
        if entry.msgid != UPSTREAM_TYPO
        for text in texts(entry)
        if signature(text) != signature(entry.msgid)
    )


def signature(text):
    """Reduce a text to its placeholders and tags: in order where they have no name, sorted where they have one."""
    found = PLACEHOLDER.findall(text)
    return found if "%s" in found else sorted(found)


def half_width(po, _domain):
    """Name the messages with half-width punctuation touching a Han character, tags aside."""
    return sorted(entry.msgid for entry in po for text in texts(entry) if HALF_WIDTH.search(MARKUP.sub("", text)))


def untranslated(po, _domain):
    """Name the messages whose translation contains no Han character at all."""
    return sorted(entry.msgid for entry in po for text in texts(entry) if text and not re.search(f"[{HAN}]", text))


FAULTS = (missing, obsolete, fuzzy, placeholder_mismatch, half_width, untranslated)


def faults(po, domain):
    """Map each kind of fault to the messages that have it."""
    return {fault.__name__: found for fault in FAULTS if (found := fault(po, domain))}


@pytest.mark.parametrize(("script", "domain"), CATALOGUES)
def test_catalogue_is_complete_and_clean(script, domain):
    assert faults(catalogue(script, domain), domain) == {}


@pytest.mark.parametrize(("script", "domain"), CATALOGUES)
def test_header_names_language_and_its_single_plural_form(script, domain):
    metadata = catalogue(script, domain).metadata
    assert (metadata["Language"], metadata["Plural-Forms"]) == (script, "nplurals=1; plural=0;")
    assert metadata["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("domain", TEMPLATES)
def test_no_message_stands_twice(domain):
    for script in SCRIPTS:
        said = [entry.msgid for entry in catalogue(script, domain)]
        assert len(said) == len(set(said))


REQUIRED = "This field is required."
AT_LEAST = "Field must be at least %(min)d character long."
POSITIONAL = "Invalid field name '%s'."
EXTENSIONS = "File does not have an approved extension: {extensions}"
GONE = polib.POEntry(msgid="Said by no version", msgstr="没有版本这样说")


def spoil_entry(msgid, **changes):
    """Return a change that sets attributes of one entry."""

    def change(po):
        for name, value in changes.items():
            setattr(po.find(msgid), name, value)

    return change


SPOILED = [
    ("dropped", lambda po: po.remove(po.find(REQUIRED)), {"missing": [REQUIRED]}),
    ("emptied", spoil_entry(REQUIRED, msgstr=""), {"missing": [REQUIRED]}),
    ("plural emptied", spoil_entry(AT_LEAST, msgstr_plural={0: ""}),
     {"missing": [AT_LEAST], "placeholder_mismatch": [AT_LEAST]}),
    ("retired", spoil_entry(REQUIRED, obsolete=True), {"missing": [REQUIRED], "obsolete": [REQUIRED]}),
    ("unknown", lambda po: po.append(GONE), {"obsolete": [GONE.msgid]}),
    ("guessed", spoil_entry(REQUIRED, flags=["fuzzy"]), {"fuzzy": [REQUIRED]}),
    ("name changed", spoil_entry(AT_LEAST, msgstr_plural={0: "至少 %(minimum)d 个字符。"}),
     {"placeholder_mismatch": [AT_LEAST]}),
    ("conversion changed", spoil_entry(AT_LEAST, msgstr_plural={0: "至少 %(min)s 个字符。"}),
     {"placeholder_mismatch": [AT_LEAST]}),
    ("one added", spoil_entry(POSITIONAL, msgstr="字段名“%s”无效：%s。"), {"placeholder_mismatch": [POSITIONAL]}),
    ("brace dropped", spoil_entry(EXTENSIONS, msgstr="不接受此类文件。"), {"placeholder_mismatch": [EXTENSIONS]}),
    ("half-width comma", spoil_entry(REQUIRED, msgstr="此项必填,请填写。"), {"half_width": [REQUIRED]}),
    ("half-width stop", spoil_entry(REQUIRED, msgstr="此项必填."), {"half_width": [REQUIRED]}),
    ("left in English", spoil_entry(REQUIRED, msgstr=REQUIRED), {"untranslated": [REQUIRED]}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in SPOILED], ids=[case[0] for case in SPOILED])
def test_a_spoiled_catalogue_is_caught(change, expected):
    po = catalogue("zh_Hans", "wtforms")
    change(po)
    assert faults(po, "wtforms") == expected


def test_tags_and_their_placeholders_are_compared():
    msgid = 'Use <a href="%(link)s">this link</a> to confirm your new email address.'
    po = catalogue("zh_Hans", "flask_security")
    po.find(msgid).msgstr = "请点击此链接验证新邮箱：%(link)s"
    assert faults(po, "flask_security") == {"placeholder_mismatch": [msgid]}


def compiled(script, domain):
    """Compile a catalogue in memory with the compiler's own checks, and return its bytes."""
    source = TRANSLATIONS / script / "LC_MESSAGES" / f"{domain}.po"
    with source.open("rb") as stream:
        parsed = read_po(stream, abort_invalid=True)
    assert [(message.id, errors) for message, errors in parsed.check()] == []
    target = io.BytesIO()
    write_mo(target, parsed)
    return target.getvalue()


@pytest.mark.parametrize(("script", "domain"), CATALOGUES)
def test_compiled_catalogue_gives_every_text(script, domain):
    translations = Translations(io.BytesIO(compiled(script, domain)), domain=domain)
    for entry in catalogue(script, domain):
        if entry.msgid_plural:
            given = [translations.ungettext(entry.msgid, entry.msgid_plural, number) for number in (1, 2)]
            assert given == texts(entry) * 2
        else:
            assert translations.ugettext(entry.msgid) == entry.msgstr


def test_misspelt_length_still_formats():
    for script in SCRIPTS:
        text = catalogue(script, "flask_security").find(UPSTREAM_TYPO).msgstr
        assert text % {"length": 64} == text


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """Compile all four catalogues into a directory shaped like translations/."""
    root = tmp_path_factory.mktemp("translations")
    for script, domain in CATALOGUES:
        folder = root / script / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{domain}.mo").write_bytes(compiled(script, domain))
    return str(root)


def an_app(directory, locale):
    """Build the least application in which both libraries speak from our directory."""
    texts_of_forms = Domain(translation_directories=[directory], domain="wtforms")

    class OurRequest(Request):
        @cached_property
        def wtforms_translations(self):
            return texts_of_forms.get_translations()

    app = Flask(__name__)
    app.request_class = OurRequest
    app.config |= {
        "SECRET_KEY": "for tests only",
        "WTF_CSRF_ENABLED": False,
        "SECURITY_I18N_DIRNAME": ["builtin", directory],
        "SECURITY_I18N_DOMAIN": "flask_security",
    }
    Babel(app, locale_selector=lambda: locale)
    return app


class Sample(FlaskForm):
    """A form with one message of each grammar: plain, and plural with a named number."""

    name = StringField(validators=[DataRequired()])
    code = StringField(validators=[Length(min=6)])


# The locales are exactly these two: gettext falls from zh_Hant_HK to zh, never to zh_Hant.
@pytest.mark.parametrize("script", SCRIPTS)
def test_flask_security_speaks_only_our_chinese(directory, script):
    app = an_app(directory, script)
    domain = FsDomain(app)
    expected = {entry.msgid: entry.msgstr for entry in catalogue(script, "flask_security")}
    with app.test_request_context():
        assert {msgid: domain.gettext(msgid) for msgid in expected} == expected


@pytest.mark.parametrize(
    ("locale", "required", "at_least"),
    [
        ("zh_Hans", "此项必填。", "不能少于 6 个字符。"),
        ("zh_Hant", "此項必須填寫。", "不可少於 6 個字元。"),
        ("en", "This field is required.", "Field must be at least 6 characters long."),
    ],
)
def test_forms_speak_the_language_of_the_request(directory, locale, required, at_least):
    app = an_app(directory, locale)
    with app.test_request_context(method="POST", data={"name": "", "code": "12345"}):
        form = Sample()
        assert not form.validate()
        assert form.errors == {"name": [required], "code": [at_least]}
