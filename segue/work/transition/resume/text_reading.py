"""A résumé from its lines, by headings, days and bullets. What these do not tell is handed back as loose lines, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from segue.work.transition.resume.document import Account, Basics, Bullet, Document, Language, Position, Skills, Study
from segue.work.transition.resume.json_form import new_id
from segue.work.transition.resume.reading import Minutes, Reading, tidy

HEADINGS = {
    "summary": "summary|profile|about|about me|professional summary|profil|über mich|zusammenfassung",
    "work": "experience|work experience|professional experience|employment|employment history|work history|career|career history|"
    "berufserfahrung|beruflicher werdegang|expérience|expérience professionnelle|experiencia|experiencia laboral",
    "project": "projects|selected projects|personal projects|projekte|projets|proyectos",
    "volunteer": "volunteering|volunteer experience|volunteer work|ehrenamt|bénévolat|voluntariado",
    "education": "education|academic background|studies|ausbildung|studium|bildung|formation|educación|formación",
    "certificate": "certificates|certifications|licenses & certifications|courses|zertifikate|weiterbildung|certificaciones",
    "skills": "skills|technical skills|key skills|core competencies|tools|kenntnisse|fähigkeiten|compétences|habilidades",
    "languages": "languages|sprachen|langues|idiomas",
}
_HEADING = {name: part for part, names in HEADINGS.items() for name in names.split("|")}
_BULLET = re.compile(r"^\s*(?:[-*•·–▪◦‣●o]|\uf0b7)\s+(?=\S)")
_MONTHS = (
    "jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|mär|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?|janv(?:ier)?|févr(?:ier)?|mars|avr(?:il)?|juin|juil(?:let)?|"
    "août|septembre|octobre|novembre|déc(?:embre)?|ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|septiembre|"
    "octubre|noviembre|dic(?:iembre)?"
)
_NUMBER = {
    name: number
    for number, names in enumerate(
        (
            "jan ene",
            "feb fév",
            "mar mär",
            "apr avr abr",
            "may mai",
            "jun juin",
            "jul juil",
            "aug aoû ago",
            "sep",
            "oct okt",
            "nov",
            "dec dez déc dic",
        ),
        1,
    )
    for name in names.split()
}
_DAY = rf"(?:(?P<{{0}}m>{_MONTHS})\.?\s+|(?P<{{0}}n>0?[1-9]|1[0-2])[./])?(?P<{{0}}y>(?:19|20)\d\d)(?:-(?P<{{0}}k>0[1-9]|1[0-2]))?"
_NOW = r"present|now|today|current|ongoing|heute|aujourd’hui|actualidad"
SPAN = re.compile(
    rf"(?<!\d){_DAY.format('a')}\s*(?:–|—|-|to|bis|until)\s*(?:{_DAY.format('b')}|(?P<now>{_NOW}))(?!\d)", re.IGNORECASE
)
ONE_DAY = re.compile(rf"(?<!\d){_DAY.format('a')}(?!\d)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?:linkedin\.com|github\.com)/\S+", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d\s()./-]{6,18}\d")
_BETWEEN = re.compile(r"\s*[·|•]\s*")
TOP_LINES = 10


@dataclass
class _Part:
    """The lines under a heading."""

    sort: str
    lines: list[str] = field(default_factory=list)


def read_lines(lines: Sequence[str]) -> Reading:
    """The résumé in some lines of text."""
    minutes = Minutes()
    kept = [tidy(line) for line in lines]
    parts = _parts([line for line in kept if line])
    document = Document(basics=_top(parts[0].lines, minutes))
    for part in parts[1:]:
        document = _with(document, part, minutes)
    return minutes.reading(document)


def _parts(lines: Sequence[str]) -> list[_Part]:
    parts = [_Part("top")]
    for line in lines:
        sort = _HEADING.get(line.rstrip(":").strip().casefold())
        if sort:
            parts.append(_Part(sort))
        else:
            parts[-1].lines.append(line)
    return parts


def _with(document: Document, part: _Part, minutes: Minutes) -> Document:
    if part.sort == "summary":
        words = " ".join([document.basics.summary, *part.lines]).strip()
        return replace(document, basics=replace(document.basics, summary=words))
    if part.sort in ("work", "project", "volunteer"):
        return replace(document, positions=(*document.positions, *_positions(part, minutes)))
    if part.sort in ("education", "certificate"):
        return replace(document, studies=(*document.studies, *_studies(part, minutes)))
    if part.sort == "skills":
        return replace(document, skills=(*document.skills, *(_skill_line(line) for line in part.lines)))
    return replace(document, languages=(*document.languages, *_languages(part.lines)))


# --- the top ----------------------------------------------------------------------------------------------------------------


def _top(lines: Sequence[str], minutes: Minutes) -> Basics:
    if not lines:
        return Basics()
    name = lines[0] if _could_be_name(lines[0]) else ""
    basics = Basics(name=name)
    rest: list[str] = []
    for line in lines[1 if name else 0 : TOP_LINES]:
        basics, left = _contacts(basics, line)
        rest += [left] if left else []
    rest += lines[TOP_LINES:]
    if rest and len(rest[0]) <= 90 and not rest[0].endswith("."):
        basics = replace(basics, label=rest.pop(0))
    short = [line for line in rest if len(line) < 40 and not line.endswith(".")]
    minutes.loose += short
    return replace(basics, summary=" ".join(line for line in rest if line not in short))


def _could_be_name(line: str) -> bool:
    return len(line) <= 60 and not re.search(r"[\d@:/]", line)


def _contacts(basics: Basics, line: str) -> tuple[Basics, str]:
    """The address, number and links of a line go to their fields; what is left of it comes back."""
    if mail := _MAIL.search(line):
        basics = replace(basics, email=basics.email or mail.group())
        line = line.replace(mail.group(), "")
    for link in _LINK.findall(line):
        basics = _linked(basics, link.rstrip(".,;"))
        line = line.replace(link, "")
    if phone := _PHONE.search(line):
        basics = replace(basics, phone=basics.phone or phone.group())
        line = line.replace(phone.group(), "")
    parts = [
        part for part in _BETWEEN.split(line) if re.sub(r"\W|linkedin|github|e-?mail|phone|tel", "", part, flags=re.IGNORECASE)
    ]
    return basics, ", ".join(part.strip(" ,;:") for part in parts)


def _linked(basics: Basics, link: str) -> Basics:
    network = next((each for each in ("LinkedIn", "GitHub") if each.casefold() in link.casefold()), "")
    if network:
        return replace(basics, profiles=(*basics.profiles, Account(network, link)))
    return replace(basics, url=basics.url or link)


# --- positions and studies --------------------------------------------------------------------------------------------------


def _positions(part: _Part, minutes: Minutes) -> list[Position]:
    """A line with a span of days begins a position; the lines just above it that are no bullets are its title."""
    found: list[Position] = []
    waiting: list[str] = []
    for line in part.lines:
        if span := SPAN.search(line):
            found.append(_begun(line, span, waiting, part.sort, minutes))
            waiting = []
        elif found and (bullet := _BULLET.match(line)):
            found[-1], waiting = _settled(found[-1], waiting), []
            found[-1] = _and_bullet(found[-1], line[bullet.end() :])
        elif found and not waiting and found[-1].bullets and line[:1].islower():
            found[-1] = _longer(found[-1], line)
        else:
            waiting.append(_BULLET.sub("", line))
    if found and not found[-1].bullets:
        found[-1], waiting = _settled(found[-1], waiting), []
    minutes.loose += waiting
    return found


def _begun(line: str, span: re.Match[str], waiting: list[str], sort: str, minutes: Minutes) -> Position:
    rest = [part for part in _BETWEEN.split(_without(line, span)) if part.strip(" ,;()")]
    titles = waiting[-2:] if rest and _is_detail(rest) else waiting[-1:] if not rest else []
    minutes.loose += waiting[: len(waiting) - len(titles)]
    if not titles and rest:
        titles, rest = rest[:1], rest[1:]
    role, name = _title(", ".join(titles))
    link = next((each for each in rest if _LINK.fullmatch(each.strip())), "")
    place = next((each.strip(" ,;()") for each in rest if each != link), "")
    start, end = _days(span)
    return Position(new_id(), name, role, start, end, location=place, url=link.strip(), sort=sort)


def _is_detail(rest: Sequence[str]) -> bool:
    """Whether what stands beside the days is a place or a link, not a title."""
    return all(_LINK.fullmatch(each.strip()) or (len(each) < 30 and " at " not in each) for each in rest)


def _without(line: str, span: re.Match[str]) -> str:
    return (line[: span.start()] + line[span.end() :]).strip(" ,;()\t")


def _title(title: str) -> tuple[str, str]:
    """Role and firm, where a comma, “at” or a line between them tells; else all of it is the role, and the firm is empty."""
    parts = re.split(r"\s+(?:at|bei|@)\s+|,\s+|\s+[|–—]\s+", title, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else (title, "")


def _days(span: re.Match[str]) -> tuple[str, str]:
    return _day(span, "a"), "" if span["now"] else _day(span, "b")


def _day(found: re.Match[str], side: str) -> str:
    name = found[f"{side}m"]
    month = _month(name) if name else int(found[f"{side}n"] or found[f"{side}k"] or 0)
    return f"{found[f'{side}y']}-{month:02}" if month else found[f"{side}y"]


def _month(name: str) -> int:
    return next(_NUMBER[name[:length].casefold()] for length in (4, 3) if name[:length].casefold() in _NUMBER)


def read_day(found: re.Match[str]) -> str:
    """What ``ONE_DAY`` found, as the document writes days."""
    return _day(found, "a")


def _settled(position: Position, waiting: list[str]) -> Position:
    """Lines between the days and the first bullet are the position’s summary."""
    return replace(position, summary=" ".join([position.summary, *waiting]).strip()) if waiting else position


def _and_bullet(position: Position, text: str) -> Position:
    return replace(position, bullets=(*position.bullets, Bullet(new_id(), text)))


def _longer(position: Position, line: str) -> Position:
    last = position.bullets[-1]
    return replace(position, bullets=(*position.bullets[:-1], replace(last, text=f"{last.text} {line}")))


def _studies(part: _Part, minutes: Minutes) -> list[Study]:
    found: list[Study] = []
    waiting: list[str] = []
    for line in part.lines:
        span = SPAN.search(line)
        day = span or ONE_DAY.search(line)
        if day is None:
            waiting.append(_BULLET.sub("", line))
            continue
        rest = _without(line, day)
        title = waiting[-1] if waiting and (not rest or _is_detail(_BETWEEN.split(rest))) else rest
        minutes.loose += [each for each in waiting if each != title]
        start, end = _days(span) if span else (_day(day, "a"), "")
        found.append(_study(title, start, end, part.sort))
        waiting = []
    minutes.loose += waiting
    return found


def _study(title: str, start: str, end: str, sort: str) -> Study:
    learnt, _, school = title.rpartition(", ")
    if not learnt:
        learnt, school = (title, "") if sort == "certificate" else ("", title)
    if sort == "certificate":
        return Study(new_id(), school, area=learnt, start=start, sort=sort)
    degree, _, area = learnt.partition(" ")
    is_degree = bool(re.fullmatch(r"(?:B|M|Dr|Ph|MB|Dipl)[\w.]*", degree))
    return Study(new_id(), school, area if is_degree else learnt, degree if is_degree else "", start, end)


# --- skills and languages ---------------------------------------------------------------------------------------------------


def _skill_line(line: str) -> Skills:
    line = _BULLET.sub("", line)
    name, colon, words = line.partition(":")
    if not colon:
        name, words = "", line
    kept = [word.strip(" .") for word in re.split(r"[,;·|•]", words)]
    return Skills(new_id(), name.strip(), tuple(word for word in kept if word))


def _languages(lines: Sequence[str]) -> list[Language]:
    spoken = [word.strip(" .") for line in lines for word in re.split(r"[,;·|•](?![^(]*\))", _BULLET.sub("", line))]
    return [_language(word) for word in spoken if word]


def _language(word: str) -> Language:
    found = re.fullmatch(r"(.+?)\s*(?:\((.+)\)|[:–-]\s*(.+))", word)
    return Language(found[1], (found[2] or found[3]).strip()) if found else Language(word)
