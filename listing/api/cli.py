"""``flask api openapi``: the description of the API, without a server."""

import json

import click
from flask import current_app
from flask.cli import AppGroup

from . import openapi

api = AppGroup("api", help="What programs may ask for.")


@api.command("openapi")
def print_document() -> None:
    """Print the OpenAPI document as JSON."""
    click.echo(json.dumps(openapi.document(current_app), ensure_ascii=False, indent=1))
