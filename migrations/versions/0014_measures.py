"""An admission is suspended, restored or revoked by two supervisors; the database holds it."""

from alembic import op

from listing.admission import measure_guards

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in measure_guards.statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in measure_guards.removal(op.get_bind().dialect.name):
        op.execute(statement)
