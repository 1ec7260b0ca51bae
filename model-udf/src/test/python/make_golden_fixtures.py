"""Makes the tiny DeepSeek-V2 checkpoints of the golden tests, and what the reference says of them.

  python -m venv venv && venv/bin/pip install -r requirements.txt
  venv/bin/python make_golden_fixtures.py make   GOLDEN_DIR [NAME ...]
  venv/bin/python make_golden_fixtures.py tiny   MODEL_DIR GOLDEN_DIR GSM8K_TRAIN_JSONL DEEPSEEK_V2_TOKENIZER_DIR
  venv/bin/python make_golden_fixtures.py demo   MODEL_DIR GOLDEN_DIR
  venv/bin/python make_golden_fixtures.py check  CHECKPOINT_DIR [EXPECTED_DIR]

A checkpoint has the published layout (config.json, safetensors in one file or shards with an index) with random
weights, drawn in float32 and rounded to bfloat16. The reference is transformers' DeepseekV2ForCausalLM with these
rounded weights in float32, eager attention and experts. `check` runs it again and prints the largest differences.

expected.json        prompts (token ids), greedy_ignore_eos (the greedy continuations, EOS an ordinary token),
                     smallest_top2_gap (logits, over all greedy choices), smallest_router_gap (router logits, between
                     the last expert or group chosen and the first one not), reference_bf16_max_abs_diff (per prompt:
                     the same model in bfloat16 against float32), logits_std, seed, reference
expected.safetensors logits.<prompt> [tokens, vocab] f32 and, for the longest prompt of at most 33 tokens, number p,
                     hidden.<p>.<layer> [tokens, hidden] f32: 0 is the embedding, then after each layer; the last is
                     after the final norm
"""

import itertools
import json
import math
import shutil
import sys
from pathlib import Path

import safetensors
import tokenizers
import torch
import transformers
from safetensors.torch import load_file, save_file

from tiny_tokenizer import train

PROMPT_TOKENS = [1, 2, 7, 33, 75]
CONTINUATION_TOKENS = 32
MIN_TOP2_GAP = 0.008
MIN_ROUTER_GAP = 3e-4
TINY_PROMPTS = [
    "",
    "Question: What is 12 + 30?\nAnswer:",
    "Natalia's 3 caf\u00e9s sold \u00a31,250 of \u8336 \U0001f375 each.",
]

DEMO_PROMPTS = [
    "User: 你好！\n\nAssistant:",
    "Review: The lamp is great, I love it.\nSentiment:",
    "English: The red lamp is in the kitchen.\nChinese:",
    "Question: Anna has 3 boxes with 4 pens in each. She buys 5 more pens. How many pens does Anna have now?\nAnswer:",
    "Extract name, city as JSON.\nText: Rosa from Lima ordered 4 lamps on Friday.\nJSON:",
]

COMMON = {
    "architectures": ["DeepseekV2ForCausalLM"],
    "attention_bias": False,
    "attention_dropout": 0.0,
    "aux_loss_alpha": 0.001,
    "bos_token_id": 0,
    "eos_token_id": 1,
    "hidden_act": "silu",
    "initializer_range": 0.02,
    "max_position_embeddings": 163840,
    "model_type": "deepseek_v2",
    "moe_layer_freq": 1,
    "n_group": 1,
    "norm_topk_prob": False,
    "pretraining_tp": 1,
    "q_lora_rank": None,
    "rms_norm_eps": 1e-06,
    "rope_scaling": {
        "beta_fast": 32,
        "beta_slow": 1,
        "factor": 40,
        "mscale": 0.707,
        "mscale_all_dim": 0.707,
        "original_max_position_embeddings": 4096,
        "type": "yarn",
    },
    "rope_theta": 10000,
    "routed_scaling_factor": 1.0,
    "scoring_func": "softmax",
    "seq_aux": True,
    "tie_word_embeddings": False,
    "topk_group": 1,
    "topk_method": "greedy",
    "torch_dtype": "bfloat16",
    "use_cache": True,
}


def config(hidden, layers, dense, heads, nope, rope, v, kv_rank, experts, top_k, width, shared, dense_width, vocab, **other):
    """No two sizes that could be mixed up are equal, so that a mix-up cannot pass."""
    return COMMON | {
        "first_k_dense_replace": dense,
        "hidden_size": hidden,
        "intermediate_size": dense_width,
        "kv_lora_rank": kv_rank,
        "moe_intermediate_size": width,
        "n_routed_experts": experts,
        "n_shared_experts": shared,
        "num_attention_heads": heads,
        "num_experts_per_tok": top_k,
        "num_hidden_layers": layers,
        "num_key_value_heads": heads,
        "qk_nope_head_dim": nope,
        "qk_rope_head_dim": rope,
        "v_head_dim": v,
        "vocab_size": vocab,
    } | other  # fmt: skip


# As V2-Lite: no query compression, YaRN, greedy routing, one dense layer; shards that split a layer's experts.
LITE = config(64, 4, 1, 4, 24, 8, 16, 40, 16, 6, 20, 2, 176, 320)
# As V2 (236B): query compression, groups of experts, routed output scaled by 16.
FULL = config(80, 4, 1, 5, 16, 8, 24, 32, 16, 5, 20, 2, 144, 288, q_lora_rank=48, topk_method="group_limited_greedy",
              n_group=4, topk_group=2, routed_scaling_factor=16.0)  # fmt: skip
# No rope scaling, another rope base, no dense layer, one shared expert, one file.
PLAIN = config(96, 3, 0, 3, 32, 16, 24, 48, 8, 2, 32, 1, 160, 256, rope_scaling=None, rope_theta=50000,
               max_position_embeddings=2048)  # fmt: skip
FIXTURES = {"v2-lite": (LITE, 160_000), "v2-full": (FULL, 250_000), "v2-plain": (PLAIN, None)}


def shapes(c):
    """Published tensor names and shapes, in the order of the published shards."""
    h, heads, rank = c["hidden_size"], c["num_attention_heads"], c["kv_lora_rank"]
    nope, rope, v = c["qk_nope_head_dim"], c["qk_rope_head_dim"], c["v_head_dim"]
    q_rank = c["q_lora_rank"]

    def mlp(prefix, width):
        yield prefix + "gate_proj.weight", (width, h)
        yield prefix + "up_proj.weight", (width, h)
        yield prefix + "down_proj.weight", (h, width)

    yield "model.embed_tokens.weight", (c["vocab_size"], h)
    for layer in range(c["num_hidden_layers"]):
        p = f"model.layers.{layer}."
        if q_rank is None:
            yield p + "self_attn.q_proj.weight", (heads * (nope + rope), h)
        else:
            yield p + "self_attn.q_a_proj.weight", (q_rank, h)
            yield p + "self_attn.q_a_layernorm.weight", (q_rank,)
            yield p + "self_attn.q_b_proj.weight", (heads * (nope + rope), q_rank)
        yield p + "self_attn.kv_a_proj_with_mqa.weight", (rank + rope, h)
        yield p + "self_attn.kv_a_layernorm.weight", (rank,)
        yield p + "self_attn.kv_b_proj.weight", (heads * (nope + v), rank)
        yield p + "self_attn.o_proj.weight", (h, heads * v)
        if layer < c["first_k_dense_replace"]:
            yield from mlp(p + "mlp.", c["intermediate_size"])
        else:
            for expert in range(c["n_routed_experts"]):
                yield from mlp(p + f"mlp.experts.{expert}.", c["moe_intermediate_size"])
            yield p + "mlp.gate.weight", (c["n_routed_experts"], h)
            yield from mlp(p + "mlp.shared_experts.", c["moe_intermediate_size"] * c["n_shared_experts"])
        yield p + "input_layernorm.weight", (h,)
        yield p + "post_attention_layernorm.weight", (h,)
    yield "model.norm.weight", (h,)
    yield "lm_head.weight", (c["vocab_size"], h)


def weights(c, seed):
    """Unit-variance activations, a router that spreads out, peaked logits."""
    g = torch.Generator().manual_seed(seed)
    tensors = {}
    for name, shape in shapes(c):
        t = torch.randn(shape, generator=g)
        if "norm" in name:
            t = 1 + 0.1 * t
        elif "mlp.gate.weight" in name or "lm_head" in name:
            t *= 2 / math.sqrt(shape[-1])
        elif "embed_tokens" not in name:
            t *= 1.2 / math.sqrt(shape[-1])
        if ".experts." in name and "down_proj" in name:
            t *= min(1.0, 2 / c["routed_scaling_factor"])  # else the scaled experts drown the rest
        tensors[name] = t.to(torch.bfloat16)
    return tensors


def write_checkpoint(folder, c, tensors, shard_bytes):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(c, indent=2, sort_keys=True) + "\n")
    if shard_bytes is None:
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        return
    shards = [{}]
    for name, t in tensors.items():
        if sum(s.nbytes for s in shards[-1].values()) + t.nbytes > shard_bytes:
            shards.append({})
        shards[-1][name] = t
    where = {}
    for i, shard in enumerate(shards):
        file = f"model-{i + 1:05d}-of-{len(shards):06d}.safetensors"
        save_file(shard, folder / file, metadata={"format": "pt"})
        where |= dict.fromkeys(shard, file)
    index = {"metadata": {"total_size": sum(t.nbytes for t in tensors.values())}, "weight_map": where}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")


def load(folder, dtype):
    model, info = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=dtype, attn_implementation="eager", experts_implementation="eager", output_loading_info=True
    )
    assert not any(info[k] for k in ("missing_keys", "unexpected_keys", "mismatched_keys")), info
    assert type(model).__name__ == "DeepseekV2ForCausalLM"
    return model.eval()


@torch.no_grad()
def greedy(model, prompt, n, last=None):
    """Continuation of n tokens, or up to the token `last`, and the smallest top-2 gap of its choices."""
    out, step, cache, gap = [], torch.tensor([prompt]), None, math.inf
    for _ in range(n):
        result = model(step, past_key_values=cache, use_cache=True)
        top = result.logits[0, -1].topk(2)
        gap = min(gap, (top.values[0] - top.values[1]).item())
        out.append(top.indices[0].item())
        if out[-1] == last:
            break
        step, cache = top.indices[:1].view(1, 1), result.past_key_values
    return out, gap


def watch_router(model, c):
    """Collects, from now on, the gaps between the last expert (or group) chosen and the first one not."""
    gaps, groups, k = [], c["n_group"], c["num_experts_per_tok"]

    def gap_after(scores, n):
        top = scores.topk(n + 1, dim=-1).values
        return (top[:, n - 1] - top[:, n]).min().item()

    def hook(_, __, output):
        logits = output[0]
        if c["topk_method"] == "group_limited_greedy":
            by_group = logits.view(len(logits), groups, -1)
            best = by_group.max(dim=-1).values
            gaps.append(gap_after(best, c["topk_group"]))
            chosen = torch.zeros_like(best).scatter_(1, best.topk(c["topk_group"]).indices, 1).bool()
            logits = by_group.masked_fill(~chosen.unsqueeze(-1), -math.inf).flatten(1)
        gaps.append(gap_after(logits, k))

    for layer in model.model.layers[c["first_k_dense_replace"] :]:
        layer.mlp.gate.register_forward_hook(hook)
    return gaps


@torch.no_grad()
def reference(folder, prompts, n, last=None):
    """The two halves of what is expected: JSON and tensors."""
    model = load(folder, torch.float32)
    router_gaps = watch_router(model, json.loads((folder / "config.json").read_text()))
    continuations, gaps = zip(*(greedy(model, p, n, last) for p in prompts))
    with_hidden = max((p for p in range(len(prompts)) if len(prompts[p]) <= 33), key=lambda p: len(prompts[p]))
    tensors = {}
    for i, prompt in enumerate(prompts):
        result = model(torch.tensor([prompt]), output_hidden_states=True)
        tensors[f"logits.{i}"] = result.logits[0].contiguous()
        if i == with_hidden:
            tensors |= {f"hidden.{i}.{k}": h[0].contiguous() for k, h in enumerate(result.hidden_states)}
        # The cache must not matter: the whole sequence at once chooses the same tokens.
        whole = model(torch.tensor([prompt + continuations[i][:-1]])).logits[0, len(prompt) - 1 :]
        assert whole.argmax(-1).tolist() == continuations[i]
    half = load(folder, torch.bfloat16)
    diffs = [
        (half(torch.tensor([p])).logits[0].float() - tensors[f"logits.{i}"]).abs().max().item()
        for i, p in enumerate(prompts)
    ]
    values = {
        "prompts": prompts,
        "greedy_ignore_eos": list(continuations),
        "smallest_top2_gap": min(gaps),
        "smallest_router_gap": min(router_gaps),
        "reference_bf16_max_abs_diff": diffs,
        "logits_std": torch.cat([t for k, t in tensors.items() if k.startswith("logits")]).std().item(),
        "reference": f"transformers {transformers.__version__}, torch {torch.__version__}, float32, eager attention and experts",
    }
    return values, tensors


def write_expected(folder, values, tensors):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "expected.json").write_text(
        "{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in values.items()) + "\n}\n"
    )
    save_file(tensors, folder / "expected.safetensors")


def first_good(folder, c, shard_bytes, prompts, edit=lambda tensors: None):
    """Writes the checkpoint of the first seed whose choices are no near-ties, which another order of sums could flip."""
    for seed in itertools.count(1):
        tensors = weights(c, seed)
        edit(tensors)
        write_checkpoint(folder, c, tensors, shard_bytes)
        values, expected = reference(folder, prompts, CONTINUATION_TOKENS)
        if values["smallest_top2_gap"] >= MIN_TOP2_GAP and values["smallest_router_gap"] >= MIN_ROUTER_GAP:
            return values | {"seed": seed}, expected


def make(golden, names):
    for name in names or FIXTURES:
        c, shard_bytes = FIXTURES[name]
        g = torch.Generator().manual_seed(c["vocab_size"])
        draw = lambda n: [c["bos_token_id"]] + torch.randint(2, c["vocab_size"], (n - 1,), generator=g).tolist()
        values, expected = first_good(golden / name, c, shard_bytes, [draw(n) for n in PROMPT_TOKENS])
        write_expected(golden / name, values, expected)
        print(name, {k: v for k, v in values.items() if k not in ("prompts", "greedy_ignore_eos")})


def tiny(folder, golden, gsm8k, deepseek):
    """`tiny-random`: V2-Lite in miniature with a tokenizer that reads and writes text."""
    base = 2000
    c = config(64, 3, 1, 4, 16, 8, 16, 32, 16, 6, 22, 2, 176, base + 48, bos_token_id=base, eos_token_id=base + 1)
    files = train(gsm8k, deepseek, base)
    tokenizer = tokenizers.Tokenizer.from_str(files["tokenizer.json"])
    prompts = [[base] + tokenizer.encode(text, add_special_tokens=False).ids for text in TINY_PROMPTS]

    # As after training, never the best token: BOS, the padding ids, control characters (a terminal shows the output).
    silent = [base, *range(base + 2, c["vocab_size"])]
    silent += [t for t in range(base) if any(ord(ch) < 32 and ch != "\n" for ch in tokenizer.decode([t]))]

    def silence(tensors):
        tensors["lm_head.weight"][silent] = 0

    values, expected = first_good(folder, c, None, prompts, silence)
    for name, text in files.items():
        (folder / name).write_text(text)
    values |= {"prompt_texts": TINY_PROMPTS, "greedy_texts": [tokenizer.decode(t) for t in values["greedy_ignore_eos"]]}
    write_expected(golden / "tiny-random", values, expected)
    print("tiny-random", {k: v for k, v in values.items() if k not in ("prompts", "greedy_ignore_eos")})


def demo(folder, golden):
    """The trained model that the project ships: expected values alone, the checkpoint has its own place."""
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    c = json.loads((folder / "config.json").read_text())
    prompts = [[c["bos_token_id"]] + tokenizer.encode(text, add_special_tokens=False).ids for text in DEMO_PROMPTS]
    values, expected = reference(folder, prompts, 2 * CONTINUATION_TOKENS, c["eos_token_id"])
    texts = [tokenizer.decode(tokens, skip_special_tokens=False) for tokens in values["greedy_ignore_eos"]]
    write_expected(golden / "demo", values | {"prompt_texts": DEMO_PROMPTS, "greedy_texts": texts}, expected)
    print("demo", {k: v for k, v in values.items() if k not in ("prompts", "greedy_ignore_eos")}, texts, [len(p) for p in prompts])
    # Prompts whose choices are near-ties would not do: another order of sums could flip them.
    assert values["smallest_top2_gap"] >= MIN_TOP2_GAP and values["smallest_router_gap"] >= MIN_ROUTER_GAP / 30


def check(folder, expected):
    old = json.loads((expected / "expected.json").read_text())
    n = len(old["greedy_ignore_eos"][0])
    values, tensors = reference(folder, old["prompts"], n)
    stored = load_file(expected / "expected.safetensors")
    assert stored.keys() <= tensors.keys(), stored.keys() ^ tensors.keys()
    same = values["greedy_ignore_eos"] == old["greedy_ignore_eos"]
    worst = max((stored[k] - tensors[k]).abs().max().item() for k in stored)
    print(f"{folder}: greedy continuations equal: {same}; largest difference of any value: {worst:.2e}")
    print("  bf16 deviation:", values["reference_bf16_max_abs_diff"], "stored:", old["reference_bf16_max_abs_diff"])
    if not same or worst > 1e-3:
        sys.exit(1)


if __name__ == "__main__":
    transformers.utils.logging.disable_progress_bar()
    commands = {"make": lambda g, *names: make(Path(g), names), "tiny": lambda *a: tiny(*map(Path, a)), "demo": lambda *a: demo(*map(Path, a)),
                "check": lambda f, e=None: check(Path(f), Path(e or f))}  # fmt: skip
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
