"""Feedback of a made-up shop, with four planted topics whose tone, group and time are known."""

from __future__ import annotations

import csv
import random
from pathlib import Path

OPENINGS = (
    "I bought this last month",
    "Second order from this shop",
    "A gift for my sister",
    "My first time here",
    "Ordered on a whim",
)
TOPICS = {
    "delivery": (
        (
            "The parcel arrived two weeks late",
            "The courier left my parcel in the rain",
            "Nobody answers about the missing delivery",
        ),
        (1, 2),
    ),
    "fabric": (
        ("The fabric is soft and warm", "Lovely cotton and it washes well", "Such a soft fabric against the skin"),
        (4, 5),
    ),
    "size": (
        ("The size runs small so order one up", "Sizes are off and the waist is too tight", "It came in the wrong size again"),
        (2, 3),
    ),
    "service": (
        (
            "The staff were friendly and helped me at once",
            "Support solved my problem in minutes",
            "A kind person on the phone helped",
        ),
        (5, 5),
    ),
}
ENDINGS = ("Would tell a friend.", "We will see.", "That is all I can say.", "Thanks for reading.", "Other than that, fine.")


def shop_rows(count: int = 240, seed: int = 1) -> list[dict[str, str]]:
    """Rows with text, stars, written, topic, age and region. Late rows speak of delivery more often."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        topic = "delivery" if number > 0.7 * count and chance.random() < 0.4 else chance.choice(sorted(TOPICS))
        sentences, stars = TOPICS[topic]
        text = f"{chance.choice(OPENINGS)}. {chance.choice(sentences)}. {chance.choice(ENDINGS)}"
        if number % 40 == 7:
            text += f" Write to buyer{number}@example.com or call 555-0{number:03}-4471."
        rows.append(
            {
                "id": str(1000 + number),
                "text": text,
                "stars": str(chance.choice(stars)),
                "written": f"2026-{1 + number * 10 // count:02}-{1 + number % 28:02}",
                "topic": topic,
                "age": str(chance.randrange(18, 80)),
                "region": chance.choice(("north", "south")),
            }
        )
    return rows


def write_shop(path: Path, count: int = 240, seed: int = 1) -> Path:
    """The rows as a CSV file."""
    rows = shop_rows(count, seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
