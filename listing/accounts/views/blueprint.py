"""The blueprint that every page about people and organisations hangs on."""

from flask import Blueprint

bp = Blueprint("accounts", __name__, url_prefix="/<ui:lang>")
