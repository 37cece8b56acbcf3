"""Labelling by hand: where it stands, the guide, one row after the other, and what is settled."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.forms import AnswerForm
from segue.evidence.texts import clean_text
from segue.shared import clock
from segue.shared.notices import say
from segue.work.lab.actions import labels as actions
from segue.work.lab.label_forms import DrawForm, GuideForm, RenameForm, SheetForm
from segue.work.lab.label_queue import HARD, RANDOM
from segue.work.lab.labelling import begun_plan, gold_file
from segue.work.lab.models import Analysis, LabelPlan
from segue.work.lab.queries import labels as queries
from segue.work.lab.queries.marks import UNSURE, gold_set, labels_of
from segue.work.lab.queries.versions import ENOUGH_LABELS
from segue.work.lab.queries.workspace import done_or_404, workspace

HARD_FIRST = 50
MOST_NOTE = 500


def labels_context(analysis: Analysis, answer: AnswerForm | None = None) -> dict[str, object]:
    """What the page of the labels shows."""
    return {
        "here": "Labels",
        "work": workspace(analysis, "labels"),
        "page": queries.labels_page(analysis),
        "random_form": DrawForm(initial={"how": RANDOM}, auto_id="random_%s"),
        "hard_form": DrawForm(initial={"how": HARD, "count": HARD_FIRST}, auto_id="hard_%s"),
        "sheet_form": SheetForm(auto_id="sheet_%s"),
        "answer": answer or AnswerForm(auto_id="answer_%s"),
        "unsure": UNSURE,
        "limits": {"few": queries.FEW, "least_sent": queries.LEAST_SENT, "enough": ENOUGH_LABELS},
    }


@require_safe
def show_labels(request: HttpRequest, pk: int) -> HttpResponse:
    """Where labelling stands, and the next step."""
    analysis = done_or_404(learner_of(request), pk)
    return render(request, "lab/show_labels.html", labels_context(analysis))


def crumbs_of(analysis: Analysis, here: str) -> list[tuple[str, str]]:
    """The way to a page below that of the labels."""
    first = reverse("lab:show-analysis", args=[analysis.pk])
    labels = reverse("lab:show-labels", args=[analysis.pk])
    return [("Lab", reverse("lab:list-analyses")), (analysis.file_name, first), ("Labels", labels), (here, "")]


@require_http_methods(["GET", "HEAD", "POST"])
def edit_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Classes and guide: begun from the themes, kept as they are typed."""
    analysis = done_or_404(learner_of(request), pk)
    plan = queries.plan_of(analysis)
    if request.method != "POST":
        return _guide(request, analysis, GuideForm(initial=_typed(analysis, plan)), plan.revision if plan else 0)
    form, revision, other = GuideForm(request.POST), whole_number(request.POST.get("revision")), None
    if form.is_valid():
        try:
            saved = actions.save_plan(analysis, form.cleaned_data["classes"], form.cleaned_data["guide"], revision)
        except UserError as error:
            form.add_error("classes", str(error))
        else:
            if saved.other is None:
                say(request, "The guide is kept.")
                return redirect("lab:show-labels", pk)
            form.add_error(None, "Another window saved a different guide. Yours is below; pressing again puts it in its place.")
            revision, other = saved.other.revision, saved.other
    return _guide(request, analysis, form, revision, other=other)


def _typed(analysis: Analysis, plan: LabelPlan | None) -> dict[str, str]:
    classes, guide = (plan.classes, plan.guide) if plan else begun_plan(analysis)
    return {"classes": "\n".join(classes), "guide": guide}


def _guide(
    request: HttpRequest,
    analysis: Analysis,
    form: GuideForm,
    revision: int,
    rename: RenameForm | None = None,
    other: LabelPlan | None = None,
) -> HttpResponse:
    plan = queries.plan_of(analysis)
    used = queries.class_rows(plan.classes, labels_of(analysis, "own"), {}) if plan else ()
    context = {
        "analysis": analysis,
        "form": form,
        "revision": revision,
        "plan": plan,
        "used": used,
        "rename": rename or RenameForm(classes=plan.classes if plan else (), auto_id="rename_%s"),
        "other": other,
        "crumbs": crumbs_of(analysis, "Guide"),
    }
    failed = form.is_bound or rename is not None
    return render(request, "lab/edit_label_guide.html", context, status=422 if failed else 200)


@require_POST
def save_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved a different one, 422 where classes can’t be."""
    analysis = done_or_404(learner_of(request), pk)
    form = GuideForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": next(iter(form.errors.values()))[0]}, status=422)
    revision = whole_number(request.POST.get("revision"))
    try:
        saved = actions.save_plan(analysis, form.cleaned_data["classes"], form.cleaned_data["guide"], revision)
    except UserError as error:
        return JsonResponse({"message": str(error)}, status=422)
    if saved.other is not None:
        return render(request, "lab/_label_other_guide.html", {"plan": saved.other}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def rename_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames a class with all its labels, or puts it into another."""
    analysis = done_or_404(learner_of(request), pk)
    plan = queries.plan_of(analysis)
    form = RenameForm(request.POST, classes=plan.classes if plan else (), auto_id="rename_%s")
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            rows = actions.rename_class(analysis, old, new, form.cleaned_data["together"])
        except UserError as error:
            form.add_error("new", str(error))
        else:
            say(request, f"“{old}” is “{new}” now, on {rows:,} labelled row{'' if rows == 1 else 's'} too.")
            return redirect("lab:edit-label-guide", pk)
    shown = GuideForm(initial=_typed(analysis, plan))
    return _guide(request, analysis, shown, plan.revision if plan else 0, form)


@require_POST
def draw_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Draws rows to be labelled, at random or where it is hard."""
    analysis = done_or_404(learner_of(request), pk)
    form = DrawForm(request.POST)
    if not form.is_valid():
        context = labels_context(analysis)
        form.auto_id = "random_%s" if request.POST.get("how") != HARD else "hard_%s"
        context["random_form" if request.POST.get("how") != HARD else "hard_form"] = form
        return render(request, "lab/show_labels.html", context, status=422)
    how = form.cleaned_data["how"]
    drawn = actions.draw_rows(analysis, how, form.cleaned_data["count"])
    say(request, f"{drawn:,} row{' is' if drawn == 1 else 's are'} drawn {'where it is hard' if how == HARD else 'at random'}.")
    return redirect("lab:label-rows", pk)


def _plan_or_guide(analysis: Analysis) -> LabelPlan:
    plan = queries.plan_of(analysis)
    if plan is None:
        raise UserError("There are no classes yet.", "Write the guide first.")
    return plan


@require_safe
def label_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """One row to label: the text, a button for each class with its key, and nothing that says what the model thinks."""
    analysis = done_or_404(learner_of(request), pk)
    plan = queries.plan_of(analysis)
    if plan is None:
        return redirect("lab:edit-label-guide", pk)
    page = queries.label_page(analysis, plan, whole_number(request.GET.get("at")))
    if not page.total:
        return redirect("lab:show-labels", pk)
    context = {"analysis": analysis, "page": page, "unsure": UNSURE, "crumbs": crumbs_of(analysis, "Label")}
    return render(request, "lab/label_rows.html", context)


@require_POST
def label_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the label of a row; then the next row without one."""
    analysis = done_or_404(learner_of(request), pk)
    row, label = whole_number(request.POST.get("row")), request.POST.get("label", "")[:100]
    words = clean_text(request.POST.get("words", "")).strip()[:MOST_NOTE]
    given = actions.label_row(analysis, row, label, words, request.POST.get("was", "")[:100])
    if given.unseen:
        said = f"Row {row:,} had got “{given.before}” in another window; now it is “{label}”: the last word counts."
        say(request, said, "care")
    at = queries.place_after(analysis, row, is_new=not given.before)
    return redirect(reverse("lab:label-rows", args=[pk]) + (f"?at={at}" if at else ""))


@require_POST
def undo_label(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the last label back, and shows its row."""
    analysis = done_or_404(learner_of(request), pk)
    gone = actions.undo_label(analysis)
    say(request, f"Row {gone.row:,} is without a label again; it was “{gone.value}”.", "info")
    at = queries.place_of(analysis, gone.row)
    return redirect(reverse("lab:label-rows", args=[pk]) + (f"?at={at}" if at else ""))


@require_http_methods(["GET", "HEAD", "POST"])
def settle_labels(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows on which two people differ, one after the other: what both said, and what holds."""
    analysis = done_or_404(learner_of(request), pk)
    plan = _plan_or_guide(analysis)
    if request.method == "POST":
        words = clean_text(request.POST.get("words", "")).strip()[:MOST_NOTE]
        actions.settle_row(analysis, whole_number(request.POST.get("row")), request.POST.get("label", "")[:100], words)
        return redirect("lab:settle-labels", pk)
    page = queries.settle_page(analysis, plan, whole_number(request.GET.get("at")))
    if not page.total:
        return redirect("lab:show-labels", pk)
    context = {"analysis": analysis, "page": page, "unsure": UNSURE, "crumbs": crumbs_of(analysis, "Settle")}
    return render(request, "lab/settle_labels.html", context)


@require_safe
def download_gold(request: HttpRequest, pk: int) -> HttpResponse:
    """The gold set as CSV: row numbers and labels, without the texts."""
    analysis = done_or_404(learner_of(request), pk)
    gold = gold_set(analysis)
    if not gold:
        raise Http404
    answer = HttpResponse(gold_file(gold), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="gold-{clock.today()}.csv"'
    return answer
