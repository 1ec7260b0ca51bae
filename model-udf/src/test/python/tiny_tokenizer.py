"""A small byte-level BPE tokenizer in the form of DeepSeek-V2's, for the checkpoint `tiny-random`."""

import json
from pathlib import Path

import tokenizers
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

CHAT_AND_TEMPLATE_WORDS = ["Question: \nAnswer:", "User: \n\nAssistant:", "The answer is"]


def train(gsm8k: Path, deepseek: Path, size: int) -> dict[str, str]:
    """Files of the checkpoint, name to text.

    gsm8k     train.jsonl; the questions alone are read
    deepseek  folder of the published tokenizer; its normalizer, pre-tokenizer, decoder, post-processor, special tokens
              and chat template are kept, its vocabulary and merges are not
    size      tokens before the special ones, at least 256
    """
    published = json.loads((deepseek / "tokenizer.json").read_text())
    trained = tokenizers.Tokenizer.from_str(
        json.dumps(published | {"added_tokens": [], "model": json.loads(tokenizers.Tokenizer(BPE()).to_str())["model"]})
    )
    questions = [json.loads(line)["question"] for line in gsm8k.read_text().splitlines()]
    trainer = BpeTrainer(vocab_size=size, initial_alphabet=sorted(ByteLevel.alphabet()), show_progress=False)
    trained.train_from_iterator(questions + CHAT_AND_TEMPLATE_WORDS * 1000, trainer)
    model = json.loads(trained.to_str())["model"]
    assert len(model["vocab"]) == size
    model["merges"] = [" ".join(pair) for pair in model["merges"]]  # the older, published form
    form = {k: published["model"][k] for k in published["model"] if k not in ("vocab", "merges")}
    special = [token | {"id": size + i} for i, token in enumerate(published["added_tokens"])]
    whole = published | {
        "added_tokens": special,
        "model": form | {"vocab": dict(sorted(model["vocab"].items(), key=lambda e: e[1])), "merges": model["merges"]},
    }
    generation = json.loads((deepseek / "generation_config.json").read_text())
    generation |= {"bos_token_id": size, "eos_token_id": size + 1}
    return {
        "tokenizer.json": json.dumps(whole, ensure_ascii=False, indent=0) + "\n",
        "tokenizer_config.json": (deepseek / "tokenizer_config.json").read_text(),
        "generation_config.json": json.dumps(generation, indent=2) + "\n",
    }
