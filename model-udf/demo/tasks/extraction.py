"""Entities of a sentence as JSON; people and places are partly made up, so that copying is learnt and not a list."""

import json
from random import Random

from tasks.item import Item, Task
from tasks.words import CITIES, PEOPLE, WEEKDAYS

PRODUCTS = dict(
    lamp="台灯", phone="手机", chair="椅子", camera="相机", jacket="外套", book="书", clock="时钟", bicycle="自行车",
    table="桌子", guitar="吉他", kettle="水壶", mirror="镜子",
)  # fmt: skip
SHAPES = {
    "en": (
        "{name} from {city} ordered {quantity} {product}s on {day}.",
        "On {day}, {name} bought {quantity} {product}s in {city}.",
        "{name} called on {day}: please send {quantity} {product}s to {city}.",
        "We shipped {quantity} {product}s to {name} in {city} on {day}.",
    ),
    "zh": (
        "{city}的{name}{day}订购了{quantity}件{product}。",
        "{day}，{name}在{city}买了{quantity}件{product}。",
        "{name}{day}来电：请寄{quantity}件{product}到{city}。",
    ),
}
WORDINGS = {
    "en": (
        "Extract {keys} as JSON.\nText: {text}\nJSON:",
        "Extract the following fields from the text as JSON: {keys}.\n{text}",
    ),
    "zh": ("提取{keys}，输出JSON。\n文本：{text}\nJSON：", "从下面的文本中提取{keys}，用JSON回答。\n{text}"),
}
SYLLABLES = "ba be do fa go ka ki lo ma mi na no pa ra ri sa so ta ti vo".split()


def made_up(rng: Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).capitalize()


def draw(rng: Random) -> Item:
    language = rng.choice(("en", "en", "zh"))
    side = (lambda words: rng.choice(list(words))) if language == "en" else (lambda words: rng.choice(list(words.values())))
    invent = language == "en" and rng.random() < 0.4
    entities = {
        "name": made_up(rng) if invent else side(PEOPLE),
        "city": made_up(rng) if invent and rng.random() < 0.5 else side(CITIES),
        "product": side(PRODUCTS),
        "quantity": rng.randint(2, 99),
        "day": side(WEEKDAYS),
    }
    text = rng.choice(SHAPES[language]).format(**entities)
    keys = list(entities) if rng.random() < 0.4 else rng.sample(list(entities), rng.randint(1, 4))
    answer = json.dumps({key: entities[key] for key in keys}, ensure_ascii=False)
    separator = ", " if language == "en" else "、"
    return Item(text, language, answer, {"text": text, "keys": separator.join(keys)})


TASK = Task("extraction", draw, WORDINGS)
