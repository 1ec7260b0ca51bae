"""One-sentence summaries: an event among remarks about it."""

from random import Random

from tasks.item import Item, Task
from tasks.words import CITIES, PEOPLE, WEEKDAYS

EVENTS = {
    "opened a bakery": "开了一家面包店", "sold a house": "卖了一栋房子", "won a race": "赢了一场赛跑",
    "lost a bag": "丢了一个包", "found a ring": "找到一枚戒指", "painted a wall": "粉刷了一面墙",
    "repaired a bridge": "修好了一座桥", "planted a tree": "种了一棵树", "wrote a book": "写了一本书",
    "met a friend": "见了一位朋友", "gave a concert": "开了一场音乐会", "started a school": "办了一所学校",
}  # fmt: skip
REMARKS = {
    "en": ("The weather was fine.", "Many people came.", "It took a long time.", "The streets were quiet.",
           "Everyone was happy about it.", "It was not easy.", "The newspaper wrote about it.", "There was music too.",
           "Nobody had expected it.", "Some neighbours helped."),
    "zh": ("天气很好。", "来了很多人。", "花了很长时间。", "街上很安静。", "大家都很高兴。", "这并不容易。", "报纸也报道了。", "没有人想到。"),
}  # fmt: skip
WORDINGS = {
    "en": ("Summarize the text in one sentence.\nText: {text}\nSummary:", "Summarize: {text}"),
    "zh": ("用一句话概括下面的文本。\n文本：{text}\n摘要：", "概括：{text}"),
}


def draw(rng: Random) -> Item:
    language = rng.choice(("en", "en", "zh"))
    who, city, day, event = (rng.choice(list(words.items())) for words in (PEOPLE, CITIES, WEEKDAYS, EVENTS))
    if language == "en":
        first = rng.choice(("On {2} {0} {3} in {1}.", "{0} {3} in {1} on {2}.")).format(who[0], city[0], day[0], event[0])
        answer = f"{who[0]} {event[0]} in {city[0]}."
    else:
        first = f"{day[1]}，{who[1]}在{city[1]}{event[1]}。"
        answer = f"{who[1]}在{city[1]}{event[1]}。"
    sentences = rng.sample(REMARKS[language], rng.randint(1, 3))
    sentences.insert(rng.randint(0, 1), first)
    text = (" " if language == "en" else "").join(sentences)
    return Item(text, language, answer, {"text": text})


TASK = Task("summary", draw, WORDINGS)
