"""Recording work: the form, new versions, the learning log, and quick minutes and notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.activity import EvidenceKind, Programme
from segue.core.evidence import MAX_COMPETENCIES, Ledger, Sort
from segue.courses.queries import programme_of
from segue.curriculum import current
from segue.evidence import actions, drafts, queries, vocabulary
from segue.evidence.forms import LogForm, NoteForm, TimeForm, WorkForm
from segue.evidence.models import Attachment, Entry
from segue.evidence.trust import artefact_of, next_step, thread_of, tier_in_short, what_it_moved
from segue.evidence.uploads import refused_files
from segue.evidence.views import form_pages
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.shared.templatetags.segue import minutes as spoken
from segue.shared.templatetags.segue import shortdate, tier_words


@require_http_methods(["GET", "HEAD", "POST"])
def record_work(request: HttpRequest) -> HttpResponse:
    """What did you make? First its kind, then everything else on one page."""
    learner = learner_of(request)
    activity_id = request.GET.get("activity", "")[:120]
    ledger = queries.ledger_of(learner)
    if not vocabulary.is_known_activity(activity_id, ledger.programme):
        activity_id = ""
    kind = _kind_wanted(request, ledger, activity_id)
    if kind is None:
        return render(request, "evidence/choose_kind.html", _kinds_context(ledger, activity_id))
    if request.method == "POST":
        return _recorded(request, learner, ledger.programme, kind, activity_id)
    key = drafts.new_key(activity_id, kind.id)
    context = form_pages.draft_context(request, learner, key)
    initial = _first_values(request, context, kind, ledger.programme, activity_id)
    form = WorkForm(kind=kind, programme=ledger.programme, activity_id=activity_id, initial=initial)
    context |= _work_context(form, ledger.programme, activity_id)
    return form_pages.show_form(request, "evidence/record_work.html", context)


def _kind_wanted(request: HttpRequest, ledger: Ledger, activity_id: str) -> EvidenceKind | None:
    """The kind the form is for: what was sent, else what was asked for, else the only one that the activity asks for."""
    named = request.POST.get("built_for") or request.GET.get("kind", "")
    asked = set() if named else {y.kind for y in vocabulary.asked_by(activity_id, ledger.programme, ledger)}
    kind_id = named or (asked.pop() if len(asked) == 1 else "")
    return vocabulary.kind_of(kind_id) if vocabulary.is_known_kind(kind_id) else None


def _kinds_context(ledger: Ledger, activity_id: str) -> dict[str, Any]:
    asked = [y.kind for y in vocabulary.asked_by(activity_id, ledger.programme, ledger)]
    return {
        "activity_id": activity_id,
        "activity": vocabulary.activity_title(activity_id, ledger.programme),
        "asked": [vocabulary.kind_of(k) for k in dict.fromkeys(asked)],
        "kinds": sorted(vocabulary.kinds(), key=lambda kind: kind.name),
    }


def _first_values(
    request: HttpRequest, context: dict[str, Any], kind: EvidenceKind, programme: Programme, activity_id: str
) -> dict[str, Any]:
    if context["draft"]:
        return form_pages.initial_from(context["draft"].fields)
    asked = vocabulary.asked_by(activity_id, programme)
    proves = next((y.competencies for y in asked if y.kind == kind.id), ())
    body = kind.template if request.GET.get("template") else ""
    return {"activity_id": activity_id, "competencies": list(proves)[:MAX_COMPETENCIES], "body": body}


def _work_context(form: WorkForm, programme: Programme, activity_id: str) -> dict[str, Any]:
    """What the template of the form takes beside the draft."""
    asked = [y.kind for y in vocabulary.asked_by(activity_id, programme)]
    return {
        "form": form,
        "kind": form.kind,
        "activity_id": activity_id,
        "activity": vocabulary.activity_title(activity_id, programme),
        "asked": [vocabulary.kind_of(k) for k in dict.fromkeys((*asked, form.kind.id))],
        "kinds": sorted((k for k in vocabulary.kinds() if k.id not in asked), key=lambda kind: kind.name),
    }


def _recorded(request: HttpRequest, learner: Learner, programme: Programme, kind: EvidenceKind, activity_id: str) -> HttpResponse:
    key = drafts.new_key(activity_id, kind.id)
    written = drafts.written_in(request, key)
    other_kind = request.POST.get("kind", kind.id)
    if other_kind != kind.id and vocabulary.is_known_kind(other_kind):
        return _moved_to(learner, written, activity_id, other_kind)
    if request.POST.get("do") == "template":
        return _with_template(learner, written, kind)
    refused = refused_files(request)
    form = WorkForm(request.POST, request.FILES, kind=kind, programme=programme, activity_id=activity_id, refused=refused)
    entry = (
        form_pages.attempt(form, lambda: actions.record_work(learner, form.work(), written=written)) if form.is_valid() else None
    )
    if entry is not None:
        return _done(request, learner, entry)
    form_pages.keep_typed(learner, written)
    context = form_pages.draft_context(request, learner, key) | _work_context(form, programme, activity_id)
    return form_pages.show_form(request, "evidence/record_work.html", context, status=422)


def _moved_to(learner: Learner, written: drafts.Written, activity_id: str, kind_id: str) -> HttpResponse:
    """The same text under another kind: it moves with its draft, and the form comes back with the figures of that kind."""
    actions.move_draft(learner, written, drafts.new_key(activity_id, kind_id))
    asked = {"activity": activity_id, "kind": kind_id} if activity_id else {"kind": kind_id}
    return redirect(f"{reverse('evidence:record-work')}?{urlencode(asked)}")


def _with_template(learner: Learner, written: drafts.Written, kind: EvidenceKind) -> HttpResponse:
    """The template below what was typed so far, once."""
    body = drafts.first(written.fields, "body").strip()
    if kind.template.strip() not in body:
        body = f"{body}\n\n{kind.template}".lstrip()
    actions.save_draft(learner, replace(written, fields={**written.fields, "body": [body]}))
    return form_pages.back_to_draft(written.key)


def _done(request: HttpRequest, learner: Learner, entry: Entry, address: str = "") -> HttpResponse:
    """Says which tier it has and why, and what it moved."""
    ledger = queries.ledger_of(learner)
    artefact = artefact_of(ledger, entry.number)
    if artefact is not None:
        tier = f"Recorded. It stands at {artefact.tier.name}, {tier_words(artefact.tier)}: {tier_in_short(artefact)}."
        step = next_step(artefact) if not artefact.tier else ""
        text = " ".join(part for part in (tier, what_it_moved(entry.number, ledger), step) if part)
        say(request, text, kind="good" if artefact.tier else "care")
    return redirect(address or reverse("evidence:show-entry", args=[entry.number]))


@require_http_methods(["GET", "HEAD", "POST"])
def revise_work(request: HttpRequest, number: int) -> HttpResponse:
    """A new version: begins with the newest one, files come along unless they are taken out."""
    learner = learner_of(request)
    ledger = queries.ledger_of(learner)
    thread = thread_of(ledger.entries, number)
    if form_pages.entry_or_404(learner, number).sort != Sort.ARTEFACT or not thread:
        raise Http404
    newest = next((n for n in reversed(thread) if n not in ledger.withdrawn), thread[-1])  # of those that stand, if any does
    before = form_pages.entry_or_404(learner, newest)
    extra = {"entry": before, "kind": vocabulary.kind_of(before.kind), "based_on": thread[-1], "version": len(thread) + 1}
    if request.method == "POST":
        return _revised(request, learner, before, thread, extra)
    context = form_pages.draft_context(request, learner, f"entry:{thread[0]}") | extra
    initial = form_pages.initial_from(context["draft"].fields) if context["draft"] else _as_before(before)
    begun_from = drafts.whole_number(initial.get("based_on")) or thread[-1]
    context["newer"] = actions.NewerVersion(thread[-1]) if begun_from < thread[-1] else None
    context["form"] = _version_form(before, ledger.programme, initial=initial)
    return form_pages.show_form(request, "evidence/revise_work.html", context)


def _as_before(entry: Entry) -> dict[str, Any]:
    same = {name: getattr(entry, name) for name in ("title", "body", "link", "confidentiality", "competencies")}
    facts = {f"fact_{name}": value for name, value in entry.facts.items()}
    files = [a.sha256 for a in entry.attachments.all()]
    return same | facts | {"keep": files, "activity_id": current().programme.current_id(entry.activity_id)}


def _version_form(
    before: Entry, programme: Programme, *args: Any, carried: tuple[Attachment, ...] = (), **kwargs: Any
) -> WorkForm:
    attached = {a.sha256: a for a in (*before.attachments.all(), *carried)}
    kind = vocabulary.kind_of(before.kind)
    form = WorkForm(
        *args, kind=kind, programme=programme, activity_id=before.activity_id, attached=tuple(attached.values()), **kwargs
    )
    form.fields["minutes"].help_text = "The minutes of this version only; those of the others stay logged."
    return form


def _revised(
    request: HttpRequest, learner: Learner, before: Entry, thread: tuple[int, ...], extra: dict[str, Any]
) -> HttpResponse:
    key = f"entry:{thread[0]}"
    written = drafts.written_in(request, key)
    if request.POST.get("do") == "template":
        return _with_template(learner, written, vocabulary.kind_of(before.kind))
    carried = queries.attachments_of(learner, thread, request.POST.getlist("keep"))
    form = _version_form(
        before, programme_of(learner), request.POST, request.FILES, carried=carried, refused=refused_files(request)
    )
    seen = drafts.whole_number(request.POST.get("based_on"))
    last = form_pages.entry_or_404(learner, thread[-1])
    status, newer, entry = 422, None, None
    try:
        entry = form_pages.attempt(form, lambda: actions.record_work(learner, form.work(), last, seen=seen, written=written))
    except actions.NewerVersion as error:
        status, newer = 409, error
    if entry is not None:
        return _done(request, learner, entry)
    form_pages.keep_typed(learner, written)
    context = form_pages.draft_context(request, learner, key) | extra | {"form": form, "newer": newer}
    context["based_on"] = thread[-1] if newer else seen or thread[-1]
    return form_pages.show_form(request, "evidence/revise_work.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def write_log(request: HttpRequest) -> HttpResponse:
    """The learning log: a box to write in, and what was written before."""
    learner, kind = learner_of(request), vocabulary.kind_of(vocabulary.LOG)
    key, status = drafts.new_key("", vocabulary.LOG), 200
    context = form_pages.draft_context(request, learner, key)
    programme = programme_of(learner)
    form = LogForm(
        kind=kind, programme=programme, initial=form_pages.initial_from(context["draft"].fields) if context["draft"] else {}
    )
    if request.method == "POST":
        written = drafts.written_in(request, key)
        form = LogForm(request.POST, request.FILES, kind=kind, programme=programme, refused=refused_files(request))
        entry = form_pages.attempt(form, lambda: actions.record_work(learner, form.work(), written=written))
        if entry is not None:
            return _done(request, learner, entry, reverse("evidence:write-log"))
        form_pages.keep_typed(learner, written)
        context, status = form_pages.draft_context(request, learner, key), 422
    query = request.GET.get("q", "")[:200]
    page = queries.log_page(learner, queries.ledger_of(learner), kind.id, query, request.GET.get("page"))
    context |= {"form": form, "kind": kind, "page": page, "query": query, "today": clock.today()}
    return form_pages.show_form(request, "evidence/write_log.html", context, status=status)


@require_POST
def log_time(request: HttpRequest) -> HttpResponse:
    """Minutes spent on an activity."""
    learner, data = learner_of(request), _named(request)
    programme = programme_of(learner)
    form = TimeForm(data, programme=programme, activity_id=data["activity_id"])
    if not form.is_valid():
        template = "evidence/_time_form.html" if form_pages.is_htmx(request) else "evidence/log_time.html"
        return render(request, template, {"form": form, "next": request.POST.get("next", "")}, status=422)
    given = form.cleaned_data
    on: date = given["on"] or clock.today()
    entry = actions.log_time(learner, activity_id=given["activity_id"], minutes=given["minutes"], on=on, note=given["note"])
    day = "today" if on == clock.today() else shortdate(on)
    text = f"{spoken(entry.minutes)} logged for {day} on “{vocabulary.activity_title(entry.activity_id, programme)}”."
    return _captured(request, entry, text)


@require_POST
def add_note(request: HttpRequest) -> HttpResponse:
    """A short note into the learning log."""
    learner = learner_of(request)
    form = NoteForm(_named(request))
    if not form.is_valid():
        template = "evidence/_note_form.html" if form_pages.is_htmx(request) else "evidence/add_note.html"
        return render(request, template, {"form": form, "next": request.POST.get("next", "")}, status=422)
    return _captured(request, actions.record_work(learner, form.work(programme_of(learner))), "The note is in your learning log.")


def _named(request: HttpRequest) -> dict[str, str]:
    """The fields of a quick form; an activity may come under either of its names."""
    data = {name: str(request.POST[name]) for name in request.POST}
    return {**data, "activity_id": data.get("activity_id") or data.get("activity", "")}


def _captured(request: HttpRequest, entry: Entry, text: str) -> HttpResponse:
    undo = reverse("evidence:undo-entry", args=[entry.number])
    if form_pages.is_htmx(request):
        return render(request, "shared/_undo.html", {"text": text, "url": undo})
    offer_undo(request, text, undo)
    return redirect(form_pages.way_back(request, reverse("evidence:write-log")))
