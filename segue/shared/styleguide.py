"""What the style guide shows: made-up specimens, among them the awkward ones (long titles, long words, nothing at all)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from segue.core.competency import Tier
from segue.shared.components import Column, Figure, Stat, Step, Tab, Table, TimelineRow

TODAY = date(2026, 11, 24)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXT = """# What a confusion matrix shows

It sets what the model **said** against what was *true*. Four counts tell two kinds of error apart:

| | said refund | said other |
|---|---:|---:|
| was refund | 41 | 9 |
| was other | 6 | 144 |

1. Read the row first: of 50 refund requests, 41 were found.
2. Then the column: of 47 it called refund, 41 were.

> A model that says "other" to everything is right in three cases of four, and of no use.

## In a spec

Write `recall >= 0.80 on refund, n = 200`, never "accurate". See [the lesson](/learn/) and LONG_WORD.

```
precision = 41 / (41 + 6)   # 0.87
recall    = 41 / (41 + 9)   # 0.82
```
""".replace("LONG_WORD", LONG_WORD)


class SpecimenForm(forms.Form):
    """One field of each sort."""

    choices: ClassVar = [
        ("ds", "A data scientist"),
        ("eng", "An engineer"),
        ("pm", "An AI product manager who has done it for three years"),
    ]

    name = forms.CharField(label="Title of the project", help_text="As you would say it to a colleague.")
    why = forms.CharField(
        label="Explain it simply", help_text="Closed book: no notes, 60 to 150 words.", widget=forms.Textarea, required=False
    )
    hours = forms.DecimalField(label="Hours on a Tuesday", min_value=0, max_value=12)
    start_on = forms.DateField(label="Start", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    role = forms.ChoiceField(label="Role target", choices=[("", "Choose one"), *choices])
    who = forms.ChoiceField(label="Who helps", choices=choices, widget=forms.RadioSelect)
    told = forms.MultipleChoiceField(
        label="Who knows of it",
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="As many as apply.",
    )
    agree = forms.BooleanField(label="I have permission to use this data", help_text="Ask first; it takes about a week.")
    feedback = forms.FileField(label="Feedback as CSV", help_text="At most 50 MB. It stays on this computer.", required=False)


ACTIVITIES = [
    {
        "title": "Label 60 more comments, alone, with the guide at hand",
        "url": "#",
        "minutes": 85,
        "why": "Two people must agree before a model is asked to: 140 of 200 are labelled.",
        "competencies": ("C3", "C4"),
        "phase": 3,
        "phase_label": "Build",
        "state": "now",
    },
    {
        "title": "Explain precision and recall to somebody who has never heard of either",
        "url": "#",
        "minutes": 25,
        "why": "Asked for in week 6 and not yet done. It binds C1.",
        "competencies": ("C1",),
        "phase": 1,
        "phase_label": "Learn",
        "state": "slipped",
        "when": "by Thu",
    },
    {
        "title": f"A title that somebody pasted: {LONG_WORD}",
        "url": "#",
        "minutes": 10,
        "why": "Long words must not break the page.",
        "competencies": ("C7",),
        "optional": True,
    },
]
ROWS = (
    TimelineRow(
        "Week 7", "Say what the terms mean, out of your head", 1, "done", "2 to 8 November 2026", "3 explanations", "#", 300
    ),
    TimelineRow(
        "Week 8", "Close the gaps that the diagnostic showed", 2, "slipped", "9 to 15 November 2026", "45 min moved here", "#"
    ),
    TimelineRow(
        "Week 9", "Have a charter that a data scientist has read", 3, "now", "23 to 29 November 2026", url="#", minutes=300
    ),
    TimelineRow("Week 14", "Know who does what, and have met two of them", 4, "later", "4 to 10 January 2027", minutes=300),
    TimelineRow("Week 18", f"Hand legal a risk register: {LONG_WORD}", 5, "later", "1 to 7 February 2027"),
    TimelineRow("Week 23", "Have a résumé in which each line has its proof", 6, "later", "8 to 14 March 2027"),
)
TABLE = Table(
    "Four models on the same 200 comments, best first",
    (
        Column("Model"),
        Column("Recall, refund", True),
        Column("95% interval", True),
        Column("ms a comment", True),
        Column("What it gets wrong"),
    ),
    (
        ("Embeddings + logistic regression", "0.82", "0.69 to 0.91", "4.1", "sarcasm, two complaints in one comment"),
        ("TF-IDF + logistic regression", "0.74", "0.60 to 0.85", "0.3", "words it has not seen"),
        ("Keyword rules", "0.61", "0.46 to 0.74", "0.1", "everything phrased in a new way"),
        ("Always the majority", "0.00", "0.00 to 0.07", "0.0", "every refund"),
    ),
)
_DONE = (5, 4.5, 6, 2, 5, 5.5, 0, 4, 3.5)
_WEEKS = Table(
    "Hours by week",
    (Column("Week"), Column("Planned, h", True), Column("Done, h", True)),
    [(week, 5, done) for week, done in enumerate(_DONE, 1)],
)
CHART = Figure(
    id="hours-chart",
    caption="You kept five hours a week in six of nine weeks; week 7 was a holiday.",
    table=_WEEKS,
    note="Minutes logged with evidence, 5 October to 29 November 2026.",
    download_url="#",
    chart={
        "grid": {"left": 40, "right": 12, "top": 36, "bottom": 40},
        "legend": {"top": 0, "left": 0},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [f"W{w}" for w in range(1, 10)]},
        "yAxis": {"type": "value", "axisLabel": {"formatter": "{value} h"}},
        "series": [
            {"name": "Done", "type": "bar", "data": _DONE},
            {"name": "Planned", "type": "line", "data": [5] * 9, "symbol": "none", "lineStyle": {"type": "dashed"}},
        ],
    },
)


def specimens(request: HttpRequest) -> dict[str, object]:
    """Everything that the style guide page needs. A POST shows the form with its errors."""
    return {
        "today": TODAY,
        "form": SpecimenForm(request.POST if request.method == "POST" else None, initial={"hours": 1.5, "who": "eng"}),
        "failed_form": SpecimenForm({"name": "", "hours": "30", "who": "ds"}, prefix="failed"),
        "activities": ACTIVITIES,
        "rows": ROWS,
        "table": TABLE,
        "chart": CHART,
        "text": TEXT,
        "long_word": LONG_WORD,
        "tiers": list(Tier),
        "phases": ((1, "Learn"), (2, "Learn"), (3, "Build"), (4, "Connect"), (5, "Deepen"), (6, "Transition")),
        "states": ("done", "now", "later", "slipped"),
        "classes": ("public", "redacted", "private"),
        "kinds": ("info", "good", "care", "problem"),
        "tabs": (Tab("Standing", "#", True, 14), Tab("Asked for review", "#", count=2), Tab("Withdrawn", "#", count=0)),
        "steps": (
            Step("Start date", "done", "#"),
            Step("Hours", "done", "#"),
            Step("Role", "now"),
            Step("Strengths", "later"),
            Step("Diagnostic", "later"),
        ),
        "stats": (
            Stat("4.5", "h", "this week", "of 5 planned"),
            Stat(14, "", "pieces of evidence", "9 of them reviewed"),
            Stat("0.82", "", "recall on refunds", "n = 50, 0.69 to 0.91"),
        ),
        "crumbs": (("Build", "#"), ("Feedback themes", "#"), ("Charter", "")),
        "page": Paginator(range(137), 20).page(3),
        "terms": (("Gold set", "Examples whose right answer two people agreed on."), (LONG_WORD, "A word that must wrap.")),
    }
