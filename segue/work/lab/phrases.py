"""What customers of Pantrywick say: a meal planner that does not exist. ``example`` puts their sentences together from these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Aspect:
    """One part of the app. A complaint is a subject, a fault and when; praise is a subject and what is good about it.

    ``complaints`` are whole.
    """

    subjects: tuple[str, ...]
    faults: tuple[str, ...]
    praises: tuple[str, ...]
    complaints: tuple[str, ...]
    when: tuple[str, ...] = ("since the last update", "almost every day", "when I stand in the shop", "for weeks now", "again")


ASPECTS = {
    "sync": Aspect(
        ("Sync", "Syncing between my phone and tablet", "The sync with my partner’s phone", "Cloud sync"),
        (
            "loses items from the list",
            "takes minutes to catch up",
            "overwrites what I changed on the other device",
            "doubles every meal in the plan",
            "says it is up to date when it isn’t",
        ),
        ("is instant", "just works", "has never lost a thing", "is spot on", "is why I stay"),
        (
            "My phone and my laptop never show the same plan, sync is broken",
            "I have to sign out and in again before my devices sync",
            "Changes made offline vanish with the next sync",
            "Sync stopped working after the update",
        ),
    ),
    "price": Aspect(
        ("The price", "The subscription", "The yearly plan", "The family subscription"),
        (
            "is too expensive for what it does",
            "is higher than for my music streaming",
            "is not worth the money",
            "is a joke for a shopping list",
        ),
        ("is fair", "is worth every penny", "pays for itself in food we no longer throw away", "is good value for a family"),
        (
            "Charged twice for the same year",
            "The price went up by half without a word",
            "My subscription renewed itself and I can’t get a refund",
            "So much that was free is behind a paywall now",
            "Why do I pay a subscription for a shopping list",
        ),
        ("this year", "now", "since the increase"),
    ),
    "search": Aspect(
        ("Recipe search", "The search box", "Search by ingredient", "The recipe finder"),
        (
            "finds nothing unless I spell it exactly",
            "ignores the vegetarian filter",
            "shows the same ten recipes whatever I type",
            "forgets my filters every time",
            "leaves out half of my own recipes",
        ),
        (
            "finds a recipe for whatever is in my fridge",
            "is clever",
            "has brilliant filters",
            "turns up recipes I would never think of",
        ),
        ("I typed chickpeas and the search gave me beef stew", "Filters for allergies don’t work in search"),
    ),
    "export": Aspect(
        ("Export", "The PDF export", "Exporting my recipes", "Printing the weekly plan"),
        (
            "cuts off half of the page",
            "fails with an error",
            "leaves out my notes and photos",
            "makes a file that nothing can open",
            "is hidden three menus deep",
        ),
        ("takes one tap", "gives me a clean page for the fridge", "worked at the first try", "is neat and tidy"),
        ("No way to export my recipes to a spreadsheet", "I can’t get my own recipes out of it as a file"),
    ),
    "sharing": Aspect(
        ("Sharing the shopping list", "The shared family list", "List sharing", "The shared plan"),
        (
            "doesn’t let my husband tick things off",
            "mixes up who buys what",
            "only works if both pay",
            "shows my private notes to everybody",
        ),
        (
            "has ended the arguments about who buys milk",
            "is so easy with my flatmates",
            "works a treat, the kids add things too",
            "means nobody comes home without bread",
            "is the best part of it",
            "has saved us so many trips to the shop",
        ),
        ("My mum can’t join our family list", "The invitation to our shared list never arrives"),
    ),
    "notifications": Aspect(
        ("The reminder", "The defrost reminder", "The daily notification", "The evening notification"),
        (
            "can’t be switched off",
            "comes at three in the morning",
            "comes an hour after dinner",
            "is nothing but adverts",
            "never comes",
        ),
        ("is genius", "comes at just the right time", "keeps me on plan", "is gentle and useful"),
        ("Stop sending me five notifications a day", "I turned reminders off and still get notifications"),
    ),
    "speed": Aspect(
        ("The app", "Opening a recipe", "Scrolling through the plan", "Starting up"),
        (
            "is painfully slow",
            "makes my phone freeze for ten seconds",
            "makes my old phone crash",
            "takes forever",
            "drains my battery",
        ),
        ("is fast", "is quick and smooth even on an old phone", "feels snappy", "never keeps me waiting"),
        ("Slow, slow, slow, I stare at a loading wheel", "It crashes as soon as I open a photo"),
    ),
    "support": Aspect(
        ("Support", "Customer service", "The help desk", "The support team"),
        (
            "sends the same canned answer every time",
            "never writes back",
            "closes my tickets without reading them",
            "takes nine days to answer",
        ),
        (
            "answered within an hour",
            "was friendly and solved it the same day",
            "really cares",
            "helped me get my recipes back",
        ),
        ("Nobody answers my e-mails to customer service", "Still waiting for a reply from support"),
    ),
}
OPENINGS = {
    "bad": (
        "Really frustrated.",
        "Not happy.",
        "I used to love this app.",
        "Please fix this.",
        "Disappointed.",
        "I want to like it.",
    ),
    "mixed": ("Good idea, not there yet.", "It’s ok.", "Bit of both.", "Nice app on the whole.", "Getting there."),
    "good": (
        "Love it.",
        "So happy with this.",
        "Best planner I’ve tried.",
        "Really helpful.",
        "A lifesaver.",
        "Great little app.",
    ),
}
CLOSINGS = {
    "bad": (
        "I’m about to cancel.",
        "One star until it works.",
        "Thinking of going back to paper.",
        "Sort it out.",
        "What a waste of time.",
    ),
    "mixed": ("Will keep it for now.", "Could be great.", "We’ll see.", "Three stars for effort."),
    "good": ("Would recommend.", "Keep it up.", "Told all my friends.", "Our evenings are calmer.", "Thank you."),
}
LIVES = (
    "Two kids and no time to think about dinner.",
    "I cook for one.",
    "I plan the week on Saturday with a coffee.",
    "We are four in a shared flat.",
    "Came from another meal planner.",
    "I work nights.",
    "Been using Pantrywick for a year.",
    "Third month with Pantrywick.",
)
SARCASM = (
    "Oh great, another update that breaks what worked",
    "Fantastic, dinner for four turned into dinner for nobody, thanks a lot",
    "Love how I get to type everything in twice, so relaxing",
    "Brilliant idea to hide the one button everybody needs",
    "Well done, you made a shopping list need a manual",
)
SHORT = {
    "bad": ("rubbish", "Don’t bother.", "broken", "Meh", "waste of money", "worse every month", "no"),
    "mixed": ("ok", "it’s fine", "Not bad", "does the job", "so so"),
    "good": ("Love it!", "great app", "👍", "Works.", "super", "My favourite app", "very good very good"),
}
CONTACT = (
    "Write to me at {mail}.",
    "My account is {mail}, please look into it.",
    "Call me on {phone} after six.",
    "You can reach me on {phone}.",
    "Order number {order}, still no refund.",
    "My order {order} was charged twice, answer to {mail} please.",
)
NAMES = ("ada", "b.okafor", "carmen", "dmitri", "elif", "fiona.grey", "gus", "hana", "ivo", "june.park")
