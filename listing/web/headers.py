"""The security headers of every answer, errors included (OWASP ASVS 5.0, chapter 3)."""

from flask import Flask, Response, request

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
DOWNLOAD_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Of the page that any site may show in a frame: without form, script or picture, and the same for everybody.
FRAMED_CSP = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
# Of a document shown in the browser: its viewer may draw it, and it may run, load and send nothing.
SHOWN_CSP = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# Of a page that shows such a document in a frame, and of what may stand in that frame: the document, or why not.
FRAMING_CSP = f"{CSP}; frame-src 'self'"
BESIDE_CSP = SHOWN_CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
TURNED_AWAY_CSP = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
_BESIDE = (BESIDE_CSP, TURNED_AWAY_CSP)
_OWN = (FRAMED_CSP, SHOWN_CSP, FRAMING_CSP, *_BESIDE)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=63072000; includeSubDomains"


def framed(response: Response) -> Response:
    """Let any site show this answer in a frame."""
    response.headers["Content-Security-Policy"] = FRAMED_CSP
    return response


def framing(response: Response) -> Response:
    """Let this page hold a frame of our own."""
    response.headers["Content-Security-Policy"] = FRAMING_CSP
    return response


def _put(response: Response) -> Response:
    own = response.headers.get("Content-Security-Policy")
    for name, value in HEADERS.items():
        response.headers[name] = value
    if own in _OWN:
        response.headers["Content-Security-Policy"] = own
    if own == FRAMED_CSP:
        del response.headers["X-Frame-Options"]
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if own in _BESIDE:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Content-Security-Policy"] = DOWNLOAD_CSP
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Put the headers on every answer; a view that may be cached says so itself. A download may run nothing at all."""
    app.after_request(_put)
