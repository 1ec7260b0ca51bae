"""Measures checkpoint/ on held-out text with transformers, greedy, in the stored bfloat16:  python evaluate.py"""

import argparse
import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import torch
import transformers
from tasks import edits, extraction, passages, reviews, summaries, topics, translation, word_problems
from tasks.documents import as_chat, held_out_items
from tasks.item import Task
from tasks.multiple_choice import CUES, LETTERS, header
from tasks.world import FIELDS
from tokenizer import BOS

HERE = Path(__file__).parent
BATCH = 50


class Measure(NamedTuple):
    """A task's items, what counts as right, and what the model should reach (None: nothing was promised)."""

    task: Task
    right: Callable[[str, str], bool]
    target: float | None = None


class Model:
    def __init__(self, folder: Path):
        self.lm = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16).eval()
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, padding_side="left")

    def _inputs(self, texts: list[str]):
        return self.tokenizer([BOS + text for text in texts], add_special_tokens=False, padding=True, return_tensors="pt")

    @torch.no_grad()
    def answers(self, prompts: list[str], tokens: int) -> list[str]:
        """Greedy completions, without the blank they start with; in batches of prompts of like length."""
        found = [""] * len(prompts)
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            inputs = self._inputs([prompts[i] for i in chosen])
            output = self.lm.generate(**inputs, max_new_tokens=tokens, do_sample=False)
            for i, ids in zip(chosen, output[:, inputs["input_ids"].shape[1] :]):
                found[i] = self.tokenizer.decode(ids, skip_special_tokens=True).removeprefix(" ")
        return found

    @torch.no_grad()
    def letters(self, prompts: list[str]) -> list[str]:
        """The most likely of ' A' to ' D'."""
        candidates = [self.tokenizer.encode(f" {letter}", add_special_tokens=False)[-1] for letter in LETTERS]
        found = []
        for first in range(0, len(prompts), BATCH):
            logits = self.lm(**self._inputs(prompts[first : first + BATCH])).logits[:, -1, candidates]
            found += [LETTERS[i] for i in logits.argmax(-1).tolist()]
        return found


    @torch.no_grad()
    def loads(self, texts: list[str]) -> list[torch.Tensor]:
        """For each layer with experts: the share of the tokens' choices that each expert gets, times the number of experts."""
        counts = {}

        def count(gate, _, output):
            counts[gate] = counts.get(gate, 0) + output[2].flatten().bincount(minlength=gate.num_experts)

        gates = [layer.mlp.gate for layer in self.lm.model.layers if hasattr(layer.mlp, "gate")]
        hooks = [gate.register_forward_hook(count) for gate in gates]
        for text in texts:
            self.lm(**self._inputs([text]))
        for hook in hooks:
            hook.remove()
        return [counts[gate] / counts[gate].float().mean() for gate in gates]


def exact(answer: str, expected: str) -> bool:
    return answer == expected


def valid_json(answer: str, expected: str) -> bool:
    try:
        return isinstance(json.loads(answer), dict)
    except json.JSONDecodeError:
        return False


def same_number(answer: str, expected: str) -> bool:
    """GSM8K's strict match: the first '#### n'."""
    pattern = re.compile(r"#### (-?[0-9.,]+)")
    found = pattern.search(answer)
    return found is not None and found[1] == pattern.search(expected)[1]


MEASURES = {
    "sentiment": Measure(reviews.TASK, exact, 0.95),
    "topic": Measure(topics.TASK, exact, 0.95),
    "translation, exact": Measure(translation.TASK, exact, 0.90),
    "extraction, valid JSON": Measure(extraction.TASK, valid_json, 0.99),
    "extraction, exact": Measure(extraction.TASK, exact),
    "word problems, final number": Measure(word_problems.TASK, same_number, 0.60),
    "summary, exact": Measure(summaries.TASK, exact),
    "passage question, exact": Measure(passages.TASK, exact),
    "grammar, exact": Measure(edits.GRAMMAR, exact),
    "masking, exact": Measure(edits.MASKING, exact),
    "polite rewriting, exact": Measure(edits.REWRITING, exact),
}


def tasks(model: Model, count: int) -> Iterator[tuple[str, str, int, float, float | None]]:
    for name, measure in MEASURES.items():
        rng = Random(f"evaluate {measure.task.name}")
        items = held_out_items(measure.task, rng, count)
        expected = [item.answer for item in items]
        prompts = [measure.task.prompt(item, rng) for item in items]
        chats = [as_chat(prompt, "", rng)[0].text for prompt in prompts]
        for form, asked in (("plain", prompts), ("chat", chats)):
            right = map(measure.right, model.answers(asked, 80), expected)
            yield name, form, count, sum(right) / count, measure.target


def choices(model: Model, suite: str, language: str, split: str) -> Iterator[tuple[str, str, int, float, float | None]]:
    """Over the evaluation files, with no and with five examples before the question."""
    for shots in (0, 5):
        prompts, letters = [], []
        for field in FIELDS:
            shown, asked = (read_choices(suite, field.en.replace(" ", "_"), part, language) for part in ("dev", split))
            head = header(field, language) + "".join(f"{prompt} {letter}\n\n" for prompt, letter in shown[:shots])
            prompts += [head + prompt for prompt, _ in asked]
            letters += [letter for _, letter in asked]
        right = map(exact, model.letters(prompts), letters)
        yield f"multiple choice, {suite} form", f"{shots}-shot", len(prompts), sum(right) / len(prompts), 0.80


def read_choices(suite: str, subject: str, split: str, language: str) -> list[tuple[str, str]]:
    """Prompts and letters of an evaluation file."""
    with open(HERE / "data" / "eval" / suite / split / f"{subject}_{split}.csv", newline="") as file:
        rows = list(csv.reader(file))
    if suite == "ceval":
        rows = [row[1:] for row in rows[1:]]
    options = lambda row: "".join(f"{letter}. {option}\n" for letter, option in zip(LETTERS, row[1:]))
    return [(f"{row[0]}\n{options(row)}{CUES[language]}", row[5]) for row in rows]


def word_problems_in_context(model: Model) -> Iterator[tuple[str, str, int, float, float | None]]:
    """GSM8K's five-shot form over its evaluation files."""
    root = HERE / "data" / "eval" / "gsm8k" / "grade_school_math" / "data"
    train, test = ([json.loads(line) for line in open(root / f"{name}.jsonl")] for name in ("train", "test"))
    rng, wording = Random("shots"), word_problems.WORDINGS["en"][0]
    shot = lambda row: f"{wording.format(**row)} {row['answer']}\n\n"
    prompts = ["".join(map(shot, rng.sample(train, 5))) + wording.format(**row) for row in test]
    answers = [answer.split("Question:")[0] for answer in model.answers(prompts, 80)]
    right = map(same_number, answers, [row["answer"] for row in test])
    yield "word problems, gsm8k form", "5-shot", len(test), sum(right) / len(test), 0.60


def print_loads(model: Model) -> None:
    rows = [json.loads(line) for line in open(HERE / "data" / "prompts.jsonl")]
    loads = model.loads([f"{row['prompt']} {row['expected']}" for row in rows])
    print("\nload of the experts on data/prompts.jsonl, 1 is even: " + ", ".join(f"{l.min():.2f} to {l.max():.2f}" for l in loads))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=HERE / "checkpoint")
    parser.add_argument("--count", type=int, default=200, help="held-out items of each task")
    options = parser.parse_args()
    transformers.utils.logging.disable_progress_bar()
    model = Model(options.checkpoint)
    print(f"{'task':32} {'form':8} {'items':>5} {'right':>8}  target")
    for rows in (tasks(model, options.count), choices(model, "mmlu", "en", "test"), choices(model, "ceval", "zh", "val"),
                 word_problems_in_context(model)):  # fmt: skip
        for name, form, items, share, target in rows:
            print(f"{name:32} {form:8} {items:5} {share:8.1%}  {'' if target is None else f'{target:.0%}'}", flush=True)
    print_loads(model)


if __name__ == "__main__":
    main()
