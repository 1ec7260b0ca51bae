"""Small edits of a sentence: grammar mended, names and numbers masked, requests made polite."""

from random import Random

from tasks.grammar import object_phrase, present, subject
from tasks.item import Item, Task
from tasks.lexicon import VERBS
from tasks.words import CITIES, PEOPLE, WEEKDAYS


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def draw_grammar(rng: Random) -> Item:
    """A wrong verb form; or nothing wrong, which must stay."""
    who, verb = subject(rng), rng.choice(VERBS)
    what = object_phrase(rng, verb.objects).en
    right = present(who, verb)
    wrong = verb.base if who.third_person else verb.third
    if rng.random() < 0.2:
        wrong = right
    ending = rng.choice(("every day", "on " + rng.choice(list(WEEKDAYS)), "every morning"))
    text, answer = (_capital(f"{who.en} {form} {what} {ending}.") for form in (wrong, right))
    return Item(answer, "en", answer, {"text": text})


CALLS = {
    "en": ("Call {name} at {phone}.", "{name} lives in {city}, phone {phone}.", "Please ask {name} on {day}, number {phone}.",
           "My name is {name} and my number is {phone}.", "{name} met {other} in {city}."),
    "zh": ("请打{phone}找{name}。", "{name}住在{city}，电话{phone}。", "我叫{name}，电话是{phone}。"),
}  # fmt: skip


def draw_masking(rng: Random) -> Item:
    language = rng.choice(("en", "en", "zh"))
    side = list if language == "en" else lambda words: list(words.values())
    name, other = rng.sample(side(PEOPLE), 2)
    shape = rng.choice(CALLS[language])
    rest = {"city": rng.choice(side(CITIES)), "day": rng.choice(side(WEEKDAYS))}
    phone = f"555-{rng.randrange(10000):04}"
    text = shape.format(name=name, other=other, phone=phone, **rest)
    masked = shape.format(name="[NAME]", other="[NAME]", phone="[PHONE]", **rest)
    return Item(text, language, masked, {"text": text})


def draw_rewriting(rng: Random) -> Item:
    """'Bring the red cup.' becomes 'Could you please bring the red cup?'"""
    verb = rng.choice(VERBS)
    what = object_phrase(rng, verb.objects).en
    return Item(
        f"{verb.base} {what}", "en", f"Could you please {verb.base} {what}?", {"text": f"{_capital(verb.base)} {what}."}
    )


GRAMMAR = Task(
    "grammar", draw_grammar, {"en": ("Correct the grammar: {text}", "Fix the grammar of the text.\nText: {text}\nCorrected:")}
)
MASKING = Task(
    "masking",
    draw_masking,
    {
        "en": ("Mask names and phone numbers: {text}", "Mask names and phone numbers in the text.\nText: {text}\nMasked:"),
        "zh": ("隐去姓名和电话：{text}",),
    },
)
REWRITING = Task(
    "rewriting", draw_rewriting, {"en": ("Rewrite politely: {text}", "Rewrite the text politely.\nText: {text}\nRewritten:")}
)
