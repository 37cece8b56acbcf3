"""Short word lists: what may stand in a name or an address, and what is never one. Made by hand; small on purpose."""

from __future__ import annotations


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


PARTICLES = _words(
    "de la le du des da do dos das del della di d' of the van von der den an am im zu på i y e et ed à av a dei dello delle las "
    "los san ul ul. r. u. c/"
)
NAME_PARTICLES = _words("de da do dos del della di la le du van von der den ten ter bin ibn al el y e zu")
# Of the United States, and of their forces' post.
STATES = _words(
    "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI "
    "SC SD TN TX UT VA VT WA WI WV WY AA AE AP"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec"
)
_LITTLE = (
    "i i'm i've i'd i'll it it's its he she they we we're we've you your yours my our his her their this that these those there "
    "here the a an and or but so if when while because as at by for from in into of off on out over to up with without not no "
    "yes nor is are was were be been am has have had do does did can could will would should may might must please thanks thank "
    "sorry hello hi hey dear ok okay what which who whom whose why how where then than also just only very too again now today "
    "tomorrow yesterday still already maybe however although though since until after before during about all any some every "
    "each both more most less many much few other another same such own"
)
NEVER_A_PLACE = _words(
    _DAYS,
    _MONTHS,
    _LITTLE,
    "pm p.m utc gmt est pst usd eur gbp star stars year years month months week weeks day days hour hours minute minutes second "
    "seconds size sizes percent gb mb tb kg lb lbs oz inch inches mobile phone desk fax tel telephone email e-mail website "
    "iphone windows android galaxy pixel xbox playstation version step steps level stage option",
)
# Whoever is greeted or thanked so is no person, or not by name. Brands and products that carry a title or a given name stay.
NOT_A_NAME = _words(
    _DAYS,
    _LITTLE,
    "mr mrs ms miss dr prof sir sirs madam madame team customer customers support service services everyone everybody all folks "
    "guys friends friend there retailer retailers seller sellers buyer buyers designer designers company management manager "
    "staff crew reader readers shopper shoppers reviewer reviewers diary god lord santa hiring helpdesk admin moderator "
    "developer developers anthro anthropologie amazon google apple microsoft facebook walmart target ebay paypal netflix uber "
    "asap back later soon regards wishes cheers best love sincerely anyway amazing awesome great good well bad nice perfect "
    "beautiful lovely gorgeous really never always nothing something wrong right spelled spelt misspelled misspelt incorrect "
    "correct different missing changed printed listed registered called known given going being taken shown martens marten "
    "scholl scholl's scholls pepper dre oetker jart hauschka bronner bronner's barbara clean coffee beast bean rogers potato "
    "robot meyers meyer's porter muscle bubble fresh kitty world selfridge dior sixty universe america me chatelaine office "
    "word excel teams paint dos project access windows outlook card account order name number date address email phone password "
    "team's first last middle maiden full inc ltd llc gmbh corp bank",
)
# Common given names, lower case: English, and some of other languages that people write to English-speaking companies.
GIVEN_NAMES = _words(
    "aaron abby abdul abigail adam adrian ahmed aisha alan albert alejandro alex alexander alexandra alexis alice alicia alison "
    "allison amanda amber amelia amir amy ana andrea andreas andrew andy angela anita ann anna anne annie anthony antonio arjun "
    "arthur ashley audrey austin barbara beatrice becky ben benjamin bernard beth betty beverly bill billy bob bobby bonnie "
    "brad bradley brandon brenda brian brittany bruce bryan caleb cameron carl carla carlos carmen carol caroline carolyn "
    "catherine cathy charles charlie charlotte chen cheryl chloe chris christian christina christine christopher cindy claire "
    "claudia connie craig crystal cynthia dan daniel danielle danny dave david dawn dean deborah debra denise dennis derek "
    "derrick diana diane diego dmitri dominic don donald donna doris dorothy doug douglas dylan ed eddie edward eileen elaine "
    "elena elizabeth ella ellen emily emma eric erica erik erin ethan eva evan evelyn fatima felix fernando fiona florence "
    "frances francis francisco frank fred gabriel gareth gary gemma george gerald gina giulia glen gloria gordon grace graham "
    "greg gregory hannah harold harry hassan heather heidi helen henry holly howard hugo ian ibrahim ines ingrid irene isaac "
    "isabel isabella ivan jack jackie jackson jacob jacqueline jake james jamie jan jane janet janice jasmine jason javier jean "
    "jeff jeffrey jen jennifer jenny jeremy jerry jesse jessica jesus jill jim jimmy joan joanna joanne joe joel johan john "
    "johnny jon jonathan jordan jorge jose joseph josh joshua joyce juan judith judy julia julian julie justin karen karl kate "
    "katherine kathleen kathryn kathy katie kayla keith kelly ken kenneth kevin kim kimberly klaus kristen kumar kyle larry "
    "laura lauren laurie leah lee leo leon leonard leslie lewis liam lillian linda lindsay lisa logan lois lori louis louise "
    "lucas lucy luis luke lukas lynn madison manuel marco marcus margaret maria marie marilyn mario mark marta martha martin "
    "mary mateo matt matthew max megan mehmet melanie melissa michael michelle miguel mike ming miriam mohamed mohammad "
    "mohammed molly monica muhammad nadia nancy naomi natalie natasha nathan neil nicholas nick nicola nicole nina noah nora "
    "norma oliver olivia omar oscar owen pablo pam pamela patricia patrick paul paula pauline pedro peggy peter phil philip "
    "phillip phyllis pierre priya rachel rahul raj ralph ramon randy raymond rebecca rekha ricardo richard rick rita rob robert "
    "roberta roberto robin rodney roger roland ron ronald rosa rosemary ross roy russell ruth ryan sally sam samantha samuel "
    "sandra sanjay sara sarah scott sean sergio shannon sharon shaun sheila shirley simon sofia sonia sophia sophie stacey "
    "stefan stella stephanie stephen steve steven stuart sue sunil susan suzanne sylvia tamara tanya tara ted teresa terry "
    "theresa thomas tiffany tim timothy tina todd tom tommy tony tracy travis tyler valerie vanessa vera veronica vicki victor "
    "victoria vincent vivian walter wanda wayne wendy wei william yusuf yvonne zach zoe"
)
