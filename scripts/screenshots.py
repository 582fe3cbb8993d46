"""Make the picture of the README anew: a company of the demo market as a visitor reads it."""

import shutil
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_migrate import upgrade
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from config import Testing
from listing.clock import SystemClock
from listing.demo import load
from listing.factory import create_app
from listing.store.db import db

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SHOWN = {"company.png": "/zh-Hans/companies/saltboat-battery"}
VIEW = {"width": 1280, "height": 1000}


def _site(folder: Path):
    settings = Testing()
    settings.SQLALCHEMY_DATABASE_URI = f"sqlite:///{folder / 'site.sqlite'}"
    app = create_app(settings, SystemClock())
    with app.app_context():
        upgrade()
        load.load(keep_at=folder / "demo.json", now=app.extensions["clock"].now())
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    """Load the market, open each page, keep what is seen without scrolling."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = _site(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=VIEW, base_url=f"http://localhost:{server.server_port}")
        for name, path in SHOWN.items():
            page.goto(path)
            page.screenshot(path=PICTURES / name)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
