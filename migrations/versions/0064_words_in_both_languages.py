"""What the operator writes to institutions in Chinese and English; older words stand on the side of their language."""

import sqlalchemy as sa
from alembic import op

from listing.bilingual import script
from listing.bilingual.pair import Pair

revision = "0064"
down_revision = "0059"
branch_labels = None
depends_on = None

# Table and text.
TEXTS = (
    ("admission_findings", "conditions"),
    ("admission_findings", "words"),
    ("admission_question", "words"),
    ("admission_decision", "conditions"),
    ("admission_decision", "words"),
    ("admission", "conditions"),
    ("admission_measure", "words"),
)
QUESTION, ANSWER = "admission_question", "answer"


def _sided(text: str) -> dict[str, str]:
    """The text on the side of its language."""
    if "en" in Pair("", text).misplaced:
        return {"zh": text, "en": "", "script": script.detect(text) or "Hans"}
    return {"zh": "", "en": text, "script": "Hans"}


def _add(table: str, name: str) -> None:
    for side, kind, empty in (("zh", sa.Text(), ""), ("en", sa.Text(), ""), ("script", sa.String(4), "Hans")):
        op.add_column(table, sa.Column(f"{name}_{side}", kind, nullable=False, server_default=empty))


def _fill(table: str, name: str, source: str, where: str) -> None:
    bind = op.get_bind()
    rows = bind.execute(sa.text(f"SELECT id, {source} FROM {table} WHERE {source} <> '' {where} ORDER BY id")).all()
    change = sa.text(f"UPDATE {table} SET {name}_zh = :zh, {name}_en = :en, {name}_script = :script WHERE id = :id")
    for number, text in rows:
        bind.execute(change, {"id": number, **_sided(text)})


def upgrade() -> None:
    for table, name in TEXTS:
        _add(table, name)
        _fill(table, name, name, "")
        op.drop_column(table, name)
    _add(QUESTION, ANSWER)
    _fill(QUESTION, ANSWER, "reply", "AND code = 'appeal'")
    op.execute(sa.text(f"UPDATE {QUESTION} SET reply = '' WHERE code = 'appeal'"))


def _both(name: str) -> str:
    """Both sides, one under the other."""
    return f"{name}_zh || CASE WHEN {name}_zh <> '' AND {name}_en <> '' THEN '\n' ELSE '' END || {name}_en"


def downgrade() -> None:
    op.execute(sa.text(f"UPDATE {QUESTION} SET reply = {_both(ANSWER)} WHERE code = 'appeal'"))
    for table, name in (*TEXTS, (QUESTION, ANSWER)):
        if name != ANSWER:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
            op.execute(sa.text(f"UPDATE {table} SET {name} = {_both(name)}"))
        for side in ("zh", "en", "script"):
            op.drop_column(table, f"{name}_{side}")
