"""What the commands do. Each takes the parsed arguments and returns the exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from segue.core.errors import UserError

if TYPE_CHECKING:
    from segue.accounts.models import Learner


def set_up() -> Path:
    """Sets Django up and returns the data folder. Raises ``UserError`` where that folder can't be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "segue.settings")
    import django
    from django.conf import settings

    django.setup()
    home: Path = settings.HOME
    return home


def today(arguments: Namespace) -> int:
    """Prints the next things, the hours left and what binds."""
    set_up()
    from segue.core.wording import spoken_minutes, written_date
    from segue.plan.queries import today_page
    from segue.schedule.queries import turn_of
    from segue.shared import clock

    turn = turn_of(_learner())
    if turn is None:
        raise UserError(
            "There is no plan yet.", "Start Segue (segue) and spend the first hour with it: it ends with a dated plan."
        )
    page = today_page(turn, clock.today())
    print(f"{written_date(page.day)}, week {page.week_number} of {len(turn.programme.weeks)}")
    if page.next_day and page.next_day != page.day:
        print(f"Nothing is planned for today. Next, on {written_date(page.next_day)}:")
    for activity in page.activities:
        print(
            f"  {spoken_minutes(activity.minutes):>10}  {activity.title} ({', '.join(activity.competencies) or 'no competency'})"
        )
    for ask in page.asks:
        print(f"  Ask {ask.request.who} by {written_date(ask.request.ask_by)}: {ask.request.ask}")
    print(f"This week: {spoken_minutes(page.hours.left)} left of {spoken_minutes(page.hours.planned)}.")
    print(f"{page.bound.heading}. {page.bound.text}")
    return 0


def check(arguments: Namespace) -> int:
    """Checks the curriculum, the settings and the database."""
    set_up()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from segue.curriculum.checking import check as check_curriculum

    failed = bool(check_curriculum(None, sys.stdout))
    try:
        call_command("check", stdout=io.StringIO())
        print("settings: no faults")
    except SystemCheckError as error:
        print(f"settings: {error}")
        failed = True
    return 1 if _check_data() or failed else 0


def _check_data() -> bool:
    """Whether anything is wrong with the data."""
    from segue.vault.upkeep import check_database, look_at_database

    try:
        schema = look_at_database(quick=False)
    except UserError as error:
        print(f"database: {error}")
        return True
    if schema.is_new or schema.pending:
        print(
            "database: none yet" if schema.is_new else "database: sound; of an older Segue, the next start brings it up to date"
        )
        return False
    faults = check_database()
    print("\n".join(f"database: {fault}" for fault in faults or ["no faults"]))
    return bool(faults)


def backup(arguments: Namespace) -> int:
    """Writes a backup."""
    set_up()
    from segue.core.wording import counted
    from segue.vault.backup import SUFFIX, make_backup

    target = _new_file(arguments.file, "backup", SUFFIX)
    manifest = make_backup(target)
    pieces = counted(manifest.counts.get("evidence_entry", 0), "ledger line")
    print(f"{target}: {pieces}, {counted(len(manifest.members) - 1, 'attached file')}, {target.stat().st_size} bytes.")
    _tell_missing(manifest.missing)
    return 0


def restore(arguments: Namespace) -> int:
    """Puts a backup in the place of the present data."""
    home = set_up()
    from segue.core.wording import counted, written_date
    from segue.jobs.actions import cancel_all
    from segue.vault.restore import restore as put_back
    from segue.vault.upkeep import bring_up_to_date

    restored = put_back(Path(arguments.file).expanduser())
    bring_up_to_date()
    cancel_all()
    manifest = restored.manifest
    pieces = counted(manifest.counts.get("evidence_entry", 0), "ledger line")
    print(f"Restored into {home}: {pieces}, as of {written_date(manifest.created_at.date())}, {manifest.created_at:%H:%M}.")
    if restored.replaced:
        print(f"What was there before lies in {restored.replaced}")
    _tell_missing(restored.missing)
    return 0


def export(arguments: Namespace) -> int:
    """Writes an export."""
    set_up()
    from segue.core.wording import counted
    from segue.vault.export import export as write

    learner = _learner()
    target = _new_file(arguments.file, "export", ".zip")
    done = write(learner, target)
    print(f"{target}: {counted(done.entries, 'ledger line')}, {counted(done.files, 'attached file')}.")
    _tell_missing(done.missing)
    return 0


def take_in(arguments: Namespace) -> int:
    """Reads an export into an empty Segue."""
    home = set_up()
    from segue.accounts.actions import make_local_learner
    from segue.core.wording import counted
    from segue.vault.importing import take_in_file
    from segue.vault.upkeep import bring_up_to_date

    bring_up_to_date()
    done = take_in_file(make_local_learner(), Path(arguments.file).expanduser())
    print(f"Imported into {home}: {counted(done.entries, 'ledger line')}, {counted(done.files, 'attached file')}.")
    _tell_missing(done.missing)
    return 0


def add_person(arguments: Namespace) -> int:
    """Makes an account with a programme of its own."""
    set_up()
    from django.conf import settings

    from segue.accounts.actions import add_learner
    from segue.accounts.passwords import check_name
    from segue.vault.upkeep import require_up_to_date

    require_up_to_date()
    check_name(arguments.name)
    learner = add_learner(arguments.name, _password(arguments))
    print(f"{learner.user.username} can sign in{f' at {settings.PUBLIC_URL}/' if settings.PUBLIC_URL else ''}.")
    _tell_unreachable()
    return 0


def set_password(arguments: Namespace) -> int:
    """Gives an account another password."""
    set_up()
    from segue.accounts.actions import change_password
    from segue.accounts.queries import named_user
    from segue.vault.upkeep import require_up_to_date

    require_up_to_date()
    user = named_user(arguments.name)
    change_password(user, _password(arguments))
    print(f"{user.username} has a new password. Whoever was signed in under this name has to sign in again.")
    _tell_unreachable()
    return 0


def _password(arguments: Namespace) -> str:
    """Asks for a password twice, or reads one line. Raises ``UserError`` where there is none, or the two differ."""
    from getpass import getpass

    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise UserError("There is nobody here to ask for a password.", "Send it as one line, with the option --password-stdin.")
    else:
        password = getpass("Password: ")
        if getpass("The same again: ") != password:
            raise UserError("The two passwords differ.", "Nothing was changed. Start the command again.")
    if not password:
        raise UserError("There is no password.", "Nothing was changed. Type one, or send it as one line with --password-stdin.")
    return password


def _tell_unreachable() -> None:
    from django.conf import settings

    if not settings.PUBLIC_URL:
        print("Nobody signs in yet: SEGUE_PUBLIC_URL says under which address Segue is reached, and is not set.")


def worker(arguments: Namespace) -> int:
    """Does the long work that waits."""
    home = set_up()
    from django.conf import settings

    from segue.jobs.limits import limit_memory
    from segue.jobs.worker import Worker
    from segue.vault.jobs import HANDLERS, see_to_daily_backup
    from segue.vault.locks import hold_worker
    from segue.vault.upkeep import require_up_to_date
    from segue.work.deepen.jobs import HANDLERS as DEEPEN_HANDLERS
    from segue.work.lab.actions.runs import remove_expired
    from segue.work.lab.jobs import HANDLERS as LAB_HANDLERS

    def chores() -> None:
        see_to_daily_backup()
        remove_expired()

    over = threading.Event()
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: over.set())
    if arguments.with_parent:
        threading.Thread(target=_wait_for_end_of_input, args=(over,), daemon=True).start()
    require_up_to_date()
    limit_memory(settings.WORKER_MEMORY_MB)
    with hold_worker(home):
        handlers = {**HANDLERS, **LAB_HANDLERS, **DEEPEN_HANDLERS}
        Worker(handlers, should_stop=over.is_set, sleep=over.wait, chores=chores).run(once=arguments.once)
    return 0


def _wait_for_end_of_input(over: threading.Event) -> None:
    """The parent holds the other end of our input and never writes: it ends with the parent, even one that is killed."""
    while sys.stdin.buffer.read(1024):
        pass
    over.set()


def demo(arguments: Namespace) -> int:
    """Serves a made-up journey from a data folder of its own."""
    from segue.home import home_path

    own = home_path()
    os.environ["SEGUE_HOME"] = str(own.with_name(f"{own.name}-demo"))
    os.environ["SEGUE_DEMO"] = "1"
    home = set_up()
    from segue.server import serve

    def fill() -> None:
        from segue.demo import journey

        journey.load(weeks=arguments.weeks)

    print(f"This is a demo: a made-up journey in {home}. Your own data is not touched; what you change here is gone next time.")
    return serve(home, arguments.port, open_browser=not arguments.no_browser, fill=fill)


def _learner() -> Learner:
    """The learner who works alone here. On a server there may be none, and none is made."""
    from django.conf import settings

    from segue.accounts.actions import make_local_learner
    from segue.accounts.queries import local_learner
    from segue.vault.upkeep import require_up_to_date

    require_up_to_date()
    learner = make_local_learner() if settings.SINGLE_USER else local_learner()
    if learner is None:
        raise UserError("Nobody works alone here, so this command has nobody to look for.", f"Sign in at {settings.PUBLIC_URL}/")
    return learner


def _new_file(given: str, what: str, suffix: str) -> Path:
    """Where to write; inside a folder, under a name with the date. Raises ``UserError`` where something is there already."""
    from segue.shared import clock

    target = Path(given).expanduser()
    if target.is_dir():
        target /= f"segue-{what}-{clock.now():%Y-%m-%d-%H%M}{suffix}"
    if target.exists():
        raise UserError(f"{target} is there already.", "Choose another name; Segue overwrites no file.")
    if not target.parent.is_dir():
        raise UserError(f"The folder {target.parent} is not there.", "Make it, or choose another one.")
    return target


def _tell_missing(missing: tuple[str, ...]) -> None:
    if missing:
        print("These attached files are not in it; they are missing in the data folder, or damaged there:", file=sys.stderr)
        print("\n".join(f"  {name}" for name in missing), file=sys.stderr)
