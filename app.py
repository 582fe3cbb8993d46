"""WSGI entry point: what ``flask`` and ``gunicorn app:app`` find."""

from listing.factory import create_app

app = create_app()
