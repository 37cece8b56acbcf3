"""Parsing of a file of contacts that is brought, and of what its columns are said to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from segue.evidence.fields import Files, FilesInput
from segue.evidence.forms import LedgerForm
from segue.work.connect.contact_files import ENCODINGS, MOST_BYTES, ContactText, open_contacts
from segue.work.connect.csv_columns import FIELDS

COLUMN = "column_"
MOST_SHOWN_COLUMNS = 100


class ContactsInput(FilesInput):
    """A file field for one file, that says how large a file of contacts may be, before it is sent."""

    def __init__(self) -> None:
        super().__init__()
        del self.attrs["multiple"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        limits = {"data-most-bytes": MOST_BYTES, "accept": ".csv,.txt,.tsv,.vcf,.vcard,.zip"}
        return super().get_context(name, value, {**limits, **(attrs or {})})


class ContactFileForm(LedgerForm):
    """A file of contacts."""

    attachments = Files(
        label="File of contacts",
        required=True,
        widget=ContactsInput(),
        help_text=f"CSV, vCard (.vcf), or the ZIP of LinkedIn as it came; at most {MOST_BYTES // 1024**2} MB.",
        error_messages={"required": "Choose a file. A folder can’t be sent; choose the file in it."},
    )
    encoding = forms.ChoiceField(
        label="Encoding",
        required=False,
        choices=[("", "Find it out"), *ENCODINGS.items()],
        help_text="Only where names came out wrong before.",
    )

    def clean(self) -> dict[str, Any]:
        """One file, and not a large one."""
        cleaned = super().clean()
        files = cleaned.get("attachments", ())
        if len(files) > 1:
            self.add_error("attachments", f"There are {len(files)} files. Choose one; the others can follow.")
        elif files and (files[0].size or 0) > MOST_BYTES:
            most = f"It has {files[0].size / 1024**2:,.0f} MB; {MOST_BYTES // 1024**2} MB is the most."
            self.add_error("attachments", f"{most} If it is the ZIP of LinkedIn, unpack it and send Connections.csv alone.")
        return cleaned

    def contacts(self) -> ContactText:
        """The file as text. Raises ``UserError`` where it holds no contacts."""
        file = self.cleaned_data["attachments"][0]
        return open_contacts(file.name or "", file.read(), self.cleaned_data["encoding"])


@dataclass(frozen=True)
class ColumnRow:
    """A column on the page: its heading, what stands first in it, and the field that says what it is."""

    heading: str
    examples: Sequence[str]
    field: forms.BoundField


class ColumnsForm(forms.Form):
    """What each column of a table is. A field can be in one column only."""

    def __init__(self, *args: Any, columns: Sequence[tuple[str, Sequence[str]]], guess: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns[:MOST_SHOWN_COLUMNS]
        guessed = {at: name for name, at in guess.items()}
        for at, (heading, _) in enumerate(self.columns):
            self.fields[f"{COLUMN}{at}"] = forms.ChoiceField(
                label=f"Column {at + 1}, {heading[:60]}" if heading else f"Column {at + 1}",
                required=False,
                choices=[("", "Left out"), *FIELDS.items()],
                initial=guessed.get(at, ""),
            )

    def clean(self) -> dict[str, Any]:
        """Somebody must have a name, and nothing stands in two columns."""
        cleaned = super().clean() or {}
        chosen = [name for name in cleaned.values() if name]
        for at in range(len(self.columns)):
            name = cleaned.get(f"{COLUMN}{at}")
            if name and chosen.count(name) > 1:
                self.add_error(f"{COLUMN}{at}", f"“{FIELDS[name]}” is chosen for more than one column.")
        if not {"name", "first", "last"} & set(chosen):
            self.add_error(None, "Say which column has the names.")
        return cleaned

    def chosen(self) -> Mapping[str, int]:
        """The column of each field."""
        places = ((self.cleaned_data.get(f"{COLUMN}{at}"), at) for at in range(len(self.columns)))
        return {name: at for name, at in places if name}

    @property
    def rows(self) -> list[ColumnRow]:
        """The columns as the page shows them."""
        return [ColumnRow(heading, examples, self[f"{COLUMN}{at}"]) for at, (heading, examples) in enumerate(self.columns)]
