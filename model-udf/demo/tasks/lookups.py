"""Exercises in finding things again: lists to repeat, pairs to look up in both directions, with nothing else to know.

They teach in few tokens what extraction, passages and multiple choice rest on: attending to what was said before.
"""

from random import Random

from tasks.lexicon import COLOURS, KIN, NOUNS, PLACES, QUALITIES
from tasks.words import CITIES, PEOPLE
from tasks.world import FIELDS, SYLLABLES

LETTERS = "ABCD"


def _words() -> dict[str, list[str]]:
    english, chinese = [], []
    for words in (COLOURS, KIN, PLACES, QUALITIES, CITIES, PEOPLE, *(r.values for f in FIELDS for r in f.relations)):
        english += words
        chinese += words.values()
    for nouns in NOUNS.values():
        english += [noun.en for noun in nouns]
        chinese += [noun.zh for noun in nouns]
    return {"en": sorted(set(english)), "zh": sorted(set(chinese))}


WORDS = _words()


def made_up(language: str, rng: Random) -> str:
    syllables = rng.choices(list(SYLLABLES), k=2)
    return "".join(syllables).capitalize() if language == "en" else "".join(SYLLABLES[s] for s in syllables)


def things(language: str, count: int, rng: Random) -> list[str]:
    """Different words, names and numbers."""
    found = []
    while len(found) < count:
        kind = rng.random()
        thing = rng.choice(WORDS[language])
        if kind < 0.2:
            thing = made_up(language, rng)
        elif kind < 0.35:
            thing = str(rng.randint(2, 99))
        if thing not in found:
            found.append(thing)
    return found


def repeat(rng: Random) -> tuple[str, str]:
    """A list, and the same list again."""
    listed = " ".join(things(rng.choice(("en", "zh")), rng.randint(3, 10), rng))
    return f"{listed}\n", listed


def lookup(rng: Random) -> tuple[str, list[tuple[str, str]]]:
    """Lines 'A. tea' or 'Anna: Paris', then questions such as 'tea =' and their answers ' A'."""
    language = rng.choice(("en", "zh"))
    lettered = rng.random() < 0.6
    keys = list(LETTERS) if lettered else things(language, rng.randint(2, 6), rng)
    values = things(language, len(keys), rng)
    listed = "\n".join(f"{key}{'.' if lettered else ':'} {value}" for key, value in zip(keys, values))
    pairs = [(value, key) for key, value in zip(keys, values)]
    if not lettered or rng.random() < 0.5:
        pairs += list(zip(keys, values))
    rng.shuffle(pairs)
    return listed, [(f"\n{asked} =", f" {found}") for asked, found in pairs]
