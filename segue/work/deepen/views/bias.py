"""For whom the model works worse: slices of a run, and what fairness can and cannot mean for them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404
from segue.shared import clock
from segue.shared.components import Tab
from segue.shared.notices import say
from segue.work.deepen import fairness, fairness_tables
from segue.work.deepen.actions import slices as actions
from segue.work.deepen.fairness_forms import PRESET, HurtForm, NumbersForm, PairForm, PoolsForm, SelectedForm
from segue.work.deepen.law import CERTAINTIES, law
from segue.work.deepen.queries.slices import Chosen, SlicesPage, all_cuts, kept_choice, slices_page
from segue.work.deepen.slice_forms import CutForm, ReportForm, chosen_in
from segue.work.deepen.slicing import gap_in, gap_words, overall_words, pair_words
from segue.work.deepen.views.trail import trail
from segue.work.lab.slicing import MISLEADS, Cut, Sliced, figure_of_cut, table_of_cut

OTHER = "Another window has changed the words meanwhile. Look at them first; sent again, yours are kept."


# --- slices ---


@require_safe
def show_slices(request: HttpRequest) -> HttpResponse:
    """A run cut by groups; how it is cut stands in the address, else as it was kept."""
    learner = learner_of(request)
    planned_or_404(learner)
    page = slices_page(learner, chosen_in(request.GET))
    return _slices(request, page, ReportForm(initial=_kept(page)), page.revision)


def _kept(page: SlicesPage) -> Mapping[str, str]:
    return {**page.words, **({"confidentiality": page.entry.confidentiality} if page.entry else {})}


def _slices(request: HttpRequest, page: SlicesPage, form: ReportForm, revision: int) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "crumbs": trail(("Slices", ""))}
    if page.sliced is None:
        return render(request, "deepen/no_slices.html", context)
    context |= {
        "sliced": page.sliced,
        "overall": overall_words(page.sliced),
        "cuts": [_cut(page.sliced, cut, place) for place, cut in enumerate(page.sliced.cuts)],
        "gap": gap_words(page.sliced).replace("\\", ""),
        "misleads": MISLEADS,
        "cut_form": CutForm(page, page.sliced),
        "form": form,
        "chosen": "\n".join(cut.column for cut in page.sliced.cuts),
        "revision": revision,
        "window": request.POST.get("window", "")[:20] or secrets.token_hex(4),
    }
    return render(request, "deepen/show_slices.html", context, status=422 if form.errors else 200)


def _cut(sliced: Sliced, cut: Cut, place: int) -> Mapping[str, Any]:
    few = [group.name for group in cut.groups if group.score is None]
    gap = gap_in(cut)
    caption = pair_words(sliced, gap).replace("\\", "") if gap else "There are no two slices to compare."
    figure = figure_of_cut(sliced, cut, f"slice-{place}", caption)
    return {"cut": cut, "figure": figure, "table": table_of_cut(sliced, cut), "few": few}


def _sent(request: HttpRequest, learner: Learner) -> tuple[Chosen, ReportForm, int, str]:
    form, window = ReportForm(request.POST), request.POST.get("window", "")[:20] or secrets.token_hex(4)
    chosen = chosen_in(request.POST) or kept_choice(slices_page(learner).row)
    return chosen, form, whole_number(request.POST.get("revision")), window


@require_POST
def save_slices(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved something else."""
    learner = learner_of(request)
    planned_or_404(learner)
    chosen, form, revision, window = _sent(request, learner)
    saved = actions.keep_slices(learner, chosen, form.words, revision, window)
    if saved.other is not None:
        text = "\n\n".join(value for value in saved.other.values() if value.strip())
        return render(request, "deepen/_other_sheet.html", {"text": text}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def record_slices(request: HttpRequest) -> HttpResponse:
    """Keeps the report, and records it where that is asked for."""
    learner = learner_of(request)
    planned_or_404(learner)
    chosen, form, revision, window = _sent(request, learner)
    if form.is_valid():
        saved = actions.keep_slices(learner, chosen, form.words, revision, window)
        revision = saved.revision
        if saved.other is None and request.POST.get("do") == "keep":
            say(request, "Kept.")
            return redirect("deepen:show-slices")
        if saved.other is None:
            entry = actions.record_slices(learner, form.cleaned_data["confidentiality"])
            say(request, f"The report is in the ledger as entry {entry.number}.{too_short(entry)}")
            return redirect("evidence:show-entry", entry.number)
        form.add_error(None, OTHER)
    return _slices(request, slices_page(learner, chosen), form, revision)


# --- fairness ---


@require_safe
def show_fairness(request: HttpRequest) -> HttpResponse:
    """Measures of fairness on one's own numbers. What is asked stands in the address; nothing is stored."""
    learner = learner_of(request)
    planned_or_404(learner)
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "numbers"
    here = reverse("deepen:show-fairness")
    context = {
        "view": view,
        "tabs": [Tab(label, f"{here}?view={name}", name == view) for name, (label, _) in VIEWS.items()],
        "crumbs": trail(("Fairness", "")),
        **VIEWS[view][1](request, learner),
    }
    form = context.get("form")
    return render(request, "deepen/show_fairness.html", context, status=422 if form is not None and form.errors else 200)


def _numbers(request: HttpRequest, learner: Learner) -> dict[str, Any]:
    form = NumbersForm(request.GET if "ppv" in request.GET else PRESET)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return context
    first, second = form.tables()
    found = fairness.verdicts(first, second, counted=False)
    faults = form.faults()
    if faults:
        return context | {"faults": faults}
    return context | {
        "figure": fairness_tables.thousand_figure(first, second),
        "table": fairness_tables.verdict_table(found, first, second, counted=False),
        "says": fairness_tables.conclusion(first, second, form.cleaned_data["ppv"]),
        "worse": form.cleaned_data["ppv"] < max(form.cleaned_data["base_first"], form.cleaned_data["base_second"]),
    }


def _pair(request: HttpRequest, learner: Learner) -> dict[str, Any]:
    sliced = all_cuts(learner, request.GET.get("positive", "")[:400])
    if isinstance(sliced, str):
        return {"reason": sliced}
    asked = "a" in request.GET
    first = {"a": "0.0", "b": "0.1", "positive": sliced.positive}
    form = PairForm(request.GET if asked else None, sliced=sliced, initial=first)
    context: dict[str, Any] = {"form": form, "sliced": sliced}
    if not asked or not form.is_valid():
        return context
    tables = form.tables()
    found = fairness.verdicts(*tables, counted=True)
    return context | {
        "figure": fairness_tables.rates_figure(*tables),
        "table": fairness_tables.verdict_table(found, *tables, counted=True),
        "calculator": _calculator(*tables),
    }


def _calculator(first: fairness.Table, second: fairness.Table) -> str:
    """The address of the calculator with the numbers of two slices; empty where there are none to take."""
    ppv, tpr = fairness_tables.together(first, second)
    bases = first.rate("base"), second.rate("base")
    if not ppv or not tpr or any(base is None or not 0 < base < 1 for base in bases):
        return ""
    rates = {"base_first": bases[0], "base_second": bases[1], "ppv": ppv, "tpr": tpr}
    shares = {name: f"{100 * (rate or 0):.1f}" for name, rate in rates.items()}
    return "?" + urlencode({"view": "numbers", "first": first.name[:60], "second": second.name[:60], **shares})


def _choice(request: HttpRequest, learner: Learner) -> dict[str, Any]:
    form = HurtForm(request.GET if "hurt" in request.GET else None)
    chosen = fairness.BY_ID[form.cleaned_data["hurt"]] if form.is_bound and form.is_valid() else None
    return {"form": form, "chosen": chosen, "measures": fairness_tables.measures_table()}


def _selection(request: HttpRequest, learner: Learner) -> dict[str, Any]:
    ask = SelectedForm(request.GET if "selects" in request.GET else None)
    fact = law().by_id.get("four-fifths")
    context: dict[str, Any] = {"form": ask, "fact": fact, "certainty": CERTAINTIES[fact.certainty] if fact else ""}
    if not ask.is_bound or not ask.is_valid():
        return context
    if ask.cleaned_data["selects"] == "no":
        return context | {"is_refused": True}
    form = PoolsForm(request.GET if "n_1" in request.GET else None)
    context |= {"form": form, "ask": ask}
    if form.is_bound and form.is_valid():
        found = fairness.ratios(form.pools)
        says = [(each.pool.name, fairness_tables.ratio_words(each)) for each in found]
        context |= {"found": says, "figure": fairness_tables.pools_figure(found) if found else None, "is_asked": True}
    return context


View = Callable[[HttpRequest, Learner], dict[str, Any]]
VIEWS: Mapping[str, tuple[str, View]] = {
    "numbers": ("They can’t all hold", _numbers),
    "slices": ("On your slices", _pair),
    "choice": ("Which one", _choice),
    "selection": ("The four-fifths rule", _selection),
}
