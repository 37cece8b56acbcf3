"""The database itself refuses to change an entry."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from segue.accounts.models import Learner
from segue.evidence.models import Attachment, Entry
from tests.evidence.pieces import piece, stored

TRIGGER = "evidence_entry_is_append_only"


def test_the_trigger_is_there_after_all_migrations(db: None) -> None:
    table = {"sqlite": "sqlite_master WHERE type = 'trigger' AND name", "postgresql": "pg_trigger WHERE tgname"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table[connection.vendor]} = %s", [TRIGGER])
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("field", ["title", "body", "on", "minutes", "learner_id", "recorded_at"])
def test_no_entry_is_changed(priya: Learner, field: str) -> None:
    entry = piece(priya)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**{field: getattr(entry, field)})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save(update_fields=[field.removesuffix("_id")])


def test_a_learner_who_leaves_takes_everything_along(priya: Learner) -> None:
    piece(priya, files=(stored(),))
    priya.user.delete()
    assert not Entry.objects.exists()
    assert not Attachment.objects.exists()
