"""A trigger refuses to change a row of the ledger, whoever asks: what was recorded stays as it was recorded.

SQLite drops the trigger with the table whenever a later migration rebuilds ``evidence_entry`` (adding or altering a field, a
constraint). Such a migration must end with the operation below again; ``tests/evidence/test_migrations.py`` notices if not.
Deleting is allowed: a learner who leaves takes everything along.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER evidence_entry_is_append_only BEFORE UPDATE ON evidence_entry
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: record a new entry instead');
END
"""
POSTGRESQL = (
    """
CREATE FUNCTION evidence_entry_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: record a new entry instead' USING ERRCODE = 'restrict_violation';
END
$$
""",
    """
CREATE TRIGGER evidence_entry_is_append_only BEFORE UPDATE ON evidence_entry
FOR EACH ROW EXECUTE FUNCTION evidence_entry_refuse_update()
""",
)


def forbid_updates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Puts the trigger there."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def allow_updates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the trigger away."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS evidence_entry_is_append_only")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS evidence_entry_is_append_only ON evidence_entry")
        schema_editor.execute("DROP FUNCTION IF EXISTS evidence_entry_refuse_update()")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_ledger")]
    operations = [migrations.RunPython(forbid_updates, allow_updates)]
