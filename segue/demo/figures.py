"""The figures of the journey. What can be counted is counted from the same rows that the learner attaches, so that they agree."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from segue.curriculum.document import LOADER

CONTENT = Path(__file__).parent / "content"
REASONS = ("late", "window", "stuck", "misplaced", "address", "returns", "app", "unclear")
Z = 1.96  # a 95% range
FALSE_ALARM, MISS = 5, 3  # minutes that each error costs, timed in week 14
SETTINGS = {"lo": 0.40, "cut": 0.62, "hi": 0.80}
KINDS = {
    "two": "two-reasons",
    "border": "border",
    "short": "too-short",
    "label": "label-doubtful",
    "shop": "shop-words",
    "irony": "irony",
}
Row = Mapping[str, str]
Numbers = dict[str, Any]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a table of the content."""
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


def content(name: str) -> Any:
    """What a YAML file of the content holds."""
    return yaml.load((CONTENT / f"{name}.yaml").read_text("utf-8"), Loader=LOADER)


# --- sums -------------------------------------------------------------------------------------------------------------------


def right(some: Iterable[Row], guess: str) -> int:
    """How many rows a column guesses rightly."""
    return sum(row[guess] == row["label"] for row in some)


def interval(hits: int, count: int) -> tuple[int, int]:
    """Wilson's 95% range of a share, in whole percent."""
    share, spread = hits / count, Z * Z / count
    middle = share + spread / 2
    half = Z * (share * (1 - share) / count + spread / (4 * count)) ** 0.5
    return round(100 * (middle - half) / (1 + spread)), round(100 * (middle + half) / (1 + spread))


def macro_f1(some: Sequence[Row], guess: Callable[[Row], str]) -> float:
    """The mean over the eight reasons of F1."""
    total = 0.0
    for reason in REASONS:
        both = sum(guess(row) == reason == row["label"] for row in some)
        either = sum(guess(row) == reason for row in some) + sum(row["label"] == reason for row in some)
        total += 2 * both / either if either else 0
    return round(total / len(REASONS), 2)


def kappa(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Cohen's kappa, and the share on which two people would agree by luck."""
    count = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    luck = sum(first[reason] * second[reason] for reason in REASONS) / count**2
    agreed = sum(a == b for a, b in pairs) / count
    return round((agreed - luck) / (1 - luck), 2), luck


def _share(name: str, hits: int, count: int) -> Numbers:
    low, high = interval(hits, count)
    return {name: round(100 * hits / count), f"{name}_low": low, f"{name}_high": high, f"{name}_n": count, f"{name}_right": hits}


# --- the figures ------------------------------------------------------------------------------------------------------------


@cache
def numbers() -> Mapping[str, Any]:
    """Every figure by the name under which the texts call it."""
    fixed: Numbers = dict(content("figures"))
    per_month = fixed["person_minutes"] / 60 * fixed["person_rate"]
    fixed["cost_all"] = round(per_month / fixed["comments_month"] * 1000)
    found, missed = fixed["audit_found"], fixed["audit_missed"]
    audit = _share("audit_share", found, found + missed) | {"audit_all": found + missed}
    audit |= {"audit_low": audit["audit_share_low"], "audit_high": audit["audit_share_high"]}
    return fixed | audit | _labels() | _scores() | _thresholds() | _errors() | _slices() | _newer() | _first_run()


def _labels() -> Numbers:
    gold = rows("gold")
    pairs = [(row["first"], row["second"]) for row in gold if row["second"]]
    split = [row for row in gold if row["first"] != row["second"]]
    worth, luck = kappa(pairs)
    counts = Counter(row["label"] for row in gold)
    shares: Numbers = {}
    for reason in ("window", "stuck", "late"):
        found = _share(reason, counts[reason], len(gold))
        shares |= {f"{reason}_n": counts[reason], f"{reason}_share": found[reason]}
        shares |= {f"{reason}_low": found[f"{reason}_low"], f"{reason}_high": found[f"{reason}_high"]}
    return shares | {
        "gold": len(gold),
        "smallest": min(counts.values()),
        "second": len(pairs),
        "agreed_n": len(pairs) - len(split),
        "agreed": round(100 * (len(pairs) - len(split)) / len(pairs)),
        "kappa": worth,
        "luck": round(100 * luck, 1),
        "settled": len(split),
        "for_me": sum(row["first"] == row["label"] for row in split),
        "for_lucia": sum(row["second"] == row["label"] for row in split),
        "border_pairs": sum({row["first"], row["second"]} == {"late", "window"} for row in split),
    }


def _scores() -> Numbers:
    gold = rows("gold")
    found = _share("base", sum(row["label"] == "window" for row in gold), len(gold))
    found["macro_base"] = macro_f1(gold, lambda row: "window")
    for name, column in (("rule", "rule"), ("v1", "linear"), ("v2", "linear2"), ("llm", "llm")):
        found |= _share(name, right(gold, column), len(gold))
        found[f"macro_{name}"] = macro_f1(gold, lambda row, column=column: row[column])  # type: ignore[misc]
    for name, column in (("v1", "linear"), ("v2", "linear2")):
        for reason in ("window", "late"):
            found[f"{reason}_{name}"] = right([row for row in gold if row["label"] == reason], column)
    only = {name: _only(gold, mine, other) for name, mine, other in _PAIRS}
    return found | only | {"v1_wrong": len(gold) - found["v1_right"], "llm_lead": only["only_llm"] - only["only_v1"]}


_PAIRS = (
    ("fixed", "linear2", "linear"),
    ("broken", "linear", "linear2"),
    ("only_llm", "llm", "linear"),
    ("only_v1", "linear", "llm"),
)


def _only(some: Iterable[Row], mine: str, other: str) -> int:
    return sum(row[mine] == row["label"] != row[other] for row in some)


def _thresholds() -> Numbers:
    gold = rows("gold")
    true = sum(row["label"] == "window" for row in gold)
    found: Numbers = {}
    for name, setting in SETTINGS.items():
        listed = [row for row in gold if float(row["p"]) >= setting]
        hits = sum(row["label"] == "window" for row in listed)
        alarms, missed = len(listed) - hits, true - hits
        found |= {f"{name}_rows": len(listed), f"{name}_true": hits, f"{name}_missed": missed}
        found |= {f"{name}_precision": round(100 * hits / len(listed)), f"{name}_recall": round(100 * hits / true)}
        found |= {
            f"{name}_cost": FALSE_ALARM * alarms + MISS * missed,
            f"{name}_double": FALSE_ALARM * alarms + 2 * MISS * missed,
        }
    return found


def _errors() -> Numbers:
    counts = Counter(row["kind"] for row in rows("gold") if row["kind"])
    read = sum(counts.values())
    largest = round(100 * max(counts.values()) / read)
    return {"read": read, "error_kinds": len(counts), "largest_kind": largest} | {f"k_{n}": counts[k] for n, k in KINDS.items()}


def slices() -> Mapping[str, tuple[Row, ...]]:
    """The rows of each slice by its name in the texts."""
    tests: dict[str, Callable[[Row], bool]] = {
        "recipients": lambda row: row["writer"] == "recipient",
        "shops": lambda row: row["writer"] == "shop",
        "store": lambda row: row["channel"] == "store",
        "support": lambda row: row["channel"] == "support",
        "long": lambda row: int(row["words"]) >= 12,
        "short": lambda row: int(row["words"]) < 12,
    }
    return {name: tuple(row for row in rows("gold") if test(row)) for name, test in tests.items()}


def _slices() -> Numbers:
    found: Numbers = {}
    for name, some in slices().items():
        found |= _share(name, right(some, "linear2"), len(some))
    gap = 100 * (found["recipients_right"] / found["recipients_n"] - found["shops_right"] / found["shops_n"])
    return found | {"gap": round(gap), "smallest_slice": min(len(some) for some in slices().values())}


def _newer() -> Numbers:
    some = rows("newer")
    lockers = [row for row in some if row["locker"] == "yes"]
    others = [row for row in some if row["locker"] == "no"]
    misplaced = sum(row["label"] == "misplaced" for row in some)
    found = _share("newer", right(some, "linear2"), len(some)) | _share("lockers", right(lockers, "linear2"), len(lockers))
    return (
        found | _share("others", right(others, "linear2"), len(others)) | {"newer_misplaced": round(100 * misplaced / len(some))}
    )


def _first_run() -> Numbers:
    some = rows("quick")
    base = max(Counter(row["label"] for row in some).values())
    return _share("quick", right(some, "rule"), len(some)) | {"quick_base": base}
