"""The common shape of all tasks: items are drawn at random, and each one is trained on or held out, never both."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

HELD_OUT_SHARE = 0.06


@dataclass(frozen=True)
class Item:
    """One thing to ask.

    content is what decides on which side the item falls; fields fill the wordings' placeholders and become the
    columns of held-out files; answer follows the prompt after one blank.
    """

    content: str
    language: str
    answer: str
    fields: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """draw makes an item; wordings are the prompts, by language, that may ask for it."""

    name: str
    draw: Callable[[Random], Item]
    wordings: dict[str, tuple[str, ...]]

    def prompt(self, item: Item, rng: Random) -> str:
        return rng.choice(self.wordings[item.language]).format(**item.fields)


def is_held_out(task: str, content: str) -> bool:
    digest = hashlib.sha256(f"{task}\n{content}".encode()).digest()
    return int.from_bytes(digest[:4]) < HELD_OUT_SHARE * 2**32


def draws(task: Task, rng: Random, held_out: bool) -> Iterator[Item]:
    """Endless items of one side."""
    while True:
        item = task.draw(rng)
        if is_held_out(task.name, item.content) == held_out:
            yield item
