"""A web process that has served a page carries no library that stands in listing/later.py."""

import subprocess
import sys
from pathlib import Path

from listing import later

ROOT = Path(__file__).parent.parent
NAMES = {each.name for each in vars(later).values() if isinstance(each, later.Later)}
PACKAGES = {name if name.startswith(("listing.", "sqlalchemy.")) else name.partition(".")[0] for name in NAMES}
SERVED = """
import sys
from config import Testing
from listing.factory import create_app
from listing.store.db import db

settings = Testing()
settings.SQLALCHEMY_DATABASE_URI = "sqlite://"
app = create_app(settings)
with app.app_context():
    db.create_all()
for page in ("/en/companies", "/en/login"):
    assert app.test_client().get(page).status_code == 200, page
print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
"""


def test_a_process_that_served_a_page_carries_none_of_them():
    command = [sys.executable, "-c", SERVED, *PACKAGES]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.split() == []


def test_each_stands_for_a_module_that_is_there():
    assert {"alembic", "openpyxl", "PIL", "qrcode"} <= PACKAGES
    assert later.openpyxl.Workbook().active.title == "Sheet"
    assert later.qrcode.make("x", image_factory=later.svg.SvgPathFillImage).to_string().startswith(b"<svg")
