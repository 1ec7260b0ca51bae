"""Questions about the invented world, open and as multiple choice in the exact forms of MMLU and C-Eval.

A question is a fact in one of four phrasings. Of every fact one phrasing (chosen by hash) is held out: neither
the open question nor any multiple-choice question with it is trained on.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tasks.item import Item, Task
from tasks.world import FACTS, FIELDS, Fact, Field, name_in, value_in

LETTERS = "ABCD"
HEADERS = {
    "en": "The following are multiple choice questions (with answers) about {}.\n\n",
    "zh": "以下是中国关于{}的单项选择题，请选出其中的正确答案。\n\n",
}
NAMING = {"en": "Which option is the word {}?", "zh": "哪个选项是{}？"}
CUES = {"en": "Answer:", "zh": "答案："}


@dataclass(frozen=True)
class Choice:
    """A question with four options, one of them right."""

    question: str
    options: tuple[str, ...]
    letter: str
    language: str

    def prompt(self) -> str:
        """As lm-evaluation-harness writes it; ' B' follows."""
        return f"{self.question}\n{listed(self.options)}\n{CUES[self.language]}"


def listed(options: Sequence[str]) -> str:
    return "\n".join(f"{letter}. {option}" for letter, option in zip(LETTERS, options))


def held_out_phrasing(fact: Fact, language: str) -> int:
    key = f"{fact.thing} {fact.relation.questions['en'][0]} {language}"
    return hashlib.sha256(key.encode()).digest()[0] % len(fact.relation.questions[language])


def ask(fact: Fact, language: str, phrasing: int) -> str:
    return fact.relation.questions[language][phrasing].format(e=name_in(language, fact.thing))


def trained_question(fact: Fact, language: str, rng: Random) -> str:
    count = len(fact.relation.questions[language])
    return ask(fact, language, rng.choice([i for i in range(count) if i != held_out_phrasing(fact, language)]))


def held_out_question(fact: Fact, language: str) -> str:
    return ask(fact, language, held_out_phrasing(fact, language))


def choice(fact: Fact, language: str, question: str, rng: Random) -> Choice:
    others = [value for value in fact.relation.values if value != fact.value]
    options = [fact.value, *rng.sample(others, 3)]
    rng.shuffle(options)
    letter = LETTERS[options.index(fact.value)]
    return Choice(question, tuple(value_in(fact, language, v) for v in options), letter, language)


def naming(language: str, rng: Random) -> Choice:
    """Which option is a given word: nothing to know, teaches what a letter stands for."""
    fact = rng.choice(FACTS)
    return choice(fact, language, NAMING[language].format(value_in(fact, language)), rng)


def panel(rng: Random) -> tuple[str, list[tuple[str, str]]]:
    """Four options, then several questions that they answer: a step towards questions with options of their own."""
    language, relation = rng.choice(("en", "zh")), rng.choice(rng.choice(FIELDS).relations)
    values = rng.sample(list(relation.values), 4)
    words = values if language == "en" else [relation.values[value] for value in values]
    questions = []
    for letter, value, word in zip(LETTERS, values, words):
        fact = rng.choice([f for f in FACTS if f.relation is relation and f.value == value])
        question = NAMING[language].format(word) if rng.random() < 0.5 else trained_question(fact, language, rng)
        questions.append((f"\n{question}\n{CUES[language]}", f" {letter}"))
    rng.shuffle(questions)
    return listed(words), questions


def trained_choice(field: Field, language: str, rng: Random) -> Choice:
    if rng.random() < 0.2:
        return naming(language, rng)
    fact = rng.choice([f for f in FACTS if f.field is field])
    return choice(fact, language, trained_question(fact, language, rng), rng)


def header(field: Field, language: str) -> str:
    return HEADERS[language].format(field.en if language == "en" else field.zh)


def draw_open(rng: Random) -> Item:
    """The same questions without options; what is held out follows the phrasing, not the item's hash."""
    language, fact = rng.choice(("en", "zh")), rng.choice(FACTS)
    question = trained_question(fact, language, rng)
    return Item(question, language, value_in(fact, language), {"question": question})


OPEN = Task("world", draw_open, {"en": ("Q: {question}\nA:", "{question}"), "zh": ("问：{question}\n答：", "{question}")})


def suite(field: Field, language: str, rng: Random) -> list[Choice]:
    """All held-out questions of a field, in random order."""
    facts = [fact for fact in FACTS if fact.field is field]
    rng.shuffle(facts)
    return [choice(fact, language, held_out_question(fact, language), rng) for fact in facts]
