"""What a worker does to judge: a version of the model by rows that it never saw, or a language model that is asked about them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from segue.core.errors import UserError
from segue.jobs.models import Job
from segue.jobs.worker import Handler, Report
from segue.work.lab import folders
from segue.work.lab.actions.gate import keep_judgement
from segue.work.lab.asking import Ask, ask_of, chosen_places, classes_for, model_of, part_of, preview_of, take_key
from segue.work.lab.gate import estimate_from, figures_from, read_set, score_from, score_of, thresholds_of, unfit
from segue.work.lab.left import begin_log, run_of
from segue.work.lab.models import Analysis, EvalSet, Subject
from segue.work.lab.queries.gate import ASK, JUDGE, last_passed
from segue.work.lab.queries.marks import eval_set_of
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.records.rows import Floats, Ints, Texts
    from feedback_lab.serve import EndpointModel, Model
    from feedback_lab.serve import EvalSet as RowsOfSet

SEEN = "Look at what left, and begin again where you still want it."


class _Heard:
    """A model whose answers are kept, with the time that they took."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.classes = model.classes
        self.said: list[str] = []
        self.seconds = 0.0

    def predict(self, texts: Texts) -> tuple[Ints, Floats]:
        """What the model says, which is kept."""
        begun = time.perf_counter()
        places, scores = self.model.predict(texts)
        self.seconds = time.perf_counter() - begun
        self.said = [self.classes[place] if place >= 0 else "" for place in places.tolist()]
        return places, scores

    @property
    def milliseconds_per_1000(self) -> float:
        """Measured, with all that a first answer takes."""
        return round(1_000_000 * self.seconds / max(1, len(self.said)), 1)


def judge_model(job: Job, report: Report) -> Mapping[str, Any]:
    """Holds a version against the rows that were put aside, and against the last version that passed."""
    from feedback_lab.serve import gate

    report(5, "Reading the rows that were put aside")
    analysis, eval_set, rows = _read(job)
    number = job.payload["version"]
    if reason := unfit(analysis, eval_set, number):
        raise UserError(reason, "Label rows, and run again.")
    report(20, "Asking the model")
    heard = _Heard(_model_of(analysis, number))
    before = last_passed(eval_set, number)
    baseline = estimate_from(score_from(before.figures["score"])) if before else None
    with spoken():
        result = gate(heard, rows, eval_set.pass_at, baseline, before.answers if before else None)
    figures = figures_from(result, eval_set.rows)
    figures |= {"milliseconds": heard.milliseconds_per_1000, "reason": _reason(analysis)}
    figures |= {"against": before.version if before else 0}
    report(95, "Keeping the verdict")
    about = {"passed": result.passed, "pass_at": result.pass_at, "says": result.says, "figures": figures}
    keep_judgement(eval_set, Subject.MODEL, f"Version {number}", version=number, answers=heard.said, **about)
    return {}


def _read(job: Job) -> tuple[Analysis, EvalSet, RowsOfSet]:
    analysis = Analysis.objects.get(pk=job.payload["analysis"])
    eval_set = eval_set_of(analysis)
    if eval_set is None:
        raise UserError("No rows are put aside any more.", "Put rows aside, and judge again.")
    return analysis, eval_set, read_set(analysis, eval_set)


def _model_of(analysis: Analysis, number: int) -> Model:
    from feedback_lab.pipeline.model_steps import load_model
    from feedback_lab.pipeline.run import Folder

    with spoken():
        return load_model(Folder(folders.run_folder(analysis, number)).model)


def _reason(analysis: Analysis) -> str:
    """Why the threshold is what it is."""
    return next((str(each["reason"]) for each in thresholds_of(analysis)), "")


def judge_endpoint(job: Job, report: Report) -> Mapping[str, Any]:
    """Asks a language model about each row. What leaves is what was shown, and stands in the log before it leaves."""
    key = take_key(_analysis_of(job), job.payload["key"]) if job.payload["key"] else ""
    analysis, eval_set, rows = _read(job)
    ask = _checked(job, analysis, eval_set, key)
    some = part_of(rows, places := chosen_places(len(rows), ask.rows))
    numbers = [eval_set.rows[at] for at in places]
    report(0, "Asking the trained model first")
    beside = _beside(analysis, eval_set, some)
    heard, model = _asked(job, report, analysis, rows, some, ask, key)
    from feedback_lab.serve import gate

    try:
        with spoken():
            result = gate(heard, some, eval_set.pass_at)
    except UserError as error:
        raise _told(job, analysis, error) from error
    figures = figures_from(result, numbers) | {"rows": numbers, "beside": beside, "host": ask.host}
    figures |= {"usage": asdict(model.usage), "priced": ask.prices is not None, "slow": _slow(job, analysis)}
    about = {"passed": result.passed, "pass_at": result.pass_at, "says": result.says, "figures": figures}
    keep_judgement(eval_set, Subject.ENDPOINT, f"{ask.name} at {ask.host}", answers=heard.said, **about)
    return {}


def _analysis_of(job: Job) -> Analysis:
    return Analysis.objects.get(pk=job.payload["analysis"])


def _checked(job: Job, analysis: Analysis, eval_set: EvalSet, key: str) -> Ask:
    """What is asked. Raises ``UserError`` where it was begun before, or is not what was shown: nothing is sent then."""
    before = run_of(analysis, job.pk)
    if before is not None:
        raise UserError(
            f"It was interrupted after {before.texts} of {before.planned} texts had left. They are not sent again.", SEEN
        )
    if job.payload["key"] and not key:
        raise UserError("It was interrupted before anything left, and the key is deleted.", "Begin again with the key.")
    ask = ask_of(analysis)
    if ask is None or preview_of(analysis, eval_set, ask).mark != job.payload["mark"]:
        raise UserError("What would leave has changed since you looked at it. Nothing was sent.", "Look at the preview again.")
    return ask


def _asked(
    job: Job, report: Report, analysis: Analysis, rows: RowsOfSet, some: RowsOfSet, ask: Ask, key: str
) -> tuple[_Heard, EndpointModel]:
    """The model at the other end. The job is looked at before each text, so that a cancelled one sends no other."""
    total, percent = len(some), 0

    def before(done: int) -> None:
        nonlocal percent
        percent = 100 * done // total
        report(percent, f"Text {done + 1} of {total} to {ask.host}")

    def pause(seconds: float) -> None:
        time.sleep(seconds)
        report(percent, f"Trying a text again at {ask.host}")

    log = folders.left_file(analysis)
    model = model_of(ask, classes_for(analysis, rows.labels), log, key=key, before=before, pause=pause)
    begin_log(analysis, job.pk, model.address, ask, total)
    return _Heard(model), model


def _told(job: Job, analysis: Analysis, error: UserError) -> UserError:
    """What the Lab says, with how many texts had left, and without the path of the log."""
    left = run_of(analysis, job.pk)
    count = left.texts if left else 0
    hint = error.hint.replace(str(folders.left_file(analysis)), "the log of what left")
    words = "1 text had left." if count == 1 else f"{count} texts had left."
    return UserError(f"{error.message} {words}", hint)


def _beside(analysis: Analysis, eval_set: EvalSet, some: RowsOfSet) -> dict[str, Any]:
    """The trained model on the same rows; empty where the newest version can't be judged by them."""
    from feedback_lab.serve import gate

    number = analysis.version
    if unfit(analysis, eval_set, number):
        return {}
    heard = _Heard(_model_of(analysis, number))
    with spoken():
        result = gate(heard, some, eval_set.pass_at)
    score = asdict(score_of(result.macro_f1))
    return {"version": number, "score": score, "milliseconds": heard.milliseconds_per_1000, "answers": heard.said}


def _slow(job: Job, analysis: Analysis) -> float | None:
    left = run_of(analysis, job.pk)
    return left.percentile_95() if left else None


JUDGES: Mapping[str, Handler] = {JUDGE: judge_model, ASK: judge_endpoint}
