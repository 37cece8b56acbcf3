"""How good the models are that the Lab trains, against well-known recipes of scikit-learn on the same rows in the same run.

Run from the root of the repository: ``python benchmarks/selection.py``. It needs ``../shared/data``. Sets: banking77 (official
split, 77 intents), women's clothing (10,000 reviews, tone of the rating, 8,000 for training), and its departments (all reviews).
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from feedback_lab.embed import fit
from feedback_lab.intervals import macro_f1
from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Ints, Roles, Rows, Vectors
from feedback_lab.select import Selection, classes_of, select, target_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# Macro-F1 of the best single recipe that was known before: TF-IDF, MiniLM (fp32) and VADER, all with logistic regression.
KNOWN = {"banking77": 0.930, "clothing": 0.615}


@dataclass(frozen=True)
class Task:
    """Rows to learn from, rows to test on where the set has its own, and all texts, for the encoder."""

    name: str
    rows: Rows
    roles: Roles
    test: Rows | None = None
    target: str = ""
    candidates: tuple[str, ...] | None = None


def main() -> int:
    """Prints a table for each set; 1 where a known figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", choices=["banking77", "clothing", "departments", []], help="all of them by default")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-recipes", action="store_true", help="leave the recipes of scikit-learn out")
    chosen = parser.parse_args()
    missed = [task.name for task in tasks(chosen.sets, chosen.seed) if not measure(task, chosen.seed, not chosen.no_recipes)]
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    if missed:
        print(f"Below the known figure: {', '.join(missed)}")
    return bool(missed)


def tasks(names: list[str], seed: int) -> Iterator[Task]:
    """The sets asked for."""
    if not names or "banking77" in names:
        train, test = (banking(part) for part in ("train", "test"))
        yield Task("banking77", train, Roles("text", label="category"), test)
    reviews = clothing()
    if not names or "clothing" in names:
        some = np.sort(np.random.default_rng(seed).permutation(len(reviews))[:10_000])
        yield Task("clothing", reviews.take(some), Roles("Review Text", rating="Rating"), target="Rating")
    if not names or "departments" in names:
        yield Task("departments", reviews, Roles("Review Text", rating="Rating", label="Department Name"))


def banking(part: str) -> Rows:
    """banking77 as rows."""
    found = records(DATA / "banking77" / f"{part}.csv")
    return Rows(np.arange(1, len(found) + 1), [each["text"] for each in found], labels=[each["category"] for each in found])


def clothing() -> Rows:
    """Reviews with a text as rows."""
    found = [each for each in records(DATA / "womens_clothing" / "reviews.csv") if each["Review Text"].strip()]
    return Rows(
        np.arange(1, len(found) + 1),
        [each["Review Text"] for each in found],
        ratings=np.array([float(each["Rating"]) for each in found]),
        labels=[each["Department Name"] or None for each in found],
    )


def records(path: Path) -> list[dict[str, str]]:
    """Records of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(task: Task, seed: int, recipes: bool) -> bool:
    """Print the table of one set; False where the known figure is missed."""
    begun = time.perf_counter()
    encoder = fit(task.rows.texts, seed)
    embedded = time.perf_counter()
    found = select(task.rows, task.roles, encoder, seed, task.target, test_rows=task.test)
    ended = time.perf_counter()
    result = found.result
    print(f"\n{task.name}: {len(result.target.classes)} classes, {result.n_train:,} training rows, {result.n_test:,} test rows")
    print(f"encoder fitted in {embedded - begun:.1f} s, all candidates compared in {ended - embedded:.1f} s")
    others = rivals(task, found, encoder) if recipes else {}
    best = max((each.value for each in others.values()), default=float("nan"))
    print(f"{'':<30}{'macro-F1 (95%)':<26}{'folds':<16}{'fit s':>7}{'ms/1,000':>10}{'MB':>7}{'ratio to best recipe':>22}")
    for each, cost in zip(result.candidates, result.costs, strict=True):
        mark = " *" if each.name == result.recommended else ""
        folds = f"{min(each.folds):.3f}-{max(each.folds):.3f}"
        costs = f"{cost.fit_seconds:>7.1f}{cost.milliseconds_per_1000:>10.0f}{cost.size_bytes / 1e6:>7.1f}"
        print(f"{each.name + mark:<30}{shown(each.macro_f1):<26}{folds:<16}{costs}{each.macro_f1.value / best:>22.3f}")
    for name, score in others.items():
        print(f"{'recipe: ' + name:<30}{shown(score):<26}")
    print(f"recommended: {result.recommended}. {result.reason}")
    for point in result.curve:
        print(f"  {point.n:>7,} rows  {shown(point.macro_f1)}")
    if result.forecast:
        print(f"  {result.forecast.says}")
    known = KNOWN.get(task.name, 0.0)
    reached = next(each.macro_f1.value for each in result.candidates if each.name == result.recommended)
    print(f"known best single candidate {known:.3f}; recommended {reached:.3f}, ratio {reached / known:.3f}" if known else "")
    return reached >= known


def shown(score: Estimate) -> str:
    """A figure with its interval."""
    return f"{score.value:.3f} ({score.low:.3f}-{score.high:.3f})"


def rivals(task: Task, found: Selection, encoder: Any) -> dict[str, Estimate]:
    """Recipes as one would write them in a notebook, on the same training and test rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    (texts, labels), (tested, truth) = sides(task, found)
    scores = {}
    for weight in (None, "balanced"):
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        model = LogisticRegression(C=10.0, max_iter=300, class_weight=weight).fit(words.fit_transform(texts), labels)
        predicted = model.predict(words.transform(tested))
        scores[f"TF-IDF + LR{' balanced' if weight else ''}"] = macro_f1(truth, predicted, len(found.model.classes))
    if len(texts) <= 15_000:
        vectors: Vectors = encoder.teach([*texts, *tested])
        teacher = LogisticRegression(C=10.0, max_iter=300).fit(vectors[: len(texts)], labels)
        scores["MiniLM (int8) + LR"] = macro_f1(truth, teacher.predict(vectors[len(texts) :]), len(found.model.classes))
    return scores


def sides(task: Task, found: Selection) -> tuple[tuple[list[str], Ints], tuple[list[str], Ints]]:
    """Texts and classes of training and test rows, as the comparison split them."""
    target = found.result.target
    rows = task.rows if task.test is None else Rows.joined([task.rows, task.test])
    in_test = np.isin(rows.number, found.predictions.number) if task.test is None else np.arange(len(rows)) >= len(task.rows)
    named = classes_of(rows, target_of(rows, task.roles, task.target))
    place = {name: at for at, name in enumerate(target.classes)}
    chosen = [[at for at in np.flatnonzero(side).tolist() if named[at] in place] for side in (~in_test, in_test)]
    first, second = (
        ([rows.texts[at] for at in side], np.array([place[str(named[at])] for at in side], np.int64)) for side in chosen
    )
    return first, second


if __name__ == "__main__":
    sys.exit(main())
