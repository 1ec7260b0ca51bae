"""Writes the tokenizer fixtures under src/test/resources/text/tokenizer.

Ids, cuts and decoded texts come from the Hugging Face tokenizers library, not from Promptmill.

    python3 -m venv venv && venv/bin/pip install tokenizers==0.23.3
    venv/bin/python make_text_fixtures.py [--real TOKENIZER_JSON OUTPUT_JSONL]

With --real, only the strings' ids for that tokenizer are written.
"""

import json
import random
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers

from text_corpus import TEXTS
from text_patterns import DEEPSEEK_V2, PATTERNS
from text_strings import BOS, EOS, WRITTEN, random_strings, strings

OUTPUT = Path(__file__).parent.parent / "resources" / "text" / "tokenizer"

# Younger than Unicode 13, which is what Java 17 knows; patterns by category depend on that.
YOUNG = set("鿿🫠🫡🪿🫨🫩🛘")

V25_TOKENS = [
    AddedToken(BOS, special=True, normalized=True),
    AddedToken(EOS, special=True, normalized=True),
    AddedToken("<｜User｜>", special=False, normalized=True),
    AddedToken("<｜Assistant｜>", special=False, normalized=True),
    AddedToken("<|EOT|>", special=True, normalized=False),
]

# One token for each flag and for overlaps.
FLAG_TOKENS = [
    AddedToken("<left>", special=True, normalized=False, lstrip=True),
    AddedToken("<right>", special=False, normalized=True, rstrip=True),
    AddedToken("<both>", special=True, normalized=True, lstrip=True, rstrip=True),
    AddedToken("word", special=False, normalized=True, single_word=True),
    AddedToken("<a>", special=False, normalized=True),
    AddedToken("<a><b>", special=True, normalized=True),
    AddedToken("b><c", special=False, normalized=False),
    AddedToken("    ", special=False, normalized=True),
]

FLAG_STRINGS = [
    "x <left> y", "x  <left>  <left> y", "\n\t<left>", "<left> <right>  <left>", "x <right>  y",
    "<right>\n\n<right> ", "a <both> b", "  <both>  ", "<both><both>", "<both> <both>",
    "word", "a word b", "words", "sword word", "word-word", "word_word", "wordword", "word9", "word。",
    "éword", "字word字", "<a>", "<a><b>", "<a><b><c>", "<a> <b>", "x<b><c>x", "<a><a><b>",
    "    if", "     if", "        if", "   if", "\u00a0    \u3000<left>", "word<a>word", "<a>word",
]


def train() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in DEEPSEEK_V2]
        + [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(
        vocab_size=1500,
        min_frequency=1,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    return tokenizer


def with_tokens(tokenizer: Tokenizer, tokens: list[AddedToken]) -> Tokenizer:
    copy = Tokenizer.from_str(tokenizer.to_str())
    # add_special_tokens is what marks a token special; one by one keeps the order.
    for token in tokens:
        (copy.add_special_tokens if token.special else copy.add_tokens)([token])
    return copy


def encodings(tokenizer: Tokenizer, texts: list[str]) -> list[dict]:
    rows = []
    for text in texts:
        tokenizer.encode_special_tokens = True
        plain = tokenizer.encode(text, add_special_tokens=False).ids
        tokenizer.encode_special_tokens = False
        special = tokenizer.encode(text, add_special_tokens=False).ids
        row = {"text": text, "plain": plain}
        if special != plain:
            row["special"] = special
        rows.append(row)
    return rows


def decodings(tokenizer: Tokenizer) -> list[dict]:
    """Random ids: broken characters, special tokens, ids beyond the vocabulary."""
    rng = random.Random(7)
    rows = []
    for _ in range(300):
        top = rng.choice([256, tokenizer.get_vocab_size() + 20])
        ids = [rng.randrange(top) for _ in range(rng.randint(1, 12))]
        rows.append(
            {
                "ids": ids,
                "all": tokenizer.decode(ids, skip_special_tokens=False),
                "skip": tokenizer.decode(ids, skip_special_tokens=True),
            }
        )
    return rows


def cuts() -> list[dict]:
    """Lengths in code points of the parts that each pattern makes of each string."""
    rows = []
    texts = WRITTEN + random_strings(200, seed=13, wild=False)
    texts = [text for text in texts if len(text) <= 120 and not YOUNG & set(text)]
    for name, pattern in PATTERNS.items():
        step = pre_tokenizers.Split(Regex(pattern), "isolated")
        lengths = [[len(part) for part, _ in step.pre_tokenize_str(text)] for text in texts]
        rows.append({"name": name, "pattern": pattern, "lengths": lengths})
    return [{"texts": texts}] + rows


def write_jsonl(name: str, rows: list[dict]) -> None:
    lines = [json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows]
    Path(name).write_text("\n".join(lines) + "\n", encoding="ascii")


def main() -> None:
    if sys.argv[1:2] == ["--real"]:
        write_jsonl(sys.argv[3], encodings(Tokenizer.from_file(sys.argv[2]), strings()))
        return
    OUTPUT.mkdir(parents=True, exist_ok=True)
    base = train()
    tokenizer = with_tokens(base, V25_TOKENS)
    tokenizer.save(str(OUTPUT / "tokenizer.json"), pretty=False)
    config = {
        "add_bos_token": True,
        "add_eos_token": False,
        "bos_token": {"__type": "AddedToken", "content": BOS, "normalized": True},
        "eos_token": EOS,
        "unk_token": None,
    }
    (OUTPUT / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
    write_jsonl(OUTPUT / "encodings.jsonl", encodings(tokenizer, strings()))
    write_jsonl(OUTPUT / "decodings.jsonl", decodings(tokenizer))
    write_jsonl(OUTPUT / "cuts.jsonl", cuts())
    flags = with_tokens(base, FLAG_TOKENS)
    added = json.loads(flags.to_str())["added_tokens"]
    (OUTPUT / "flag-tokens.json").write_text(json.dumps(added, indent=1) + "\n")
    write_jsonl(OUTPUT / "flag-encodings.jsonl", encodings(flags, FLAG_STRINGS))


if __name__ == "__main__":
    main()
