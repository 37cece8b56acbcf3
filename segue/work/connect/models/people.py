"""People, where they work, and who does what there."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


def new_key() -> str:
    """A name for a row that holds in addresses and in exports; it can't be guessed and says nothing."""
    return secrets.token_hex(8)


class Relation(models.TextChoices):
    """How close a relation is: it sets the cadence."""

    PARTNER = "partner", "Works on my project with me"
    MENTOR = "mentor", "My mentor"
    PRACTITIONER = "practitioner", "Builds AI, and I want to stay in touch"
    PEER = "peer", "On the same way as I am"
    LEADER = "leader", "Decides about AI work"


class Source(models.TextChoices):
    """Where a person was taken from."""

    HAND = "hand", "Typed in"
    LINKEDIN = "linkedin", "LinkedIn export"
    VCARD = "vcard", "vCard"
    CSV = "csv", "CSV file"


class ContactImport(models.Model):
    """A file of contacts between its preview and its taking in; then no name of the file is left in it.

    ``rows``: one object a contact, as ``connect.contacts.Contact`` writes it, with what would become of it; the cells of a table
    while its columns are still to be said; once taken in, key and mark of each person it brought, by which taking it back
    spares whoever was changed since. ``columns``: what was assumed in reading it; while it waits, also its headings.
    ``counts``: new, changed, same, rejected.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="contact_imports")
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=Source)
    columns = models.JSONField(default=dict, blank=True)
    rows = models.JSONField(default=list, blank=True)
    rejected = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="contact_import_key_once")]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A firm, team of volunteers or school where people work. ``map_entry``: its role map as it was recorded last."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="organisations")
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    is_own = models.BooleanField(default=False)
    map_entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="mapped_organisations")

    class Meta:
        ordering: ClassVar = ["-is_own", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "key"], name="organisation_key_once"),
            models.UniqueConstraint(fields=["learner", "name"], name="organisation_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody one knows or wants to know. Without a ``relation`` they are an address; with one, they have a cadence.

    ``cadence_days`` overrides the cadence of the relation. ``source_key`` is what an import knows them by. ``found_by`` is what a
    search looks in: name, organisation, position, e-mail, tags, casefolded; ``sort_name`` the casefolded name.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="people")
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    team = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=30, blank=True)
    relation = models.CharField(max_length=20, choices=Relation, blank=True)
    cadence_days = models.PositiveSmallIntegerField(null=True, blank=True)
    how_known = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=500, blank=True)
    tags = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    known_since = models.DateField()
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    source_key = models.CharField(max_length=300, blank=True)
    brought_by = models.ForeignKey(ContactImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    sort_name = models.CharField(max_length=200, blank=True)
    found_by = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["sort_name", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="person_key_once")]
        indexes: ClassVar = [
            models.Index(fields=["learner", "sort_name"], name="person_by_name"),
            models.Index(fields=["learner", "source_key"], name="person_by_source"),
            models.Index(fields=["learner", "relation"], name="person_by_relation"),
            models.Index(fields=["learner", "role"], name="person_by_role"),
        ]

    def __str__(self) -> str:
        return self.name


class RolePlace(models.Model):
    """A line of the role map: what a role owns in one organisation, what it needs of a product manager, who fills it."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="role_places")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    role = models.CharField(max_length=30)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="places")
    is_unfilled = models.BooleanField(default=False)
    owns = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    annoys = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["organisation_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "role"], name="role_once_an_organisation")]

    def __str__(self) -> str:
        return self.role
