"""Translation of the closed grammar, in both directions."""

from random import Random

from tasks.grammar import sentence
from tasks.item import Item, Task

# The language is that of the answer.
WORDINGS = {
    "zh": (
        "English: {source}\nChinese:",
        "Translate to Chinese: {source}",
        "Translate the text from English to Chinese.\nText: {source}\nTranslation:",
        "把下面的句子翻译成中文：{source}",
    ),
    "en": (
        "Chinese: {source}\nEnglish:",
        "Translate to English: {source}",
        "Translate the text from Chinese to English.\nText: {source}\nTranslation:",
        "把下面的句子翻译成英文：{source}",
    ),
}


def draw(rng: Random) -> Item:
    pair = sentence(rng)
    target = rng.choice(("en", "zh"))
    source, answer = (pair.zh, pair.en) if target == "en" else (pair.en, pair.zh)
    return Item(pair.en, target, answer, {"source": source, "en": pair.en, "zh": pair.zh})


TASK = Task("translation", draw, WORDINGS)
