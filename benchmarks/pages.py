"""How long the server takes for each page with a finished journey in it, and how many queries.

    python benchmarks/pages.py [--weeks 26] [--repeat 7] [--contacts 30000]

Prints a table: median and worst milliseconds of a page that was opened once before, queries, kilobytes. The budget is 100 ms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time


def main() -> None:
    """Loads the demo journey into a folder that goes away, and opens every page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--contacts", type=int, default=0, help="so many people of an address book")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SEGUE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "segue.settings"
        measure(options.weeks, options.repeat, options.contacts)


def measure(weeks: int, repeat: int, contacts: int) -> None:
    """Prints the table."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from relationships import fill

    from segue.demo.journey import load

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    learner = load(weeks=weeks)
    print(f"{learner.entries.count()} entries in the ledger, loaded in {time.perf_counter() - began:.1f} s")
    client = Client()
    print(f"{'page':58} {'median ms':>9} {'worst ms':>9} {'queries':>8} {'kB':>7}")
    for url in [*fill(learner, contacts), *pages(learner, analysed(learner))]:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(url)
        count = len(queries)  # later requests empty the log
        times = []
        for _ in range(repeat):
            began = time.perf_counter()
            client.get(url)
            times.append(1000 * (time.perf_counter() - began))
        size = len(response.getvalue()) / 1000
        assert response.status_code == 200, (url, response.status_code)
        print(f"{url:58} {statistics.median(times):9.1f} {max(times):9.1f} {count:8d} {size:7.1f}")


def analysed(learner) -> int:  # type: ignore[no-untyped-def]
    """An analysis of the made-up file with a finished run."""
    from datetime import timedelta

    from segue.jobs.worker import Worker
    from segue.shared import clock
    from segue.work.lab.actions.runs import start, take_file
    from segue.work.lab.example import NAME, write_example
    from segue.work.lab.jobs import HANDLERS
    from segue.work.lab.models import EXAMPLE

    content = write_example()
    keep_until = clock.today() + timedelta(days=30)
    analysis = take_file(learner, NAME, len(content), [content], question="", permission=EXAMPLE, keep_until=keep_until)
    start(analysis, {})
    Worker(HANDLERS, should_stop=lambda: False, sleep=lambda seconds: None).run(once=True)
    return int(analysis.pk)


LAB_VIEWS = (
    "",
    "rows/",
    "rows/read/",
    "themes/",
    "themes/0/",
    "drivers/",
    "labels/",
    "labels/guide/",
    "models/",
    "errors/",
    "errors/read/",
    "gate/",
    "papers/",
    "papers/model-card/",
    "papers/model-card/answers/",
    "versions/",
)


def pages(learner, run: int) -> list[str]:  # type: ignore[no-untyped-def]
    """One address of each page that is opened by reading."""
    from segue.curriculum import current
    from segue.work.learn.figures import FIGURES

    monday = learner.hours.starts_on
    number = learner.entries.filter(sort="artefact").order_by("-number").values_list("number", flat=True)[0]
    activity = current().programme.activities[10].id
    return [
        "/",
        "/plan/",
        f"/plan/week/{monday.isoformat()}/",
        "/plan/hours/",
        "/plan/replan/",
        "/plan/courses/",
        "/plan/courses/machine-learning-specialization/",
        "/plan/courses/add/?copy=machine-learning-specialization",
        "/plan/calendar.ics",
        "/learn/",
        "/learn/concepts/",
        "/learn/concepts/embeddings/",
        "/learn/concepts/embeddings/explain/",
        "/learn/figures/",
        "/learn/listeners/",
        "/learn/tests/",
        "/learn/briefing/",
        "/learn/recall/",
        "/learn/recall/cards/",
        "/learn/recall/statistics/",
        "/build/",
        "/build/charter/",
        "/build/charter/edit/",
        "/build/charter/cuts/",
        "/build/log/",
        "/build/decisions/",
        "/build/case-study/edit/",
        "/lab/",
        *(f"/lab/{run}/{view}" for view in LAB_VIEWS),
        "/deepen/",
        "/transition/",
        f"/activity/{activity}/",
        "/glossary/",
        "/evidence/",
        "/evidence/?q=label",
        "/evidence/?show=all",
        "/evidence/new/?kind=log",
        "/evidence/log/",
        f"/evidence/{number}/",
        f"/evidence/{number}/edit/",
        f"/evidence/{number}/review/",
        "/readiness/",
        "/readiness/C1/",
        "/data/",
        "/start/",
        "/start/diagnostic/1/",
        "/start/plan/",
        # Last: a figure loads scikit-learn in the background, which slows what is asked for meanwhile.
        *(f"/learn/figures/{figure.id}/" for figure in FIGURES),
    ]


if __name__ == "__main__":
    main()
