"""Every message of the product has its three parts, and both bodies stand in the common layout."""

from pathlib import Path

import pytest

MAIL = Path(__file__).parents[2] / "templates" / "mail"
MESSAGES = sorted(folder for folder in MAIL.iterdir() if folder.is_dir())
PARTS = {"subject.txt": None, "body.txt": "mail/_layout.txt", "body.html": "mail/_layout.html"}


def test_there_are_layouts_and_shared_parts():
    shared = {f"{part}.{kind}" for part in ("_layout", "_named") for kind in ("txt", "html")}
    assert {path.name for path in MAIL.iterdir() if path.is_file()} == shared


@pytest.mark.parametrize("folder", MESSAGES, ids=lambda folder: folder.name)
def test_a_message_has_its_parts_in_the_layout(folder):
    assert {path.name for path in folder.iterdir()} == set(PARTS)
    for name, layout in PARTS.items():
        text = (folder / name).read_text()
        assert layout is None or text.startswith(f'{{% extends "{layout}" %}}')
        assert "://" not in text, "the layout gives the one link"


@pytest.mark.parametrize("folder", MESSAGES, ids=lambda folder: folder.name)
def test_a_body_says_what_to_do_and_why_it_came(folder):
    for name in ("body.txt", "body.html"):
        blocks = [
            block for block in ("body", "action", "why") if f"{{% block {block} %}}" in (folder / name).read_text()
        ]
        assert blocks == ["body", "action", "why"]
