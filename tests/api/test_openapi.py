"""The document is OpenAPI 3.1, complete, and the same from the address and the command."""

import json

from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from listing.access.scope import Scope
from listing.api import openapi


def test_the_document_is_valid(app):
    validate(openapi.document(app), cls=OpenAPIV31SpecValidator)


def test_every_address_with_a_scope_is_described_with_it(app):
    marked = {
        (app.view_functions[rule.endpoint].scope, method)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "scope", None)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    told = {
        (Scope(operation["security"][0]["key"][0]), method.upper())
        for path in openapi.document(app)["paths"].values()
        for method, operation in path.items()
    }
    assert told == marked


def test_the_address_and_the_command_give_the_same(app, client):
    printed = app.test_cli_runner().invoke(args=["api", "openapi"])
    assert json.loads(printed.output) == client.get("/api/v1/openapi.json").json


def test_parameters_are_those_of_the_address(app):
    document = openapi.document(app)
    company = document["paths"]["/api/v1/companies/{slug}"]["get"]
    assert [(p["name"], p["in"], p["required"]) for p in company["parameters"]] == [("slug", "path", True)]
    kinds = document["paths"]["/api/v1/terms/{kind}"]["get"]["parameters"][0]["schema"]["enum"]
    assert {"sector", "place", "stage"} <= set(kinds)
    assert {"200", "304", "401", "403", "404", "410", "429"} == set(company["responses"])
