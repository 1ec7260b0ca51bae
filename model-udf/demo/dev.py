"""A quick look during training: how many held-out answers the model would give token for token."""

from random import Random

import torch
from batches import Packer
from model import DeepSeekV2
from tasks.documents import SINGLE, Span, held_out_items, single
from tasks.multiple_choice import OPEN, header, suite, trained_choice
from tasks.world import FIELDS

SAMPLES = 48


def _documents() -> dict[str, list[list[Span]]]:
    """By task: documents whose last span is the answer."""
    rng, found = Random("dev"), {}
    for task in SINGLE:
        if task is OPEN:
            found["world"] = [single(task)(rng) for _ in range(SAMPLES)]
        elif task.name != "chat":
            items = held_out_items(task, rng, SAMPLES)
            found[task.name] = [[Span(task.prompt(i, rng), False), Span(f" {i.answer}", True)] for i in items]
    for language in ("en", "zh"):
        for shots in (0, 5):
            found[f"choice_{language}_{shots}"] = documents = []
            for field in FIELDS:
                for asked in suite(field, language, rng)[:10]:
                    head = header(field, language)
                    for _ in range(shots):
                        shot = trained_choice(field, language, rng)
                        head += f"{shot.prompt()} {shot.letter}\n\n"
                    documents.append([Span(head + asked.prompt(), False), Span(f" {asked.letter}", True)])
    return found


def _best(model: DeepSeekV2, rows: list[list[int]]) -> list[list[int]]:
    """The most likely next token after each one; padding on the right changes nothing before it."""
    length = -(-max(map(len, rows)) // 64) * 64
    ids = torch.tensor([row + [0] * (length - len(row)) for row in rows])
    with torch.autocast("cpu", torch.bfloat16):
        return model.lm_head(model(ids)[0]).argmax(-1).tolist()


@torch.no_grad()
def dev_scores(model: DeepSeekV2, packer: Packer) -> dict[str, float]:
    """A greedy answer equals the expected one exactly if each of its tokens is the most likely one after those before."""
    scores = {}
    for name, documents in _documents().items():
        right = 0
        for first in range(0, len(documents), 16):
            group = documents[first : first + 16]
            rows = [packer.encode(document)[0] for document in group]
            for document, row, best in zip(group, rows, _best(model, rows)):
                start = len(packer.encode(document[:-1])[0]) - 1
                end = len(row) - name.startswith("choice")
                right += best[start - 1 : end - 1] == row[start:end]
        scores[name] = round(right / len(documents), 3)
    return scores
