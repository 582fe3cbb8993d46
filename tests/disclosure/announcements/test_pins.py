"""What announcements rest on beside the standard and its forms: files that nobody edits unseen."""

from importlib import resources
from pathlib import Path

import pytest

from listing.disclosure.announcements import categories, figures, headlines, windows
from listing.rulebook import pins
from listing.rulebook.node import Broken

PACKAGE = "listing.disclosure.announcements"
FOLDER = resources.files(PACKAGE)
READ_BY = {
    "categories.yaml": (categories.review, "within: 1", "within: 2"),
    "figures.yaml": (figures.sheet, "kind: money", "kind: count"),
    "headlines.yaml": (headlines.sheet, "with: [annual_report]", "with: [annual_report, notice]"),
    "windows.yaml": (windows.usual, "06:00-08:30", "05:00-08:30"),
}


@pytest.fixture
def copies(tmp_path: Path, monkeypatch) -> Path:
    """The files in a folder of their own, where the code that reads them looks."""
    for name in (*READ_BY, pins.FILE):
        (tmp_path / name).write_text(FOLDER.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8")
    real = resources.files
    monkeypatch.setattr(resources, "files", lambda package: tmp_path if package == PACKAGE else real(package))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    categories._read.cache_clear()
    for kept in (figures.sheet, headlines.sheet, windows.usual):
        kept.cache_clear()


@pytest.mark.parametrize("name", READ_BY)
def test_an_edit_without_its_pin_is_refused_with_what_was_found(copies, name):
    read, old, new = READ_BY[name]
    text = (copies / name).read_text(encoding="utf-8")
    read()
    _forget()
    (copies / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Broken, match=f"^{name}:1: it is not what pins.yaml says was published: [0-9a-f]{{64}}$"):
        read()


def test_comments_and_layout_are_no_edit(copies):
    path = copies / "windows.yaml"
    path.write_text("# another word\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert windows.usual().region == "HK"


@pytest.mark.parametrize("text", ["", "[]", "categories.yaml: 1"])
def test_without_its_pin_no_file_is_read(copies, text):
    (copies / pins.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Broken):
        windows.usual()
