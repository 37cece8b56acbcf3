"""Something useful done for an AI team, as the ledger's page about it begins."""

from __future__ import annotations

from collections.abc import Mapping

from segue.core.wording import written_date
from segue.shared import clock
from segue.work.connect.models import Person, Touch
from segue.work.connect.unnamed import without_names
from segue.work.connect.vocabulary import role_words

KIND, ACTIVITY = "contribution", "w17-contribution"


def fields_of(person: Person, touch: Touch | None = None) -> Mapping[str, list[str]]:
    """The fields of the draft. It names the role and not the person: what was given counts, whoever got it."""
    role = role_words(person.role)
    to_whom = f"To: {role}" if role else "To whom: "
    on = touch.on if touch else clock.today()
    what = without_names(touch.note, [(person.name, role or "somebody")]) if touch else ""
    body = (
        "## What they needed\nAnd how I knew: \n\n"
        f"## What I gave\n{what}\n\n{to_whom}, on {written_date(on)}.\n\n"
        "## What became of it\nIn their words: \n"
    )
    return {"title": [what[:120]], "body": [body]}
