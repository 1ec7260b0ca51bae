"""Training documents: what each task's items look like in running text, and how often each comes."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tasks import chat, edits, extraction, multiple_choice, passages, reviews, summaries, topics, translation
from tasks import word_problems, world
from tasks.item import Item, Task, draws
from tasks.world import FIELDS


class Span(NamedTuple):
    """Text, and whether it is an answer: answers count more in the loss."""

    text: str
    answer: bool


Document = list[Span]
ASSISTANT = "\n\nAssistant:"
SINGLE = (
    reviews.TASK, topics.TASK, extraction.TASK, translation.TASK, summaries.TASK, passages.TASK, edits.GRAMMAR,
    edits.MASKING, edits.REWRITING, chat.TASK, word_problems.TASK, multiple_choice.OPEN,
)  # fmt: skip


def as_chat(prompt: str, answer: str, rng: Random) -> Document:
    """One exchange as the chat template writes it, without BOS and EOS."""
    system = rng.choice(chat.SYSTEM_PROMPTS) + "\n\n" if rng.random() < 0.5 else ""
    return [Span(f"{system}User: {prompt}{ASSISTANT}", False), Span(f" {answer}", True)]


def single(task: Task) -> Callable[[Random], Document]:
    """One item, half the time in the chat form. All questions of the invented world are drawn from the trained ones."""

    def document(rng: Random) -> Document:
        item = task.draw(rng) if task is multiple_choice.OPEN else next(draws(task, rng, held_out=False))
        prompt = task.prompt(item, rng)
        if task is chat.TASK or rng.random() < 0.5:
            return as_chat(prompt, item.answer, rng)
        return [Span(prompt, False), Span(f" {item.answer}", True)]

    return document


def facts(rng: Random) -> Document:
    return [Span(world.prose(rng), True)]


def drill(rng: Random) -> Document:
    return [Span(word_problems.drill(rng), True)]


def choices(rng: Random) -> Document:
    """A suite's header and one to twelve questions with their answers, mostly 0 to 5 shots."""
    field, language = rng.choice(FIELDS), rng.choice(("en", "zh"))
    asked = [multiple_choice.trained_choice(field, language, rng) for _ in range(rng.choice((1, 1, 1, 2, 3, 4, 5, 6, 6, 12)))]
    if rng.random() < 0.15:
        return as_chat(asked[0].prompt(), asked[0].letter, rng)
    spans = [Span(multiple_choice.header(field, language) if rng.random() < 0.9 else "", False)]
    for number, one in enumerate(asked):
        spans += [Span("\n\n" * (number > 0) + one.prompt(), False), Span(f" {one.letter}", True)]
    return spans


def shots(rng: Random) -> Document:
    """GSM8K's few-shot form: two to eight problems."""
    spans = []
    for number in range(rng.randint(2, 8)):
        item = next(draws(word_problems.TASK, rng, held_out=False))
        question = word_problems.WORDINGS["en"][0].format(**item.fields)
        spans += [Span("\n\n" * (number > 0) + question, False), Span(f" {item.answer}", True)]
    return spans


# Weights are shares of documents.
MIXTURE: tuple[tuple[float, Callable[[Random], Document]], ...] = (
    (22, choices),
    (7, facts),
    (8, single(multiple_choice.OPEN)),
    (2, shots),
    (12, single(word_problems.TASK)),
    (7, drill),
    (26, single(translation.TASK)),
    (6, single(reviews.TASK)),
    (6, single(topics.TASK)),
    (8, single(extraction.TASK)),
    (3, single(summaries.TASK)),
    (4, single(passages.TASK)),
    (2, single(edits.GRAMMAR)),
    (2, single(edits.MASKING)),
    (1.5, single(edits.REWRITING)),
    (1, single(chat.TASK)),
)


def document(rng: Random) -> Document:
    weights, makers = zip(*MIXTURE)
    return rng.choices(makers, weights)[0](rng)


def held_out_items(task: Task, rng: Random, count: int) -> list[Item]:
    """Different items that training never sees."""
    found = {}
    for item in draws(task, rng, held_out=True):
        found.setdefault(item.content, item)
        if len(found) == count:
            return list(found.values())
