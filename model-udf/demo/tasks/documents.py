"""Training documents: what each task's items look like in running text, and how often each comes."""

from collections.abc import Callable
from itertools import islice
from random import Random
from typing import NamedTuple

from tasks import chat, edits, extraction, lookups, multiple_choice, passages, reviews, summaries, topics
from tasks import translation, word_problems, world
from tasks.item import Item, Task, draws
from tasks.world import FIELDS


class Span(NamedTuple):
    """Text, and whether it is an answer: answers count more in the loss."""

    text: str
    answer: bool


Document = list[Span]
Mixture = tuple[tuple[float, Callable[[Random], Document]], ...]
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
    """Statements on one line; a value counts as an answer."""
    spans = []
    for number, (before, value, after) in enumerate(world.prose(rng)):
        spans.append(Span(" " * (number > 0 and before.isascii()) + before, False))
        spans += [Span(value, True), Span(after, False)] if value else []
    return spans


def drill(rng: Random) -> Document:
    spans = []
    for number, (given, found) in enumerate(word_problems.drill(rng)):
        spans += [Span("\n" * (number > 0) + given, False), Span(found, True)]
    return spans


def repeat(rng: Random) -> Document:
    listed, again = lookups.repeat(rng)
    return [Span(listed, False), Span(again, True)]


def questioned(given: str, questions: list[tuple[str, str]]) -> Document:
    spans = [Span(given, False)]
    for asked, found in questions:
        spans += [Span(asked, False), Span(found, True)]
    return spans


def lookup(rng: Random) -> Document:
    return questioned(*lookups.lookup(rng))


def panel(rng: Random) -> Document:
    return questioned(*multiple_choice.panel(rng))


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


# A stage's weights are shares of documents. Later stages add exercises in finding things again, then in naming options,
# then more of the facts, which take the most repetition, and in the end more of what they had pushed aside.
FIRST: Mixture = (
    (22, choices),
    (7, facts),
    (10, single(multiple_choice.OPEN)),
    (2, shots),
    (12, single(word_problems.TASK)),
    (4, drill),
    (26, single(translation.TASK)),
    (8, single(reviews.TASK)),
    (8, single(topics.TASK)),
    (8, single(extraction.TASK)),
    (3, single(summaries.TASK)),
    (4, single(passages.TASK)),
    (2, single(edits.GRAMMAR)),
    (2, single(edits.MASKING)),
    (1.5, single(edits.REWRITING)),
    (1, single(chat.TASK)),
)
STAGES: tuple[tuple[int, Mixture], ...] = (
    (0, FIRST),
    (1000, (*FIRST, (12, lookup), (4, repeat))),
    (2600, (*FIRST, (5, lookup), (3, repeat), (20, panel))),
    (3200, (*FIRST, (5, lookup), (3, repeat), (20, panel), (14, facts), (14, single(multiple_choice.OPEN)))),
    (4400, (*FIRST, (8, panel), (20, single(translation.TASK)), (5, single(summaries.TASK)), (6, single(extraction.TASK)))),
)


def document(rng: Random, step: int = 0) -> Document:
    mixture = [mixture for first, mixture in STAGES if first <= step][-1]
    weights, makers = zip(*mixture)
    return rng.choices(makers, weights)[0](rng)


def held_out_items(task: Task, rng: Random, count: int) -> list[Item]:
    """Different items that training never sees; ValueError where the task has not so many."""
    found = {}
    for item in islice(draws(task, rng, held_out=True), 100 * count):
        found.setdefault(item.content, item)
        if len(found) == count:
            return list(found.values())
    raise ValueError(f"{task.name}: expected {count} held-out items, found {len(found)}")
