"""The OpenAPI 3.1 document, made from the routes and what their views say of themselves; nothing is written twice."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple

from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from listing.web.problems import DETAILS, MEDIA_TYPE

from .marks import Described, described
from .schemas import NUMBER, SCHEMAS, TEXT, Schema, named, one_of

ROOT = "/api/v1"
_ALWAYS = (401, 403, 429)
_PART = re.compile(r"<(?:[^<>:]+:)?([a-z_]+)>")


class Address(NamedTuple):
    """One address for programs: method, path as OpenAPI writes it, the view's name, scope and description."""

    method: str
    path: str
    name: str
    scope: str
    about: Described
    rule: Rule


def addresses(app: Flask) -> list[Address]:
    """Every address that describes itself, by path."""
    return sorted(_addresses(app), key=lambda address: (address.path, address.method))


def _addresses(app: Flask) -> Iterator[Address]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if about := described(view):
            path = _PART.sub(r"{\1}", rule.rule)
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield Address(method, path, rule.endpoint.rpartition(".")[2], str(view.scope), about, rule)


def document(app: Flask) -> dict:
    """The whole document."""
    paths: dict[str, dict] = {}
    for address in addresses(app):
        paths.setdefault(address.path, {})[address.method.lower()] = _operation(address)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Baybridge",
            "version": "1",
            "description": "Companies of the Greater Bay Area in Chinese and English, for programs. "
            "Texts are given on both sides; codes have their labels under /terms.",
        },
        "servers": [{"url": app.config["PUBLIC_URL"].rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key made on the account page: bbk_…"}
            },
        },
    }


def _operation(address: Address) -> dict:
    about = address.about
    made = {
        "operationId": address.name,
        "summary": about.summary,
        "security": [{"key": [address.scope]}],
        "parameters": [*_in_path(address.rule), *(_in_query(parameter) for parameter in about.parameters)],
        "responses": _responses(address),
    }
    if about.body:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": named(about.body)}}}
    return made


def _in_query(parameter) -> dict:
    return {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": parameter.schema}


def _in_path(rule: Rule) -> Iterator[dict]:
    for name in _PART.findall(rule.rule):
        yield {"name": name, "in": "path", "required": True, "schema": _of(rule._converters[name])}


def _of(converter: BaseConverter) -> Schema:
    if isinstance(converter, AnyConverter):
        return one_of(*sorted(converter.items))
    return NUMBER if isinstance(converter, IntegerConverter) else TEXT


def _responses(address: Address) -> dict:
    about = address.about
    told = {"200": _content("The answer", "application/json", about.answer)}
    if address.method == "GET":
        told["304"] = {"description": "As it was, by If-None-Match"}
    for status in sorted({*_ALWAYS, *about.also, *((400,) if about.parameters or about.body else ())}):
        told[str(status)] = _content(DETAILS.get(status, HTTPStatus(status).phrase), MEDIA_TYPE, "Problem")
    return told


def _content(description: str, media_type: str, schema: str) -> dict:
    return {"description": description, "content": {media_type: {"schema": named(schema)}}}
