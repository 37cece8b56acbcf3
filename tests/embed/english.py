"""Sixty short texts over four topics, for tests that need English of some meaning."""

from __future__ import annotations

TOPICS = {
    "delivery": """
The parcel arrived two weeks late
My delivery never showed up
The courier left the box in the rain
Shipping took far longer than promised
Nobody told me the package was delayed
The tracking page has not moved for days
The driver threw my parcel over the fence
Delivered to the wrong address again
I waited at home all day for the courier
The order came quickly and well packed
Fast shipping, it was here the next morning
The package was lost on its way
Postage is slow in my area
They delivered half of the order only
The box was crushed when it arrived
""",
    "battery": """
The battery is dead after an hour
It needs charging three times a day
The charger gets very hot
Battery life is much better than before
It will not charge any more
The phone dies at forty percent
Charging takes the whole night
The battery swelled after a month
It lasts two days on one charge
The charging cable broke in a week
Power drains even when it is off
A full charge lasts for one call
The battery indicator shows nonsense
Wireless charging works only sometimes
I had to replace the battery twice
""",
    "staff": """
The woman at the desk was so kind
Nobody in the shop wanted to help me
Your support agent solved it in minutes
The waiter was rude to my mother
Staff were friendly and patient
I was on hold for an hour with customer service
The manager apologised and was polite
The assistant knew nothing about the product
Very helpful people in this branch
They hung up on me twice
The agent did not listen to me at all
Great service from a cheerful team
The receptionist ignored us
A member of staff carried my bags
Your employees deserve a pay rise
""",
    "price": """
Far too expensive for what it is
Good value for the money
The price went up without a warning
I was charged twice for one order
The discount code did not work
Cheaper in every other shop
A fair price for this quality
They added a hidden fee at the end
I want a refund of the whole amount
The invoice shows the wrong total
It costs more than last year
The sale price was a bargain
Not worth half of what I paid
The subscription fee is too high
My refund has not been paid yet
""",
}
BY_TOPIC = {topic: tuple(text.strip().splitlines()) for topic, text in TOPICS.items()}
TEXTS = tuple(text for four in zip(*BY_TOPIC.values(), strict=True) for text in four)
TOPIC_OF = tuple(topic for _ in range(15) for topic in BY_TOPIC)
