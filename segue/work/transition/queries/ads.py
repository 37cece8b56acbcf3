"""What the pages of the job ads show: what is asked for, what stands behind it, what is a gap and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.loop import Turn
from segue.core.wording import counted
from segue.evidence.models import Entry
from segue.evidence.standing import standing
from segue.evidence.vocabulary import kind_of
from segue.work.transition.ad_fit import CLAIMED, EXPLAINED, GAP, HOW, SUPPORTED, Band, band_of
from segue.work.transition.ad_parsing import Ad, Asked, read_ad
from segue.work.transition.ad_words import MUST, NICE, SENIORITIES
from segue.work.transition.gap_plan import TERM
from segue.work.transition.models import GapTask, JobAd
from segue.work.transition.own_years import Career, career_in
from segue.work.transition.queries.ad_analysis import analysis_text
from segue.work.transition.queries.backing import EXPLAINED as BY_EXPLAINING
from segue.work.transition.queries.backing import Backing, backing_of
from segue.work.transition.terms import Term, terms_by_id

KIND, ACTIVITY = "job-ads", "w23-job-ads"
SHOWN_PROOFS = 2
ORDER = {MUST: 0, NICE: 2}


@dataclass(frozen=True)
class Way:
    """The activity of the programme that yields what would close a gap. ``on``: the day by which the plan has it done."""

    activity: Activity
    skipped: bool
    on: date | None

    @property
    def hours(self) -> float:
        """How long it takes."""
        return self.activity.minutes / 60


@dataclass(frozen=True)
class TermRow:
    """A term of an ad. ``state``: supported, explained, claimed or gap. ``task``: what was planned or decided about it."""

    term: Term
    asked: Asked
    state: str
    backings: tuple[Backing, ...]
    more: int
    task: GapTask | None

    @property
    def importance(self) -> str:
        """Must, nice or other, in words."""
        return {MUST: "must", NICE: "nice to have"}.get(
            self.asked.importance, "part of the work" if self.asked.weight > 1 else "named"
        )


@dataclass(frozen=True)
class AdPage:
    """An ad taken apart, beside the learner."""

    row: JobAd
    ad: Ad
    supported: tuple[TermRow, ...]
    claimed: tuple[TermRow, ...]
    gaps: tuple[TermRow, ...]
    classic: tuple[TermRow, ...]
    band: Band | None
    career: Career
    how: str = HOW

    @property
    def is_empty(self) -> bool:
        """Whether no term was found at all."""
        return not (self.supported or self.claimed or self.gaps or self.classic)

    @property
    def is_mostly_classic(self) -> bool:
        """Whether it asks for more of any product manager than of one for AI."""
        return len(self.classic) > len(self.supported) + len(self.claimed) + len(self.gaps)


@dataclass(frozen=True)
class AdRow:
    """An ad in the list."""

    row: JobAd
    band: Band | None
    musts: int
    gaps: int
    state: str


@dataclass(frozen=True)
class AdsPage:
    """All ads, and where their analysis stands in the ledger."""

    rows: tuple[AdRow, ...]
    text: str
    entry: Entry | None

    @property
    def is_changed(self) -> bool:
        """Whether the analysis says something else by now."""
        return self.entry is None or self.entry.body.strip() != self.text.strip()


def ad_or_404(learner: Learner, key: str) -> JobAd:
    """An ad of this learner; 404 for anybody else's."""
    found = learner.job_ads.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def asked_term_or_404(row: JobAd, term: str) -> Term:
    """A term that the ad asks for."""
    if term not in {each.term for each in read_ad(row.text, row.title).asked}:
        raise Http404
    return terms_by_id()[term]


# --- one ad -----------------------------------------------------------------------------------------------------------------


def state_of(term: str, backings: Sequence[Backing], claimed: Iterable[str]) -> str:
    """Where a term stands for the learner."""
    if backings:
        return EXPLAINED if all(each.way == BY_EXPLAINING for each in backings) else SUPPORTED
    return CLAIMED if term in claimed else GAP


def term_rows(row: JobAd, backing: Mapping[str, tuple[Backing, ...]], tasks: Mapping[str, GapTask]) -> list[TermRow]:
    """Every term of an ad, must first, then what the ad speaks of as the work, then what is nice to have."""
    asked = read_ad(row.text, row.title).asked
    rows = [_term_row(each, backing.get(each.term, ()), row.claimed, tasks) for each in asked]
    return sorted(rows, key=lambda each: (ORDER.get(each.asked.importance, 1), -each.asked.weight))


def _term_row(asked: Asked, backings: tuple[Backing, ...], claimed: list[str], tasks: Mapping[str, GapTask]) -> TermRow:
    return TermRow(
        term=terms_by_id()[asked.term],
        asked=asked,
        state=state_of(asked.term, backings, claimed),
        backings=backings[:SHOWN_PROOFS],
        more=max(0, len(backings) - SHOWN_PROOFS),
        task=tasks.get(asked.term),
    )


def tasks_by_term(learner: Learner) -> dict[str, GapTask]:
    """The newest task of each term: planned, or left with a reason."""
    found = learner.gap_tasks.filter(subject__startswith=TERM).order_by("id")
    return {task.subject.removeprefix(TERM): task for task in found}


def band_for(rows: Iterable[TermRow]) -> Band | None:
    """The band by the terms of the trade."""
    return band_of((each.asked.weight, each.state) for each in rows if not each.term.is_classic)


def ad_page(learner: Learner, row: JobAd) -> AdPage:
    """An ad with what stands behind each term."""
    rows = term_rows(row, backing_of(learner), tasks_by_term(learner))
    trade = [each for each in rows if not each.term.is_classic]
    return AdPage(
        row=row,
        ad=read_ad(row.text, row.title),
        supported=tuple(each for each in trade if each.state in (SUPPORTED, EXPLAINED)),
        claimed=tuple(each for each in trade if each.state == CLAIMED),
        gaps=tuple(each for each in trade if each.state == GAP),
        classic=tuple(each for each in rows if each.term.is_classic),
        band=band_for(rows),
        career=career_in(list(learner.resumes.values_list("document", flat=True))),
    )


# --- what closes a gap ------------------------------------------------------------------------------------------------------


def ways_for(turn: Turn, term: Term) -> tuple[Way, ...]:
    """Activities not done yet whose evidence would support the term: skipped ones last, the shortest first."""
    ahead = [a for a in turn.programme.activities if a.id not in turn.state.done and any(y.kind in term.kinds for y in a.yields)]
    skipped = turn.inputs.choices.skipped
    ways = [Way(a, a.id in skipped, None if a.id in skipped else turn.plan.end_of(a.id)) for a in ahead]
    return tuple(sorted(ways, key=lambda way: (way.skipped, way.activity.minutes, way.activity.week)))


def suggested(term: Term) -> str:
    """The evidence that would close the gap, in words."""
    name = _a(kind_of(term.kinds[0]).name) if term.kinds else "A piece of work"
    return f"{name} that shows {term.name}"


def _a(name: str) -> str:
    plain = name if name[:2].isupper() else name[0].lower() + name[1:]
    return f"{'An' if plain[0].lower() in 'aeiou' else 'A'} {plain}"


# --- all ads ----------------------------------------------------------------------------------------------------------------


def ads_page(learner: Learner) -> AdsPage:
    """The list, and what would be recorded of it."""
    ads = list(learner.job_ads.select_related("application"))
    backing, tasks = backing_of(learner) if ads else {}, tasks_by_term(learner)
    by_ad = {row.pk: term_rows(row, backing, tasks) for row in ads}
    rows = tuple(_ad_row(row, by_ad[row.pk]) for row in ads)
    text = analysis_text([(row, by_ad[row.pk]) for row in ads]) if ads else ""
    return AdsPage(rows, text, recorded_of(learner))


def _ad_row(row: JobAd, rows: list[TermRow]) -> AdRow:
    trade = [each for each in rows if not each.term.is_classic]
    application = getattr(row, "application", None)
    musts = sum(each.asked.importance == MUST for each in trade)
    state = application.get_state_display() if application else ""
    return AdRow(row, band_for(rows), musts, sum(each.state == GAP for each in trade), state)


def recorded_of(learner: Learner) -> Entry | None:
    """The analysis in the ledger as it stands."""
    newest = learner.entries.filter(kind=KIND, activity_id=ACTIVITY).order_by("-number").first()
    return standing(newest)


def facts_of(learner: Learner) -> dict[str, float | str]:
    """The figures of the analysis."""
    backing = backing_of(learner)
    found: dict[str, list[TermRow]] = {}
    ads = list(learner.job_ads.all())
    for row in ads:
        for each in term_rows(row, backing, {}):
            if not each.term.is_classic:
                found.setdefault(each.term.id, []).append(each)
    musts = [each for rows in found.values() if any(r.asked.importance == MUST for r in rows) for each in rows[:1]]
    backed = sum(each.state in (SUPPORTED, EXPLAINED) for each in musts)
    share = round(100 * backed / len(musts)) if musts else 0
    gaps = sum(any(each.state == GAP for each in rows) for rows in found.values())
    return {"ads": len(ads), "terms": len(found), "backed": share, "gaps": gaps}


def years_words(page: AdPage) -> str:
    """Years beside years, in words; nothing where the ad names none."""
    if not page.ad.years:
        return ""
    asked = f"It asks for {counted(page.ad.years, 'year')}"
    if page.career.years is None:
        return f"{asked}; no résumé here says how many you have."
    return f"{asked}; your résumé shows {counted(page.career.years, 'year')} in product."


def level_words(page: AdPage) -> str:
    """The level that an ad names beside one’s own, in words."""
    names = {name: words[0].lower() + words[1:] for name, words, _ in SENIORITIES}
    asked, own = names.get(page.ad.seniority, ""), names.get(page.career.seniority, "")
    beside = f"your résumé says {own}" if own else "no résumé here names yours"
    return f"Its title says {asked}; {beside}." if asked else "Its title names no level."
