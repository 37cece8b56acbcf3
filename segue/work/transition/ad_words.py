"""The words by which an ad is taken apart: its headings, what marks must and nice, and what every firm writes at the end."""

from __future__ import annotations

import re

MUST, NICE, DUTIES, REST, NOT_COUNTED = "must", "nice", "duties", "rest", "not-counted"

# Headings by what stands below them, the more telling first: “preferred qualifications” are no minimum.
_HEADINGS = {
    NICE: (
        r"nice[- ]to[- ]haves?|(?:preferred|desired|desirable|bonus|additional|optional)\b.{0,40}|bonus(?: points)?.{0,20}"
        r"|(?:it(?:[’']s| is|[’']d be| would be) )?(?:a )?(?:plus|bonus)(?: if.{0,30})?|extra credit|pluses|what would be great"
        r"|(?:even )?better if.{0,30}|we(?:[’']d| would) (?:also )?love.{0,30}|great if.{0,30}|standout.{0,30}|ways to stand out.{0,20}"
        r"|what sets you apart|icing on the cake|good to have|von vorteil|idealerweise|wünschenswert.{0,20}|pluspunkte"
        r"|das wäre (?:toll|schön|super|ein plus)|pluspunkte sammeln.{0,20}|gern gesehen|not essential.{0,20}|helpful.{0,20}"
    ),
    NOT_COUNTED: (
        r"(?:our |the |your |employee )?(?:benefits?|perks)\b.{0,30}|what we offer.{0,10}|we offer|what(?:[’']s| is) in it for you|what you(?:[’']ll| will) get"
        r"|compensation.{0,30}|salary.{0,30}|pay(?: range| transparency).{0,20}|equal (?:opportunit|employment).{0,40}"
        r"|diversity.{0,40}|(?:our )?commitment to.{0,40}|how to apply|apply(?: now)?|(?:the |our )?(?:application|interview|hiring|recruitment) process"
        r"|accommodations?|inclusion.{0,30}|privacy notice.{0,20}|next steps|what to expect(?: next)?|(?:a )?note (?:on|to|for).{0,30}|use of ai.{0,40}"
        r"|wir bieten.{0,20}|was wir (?:dir |ihnen )?bieten|das bieten wir.{0,20}|unser angebot.{0,20}|ihre vorteile|deine vorteile"
        r"|kontakt|bewerbung|(?:so )?bewirb dich.{0,20}|interesse\??|haben wir ihr interesse geweckt\??|chancengleichheit|legal"
    ),
    MUST: (
        r"(?:minimum|basic|required|key|essential|core|must[- ]have|your|the|our|technical|professional|person|candidate|job)? ?"
        r"(?:qualifications?|requirements?|criteria|skills?(?: (?:and|&) (?:experience|qualifications?))?|experience(?: (?:and|&) skills?)?"
        r"|must[- ]haves?|specification|profile|background)(?: required)?|essential|required|essentials"
        r"|what you(?:[’']ll| will)? (?:bring|need).{0,25}|who you are|about you|you (?:have|are|bring|may be|should have)|you(?:[’']ll| will) (?:have|need|bring)"
        r"|what we(?:[’']re| are)? (?:looking for|look for|need|expect|ask).{0,20}|we(?:[’']re| are) looking for.{0,20}|your (?:experience|skills|toolkit).{0,20}"
        r"|we need|the ideal candidate.{0,10}|what (?:makes you a fit|it takes)|you(?:[’']re| are) a (?:good |great )?fit if.{0,10}"
        r"|(?:ihr|dein|das|gesuchtes)? ?(?:anforderungs)?profil|(?:ihre |deine |unsere )?anforderungen.{0,15}|(?:ihre |deine )?qualifikation(?:en)?|voraussetzungen"
        r"|das bringst du mit|das bringen sie mit|was du mitbringst|was sie mitbringen|wir erwarten|was wir erwarten|das zeichnet (?:dich|sie) aus|damit überzeug.{0,20}|kenntnisse"
    ),
    DUTIES: (
        r"(?:your |key |main |core |job |the )?(?:responsibilities|duties|tasks|accountabilities|mission)|(?:about )?the (?:role|job|position|opportunity)|(?:about )?(?:this|your) (?:role|job)|role(?: (?:overview|summary|purpose))?"
        r"|what you(?:[’']ll| will) (?:do|own|be doing|work on).{0,20}|you will|your impact|in this role.{0,30}|day to day|a typical week|job description"
        r"|how you(?:[’']ll| will) (?:make an impact|spend).{0,20}|the work|what the job is|your first .{0,20}"
        r"|(?:ihre|deine|die|das sind deine) aufgaben.{0,20}|aufgaben.{0,15}|das erwartet (?:dich|sie)|was (?:dich|sie) erwartet|das machst du|ihre rolle|deine rolle|verantwortlichkeiten|stellenbeschreibung"
    ),
    REST: (
        r"about (?:us|the (?:company|team)|[A-Z]\S*(?: \S+)?)|who we are|our (?:company|team|story|mission|values|product|technology|stack)|the (?:company|team)|why .{0,30}|company overview"
        r"|über uns|wer wir sind|das sind wir|unser unternehmen|das unternehmen|location|department|industry|tech stack"
    ),
}
HEADINGS = tuple((name, re.compile(rf"(?:{words})", re.IGNORECASE)) for name, words in _HEADINGS.items())

# “… is a plus” speaks of what stands before it, “ideally …” of what comes after.
NICE_BEFORE = re.compile(
    r"\b(?:(?:(?:is|are|would be|will be|considered|seen as|as)\s+)?(?:an?\s+)?(?:(?:big|huge|strong|definite|real|nice)\s+)?(?:plus|bonus|advantage|asset)(?!\s+(?:points|if))"
    r"|(?:is |are |strongly |highly )?(?:preferred|desirable|desired|advantageous|beneficial)|(?:is |are )?nice[- ]to[- ]have|(?:is|are) helpful|helps?(?= *[.;)]|$)|(?:is|are) welcome"
    r"|not (?:required|essential|needed|a must)|optional|(?:sind |ist |wäre |wären )?(?:von vorteil|wünschenswert|ein plus|vorteilhaft|gern gesehen))(?!\w)",
    re.IGNORECASE,
)
NICE_AFTER = re.compile(
    r"\b(?:ideally|preferably|bonus(?: points)?(?: (?:for|if))?:?|(?:it(?:[’']s| is) )?a plus if|nice[- ]to[- ]haves?:|preferred:|a bonus if|we(?:[’']d| would) (?:also )?(?:love|be delighted|like)|great if|even better|extra points"
    r"|idealerweise|optimalerweise|gerne? auch|wünschenswert(?: (?:ist|sind|wären?))?|von vorteil (?:ist|sind|wären?)|pluspunkte? (?:für|sammeln))(?!\w)",
    re.IGNORECASE,
)
MUST_CUE = re.compile(
    r"\b(?:(?:is |are )?(?:required|essential|mandatory|a must|non[- ]negotiable|necessary|needed)|must(?:[- ]haves?)?|at least|minimum|you(?:[’']ll| will)? (?:have|bring|need|should have|can|know|understand|are comfortable|are able)|you(?:[’']ve| have)"
    r"|we (?:need|require|expect|ask for|want) (?:someone|somebody|you|a person|experience|at)?|(?:looking for|seek(?:ing)?) (?:someone|somebody|a|an) .{0,60}?(?:with|who)|the (?:right|ideal|successful) (?:person|candidate)"
    r"|(?:strong|proven|solid|demonstrated|hands[- ]on|deep|\d\+?) (?:years )?(?:experience|understanding|knowledge|track record)|years of|years in|years as"
    r"|(?:ist |sind )?(?:erforderlich|zwingend|vorausgesetzt|notwendig|unerlässlich)|setzen wir voraus|voraussetzung|mindestens|sie (?:bringen|verfügen|haben)|du (?:bringst|hast|verfügst|kennst)|wir erwarten|jahre)(?!\w)",
    re.IGNORECASE,
)
# What stands in every ad of a firm, and asks nothing.
BOILERPLATE = re.compile(
    r"equal[- ]opportunit|regardless of|without regard to|protected (?:by law|characteristic|veteran|status)|race, (?:colou?r|religion|ethnic)|gender identity|sexual orientation|reasonable (?:accommodation|adjustment)|background check"
    r"|(?:health|dental|medical|life|vision|travel|pet) (?:insurance|cover|plan|care plan)|paid (?:time off|leave|holiday|vacation)|parental leave|adoption leave|days(?:[’'])? (?:of )?(?:holiday|leave|vacation)|pension|401\(?k|stock options|free (?:lunch|fruit|coffee)"
    r"|(?:send|submit|upload|attach|email|share) (?:us )?(?:your|a|an) (?:CV|résumé|resume|application|cover)|your application|cover letter|privacy (?:notice|policy|statement)|applicants? (?:data|information)|recruit(?:ing|ment) (?:agenc|team)|AI in (?:our )?(?:hiring|recruit)"
    r"|mental health|wellbeing|well-being|gym|salary range|base salary|base pay|we offer|you(?:[’']ll| will) get\b|relocation|visa sponsorship|e-verify|disabilit"
    r"|schwerbehindert|unabhängig von (?:geschlecht|herkunft|alter)|betriebliche altersvorsorge|urlaubstage|tage urlaub|bewerbungsunterlagen|ihre bewerbung|deine bewerbung|gehaltsvorstellung|jobrad|wir bieten|jobticket|homeoffice-möglichkeit",
    re.IGNORECASE,
)
GERMAN = frozenset("und der die das mit für wir sie du ihre deine von zu im eine einen oder als bei auf sowie ist".split())
ENGLISH = frozenset("and the with for we you your our of to in a an or as at on is are will that".split())
NUMBERS = {
    **{word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)},
    **{word: n for n, word in enumerate("ein zwei drei vier fünf sechs sieben acht neun zehn".split(), 1)},
}
YEARS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(NUMBERS)})\s{{0,2}}(?:\+|plus|or more|oder mehr)?(?:\s?(?:[-–]|to|bis)\s?\d{{1,2}}\s?\+?)?\s{{0,2}}(?:years?|yrs?|jahren?)\b[’']?\s?(.{{0,60}})",  # noqa: RUF001
    re.IGNORECASE,
)
OF_WORK = re.compile(r"experience|erfahrung|product|produkt|working|work|as an?\b|in an?\b|in der|in einer|building|managing|shipping|track record|als\b|relevant|PM\b", re.IGNORECASE)
NOT_OF_WORK = re.compile(r"\bago\b|for the past|over the (?:last|next)|in business|we have (?:been|spent)|founded|gegründet|\bseit\b|young|old\b|next\b|warranty|history", re.IGNORECASE)
SENIORITIES = (
    ("head", "Head of product or higher", re.compile(r"\b(?:head of|director|VP|vice president|chief|CPO|leiter(?:in)?|leitung)\b", re.IGNORECASE)),
    ("lead", "Lead, principal or group", re.compile(r"\b(?:lead|principal|staff|group product|group PM)\b", re.IGNORECASE)),
    ("senior", "Senior", re.compile(r"\b(?:senior|sr\.?|experienced|erfahrener?)(?!\w)", re.IGNORECASE)),
    ("junior", "Junior or associate", re.compile(r"\b(?:junior|associate|graduate|entry[- ]level|intern|trainee|werkstudent(?:in)?|apm)\b", re.IGNORECASE)),
)
