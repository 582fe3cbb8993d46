"""What the tests of the standard share."""

import pytest

from listing.disclosure import standards

from . import versions


@pytest.fixture
def two_versions(tmp_path, monkeypatch):
    """The first version of the standard, published with a second one that takes effect later."""
    folder = tmp_path / "standards"
    folder.mkdir()
    monkeypatch.setattr(standards, "FOLDER", versions.a_folder(folder, versions.FIRST, versions.SECOND))
    versions.forget()
    yield standards.published()
    monkeypatch.undo()
    versions.forget()
