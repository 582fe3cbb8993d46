"""Promises about the code itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from listing import later

ROOT = Path(__file__).parent.parent
PURE = sorted(
    str(path.relative_to(ROOT).with_suffix("")).replace("/", ".")
    for pattern in (
        "listing/*/rules.py",
        "listing/*/*/rules.py",
        "listing/bilingual/*.py",
        "listing/rulebook/*.py",
        "listing/calendars.py",
        "listing/money.py",
        "listing/clock.py",
        "listing/localtime.py",
    )
    for path in ROOT.glob(pattern)
)
SOURCES = sorted((ROOT / "listing").rglob("*.py"))
LIMIT = 300
HOMELESS = {"utils", "helpers", "common", "services", "manager", "misc"}
# Who sees another package's models: the factory, so that every table is known before the first page is asked for, and
# one annotation of a person.
MODELS_SEEN = {
    "listing/factory.py: files",
    "listing/factory.py: profiles",
    "listing/roadshows/calendar.py: accounts",
}
# Libraries that a process which has served a page carries none of.
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


def test_rules_and_foundation_load_without_the_framework():
    code = (
        f"import sys\nfor m in {PURE!r}: __import__(m)\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'flask', 'sqlalchemy', 'wtforms', 'flask_babel'}))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert out.strip() == "[]"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_says_what_it_is_and_stays_readable(path):
    text = path.read_text()
    assert text.startswith('"""'), "no docstring says what the module decides"
    assert len(text.splitlines()) <= LIMIT, "too long: split it along its verbs"
    assert path.stem not in HOMELESS
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)


def test_a_package_keeps_its_models_to_itself():
    """Others know its rows as its queries hand them out (docs/architecture.md section 2)."""
    imported = re.compile(
        r"^\s*from listing\.(\w+)(?:\.models import|\.(\w+_models) import| import .*\bmodels\b)", re.M
    )
    found = {
        f"{path.relative_to(ROOT)}: {foreign[1]}"
        for path in SOURCES
        for foreign in imported.finditer(path.read_text())
        if foreign[1] != path.relative_to(ROOT / "listing").parts[0]
    }
    assert found <= MODELS_SEEN


def test_only_the_clock_asks_for_the_time():
    asks = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(")
    found = [str(p.relative_to(ROOT)) for p in SOURCES if asks.search(p.read_text())]
    assert found == ["listing/clock.py"]


def test_templates_carry_no_inline_style_or_script():
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=")
    pages = [p for p in (ROOT / "templates").rglob("*.html") if "mail" not in p.parts]
    assert pages
    assert [str(p.relative_to(ROOT)) for p in pages if inline.search(p.read_text())] == []


def test_no_secret_or_machine_path_is_in_the_tree():
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split(
        "\n"
    )
    own = re.compile(r"/work/|/root/|files\.pythonhosted|BEGIN [A-Z ]*PRIVATE KEY")
    texts = [ROOT / name for name in listed if name.endswith((".py", ".txt", ".in", ".md", ".yaml", ".toml", ".sh"))]
    found = [
        str(p.relative_to(ROOT)) for p in texts if p != Path(__file__) and p.exists() and own.search(p.read_text())
    ]
    assert found == []


@pytest.mark.slow
def test_a_process_that_served_a_page_carries_none_of_them():
    command = [sys.executable, "-c", SERVED, *PACKAGES]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.split() == []


def test_each_stands_for_a_module_that_is_there():
    assert {"alembic", "openpyxl", "PIL", "qrcode"} <= PACKAGES
    assert later.openpyxl.Workbook().active.title == "Sheet"
    assert later.qrcode.make("x", image_factory=later.svg.SvgPathFillImage).to_string().startswith(b"<svg")
