"""Packed batches of training tokens. Batch number s is a function of seed and s alone, so that a run can resume."""

from random import Random
from typing import NamedTuple

import torch
from tasks.documents import Document, document
from tokenizers import Tokenizer
from tokenizer import BOS, EOS

TOKENS = 4096  # of a batch
PROMPT_SHARE = 0.12  # of a prompt's tokens count in the loss, all of an answer's
COUNTED_STEP = 128  # few different shapes: each new one costs the products' compilation


class Batch(NamedTuple):
    """inputs [rows, length] int64; counted [n] int64: flat positions that count; targets [n] int64: what follows them."""

    inputs: torch.Tensor
    counted: torch.Tensor
    targets: torch.Tensor


def shape(step: int) -> tuple[int, int]:
    """Rows and length: mostly short ones, where attention is cheap, and some for prompts with many examples."""
    length = 2048 if step % 64 == 63 else (128, 256, 128, 256, 128, 256, 128, 1024)[step % 8]
    return TOKENS // length, length


class Packer:
    """Rows of whole documents, each headed by BOS and ended by EOS; what a row has left is padding."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        self.bos, self.eos = tokenizer.token_to_id(BOS), tokenizer.token_to_id(EOS)

    def encode(self, spans: Document) -> tuple[list[int], list[bool]]:
        """Token ids and which of them are answers."""
        ids, answer = [self.bos], [False]
        for span, encoded in zip(spans, self.tokenizer.encode_batch_fast([s.text for s in spans])):
            ids += encoded.ids
            answer += [span.answer] * len(encoded.ids)
        return ids + [self.eos], answer + [True]

    def batch(self, seed: int, step: int) -> Batch:
        rng = Random(f"{seed} {step}")
        rows, length = shape(step)
        room = [length + 1] * rows
        ids = torch.full((rows, length + 1), self.eos)
        counted = torch.zeros((rows, length + 1), dtype=torch.bool)
        documents, waiting = [], 0
        while waiting < TOKENS:
            encoded = self.encode(document(rng))
            if len(encoded[0]) <= length:
                documents.append(encoded)
                waiting += len(encoded[0])
        for tokens, answer in sorted(documents, key=lambda d: -len(d[0])):
            row = max(range(rows), key=room.__getitem__)
            if room[row] < len(tokens):
                continue
            start = length + 1 - room[row]
            ids[row, start : start + len(tokens)] = torch.tensor(tokens)
            counts = [a or rng.random() < PROMPT_SHARE for a in answer]
            counted[row, start : start + len(tokens)] = torch.tensor(counts)
            room[row] -= len(tokens)
        positions = counted[:, 1:].flatten().nonzero().flatten()
        positions = positions[: len(positions) // COUNTED_STEP * COUNTED_STEP]
        return Batch(ids[:, :-1].contiguous(), positions, ids[:, 1:].flatten()[positions])
