"""Errors for programs: RFC 9457 under /api/, and how a key has to be sent (RFC 6750).

Says them in English whatever the reader's language, because who reads them is a program and whoever writes it.
"""

from http import HTTPStatus

from flask import Response, json, request
from werkzeug.exceptions import BadRequest, HTTPException

from listing.access.gate import scope_asked

PROGRAMS = "/api/"
MEDIA_TYPE = "application/problem+json"

DETAILS = {
    400: "The request could not be read.",
    401: "Send a key that holds as 'Authorization: Bearer bbk_…'. Keys are made and ended on the account page.",
    403: "The key does not carry the scope that this address asks for.",
    404: "There is nothing at this address, or nothing that this key may see.",
    405: "This address does not answer to that method.",
    410: "What was here was withdrawn for good.",
    413: "The body is too large.",
    415: "Send JSON, with 'Content-Type: application/json'.",
    429: "Too many calls. Wait as many seconds as Retry-After says.",
    500: "Something went wrong on our side. Tell us the X-Request-ID of this answer.",
    503: "The service is briefly unavailable. Try again later.",
}


class BadParameter(BadRequest):
    """A parameter that was not understood; named in the answer, because one passed over would widen what is asked."""

    def __init__(self, name: str):
        super().__init__(f"The value of the parameter '{name}' is not one of those described.")
        self.parameter = name


def problem(error: HTTPException) -> Response:
    """The answer that says what went wrong, in a form a program reads."""
    status = error.code
    detail = error.description if isinstance(error, BadParameter) else DETAILS.get(status, DETAILS[400])
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if isinstance(error, BadParameter):
        told["parameter"] = error.parameter
    answer = Response(json.dumps(told, ensure_ascii=False), status, content_type=MEDIA_TYPE)
    answer.headers.update(_headers(error))
    return answer


def _headers(error: HTTPException) -> dict[str, str]:
    if error.code == 401:
        sent = ', error="invalid_token"' if "Authorization" in request.headers else ""
        return {"WWW-Authenticate": f'Bearer realm="Baybridge"{sent}'}
    if error.code == 403 and scope_asked():
        wanted = f'error="insufficient_scope", scope="{scope_asked()}"'
        return {"WWW-Authenticate": f'Bearer realm="Baybridge", {wanted}'}
    if getattr(error, "retry_after", None):
        return {"Retry-After": str(error.retry_after)}
    return {"Allow": ", ".join(sorted(error.valid_methods))} if getattr(error, "valid_methods", None) else {}
