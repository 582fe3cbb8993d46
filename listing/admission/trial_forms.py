"""Which version of a rule book is tried: a published one, or a file of one that is not published yet."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField

from listing.rulebook import grammar
from listing.rulebook.book import Book
from listing.rulebook.node import MOST_BYTES, Broken
from listing.web.form import CreatingForm

from . import books

MOST_REASON = 300
ROUTE = "a route has steps and no test"


class TrialForm(CreatingForm):
    """One of the two; ``broken`` says at which line a file is no rule book, and why."""

    version = SelectField(_l("Version"), choices=[])
    file = FileField(_l("File of the version"), render_kw={"accept": ".yaml,.yml"})
    broken: Broken | None = None

    def offer(self, library: books.Library, language: str) -> None:
        """Fill the list."""
        tests = [book for book in library if book.head.kind == "test"]
        named = [(f"{b.id}@{b.version}", f"{b.id} {b.version} · {b.head.name.said(language)}") for b in tests]
        self.version.choices = [("", _("A file that is not published yet")), *named]

    def validate_version(self, field) -> None:
        """Exactly one of the two."""
        if field.data and self.file.data:
            field.errors = [*field.errors, _("Choose a published version or a file, not both.")]
        elif not field.data and not self.file.data:
            field.errors = [*field.errors, _("Choose a published version, or the file of one.")]

    def validate_file(self, field) -> None:
        """A file has to be a rule book with a test."""
        if not field.data:
            return
        try:
            self.read = self._read(field.data.stream)
        except Broken as broken:
            self.broken = Broken(broken.file, broken.line, broken.reason[:MOST_REASON])
            field.errors = [*field.errors, _("The file is no rule book, at line %(line)s.", line=broken.line)]

    def _read(self, stream) -> tuple[Book, str]:
        stream.seek(0)
        try:
            content = stream.read(MOST_BYTES + 1).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Broken("", 1, "cannot be read as UTF-8") from None
        book = grammar.read(content, "")
        if book.head.kind != "test":
            raise Broken("", 1, ROUTE)
        return book, content

    def values(self) -> dict:
        """The operation's arguments: the version and the text it was read from."""
        if self.version.data:
            path = books.FOLDER / f"{self.version.data}.yaml"
            book, content = books.read(path), path.read_text(encoding="utf-8")
        else:
            book, content = self.read
        return {"book": book, "content": content}
