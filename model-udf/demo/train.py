"""Trains the demo model from nothing but a seed and writes checkpoint/:  OMP_WAIT_POLICY=PASSIVE python train.py

A run that was stopped goes on from its last state in --run and gives the same weights as an unbroken one.
"""

import argparse
import json
import time
from pathlib import Path
from random import Random

import torch
import torch.nn.functional as F
from batches import TOKENS, Batch, Packer
from dev import dev_scores
from export import export
from model import Config, DeepSeekV2, initialise
from optimizer import STEPS, Optimizers, schedule
from tasks.documents import document
from tokenizer import train as train_tokenizer
from tokenizers import Tokenizer

BALANCE_WEIGHT = 0.02
TOKENIZER_DOCUMENTS = 60_000
HERE = Path(__file__).parent


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=HERE / "run", help="folder of tokenizer, state and log")
    parser.add_argument("--checkpoint", type=Path, default=HERE / "checkpoint", help="where the trained model goes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--vocab", type=int, default=2560)
    parser.add_argument("--save-every", type=int, default=100)
    parser.add_argument("--dev-every", type=int, default=250)
    return parser.parse_args()


def make_tokenizer(run: Path, seed: int, vocab: int) -> Tokenizer:
    path = run / "tokenizer.json"
    if not path.exists():
        rng = Random(f"{seed} tokenizer")
        texts = (span.text for _ in range(TOKENIZER_DOCUMENTS) for span in document(rng))
        train_tokenizer(texts, vocab).save(str(path))
    return Tokenizer.from_file(str(path))


def loss(model: DeepSeekV2, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Weighted mean over the counted tokens, the balance loss, and the load of the experts."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden, balance, load = model(batch.inputs)
        logits = model.lm_head(hidden.flatten(0, 1)[batch.counted])
    each = F.cross_entropy(logits.float(), batch.targets, reduction="none")
    return (each * batch.weights).sum() / batch.weights.sum(), balance, load


def log(run: Path, record: dict) -> None:
    line = json.dumps(record)
    print(line, flush=True)
    with open(run / "log.jsonl", "a") as file:
        file.write(line + "\n")


def main() -> None:
    options = arguments()
    options.run.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer(options.run, options.seed, options.vocab)
    packer = Packer(tokenizer)
    model = DeepSeekV2(Config(vocab_size=tokenizer.get_vocab_size()))
    initialise(model, options.seed)
    optimizers = Optimizers(model)
    state_file, first, seconds = options.run / "state.pt", 0, 0.0
    if state_file.exists():
        state = torch.load(state_file)
        model.load_state_dict(state["model"])
        optimizers.load_state_dict(state["optimizers"])
        first, seconds = state["step"], state["seconds"]
    started, shown, total = time.time() - seconds, time.time(), 0.0
    for step in range(first, options.steps):
        answer, balance, load = loss(model, packer.batch(options.seed, step))
        (answer + BALANCE_WEIGHT * balance).backward()
        optimizers.step(schedule(step))
        total += answer.item()
        done = step + 1
        if done % 50 == 0:
            now = time.time()
            speed = 50 * TOKENS / (now - shown)
            uneven = (load.max(1).values / load.float().mean(1)).max().item()
            log(options.run, {"step": done, "loss": round(total / 50, 4), "tokens_per_s": round(speed),
                              "max_over_mean_load": round(uneven, 2), "seconds": round(now - started)})  # fmt: skip
            shown, total = now, 0.0
        if done % options.save_every == 0 or done == options.steps:
            state = {"model": model.state_dict(), "optimizers": optimizers.state_dict(), "step": done,
                     "seconds": time.time() - started}  # fmt: skip
            torch.save(state, state_file.with_suffix(".new"))
            state_file.with_suffix(".new").replace(state_file)
        if done % options.dev_every == 0:
            log(options.run, {"step": done, "dev": dev_scores(model, packer)})
            shown = time.time()
    export(options.run, options.checkpoint)


if __name__ == "__main__":
    main()
