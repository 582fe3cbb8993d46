"""What holds for a company: its numbers, its address here, what is complete, who sees which section, its status.

Pure. Says which registration numbers are well formed and which are merely doubtful: three unified social credit codes
that were really issued fail their check digit, so a failed one warns and never refuses.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import timedelta

from stdnum import lei as lei_numbers
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from listing import calendars
from listing.access.actor import Tier
from listing.refusal import N_, Refusal

from . import catalogue

IMPORTED, PARTICIPANT, DEMO = "imported", "participant", "demo"
ORIGINS = (IMPORTED, PARTICIPANT, DEMO)
OWN_MARKET = "GBA"
MARKET_ZONE = calendars.ZONES["HK"]  # the day of a publication is that of the bay area

DISPLAYED, SUSPENDED, WITHDRAWN = "displayed", "suspended", "withdrawn"
# (from, event): to. What was withdrawn stays so: its page keeps the date.
STATUSES = {
    (DISPLAYED, "suspend"): SUSPENDED,
    (DISPLAYED, "withdraw"): WITHDRAWN,
    (SUSPENDED, "restore"): DISPLAYED,
    (SUSPENDED, "withdraw"): WITHDRAWN,
}

MOST_WATCHED = 200  # companies one person follows
# What is counted of readers, in the order in which interest grows; for how long, and which last days are shown.
READ = ("page", "factsheet", "document", "watch")
READINGS_KEPT = timedelta(days=180)
READING_DAYS = (7, 30, 90)

MOST_TERMS = 200  # that one company keeps
MOST_FORMS, FORM_LONGEST = 10, 120  # other accepted forms of one term, and their characters

SLUG_LONGEST = 80
# Addresses under /companies that are pages of their own.
RESERVED_SLUGS = frozenset(
    {"compare", "csv", "edit", "export", "feed", "import", "json", "map", "new", "search", "xlsx"}
)


class NotNow(Refusal):
    message = N_("The present state of this company does not allow that.")


class NotSuited(Refusal):
    message = N_("First see how this company suits your institution; then its documents open.")


class NotFree(Refusal):
    message = N_("Another enterprise took that imported page over meanwhile. Return this submission and find out why.")


class CodeTaken(Refusal):
    message = N_("Another company already has the code %(code)s in this market.")


class Nameless(Refusal):
    message = N_("Give the name in Chinese or in English.")


class TooManyWatched(Refusal):
    message = N_("You watch %(most)s companies already. Stop watching one first.")


class TermKept(Refusal):
    message = N_("“%(zh)s” is among the terms already. Remove it there to write it anew.")


class TooManyTerms(Refusal):
    message = N_("The company keeps %(most)s terms already. Remove one first.")


class FormTooLong(Refusal):
    message = N_("Give at most 10 other forms of at most 120 characters, one on each line.")


class HostileCharacters(Refusal):
    message = N_("Remove invisible or direction-changing characters.")


class LooksLikeFormula(Refusal):
    message = N_("A name cannot begin with =, +, - or @.")


class BadRegistrationNumber(Refusal):
    message = N_("%(number)s is not a number of this register.")


class BadLei(Refusal):
    message = N_("%(number)s is not an LEI: it has 20 letters and digits.")


class BadCode(Refusal):
    message = N_("%(code)s is not a code of this market.")


def next_status(status: str, event: str) -> str:
    """The status after an event. Raises NotNow."""
    try:
        return STATUSES[status, event]
    except KeyError:
        raise NotNow from None


# Characters.

# Reorder the line around them, or are not seen at all (Unicode TR 36); nobody's name needs one.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
    "\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"  # controls, halves of pairs, private use
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def line(text: str) -> str:
    """``text`` in NFC on one line, blanks single. Raises HostileCharacters.

    Width is kept, because registered names have full-width brackets.
    """
    text = " ".join(text.split())
    if _HIDDEN.search(text):
        raise HostileCharacters
    return unicodedata.normalize("NFC", text)


def without_hidden(text: str) -> str:
    """``text`` without characters that are not seen or that turn the line around; for what is only shown."""
    return _HIDDEN.sub("", text)


def lines(text: str) -> str:
    """``text`` as paragraphs, each as ``line`` leaves it. Raises HostileCharacters."""
    return "\n".join(cleaned for part in text.splitlines() if (cleaned := line(part)))


def name(text: str) -> str:
    """A name as it may be registered. Raises HostileCharacters, LooksLikeFormula."""
    cleaned = line(text)
    if cleaned.startswith(_FORMULA):
        raise LooksLikeFormula
    return cleaned


def other_forms(text: str) -> list[str]:
    """Other accepted forms of a term, one a line, each once. Raises FormTooLong and what ``name`` raises."""
    forms = list(dict.fromkeys(cleaned for part in text.splitlines() if (cleaned := name(part))))
    if len(forms) > MOST_FORMS or any(len(form) > FORM_LONGEST for form in forms):
        raise FormTooLong
    return forms


def mixes_alphabets(text: str) -> bool:
    """Whether one word mixes Latin with Cyrillic or Greek letters, as a name made to look like another does."""
    return not text.isascii() and any(len(_alphabets(word)) > 1 for word in text.split())


def _alphabets(word: str) -> set[str]:
    found = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
    return found & {"LATIN", "CYRILLIC", "GREEK"}


def code_text(text: str) -> str:
    """A code or number with full-width letters and digits made ordinary, in capitals. Raises HostileCharacters."""
    return unicodedata.normalize("NFKC", line(text)).upper()


# Numbers and codes.

_BRANCH = r"(?:-?[0-9]{3}-?(?:0[1-9]|1[0-2])-?[0-9]{2}-?[0-9A-Z])?"
_SHAPES = {
    "HKCR": re.compile(r"[0-9]{7,8}"),  # company number; since 2023 also the first part of the business registration
    "HKBR": re.compile(rf"[0-9]{{8}}{_BRANCH}"),  # with branch, month, year and check character
    "MOCR": re.compile(r"[0-9]{1,6} ?\(?(?:SO|CO)\)?|(?:SO|CO) ?[0-9]{1,6}"),  # company, or individual entrepreneur
    "OTHER": re.compile(r"[0-9A-Z][0-9A-Z ./()-]{1,39}"),  # of another place, whose form is not known here
}
SCHEMES = ("USCC", *_SHAPES)
_CODE = re.compile(r"[0-9A-Z][0-9A-Z.&-]{0,31}")


def registration(scheme: str, number: str) -> tuple[str, bool]:
    """The number as it is written, and whether its check digit is doubtful. Raises BadRegistrationNumber."""
    written = code_text(number)
    if scheme == "USCC":
        return _with_check_digit(uscc, written, BadRegistrationNumber)
    if scheme not in _SHAPES or not _SHAPES[scheme].fullmatch(written):
        raise BadRegistrationNumber(number=number)
    return written, False


def lei(number: str) -> tuple[str, bool]:
    """The legal entity identifier, and whether its check digits are doubtful. Raises BadLei."""
    return _with_check_digit(lei_numbers, code_text(number), BadLei)


def _with_check_digit(kind, written: str, refusal: type[Refusal]) -> tuple[str, bool]:
    shape = r"[0-9A-Z]{18}" if kind is uscc else r"[0-9A-Z]{18}[0-9]{2}"
    compact = re.sub(r"[ -]", "", written)
    if not re.fullmatch(shape, compact, re.ASCII):
        raise refusal(number=written)
    try:
        kind.validate(compact)
    except InvalidChecksum:
        return compact, True
    except ValidationError:
        raise refusal(number=written) from None
    return compact, False


def scheme_of(number: str, domicile: str) -> str:
    """The register a number is most likely from, by its shape and where the company is at home; empty when unclear."""
    written = re.sub(r"[ -]", "", code_text(number))
    if re.fullmatch(r"[0-9A-Z]{18}", written):
        return "USCC"
    if domicile == "MO":
        return "MOCR"
    if domicile == "HK":
        return "HKCR" if len(written) < 9 else "HKBR"
    return ""


def code(market: str, text: str) -> str:
    """The code as its market writes it, leading zeros restored. Raises BadCode, HostileCharacters."""
    written = code_text(text)
    digits = catalogue.markets()[market].digits if market in catalogue.markets() else 0
    if digits and re.fullmatch(r"[0-9]+", written):
        written = written.zfill(digits)
    if not _CODE.fullmatch(written) or (digits and not re.fullmatch(rf"[0-9]{{{digits}}}", written)):
        raise BadCode(code=text)
    return written


# Address.

_LEGAL_TAIL = re.compile(
    r"(?:-(?:co|company|ltd|limited|inc|corp|corporation|plc|lda|sa|llc|pte|group|holdings?|intl|international))+$"
)


def slug(name_en: str, market: str, code_: str) -> str:
    """A readable address from the English name, without its legal form; from market and code where that leaves none."""
    ascii_ = unicodedata.normalize("NFKD", name_en).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", ascii_)).strip("-").removeprefix("the-")
    short = _LEGAL_TAIL.sub("", words)[:SLUG_LONGEST].strip("-")
    by_code = short.split("-")[0].upper() in catalogue.markets()  # addresses that slug_by_code makes stay free
    fits = len(short) > 1 and short not in RESERVED_SLUGS and not by_code
    return short if fits else slug_by_code(market, code_)


def slug_by_code(market: str, code_: str) -> str:
    """The address that no other company can have."""
    return re.sub(r"[^a-z0-9]+", "-", f"{market}-{code_}".lower()).strip("-")


# Passages: mappings with "section", "zh" and "en".


def tier_of(section: str) -> Tier:
    """The least tier that sees a section; what is no known section only staff see."""
    known = catalogue.sections().get(section)
    return known.tier if known else Tier.STAFF


def visible(passages: Iterable[Mapping], tier: Tier) -> list[Mapping]:
    """The passages that somebody of ``tier`` sees, in the order given."""
    return [passage for passage in passages if tier_of(passage["section"]) <= tier]


def hidden_sections(passages: Iterable[Mapping], tier: Tier) -> list[str]:
    """The sections that exist but that ``tier`` does not see, in the order given, each once."""
    return list(dict.fromkeys(p["section"] for p in passages if tier_of(p["section"]) > tier))


def languages(passages: Iterable[Mapping]) -> str:
    """The languages in which the public passages are complete: both, zh, en, or empty where there is no text.

    Where neither is complete, the one with more passages. Counts public passages only, so that the tag says nothing
    of what is hidden.
    """
    public = visible(passages, Tier.PUBLIC)
    zh = sum(bool(p["zh"].strip()) for p in public)
    en = sum(bool(p["en"].strip()) for p in public)
    if zh == en == len(public):
        return "both" if public else ""
    if not zh and not en:
        return ""
    return "zh" if zh >= en else "en"
