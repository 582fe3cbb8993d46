"""Static files under names that carry their hash, so that browsers may keep them for a year."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, request, send_from_directory, url_for

from listing.access.gate import requires
from listing.access.permission import Permission

YEAR = 365 * 24 * 3600

bp = Blueprint("assets", __name__)


@cache
def _hashed(folder: str) -> dict[str, str]:
    """Real names to names with their hash, for every file directly in ``folder``."""
    return {
        path.name: f"{path.stem}.{sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"
        for path in Path(folder).iterdir()
        if path.is_file()
    }


@cache
def _real(folder: str) -> dict[str, str]:
    return {hashed: name for name, hashed in _hashed(folder).items()}


def asset(name: str) -> str:
    """The address of a static file; a missing one raises KeyError when the page is built, not in the browser."""
    return _address(request.script_root, _hashed(current_app.static_folder)[name])


@cache
def _address(_root: str, hashed: str) -> str:
    return url_for("assets.file", name=hashed)


@bp.get("/static/<name>")
@requires(Permission.PUBLIC)
def file(name: str):
    """Serve a static file; under its hashed name for a year, under its plain one for a minute."""
    hashed = name in _real(current_app.static_folder)
    real = _real(current_app.static_folder).get(name, name)
    if real not in _hashed(current_app.static_folder):
        abort(404)
    answer = send_from_directory(current_app.static_folder, real, max_age=YEAR if hashed else 60)
    if hashed:
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


def init_app(app: Flask) -> None:
    """Serve static files and offer ``asset`` to templates."""
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset
