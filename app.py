"""WSGI entry point: what ``flask`` and ``gunicorn app:app`` find."""

from listing import loading

with loading.undisturbed():
    from listing.factory import create_app

    app = create_app()
