"""The small forms of the résumé. The editor itself is read by ``resume_fields``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Files, FilesInput, Text
from segue.evidence.forms import LedgerForm
from segue.evidence.models import Confidentiality

MOST_BYTES = 10 * 1024**2
TYPES = ".json,.zip,.docx,.pdf,.txt,.md"


class NameForm(forms.Form):
    """What a variant is called, and the role it is for."""

    name = Text(
        most=120, label="Name of this variant", error_messages={"required": "Give it a name, such as the role it is for."}
    )
    role = forms.ChoiceField(label="Role it is for", required=False, error_messages={"invalid_choice": "Choose one of these."})

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Not said"), *roles]


class FileInput(FilesInput):
    """A file field for one file, that says how large it may be before it is sent."""

    def __init__(self) -> None:
        super().__init__()
        del self.attrs["multiple"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the limit and the kinds of file."""
        limits = {"data-most-bytes": MOST_BYTES, "accept": TYPES}
        return super().get_context(name, value, {**limits, **(attrs or {})})


class FileForm(LedgerForm):
    """A file with a résumé in it, or its text."""

    attachments = Files(
        label="File",
        required=False,
        widget=FileInput(),
        help_text=f"JSON Resume, the ZIP of LinkedIn as it came, Word (.docx), PDF or text; at most {MOST_BYTES // 1024**2} MB.",
    )
    text = Text(
        most=200_000, long=True, required=False, label="Or paste the text", help_text="Headings on lines of their own help."
    )

    def clean(self) -> dict[str, Any]:
        """A file or a text, and not a large one."""
        cleaned = super().clean()
        files = cleaned.get("attachments", ())
        if len(files) > 1:
            self.add_error("attachments", f"There are {len(files)} files. Choose one; the others can follow.")
        elif files and (files[0].size or 0) > MOST_BYTES:
            size = f"{files[0].size / 1024**2:,.0f} MB"
            self.add_error("attachments", f"It has {size}; {MOST_BYTES // 1024**2} MB is the most. Leave pictures out of it.")
        elif not files and not cleaned.get("text") and not self.errors:
            self.add_error("attachments", "Choose a file, or paste the text below.")
        return cleaned


class TakeForm(NameForm):
    """What was read, as it was shown, with a name."""

    document = forms.CharField(
        widget=forms.HiddenInput(), error_messages={"required": "Bring the file again."}, max_length=4_000_000
    )


class NoteForm(forms.Form):
    """A word on a version."""

    note = Text(most=200, required=False, label="What it is for", help_text="Such as the firm it goes to.")


class RecordForm(forms.Form):
    """Who may see the version that is recorded."""

    confidentiality = forms.ChoiceField(
        choices=Confidentiality.choices,
        initial=Confidentiality.PRIVATE,
        label="Who may see it",
        help_text="A private one can’t be sent to a reviewer.",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
