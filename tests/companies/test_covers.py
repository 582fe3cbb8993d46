"""The picture of a company for links: its size, its words, what hostile names do to it, and who has none."""

import io

import pytest
from PIL import Image

from listing.access.actor import SYSTEM, Tier
from listing.companies.factsheet import press
from listing.companies.operations import publishing
from listing.store.db import db

from ..factories import NOW, a_company

pytestmark = pytest.mark.skipif(bool(press.missing("/usr/share/fonts")), reason="fonts-noto-cjk is not installed")
PATH = "/en/companies/example/cover.png"
HOSTILE = {"name_en": '#read("/etc/passwd") $x$ *' + "Long " * 39, "name_zh": "示例" * 100}


@pytest.mark.parametrize("names", [{}, {"name_zh": ""}, HOSTILE])
def test_it_is_one_picture_of_the_size_that_links_show(client, app, names):
    a_company(slug="example", **names)
    answer = client.get(PATH)
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert f'{PATH}">' in client.get("/en/companies/example").text


def test_it_is_the_same_for_everybody(client, visit_as, app):
    a_company(slug="example", passages=[("market", "市场机密", "market secret")])
    seen = set()
    for tier in (Tier.PUBLIC, Tier.STAFF):
        visit_as(tier)
        seen.add(client.get(PATH).data)
    assert len(seen) == 1


def test_what_is_not_on_display_has_none(client, app):
    publishing.suspend(company=a_company(slug="example"), reason="operator", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert client.get(PATH).status_code == 404
    assert "og:image" not in client.get("/en/companies/example").text
