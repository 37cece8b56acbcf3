"""Sentences of four topics, in English and in languages that the transformer does not speak."""

from __future__ import annotations

TOPICS = {
    "delivery": """
The parcel came two weeks late and the box was crushed.
My order still has not arrived after ten days.
Shipping took forever and the courier never called.
The driver left my package in the rain.
Tracking says delivered but nothing is at my door.
Delivery was fast, the parcel came the next morning.
They sent my package to the wrong address.
The courier threw the box over the fence.
I waited at home all day and no parcel came.
Shipping costs more than the order itself.
The package was lost and nobody knows where it is.
Half of my order is missing from the box.
The postman said my parcel went back to the sender.
Express shipping was promised, it took eight days.
My delivery was moved to another day three times.
""",
    "battery": """
The battery is empty after two hours.
My phone gets hot while it is charging.
The charger stopped working after a week.
Battery life is great, it lasts three days.
The battery swelled and the screen came off.
It takes all night to charge the phone.
The phone dies at thirty percent battery.
The charging cable is too short and breaks easily.
I have to charge my phone four times a day.
The battery drains even when the phone is off.
Wireless charging works only now and then.
A new battery costs as much as the phone.
The charging port is loose after one month.
Fast charging is the best part of this phone.
The power bank can't charge my phone once.
""",
    "staff": """
The lady at the desk was kind and patient.
Your support agent hung up on me twice.
The waiter was rude and ignored our table.
Staff were friendly and helped with my bags.
I waited forty minutes on the phone for support.
The manager shouted at an employee before us.
Nobody at the help desk could answer my question.
The receptionist smiled and found us a better room.
The agent was polite but could not help me.
Your team answered my question within minutes.
The clerk did not even look up to greet me.
The nurse explained everything very calmly.
Support staff keep sending the same useless answer.
The man at the counter was helpful and funny.
The assistant in the shop knew everything about shoes.
""",
    "size": """
The dress is two sizes too small.
These jeans fit perfectly around the waist.
The sleeves of this jacket are far too long.
The shirt shrank after the first wash.
The shoes run narrow, order one size up.
The skirt is shorter than in the picture.
I love the fabric, but the coat is too tight.
The sweater is itchy and fits like a sack.
The trousers are too wide at the hips.
This blouse is see-through and fits badly.
A medium here is a small anywhere else.
The fit of the dress is flattering and soft.
The waist of these trousers is too tight.
The collar of the shirt is scratchy and large.
The hat is too big for my head.
""",
}
ENGLISH = [line for lines in TOPICS.values() for line in lines.split("\n") if line]
TOPIC_OF = [topic for topic, lines in TOPICS.items() for line in lines.split("\n") if line]

KOREAN = [
    *("배송이 너무 늦게 왔어요", "배송이 일주일이나 걸렸어요", "택배 상자가 찌그러져 왔어요", "배터리가 금방 닳아요"),
    *("충전이 너무 오래 걸립니다", "충전기가 고장 났어요", "직원이 정말 친절했어요", "상담원이 전화를 끊었어요"),
    *("옷이 너무 작아요", "치마가 사진보다 짧아요", "사이즈가 딱 맞아요", "신발이 너무 커요"),
]
GERMAN = [
    *("Die Lieferung kam zwei Wochen zu spät", "Das Paket war beschädigt", "Der Akku ist nach zwei Stunden leer"),
    *("Das Laden dauert die ganze Nacht", "Die Mitarbeiter waren sehr freundlich", "Niemand ging ans Telefon"),
    *("Das Kleid ist viel zu klein", "Die Hose passt sehr gut", "Der Pullover kratzt und ist zu weit"),
]
