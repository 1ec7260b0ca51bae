"""A closed grammar that writes each sentence in English and in Chinese, so that either side fixes the other."""

from random import Random
from typing import NamedTuple

from tasks.lexicon import (
    COLOURS, COMPARATIVES, KIN, NOUNS, NUMBERS, PLACES, PRONOUNS, QUALITIES, VERBS, Noun, Verb,
)  # fmt: skip
from tasks.words import PEOPLE, WEEKDAYS


class Sentence(NamedTuple):
    en: str
    zh: str


class Subject(NamedTuple):
    en: str
    zh: str
    third_person: bool


def pick(rng: Random, words: dict[str, str]) -> tuple[str, str]:
    return rng.choice(list(words.items()))


def article(following: str) -> str:
    return "an" if following[0] in "aeiou" else "a"


def noun(rng: Random, kinds: str) -> Noun:
    return rng.choice(NOUNS[rng.choice(kinds.split(","))])


def subject(rng: Random) -> Subject:
    kind = rng.randrange(4)
    if kind == 0:
        en, zh = pick(rng, PRONOUNS)
        return Subject(en, zh, en in ("he", "she"))
    if kind == 1:
        en, zh = pick(rng, PEOPLE)
        return Subject(en, zh, True)
    if kind == 2:
        en, zh = pick(rng, KIN)
        owner_en, owner_zh = rng.choice((("my", "我的"), ("his", "他的"), ("her", "她的"), ("our", "我们的")))
        return Subject(f"{owner_en} {en}", f"{owner_zh}{zh}", True)
    who = noun(rng, "person")
    return Subject(f"the {who.en}", f"那{who.classifier}{who.zh}", True)


def object_phrase(rng: Random, kinds: str) -> Sentence:
    """'a red apple', 'the old cup', 'three apples', 'my apple', with at most one adjective, which people don't get."""
    what = noun(rng, kinds)
    adjective_en = adjective_zh = ""
    if what not in NOUNS["person"] and rng.random() < 0.5:
        en, zh = pick(rng, COLOURS) if rng.random() < 0.5 else pick(rng, QUALITIES)
        adjective_en, adjective_zh = en + " ", zh + "的"
    kind = rng.randrange(4)
    if kind == 0:
        head = adjective_en + what.en
        return Sentence(f"{article(head)} {head}", f"一{what.classifier}{adjective_zh}{what.zh}")
    if kind == 1:
        return Sentence(f"the {adjective_en}{what.en}", f"那{what.classifier}{adjective_zh}{what.zh}")
    if kind == 2:
        en, zh = pick(rng, NUMBERS)
        return Sentence(f"{en} {adjective_en}{what.plural}", f"{zh}{what.classifier}{adjective_zh}{what.zh}")
    en, zh = rng.choice((("my", "我的"), ("your", "你的"), ("his", "他的"), ("her", "她的")))
    return Sentence(f"{en} {adjective_en}{what.en}", f"{zh}{adjective_zh}{what.zh}")


def present(who: Subject, verb: Verb) -> str:
    return verb.third if who.third_person else verb.base


def deed(rng: Random) -> Sentence:
    """'Anna bought a red apple yesterday.'"""
    who, verb = subject(rng), rng.choice(VERBS)
    what = object_phrase(rng, verb.objects)
    kind = rng.randrange(4)
    if kind == 0:
        return Sentence(f"{who.en} {verb.past} {what.en} yesterday.", f"{who.zh}昨天{verb.zh}了{what.zh}。")
    if kind == 1:
        return Sentence(f"{who.en} will {verb.base} {what.en} tomorrow.", f"{who.zh}明天会{verb.zh}{what.zh}。")
    if kind == 2:
        return Sentence(f"{who.en} {present(who, verb)} {what.en} every day.", f"{who.zh}每天{verb.zh}{what.zh}。")
    place_en, place_zh = pick(rng, PLACES)
    return Sentence(f"{who.en} {verb.past} {what.en} in the {place_en}.", f"{who.zh}在{place_zh}{verb.zh}了{what.zh}。")


def wish(rng: Random) -> Sentence:
    who, verb = subject(rng), rng.choice(VERBS)
    what = object_phrase(rng, verb.objects)
    en, third, zh = rng.choice(
        (("want to", "wants to", "想"), ("like to", "likes to", "喜欢"), ("can", "can", "能"), ("must", "must", "必须"))
    )
    return Sentence(f"{who.en} {third if who.third_person else en} {verb.base} {what.en}.", f"{who.zh}{zh}{verb.zh}{what.zh}。")


def quality(rng: Random) -> Sentence:
    what = noun(rng, "food,thing,text,animal")
    if rng.random() < 0.4:
        en, zh = pick(rng, COLOURS)
        return Sentence(f"the {what.en} is {en}.", f"那{what.classifier}{what.zh}是{zh}的。")
    en, zh = pick(rng, QUALITIES)
    if rng.random() < 0.3:
        return Sentence(f"is the {what.en} {en}?", f"那{what.classifier}{what.zh}{zh}吗？")
    degree_en, degree_zh = rng.choice((("very", "很"), ("too", "太"), ("not", "不")))
    return Sentence(f"the {what.en} is {degree_en} {en}.", f"那{what.classifier}{what.zh}{degree_zh}{zh}。")


def place(rng: Random) -> Sentence:
    en, zh = pick(rng, PLACES)
    kind = rng.randrange(4)
    if kind == 0:
        who = subject(rng)
        day_en, day_zh = pick(rng, WEEKDAYS)
        verb = "goes" if who.third_person else "go"
        return Sentence(f"{who.en} {verb} to the {en} on {day_en}.", f"{who.zh}{day_zh}去{zh}。")
    what = noun(rng, "food,thing,text,animal,person")
    if kind == 1:
        many_en, many_zh = pick(rng, NUMBERS)
        return Sentence(f"there are {many_en} {what.plural} in the {en}.", f"{zh}里有{many_zh}{what.classifier}{what.zh}。")
    if kind == 2:
        return Sentence(f"where is the {what.en}?", f"那{what.classifier}{what.zh}在哪里？")
    return Sentence(f"the {what.en} is in the {en}.", f"那{what.classifier}{what.zh}在{zh}里。")


def comparison(rng: Random) -> Sentence:
    one, two = rng.sample(NOUNS["animal"], 2) if rng.random() < 0.5 else rng.sample(NOUNS["thing"], 2)
    en, zh = pick(rng, COMPARATIVES)
    return Sentence(
        f"the {one.en} is {en} than the {two.en}.", f"那{one.classifier}{one.zh}比那{two.classifier}{two.zh}{zh}。"
    )


def sentence(rng: Random) -> Sentence:
    pattern = rng.choices((deed, wish, quality, place, comparison), weights=(5, 3, 2, 3, 1))[0]
    en, zh = pattern(rng)
    return Sentence(en[0].upper() + en[1:], zh)
