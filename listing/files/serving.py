"""Handing a file out: always as a download under its own name, never for a browser to run.

Whether the reader may have it is decided before, by the gate of the view that calls this.
"""

import structlog
from flask import Response, abort, request
from werkzeug.wsgi import wrap_file

from . import rules, storage
from .models import StoredFile

log = structlog.get_logger()

HEADERS = {
    "Accept-Ranges": "none",
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def download(file: StoredFile) -> Response:
    """The answer that carries the file, only pieces of which are ever in memory. 503 when its place fails."""
    try:
        handle = storage.place().open(file.sha256)
    except OSError as error:
        log.error("files", error=str(error), sha256=file.sha256)
        abort(503)
    answer = Response(wrap_file(request.environ, handle, 64 * 1024), headers=HEADERS, direct_passthrough=True)
    answer.headers["Content-Type"] = file.media_type  # as it is: a charset would be a guess
    answer.headers["Content-Disposition"] = rules.disposition(file.name)
    answer.content_length = file.size
    answer.set_etag(file.sha256)
    return answer
