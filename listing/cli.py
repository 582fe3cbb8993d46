"""Commands of ``flask``; each package brings its own, loaded when it is called.

A web server registers them and calls none, so it need not carry what they import.
"""

from functools import cache
from importlib import import_module

import click
from flask import Flask

# name: where it is, and what it does
COMMANDS = {
    "admission": ("listing.admission.cli:admission", "Rule books of investor admission."),
    "api": ("listing.api.cli:api", "What programs may ask for."),
    "backup": ("listing.upkeep.cli:backup", "Copy database and files into one archive."),
    "bilingual": ("listing.bilingual.cli:bilingual", "Read and compare the figures of Chinese and English texts."),
    "companies": ("listing.companies.cli:companies", "Import companies."),
    "db": ("flask_migrate.cli:db", "Migrations of the database."),
    "demo": ("listing.demo.cli:demo", "The fictional market."),
    "disclosure": ("listing.disclosure.cli:disclosure", "What companies on display disclose, and by when."),
    "doctor": ("listing.installation:doctor", "Check settings, database, catalogues, fonts and scheduler."),
    "evidence": ("listing.evidence.cli:evidence", "The vault of evidence: another key; whether all of it opens."),
    "files": ("listing.files.cli:files", "Look after stored files."),
    "log": ("listing.journal.cli:log", "Verify and sign the record of changes."),
    "prepare": ("listing.installation:prepare", "Bring the database up to date and load the demo market."),
    "rates": ("listing.rates.cli:rates", "Reference rates between currencies."),
    "reminders": ("listing.reminders.cli:reminders", "Send what is due, once; say how it stands."),
    "restore": ("listing.upkeep.cli:restore", "Bring an archive back into an empty database."),
    "retention": ("listing.admission.retention_cli:retention", "How long papers are kept; legal holds."),
    "roadshows": ("listing.matching.cli:roadshows", "One-to-one meetings of roadshows."),
    "routes-policy": ("listing.installation:routes_policy", "Print every route and the permission it needs."),
    "sbom": ("listing.upkeep.cli:sbom", "Print the libraries with their hashes."),
    "scheduler": ("listing.reminders.cli:scheduler", "The process that sends what is due."),
    "screening": ("listing.screening.cli:screening", "Lists of sanctioned persons and of persons in public office."),
    "search": ("listing.upkeep.cli:search", "Search the companies; measure how well they are found."),
    "suitability": ("listing.suitability.cli:suitability", "Which investor is suited to which company."),
    "supervision": ("listing.supervision.cli:supervision", "What the regulator is given."),
    "users": ("listing.accounts.cli:users", "Create, disable and help people."),
}


@cache
def _command(target: str) -> click.Command:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


class Later(click.Command):
    """Stands for a command until it is called."""

    def __init__(self, name: str, target: str, short_help: str):
        super().__init__(name, short_help=short_help)
        self.target = target

    def make_context(self, info_name, args, parent=None, **extra) -> click.Context:
        """Go on as the command itself."""
        return _command(self.target).make_context(info_name, args, parent, **extra)


def init_app(app: Flask) -> None:
    """Register every command."""
    for name, (target, short_help) in COMMANDS.items():
        app.cli.add_command(Later(name, target, short_help))
