"""Packed batches of training tokens. Batch number s is a function of seed and s alone, so that a run can resume."""

from random import Random
from typing import NamedTuple

import torch
from tasks.documents import Document, document
from tokenizers import Tokenizer
from tokenizer import BOS, EOS

TOKENS = 4096  # of a batch
# What a token counts in the loss: of a prompt, a few and little; of an answer, all, the less the longer it is, so that
# a letter or a label counts about as much as a sentence.
PROMPT_SHARE, PROMPT_WEIGHT = 0.08, 0.25
END_WEIGHT = 0.3
ANSWER_EXPONENT = -0.75
COUNTED_STEP = 128  # few different shapes: each new one costs the products' compilation


class Batch(NamedTuple):
    """inputs [rows, length] int64; counted [n] int64: flat positions in the loss; targets [n] int64: what follows them;
    weights [n] float32: how much each counts."""

    inputs: torch.Tensor
    counted: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor


def shape(step: int) -> tuple[int, int]:
    """Rows and length: mostly short ones, where attention is cheap, and some for prompts with many examples."""
    length = 256 if step % 4 == 3 else 128
    if step % 8 == 7:
        length = {7: 512, 15: 1024}[step % 16] if step % 64 != 63 else 2048
    return TOKENS // length, length


class Packer:
    """Rows of whole documents, each headed by BOS and ended by EOS; what a row has left is padding."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        self.bos, self.eos = tokenizer.token_to_id(BOS), tokenizer.token_to_id(EOS)

    def encode(self, spans: Document) -> tuple[list[int], list[float]]:
        """Token ids and what each counts, 0 for a prompt's."""
        ids, weights = [self.bos], [0.0]
        for span, encoded in zip(spans, self.tokenizer.encode_batch_fast([s.text for s in spans])):
            length = len(encoded.ids)
            ids += encoded.ids
            weights += [length**ANSWER_EXPONENT if span.answer else 0.0] * length
        return ids + [self.eos], weights + [END_WEIGHT]

    def batch(self, seed: int, step: int) -> Batch:
        rng = Random(f"{seed} {step}")
        rows, length = shape(step)
        room = [length + 1] * rows
        ids = torch.full((rows, length + 1), self.eos)
        weights = torch.zeros((rows, length + 1))
        documents, waiting = [], 0
        while waiting < TOKENS:
            encoded = self.encode(document(rng, step))
            if len(encoded[0]) <= length:
                documents.append(encoded)
                waiting += len(encoded[0])
        for tokens, counts in sorted(documents, key=lambda d: -len(d[0])):
            row = max(range(rows), key=room.__getitem__)
            if room[row] < len(tokens):
                continue
            start = length + 1 - room[row]
            counts = [c or PROMPT_WEIGHT * (rng.random() < PROMPT_SHARE) for c in counts]
            ids[row, start : start + len(tokens)] = torch.tensor(tokens)
            weights[row, start : start + len(tokens)] = torch.tensor(counts)
            room[row] -= len(tokens)
        following, weights = ids[:, 1:].flatten(), weights[:, 1:].flatten()
        counted = weights.nonzero().flatten()
        counted = counted[: len(counted) // COUNTED_STEP * COUNTED_STEP]
        return Batch(ids[:, :-1].contiguous(), counted, following[counted], weights[counted])
