"""A file of 30,000 contacts: seconds to the preview and to take it in, and that the same file changes nothing again.

    python benchmarks/contacts.py [--rows 30000] [--seed 7] [--keep FILE]

The file is made up: a Connections.csv as LinkedIn writes it, with its lines above the headings, names put together of syllables,
headings and days in English, German or Japanese, half of the e-mail addresses missing. Everything goes through the pages, as a
browser sends it. Printed for each language: seconds and the most memory of the process; the budget is 5 s for each step and
100 ms for a page.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

NOTES = 'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvwz" for vowel in "aeiou"]
SIGNS = "山川田中村木林森上下大小高松本石井原野島谷沢水清青白東西南北"
HEADINGS = {
    "English": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "German": "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verknüpft am",
    "Japanese": "名,姓,URL,メールアドレス,会社,役職,つながった日",
}
POSITIONS = {
    "English": ("Data Scientist", "ML Engineer", "Data Engineer", "Product Manager", "Head of Data", "UX Researcher", "Counsel"),
    "German": ("Datenwissenschaftlerin", "Softwareentwickler", "Dateningenieur", "Produktmanager", "Leiterin Vertrieb", "Jurist"),
    "Japanese": (
        "データサイエンティスト",
        "機械学習エンジニア",
        "データエンジニア",
        "プロダクトマネージャー",
        "部長",
        "デザイナー",
    ),
}
GERMAN = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")


def written(day: date, language: str, chance: random.Random) -> str:
    """A day as the export of a language writes it, old and new."""
    old = f"{day.month}/{day.day}/{day:%y}, 3:15 PM"
    new = {
        "English": f"{day.day:02} {day:%b} {day.year}",
        "German": f"{day.day}. {GERMAN[day.month - 1]} {day.year}",
        "Japanese": f"{day.year}年{day.month}月{day.day}日",
    }
    return old if chance.random() < 0.1 and language == "English" else new[language]


def connections(rows: int, language: str, seed: int) -> str:
    """A Connections.csv."""
    chance = random.Random(f"{seed}{language}")

    def word(least: int, most: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(least, most))).capitalize()

    def name() -> str:
        return "".join(chance.choice(SIGNS) for _ in range(2)) if language == "Japanese" else word(2, 3)

    firms = [word(2, 4) for _ in range(rows // 3)]
    lines = [HEADINGS[language]]
    for number in range(rows):
        first, last, firm = name(), name(), chance.choice(firms)
        mail = f"{word(2, 3).lower()}{number}@example.org" if chance.random() < 0.5 else ""
        day = written(date(2010, 1, 1) + timedelta(days=chance.randrange(5700)), language, chance)
        link = f"https://www.linkedin.com/in/{word(3, 4).lower()}-{number}"
        shown = f'"{day}"' if "," in day else day
        lines.append(f'{first},{last},{link},{mail},"{firm}, Inc",{chance.choice(POSITIONS[language])},{shown}')
    return NOTES + "\n".join(lines) + "\n"


def main() -> None:
    """Measures each language in a data folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="write the English file here, and measure nothing")
    options = parser.parse_args()
    if options.keep:
        options.keep.write_text(connections(options.rows, "English", options.seed), "utf-8")
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ["SEGUE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "segue.settings"
        measure(options.rows, options.seed)


def measure(rows: int, seed: int) -> None:
    """Prints a line for each language."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from segue.demo.journey import load

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    learner = load(weeks=2)
    client = Client()
    print(f"{'':10}{'MB':>6}{'preview':>9}{'page ms':>9}{'take':>7}{'again':>7}{'changes':>9}{'csv':>6}{'vcf':>6}{'MiB':>6}")
    for language in HEADINGS:
        learner.people.all().delete()
        print(f"{language:10}" + line_of(client, connections(rows, language, seed).encode()), flush=True)
    for url in ("/connect/", "/connect/people/", "/connect/people/?q=ba", "/connect/people/import/"):
        print(f"{url:40}{milliseconds(client, url):9.0f} ms")


def line_of(client: Any, content: bytes) -> str:
    """The figures of one file."""
    began = time.perf_counter()
    url, page = sent(client, content)
    preview, shown = time.perf_counter() - began, milliseconds(client, url)
    began = time.perf_counter()
    assert client.post(f"{url}take/").status_code == 302
    taken = time.perf_counter() - began
    began = time.perf_counter()
    url, page = sent(client, content)
    again = time.perf_counter() - began
    changes = 0 if "Nothing new in this file" in page else -1
    client.post(f"{url}drop/")
    exports = []
    for ending in ("csv", "vcf"):
        began = time.perf_counter()
        assert len(client.get(f"/connect/people/export.{ending}").getvalue()) > len(content) // 2
        exports.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = f"{preview:9.2f}{shown:9.0f}{taken:7.2f}{again:7.2f}{changes:9}"
    return f"{len(content) / 1e6:6.1f}{times}{exports[0]:6.2f}{exports[1]:6.2f}{peak:6.0f}"


def sent(client: Any, content: bytes) -> tuple[str, str]:
    """Sends a file and opens what comes: the address of the preview, and its page."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("Connections.csv", content)
    response = client.post("/connect/people/import/", {"attachments": file}, follow=True)
    assert response.status_code == 200, response.status_code
    return response.redirect_chain[-1][0], response.content.decode()


def milliseconds(client: Any, url: str) -> float:
    """The median of five visits after a first one."""
    times = []
    for _ in range(6):
        began = time.perf_counter()
        status = client.get(url).status_code
        times.append(1000 * (time.perf_counter() - began))
        if status == 404:
            return float("nan")
    return statistics.median(times[1:])


if __name__ == "__main__":
    main()
