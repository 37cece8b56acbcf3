"""Parsing of what is typed about work, time and opinions, with errors that say the mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from segue.core.activity import EvidenceKind, Programme
from segue.core.errors import UserError
from segue.core.evidence import MAX_COMPETENCIES
from segue.evidence.actions import Work
from segue.evidence.blocks import MOST_BLOCK
from segue.evidence.fields import Day, Files, Text, fact_field, minutes_field
from segue.evidence.files import StoredFile, store
from segue.evidence.models import Attachment, Confidentiality
from segue.evidence.texts import clean_line, clean_text, short_title
from segue.evidence.vocabulary import LOG, activity_title, asked_by, is_known_activity, unit_of
from segue.shared import clock

MOST_TEXT = 200_000
FACT = "fact_"
Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class FieldRow:
    """A field with what its template takes: a unit behind it, a range of words to count against."""

    field: forms.BoundField
    unit: str = ""
    words: str = ""


def activity_choices(programme: Programme, *others: str) -> Choices:
    """The activities of the programme by phase, and ``others`` that it does not list."""
    unlisted = [i for i in dict.fromkeys(others) if i and i not in programme.by_id and is_known_activity(i, programme)]
    extra = [(i, activity_title(i, programme)) for i in unlisted]
    phases: dict[str, list[tuple[str, str]]] = {f"{phase.months}: {phase.title}": [] for phase in programme.phases}
    for activity in programme.activities:
        if not activity.buffer:
            phase = programme.phase_of(activity.week)
            phases[f"{phase.months}: {phase.title}"].append((activity.id, f"Week {activity.week}: {activity.title}"))
    return [("", "No particular activity"), *extra, *phases.items()]


def store_all(files: Iterable[UploadedFile[Any]]) -> tuple[StoredFile, ...]:
    """Keeps uploaded files. Raises ``UserError``."""
    return tuple(store(file.name or "", file.content_type or "", file.chunks()) for file in files)


class LedgerForm(forms.Form):
    """What all forms of the ledger have in common: files that could not be taken are told with the field they came from."""

    def __init__(self, *args: Any, refused: Iterable[UserError] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = list(refused)

    def clean(self) -> dict[str, Any]:
        """Adds what the upload had to refuse."""
        if self.refused and "attachments" in self.fields:
            self.errors.pop("attachments", None)  # "required" would only hide the reason
            self.add_error("attachments", [str(error) for error in self.refused])
        return self.cleaned_data

    def blame(self, error: UserError) -> None:
        """Shows an error that came up after the fields were read."""
        self.add_error("attachments" if "could not be kept" in error.message else None, str(error))


class WorkForm(LedgerForm):
    """An artefact: its text, files and figures. The figures are those of its kind."""

    title = Text(most=200, label="Title", error_messages={"required": "Give it a title, as you would name the file."})
    on = Day(label="On which day")
    body = Text(most=MOST_TEXT, long=True, required=False, label="Text")
    attachments = Files(label="Files")
    link = Text(most=1000, required=False, label="Link", help_text="Beside the text or a file: a link alone can't be checked.")
    minutes = minutes_field(required=False, help_text="What you log counts towards the hours of the week.")
    competencies = forms.MultipleChoiceField(
        label="What it proves",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"At most {MAX_COMPETENCIES}: those it proves best.",
    )
    confidentiality = forms.ChoiceField(
        label="Who may see it",
        choices=Confidentiality.choices,
        initial=Confidentiality.PRIVATE,
        widget=forms.RadioSelect,
        help_text="Private work never reaches a portfolio. You can change this by a new version.",
    )
    activity_id = forms.ChoiceField(label="Made for", required=False)

    def __init__(
        self,
        *args: Any,
        kind: EvidenceKind,
        programme: Programme,
        activity_id: str = "",
        attached: Sequence[Attachment] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.attached = kind, attached
        self._field("competencies").choices = [(c.id, f"{c.id} {c.name}") for c in programme.competencies]
        self._field("activity_id").choices = activity_choices(programme, activity_id)
        self.fields["body"].help_text = f"Markdown works: # heading, - list, **bold**. {_length(kind)}".strip()
        if attached:
            self.fields["keep"] = _keep_field(attached)
        for fact in kind.fields:
            self.fields[FACT + fact.name] = fact_field(fact)
        figures = [FACT + fact.name for fact in kind.fields]
        self.order_fields(["title", "body", "keep", "attachments", *figures, "link", "on", "minutes", "activity_id"])

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def words(self) -> str:
        """The range of words of the kind, as the counter takes it."""
        return f"{self.kind.min_words}-{self.kind.max_words or ''}" if self.kind.min_words else ""

    @property
    def figures(self) -> list[FieldRow]:
        """The fields for the figures of the kind."""
        return [FieldRow(self[FACT + fact.name], unit_of(fact.label, fact.unit)) for fact in self.kind.fields]

    def clean_link(self) -> str:
        """Only addresses of the web: others would open a file or run a script."""
        link = str(self.cleaned_data["link"])
        if link and (not link.lower().startswith(("http://", "https://")) or " " in link or len(link.split("//", 1)[1]) < 3):
            raise forms.ValidationError("A link begins with https:// or http:// and has no spaces. Copy it from the address bar.")
        return link

    def clean_body(self) -> str:
        """A template nobody wrote into is no text."""
        body = str(self.cleaned_data["body"])
        if body and body.split() == self.kind.template.split():
            raise forms.ValidationError("This is the template as it was offered. Write into it, or empty the field.")
        return body

    def clean_competencies(self) -> list[str]:
        """At most three."""
        chosen = list(self.cleaned_data["competencies"])
        if len(chosen) > MAX_COMPETENCIES:
            raise forms.ValidationError(f"You chose {len(chosen)}; at most {MAX_COMPETENCIES} count. Keep those it proves best.")
        return chosen

    def clean(self) -> dict[str, Any]:
        """Something must be there to look at."""
        cleaned = super().clean()
        given = [cleaned.get(name) for name in ("body", "attachments", "link", "keep")]
        if not self.errors and not any(given):
            self.add_error("body", "Nothing to look at yet. Write the text, attach a file, or give a link.")
        return cleaned

    def work(self) -> Work:
        """The artefact, its files stored. Raises ``UserError`` where they can't be."""
        cleaned = self.cleaned_data
        kept = {a.sha256: StoredFile(a.name, a.sha256, a.size, a.media_type) for a in self.attached}
        facts = {fact.name: cleaned[FACT + fact.name] for fact in self.kind.fields}
        return Work(
            kind=self.kind.id,
            title=cleaned["title"],
            on=cleaned["on"],
            activity_id=cleaned["activity_id"],
            competencies=tuple(cleaned["competencies"]),
            body=cleaned["body"],
            link=cleaned["link"],
            minutes=cleaned["minutes"] or 0,
            facts={name: value for name, value in facts.items() if value not in (None, "")},
            confidentiality=cleaned["confidentiality"],
            files=(*(kept[i] for i in cleaned.get("keep", [])), *store_all(cleaned["attachments"])),
        )


def _length(kind: EvidenceKind) -> str:
    if kind.min_words is None:
        return "For this kind a file is needed as well before it counts."
    most = f" to {kind.max_words:,}" if kind.max_words else ""
    return f"{kind.min_words:,}{most} words, or a file." if most else f"At least {kind.min_words:,} words, or a file."


def _keep_field(attached: Sequence[Attachment]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Files so far",
        required=False,
        choices=[(a.sha256, a.name) for a in attached],
        initial=[a.sha256 for a in attached],
        widget=forms.CheckboxSelectMultiple,
        help_text="Those with a mark come along into the new version.",
    )


class LogForm(WorkForm):
    """A page of the learning log: written fast, so the title may follow from the text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = "Left empty, it is the first line of the text."
        self.fields["body"].label = "What did you learn, decide, or get stuck on?"

    def work(self) -> Work:
        """The page of the log, with a title."""
        work = super().work()
        first_file = work.files[0].name if work.files else "Log entry"
        return replace(work, title=work.title or short_title(work.body) or first_file)


class TimeForm(forms.Form):
    """Minutes on an activity."""

    activity_id = forms.ChoiceField(label="Activity", error_messages={"required": "Say which activity the minutes went into."})
    minutes = minutes_field(label="Minutes", min_value=1)
    on = Day(label="On which day", required=False)
    note = Text(most=2000, long=True, required=False, label="Note")

    def __init__(self, *args: Any, programme: Programme, activity_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = activity_choices(programme, activity_id)
        self.fields["activity_id"].choices = [("", "Choose one"), *choices[1:]]  # type: ignore[attr-defined]
        invalid = "There is no such activity. Choose one from the list."
        self.fields["activity_id"].error_messages["invalid_choice"] = invalid


class NoteForm(forms.Form):
    """A short note, kept in the learning log."""

    note = Text(most=MOST_TEXT, long=True, label="Note", error_messages={"required": "The note is empty. Write a sentence."})
    activity_id = forms.CharField(max_length=120, required=False)

    def work(self, programme: Programme) -> Work:
        """The note as a page of the log. It proves what the activity wants a log for, and nothing else."""
        text, activity_id = self.cleaned_data["note"], clean_line(self.cleaned_data["activity_id"])
        if not is_known_activity(activity_id, programme):
            activity_id = ""
        proves = next((asked.competencies for asked in asked_by(activity_id, programme) if asked.kind == LOG), ())
        return Work(LOG, short_title(text) or "Note", clock.today(), activity_id, proves, text)


class WithdrawForm(forms.Form):
    """Why an entry is taken back."""

    reason = Text(
        most=1000,
        long=True,
        label="Why",
        error_messages={"required": "Say why in a few words: it stays in the ledger beside the entry."},
        help_text="For example: it was recorded twice, it holds names that must not be there, it was somebody else's work.",
    )
    scope = forms.ChoiceField(label="What to withdraw", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, versions: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if versions < 2:
            del self.fields["scope"]
            return
        scope = self.fields["scope"]
        every = "Both versions" if versions == 2 else f"All {versions} versions"
        scope.choices = [("one", "This version only"), ("all", every)]  # type: ignore[attr-defined]
        scope.initial, scope.required = "one", True


class FilterForm(forms.Form):
    """Which evidence to show. What can't be read is ignored: an old bookmark still opens."""

    q = forms.CharField(
        label="Search", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search", "dir": "auto"})
    )
    competency = forms.ChoiceField(label="Competency", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    tier = forms.ChoiceField(label="Tier", required=False)
    month = forms.ChoiceField(label="Month", required=False)
    activity = forms.ChoiceField(label="Activity", required=False)

    def __init__(self, *args: Any, offers: Mapping[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "filter_%s"})
        for name, choices in offers.items():
            self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The filters that can be read."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TextOrFileForm(LedgerForm):
    """Something pasted, or one file in its place. ``empty`` is said where there is neither."""

    empty = ""

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        cleaned = super().clean()
        files = cleaned.get("attachments", ())
        if not self.errors and not cleaned.get("text") and not files:
            self.add_error("text", self.empty)
        if len(files) > 1:
            self.add_error("attachments", f"There are {len(files)} files. Choose one; the others can follow.")
        return cleaned

    @property
    def file(self) -> UploadedFile[Any] | None:
        """The file, where there is one."""
        return next(iter(self.cleaned_data["attachments"]), None)


class AnswerForm(TextOrFileForm):
    """The block that a page without a network made: pasted, or as the file that it saved."""

    empty = "Paste the message, or choose the file."
    text = Text(
        most=MOST_BLOCK,
        long=True,
        required=False,
        label="The message",
        help_text="Paste the whole message. Only the block in it is read.",
    )
    attachments = Files(label="Or the file", help_text="The page that was sent offers it beside the text.")

    def answer(self) -> str:
        """The message, or the file as text."""
        if self.file is None:
            return str(self.cleaned_data["text"])
        return clean_text(self.file.read(MOST_BLOCK + 1).decode("utf-8", "replace"))
