"""What follows from the path through the EU AI Act. Every date comes from the law’s data, none from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from segue.core.wording import written_date
from segue.work.deepen.findings import Finding, Level, Outcome, Rule, Setting
from segue.work.deepen.outline import Answers

YES, NO, UNSURE = "yes", "no", "unsure"
NEW_PRACTICES = ("abuse", "intimate")
PROVIDES, DEPLOYS = ("provider", "both"), ("deployer", "both")
HIGH, PROHIBITED, OUTSIDE, GENERAL, LIMITED, MINIMAL, OPEN = (
    "high",
    "prohibited",
    "outside",
    "general",
    "limited",
    "minimal",
    "open",
)
CLASSES = {
    PROHIBITED: "Class: prohibited.",
    HIGH: "Class: high risk.",
    OUTSIDE: "Class: outside the AI Act, by these answers.",
    GENERAL: "Class: duties of whoever places a general-purpose model on the market.",
    LIMITED: "Class: duties to tell people.",
    MINIMAL: "Class: no duties beyond literacy; codes of conduct are voluntary.",
    OPEN: "Class: open. A question that decides it is not answered, or not sure.",
}


def since(fact_id: str, setting: Setting) -> str:
    """From when a rule applies, in words: ``applies since 2 August 2026``, ``from 2 December 2026, in 9 days``."""
    fact = setting.law.by_id.get(fact_id)
    if fact is None or fact.applies_from is None:
        return "no day is known"
    days = (fact.applies_from - setting.today).days
    if days <= 0:
        return f"applies since {written_date(fact.applies_from)}"
    return f"from {written_date(fact.applies_from)}, in {days} {'day' if days == 1 else 'days'}"


def ai_act(answers: Answers, setting: Setting) -> Outcome:
    """The class, the duties of one's role, and from when each applies."""
    if answers.text("scope") == NO:
        law = ("ai-act-scope",)
        said = "Outside, by your answer. Other law still applies; ask again when the system or its users change."
        findings = (*_prohibited(answers, setting), Finding(Level.NOTE, said, "scope", law))
        return Outcome((CLASSES[OUTSIDE],), findings, {"questions": _answered(answers)})
    sort = class_of(answers)
    role = "provider" if is_provider(answers) else answers.text("role")
    lines = (CLASSES[sort], f"Role: {_role_words(answers)}.", *_dates(answers, sort, role, setting))
    found = (*_prohibited(answers, setting), *_class(answers, sort, setting), *_others(answers, setting), *_open(answers))
    return Outcome(lines, found, {"questions": _answered(answers)})


def is_provider(answers: Answers) -> bool:
    """Whether the provider’s duties fall on oneself: by role, or since a deployer made it one’s own."""
    return answers.text("role") in PROVIDES or becomes_provider(answers)


def becomes_provider(answers: Answers) -> bool:
    """Whether a deployer takes over a high-risk system’s provider’s duties; Art. 25(1) speaks of no other systems."""
    return answers.text("role") in DEPLOYS and answers.text("becomes") == YES and is_high_risk(answers)


def class_of(answers: Answers) -> str:
    """The gravest class that the answers give. What decides it and is not answered leaves it open."""
    practices = [row["answer"] for row in answers.rows("prohibited")]
    if YES in practices:
        return PROHIBITED
    if is_high_risk(answers):
        return HIGH
    met = [row["answer"] for row in answers.rows("meets")]
    decisive = [answers.text("scope"), answers.text("annex_i"), answers.text("area"), answers.text("gpai"), *practices, *met]
    if any(value in ("", UNSURE) for value in decisive) or _is_exception_open(answers):
        return OPEN
    if answers.text("gpai") in (YES, "systemic"):
        return GENERAL
    return LIMITED if YES in met else MINIMAL


def is_high_risk(answers: Answers) -> bool:
    """Annex I, or an area of Annex III without an exception; profiling of people beats every exception."""
    if answers.text("annex_i") == YES:
        return True
    in_area = answers.text("area") not in ("", "none", UNSURE)
    excepted = answers.text("exception") not in ("", "none")
    return in_area and (not excepted or answers.text("profiling") == YES)


def _is_exception_open(answers: Answers) -> bool:
    in_area = answers.text("area") not in ("", "none", UNSURE)
    return in_area and answers.text("profiling") != NO


def _role_words(answers: Answers) -> str:
    role = answers.text("role")
    if role == "deployer" and becomes_provider(answers):
        return "deployer who becomes the provider"
    words = {"provider": "provider", "deployer": "deployer", "both": "provider and deployer", "neither": "neither"}
    return words.get(role, "open")


def _dates(answers: Answers, sort: str, role: str, setting: Setting) -> Iterator[str]:
    if sort == HIGH:
        if answers.text("annex_i") == YES:
            yield f"High risk as part of a product: {since('ai-act-annex-i', setting)}."
        if answers.text("area") not in ("", "none", UNSURE):
            yield f"High risk by area of use: {since('ai-act-annex-iii', setting)}."
    if any(row["answer"] == YES for row in answers.rows("meets")):
        yield f"Telling people: {since('ai-act-transparency', setting)}."
    if role not in ("", "neither", UNSURE):
        yield f"Literacy: {since('ai-act-literacy', setting)}."


def _prohibited(answers: Answers, setting: Setting) -> Iterator[Finding]:
    labels = {item.id: item.label for item in answers.outline.by_id["prohibited"].items}
    for row in answers.rows("prohibited"):
        law = "ai-act-prohibited-new" if row.id in NEW_PRACTICES else "ai-act-prohibited"
        if row["answer"] == YES:
            said = f"{labels[row.id]}: prohibited, {since(law, setting)}. Stop, and ask a lawyer."
            yield Finding(Level.STOP, said, "prohibited", (law, "ai-act-fines"))
        elif row["answer"] == UNSURE:
            yield Finding(Level.STOP, f"{labels[row.id]}: find out before you go on.", "prohibited", (law,))


def _class(answers: Answers, sort: str, setting: Setting) -> Iterator[Finding]:
    if sort == HIGH:
        yield from _high(answers, setting)
    in_area = answers.text("area") not in ("", "none", UNSURE)
    if in_area and answers.text("exception") not in ("", "none"):
        if answers.text("profiling") == YES:
            said = "It profiles people: no exception of Art. 6(3) helps, it is high risk."
            yield Finding(Level.STOP, said, "profiling", ("ai-act-exceptions", "ai-act-annex-iii"))
        else:
            said = "You rely on an exception: write down why, and register it."
            yield Finding(Level.GAP, said, "exception", ("ai-act-exceptions",))


def _high(answers: Answers, setting: Setting) -> Iterator[Finding]:
    day = (
        "ai-act-annex-i"
        if answers.text("annex_i") == YES and answers.text("area") in ("", "none", UNSURE)
        else "ai-act-annex-iii"
    )
    part = "annex_i" if answers.text("annex_i") == YES else "area"
    if is_provider(answers):
        said = f"Duties of the provider, {since(day, setting)}: {setting.law.by_id['ai-act-provider-duties'].says}"
        yield Finding(Level.STOP, said, part, (day, "ai-act-provider-duties"))
    if answers.text("role") in DEPLOYS:
        said = f"Duties of the deployer, {since(day, setting)}: {setting.law.by_id['ai-act-deployer-duties'].says}"
        yield Finding(Level.GAP, said, part, (day, "ai-act-deployer-duties"))
    if answers.text("role") == "deployer" and becomes_provider(answers):
        said = "With your name on it, a substantial change or a new high-risk purpose you are the provider."
        yield Finding(Level.STOP, said, "becomes", ("ai-act-roles",))


def _others(answers: Answers, setting: Setting) -> Iterator[Finding]:
    yield from _transparency(answers, setting)
    if answers.text("gpai") in (YES, "systemic"):
        said = f"A general-purpose model, {since('ai-act-gpai', setting)}: {setting.law.by_id['ai-act-gpai'].says}"
        yield Finding(Level.STOP, said, "gpai", ("ai-act-gpai",))
    if answers.text("gpai") == "systemic":
        yield Finding(Level.STOP, setting.law.by_id["ai-act-systemic"].says, "gpai", ("ai-act-systemic",))
    if answers.text("gpai") == "api":
        said = "Using a model through an API does not make you a provider of one."
        yield Finding(Level.NOTE, said, "gpai", ("ai-act-gpai",))
    if answers.text("person") in (YES, UNSURE):
        said = "A decision about a person rests on it: look at Art. 22 GDPR too. A score that others follow is a decision."
        yield Finding(Level.GAP, said, "person", ("gdpr-automated-decisions", "schufa", "dun-bradstreet"))
    if answers.text("role") not in ("", "neither"):
        said = f"{setting.law.by_id['ai-act-literacy'].says} It {since('ai-act-literacy', setting)}."
        yield Finding(Level.NOTE, said, "role", ("ai-act-literacy",))


def _transparency(answers: Answers, setting: Setting) -> Iterator[Finding]:
    met = {row.id for row in answers.rows("meets") if row["answer"] == YES}
    words = {
        "chatbot": "Provider: people are told that it is AI, unless that is obvious",
        "synthetic": "Provider: what it makes carries a mark that machines can read",
        "reading": "Deployer: tell the people who are exposed to it",
        "deepfake": "Deployer: disclose it; a text that a human edits and answers for is excepted",
    }
    for name in words:
        if name in met:
            said = f"{words[name]} ({since('ai-act-transparency', setting)})."
            yield Finding(Level.GAP, said, "meets", ("ai-act-transparency",))
    labels = {item.id: item.label for item in answers.outline.by_id["meets"].items}
    for row in answers.rows("meets"):
        if row["answer"] == UNSURE:
            said = f"{labels[row.id]}: not sure, so watch somebody use it and find out."
            yield Finding(Level.GAP, said, "meets", ("ai-act-transparency",))
    if "synthetic" in met and answers.text("older") == YES:
        said = f"For a system that was there before, the mark is due {since('ai-act-marking', setting)}."
        yield Finding(Level.NOTE, said, "older", ("ai-act-marking",))


def _open(answers: Answers) -> Iterator[Finding]:
    for part in answers.outline.parts:
        if part.field is not None and part.field.choices and answers.text(part.id) in ("", UNSURE) and _matters(part.id, answers):
            doubt = "not sure, so find out" if answers.text(part.id) else "not answered"
            yield Finding(Level.GAP, f"{part.heading.rstrip('?')}: {doubt}.", part.id)
    for part in answers.outline.parts:
        silent = sum(1 for row in answers.rows(part.id) if not row["answer"]) if part.items else 0
        if silent:
            yield Finding(Level.GAP, f"{part.heading}: {silent} not answered.", part.id)


def _matters(part: str, answers: Answers) -> bool:
    """Whether a question bears on the path: some are asked of deployers at high risk, in an area, or of makers of content."""
    in_area = answers.text("area") not in ("", "none", UNSURE)
    makes = answers.value("meets", "synthetic", "answer") == YES
    takes_over = answers.text("role") in DEPLOYS and is_high_risk(answers)
    asked_of = {"becomes": takes_over, "exception": in_area, "profiling": in_area, "older": makes}
    return asked_of.get(part, True)


def _answered(answers: Answers) -> int:
    fields = [part.id for part in answers.outline.parts if part.field is not None and part.field.choices]
    rows = [row for part in answers.outline.parts if part.items for row in answers.rows(part.id)]
    return sum(1 for part in fields if answers.text(part)) + sum(1 for row in rows if row["answer"])


RULES: Mapping[str, Rule] = {"ai-act": ai_act}
