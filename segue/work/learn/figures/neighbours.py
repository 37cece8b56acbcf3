"""The sentences nearest to one that is typed: by meaning, and by the words they share."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from segue.shared.components import Column, Figure, Stat, Table
from segue.work.lab import encoding
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Guess, Outcome, PlayFigure, Settings, TextLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

SHOWN = 5
SENTENCES = (
    "You took money from my card two times for the same box.",
    "I was charged for delivery, which seems fair.",
    "The amount on my bill is higher than on the website.",
    "My refund has still not arrived.",
    "Please send me an invoice with my company’s name.",
    "The discount code did not work at checkout.",
    "My parcel came three days late.",
    "The courier left the box in the rain.",
    "Nobody rang the bell, and the food was taken back.",
    "Delivery was on time, as always.",
    "I would like a later slot on Fridays.",
    "The tracking page shows the wrong street.",
    "The herbs were frozen when I unpacked them.",
    "Two of the tomatoes had gone bad.",
    "The meat was missing from the box.",
    "Everything was fresh and well packed.",
    "The portions are too small for two adults.",
    "There is far too much plastic around the vegetables.",
    "I found a piece of glass in the salad.",
    "The recipe forgot to say when to add the salt.",
    "My children loved the noodle soup.",
    "Please offer more meals without meat.",
    "Could you mark dishes that contain nuts?",
    "Cooking took an hour instead of 25 minutes.",
    "The instructions are easy to follow.",
    "The app closes by itself when I open a recipe.",
    "I can’t log in since the last update.",
    "The password reset e-mail never comes.",
    "Searching for a dish is slow on my old phone.",
    "I like the new dark mode.",
    "The button to skip a week is hard to find.",
    "How do I pause my subscription over the summer?",
    "I want to cancel, and the page sends me in circles.",
    "You went on sending boxes after I had cancelled.",
    "Changing my address took ten seconds. Great.",
    "Support answered within five minutes and was kind.",
    "I waited on the phone for half an hour.",
    "The chatbot did not understand a word I said.",
    "Nobody has replied to my three messages.",
    "Thank you for replacing the broken jar so quickly.",
)
START = "My login is broken."


@cache
def _known() -> Numbers:
    return encoding.encode(SENTENCES)


@cache
def _plane() -> Any:
    """The two directions in which the sentences differ most, so that they can be drawn on paper."""
    from sklearn.decomposition import PCA

    return PCA(2, random_state=0).fit(_known())


@cache
def _counted() -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(stop_words=None)
    return words, words.fit_transform(SENTENCES)


@lru_cache(maxsize=128)
def by_meaning(text: str) -> tuple[tuple[float, int], ...]:
    """Similarity (cosine of the vectors) and place of each sentence, nearest first."""
    values = (_known() @ encoding.encode([text])[0]).tolist()
    return tuple(sorted(((value, place) for place, value in enumerate(values)), reverse=True))


@lru_cache(maxsize=128)
def by_words(text: str) -> tuple[tuple[float, int], ...]:
    """Similarity by shared words (cosine of TF-IDF) and place of each sentence that shares one, nearest first."""
    words, counted = _counted()
    values = (counted @ words.transform([text]).T).toarray()[:, 0].tolist()
    return tuple(sorted(((value, place) for place, value in enumerate(values) if value > 0), reverse=True))


def show(settings: Settings) -> Outcome:
    """The nearest sentences both ways, and all of them on a map."""
    text = settings.word("text")
    meaning, words = by_meaning(text)[:SHOWN], by_words(text)[:SHOWN]
    both = {place for _, place in meaning} & {place for _, place in words}
    first = SENTENCES[words[0][1]] if words else "none, since no sentence shares a word with it."
    says = f"Nearest by meaning: “{SENTENCES[meaning[0][1]]}” Nearest by shared words: {f'“{first}”' if words else first}"
    if meaning[0][0] < 0.3:
        says += " Even the nearest is far away: nothing here is about the same thing, and yet something always comes first."
    return Outcome(
        says,
        (
            Stat(
                f"{meaning[0][0]:.2f}",
                label="similarity of the nearest by meaning",
                note="1 is the same, around 0 has nothing to do with it",
            ),
            Stat(len(both), label=f"sentences that are in both lists of {SHOWN}"),
        ),
        (_map(text, [place for _, place in meaning]),),
        tables=(_table("Nearest by meaning (embedding)", meaning), _table("Nearest by shared words (TF-IDF)", words)),
    )


def _table(caption: str, found: tuple[tuple[float, int], ...]) -> Table:
    rows: list[list[object]] = [[f"{value:.2f}", SENTENCES[place]] for value, place in found]
    return Table(
        caption,
        [Column("Similarity", is_number=True), Column("Sentence")],
        rows or [["0.00", "No sentence shares a word with it."]],
    )


def _map(text: str, near: list[int]) -> Figure:
    points = _plane().transform(_known()).tolist()
    typed = _plane().transform(encoding.encode([text])).tolist()[0]
    across = [point[0] for point in [*points, typed]]
    up = [point[1] for point in [*points, typed]]
    plot = Plot(
        "map",
        "The sentences on a map where like lies near like",
        Axis("", min(across) - 0.05, max(across) + 0.05),
        Axis("", min(up) - 0.05, max(up) + 0.05),
    )
    plot.dots([tuple(point) for n, point in enumerate(points) if n not in near], 0, named="the 40 sentences")
    plot.dots([tuple(points[n]) for n in near], 1, named=f"the {len(near)} nearest by meaning")
    plot.crosses([tuple(typed)], named="yours")
    rows = [[n + 1, sentence, "near" if n in near else ""] for n, sentence in enumerate(SENTENCES)]
    table = Table("The 40 sentences", [Column("No.", is_number=True), Column("Sentence"), Column("Yours")], rows)
    note = (
        "Each sentence has 384 numbers; the map keeps the two directions in which they differ most, so what looks near here "
        "can be far."
    )
    return Figure("map", "Like lies near like, roughly.", table, plot.svg(), note=note)


FIGURE = PlayFigure(
    "neighbours",
    "Near in meaning",
    "40 sentences of customers of a made-up meal box. Type one of your own: which of them come nearest?",
    ("embeddings", "semantic-search", "text-vectors", "natural-language-processing"),
    "Somebody types “My login is broken.” Two ways look for the nearest sentence: one compares meaning, one counts shared words. "
    "What does the one that compares meaning put first?",
    (
        Guess("words", "“Thank you for replacing the broken jar so quickly.” It shares the word “broken”."),
        Guess("meaning", "“I can’t log in since the last update.” It shares no word.", right=True),
        Guess("other", "“I like the new dark mode.” It is as short."),
    ),
    "An embedding turns a text into numbers so that texts about the same thing get numbers that are alike, whatever their "
    "words. Counting "
    "words sees only that both say “broken”.",
    "Near means: about the same thing. Praise and blame of one thing lie close together, and a rare complaint lands beside "
    "whatever is least far away: try “Rotten vegetables again.”",
    (TextLine("text", "Your sentence", START),),
    show,
    needs=("numpy", "sklearn", "onnxruntime", "tokenizers"),
)
