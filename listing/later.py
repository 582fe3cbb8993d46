"""Libraries that most web processes never need, and what of ours loads much, brought in when first used.

Nothing else is imported late. What stands here is written in code as if it were imported, ``openpyxl.Workbook()``; a
test sees to it that a process that has served a page carries none of it.
"""

from importlib import import_module


class Later:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str):
        self.name = name

    def __getattr__(self, attribute: str):
        return getattr(import_module(self.name), attribute)


alembic_migration = Later("alembic.migration")
alembic_script = Later("alembic.script")
cell = Later("openpyxl.cell")
datavalidation = Later("openpyxl.worksheet.datavalidation")
figures_reading = Later("listing.bilingual.figures.reading")  # 150 patterns, an eighth of a start
flask_migrate = Later("flask_migrate")
icalendar = Later("icalendar")
image = Later("PIL.Image")
image_ops = Later("PIL.ImageOps")
obstore = Later("obstore")
obstore_exceptions = Later("obstore.exceptions")
obstore_store = Later("obstore.store")
openpyxl = Later("openpyxl")
postgresql = Later("sqlalchemy.dialects.postgresql")
pypinyin = Later("pypinyin")
qrcode = Later("qrcode")
rapidfuzz = Later("rapidfuzz")
forcing = Later("listing.matching.forcing")
repairing = Later("listing.matching.repairing")
solving = Later("listing.matching.solving")  # HiGHS and numpy
styles = Later("openpyxl.styles")
svg = Later("qrcode.image.svg")
typst = Later("typst")
