"""Writes trained weights in the layout that Hugging Face publishes, and proves that transformers computes the same.

train.py ends with it; alone:  python export.py run checkpoint
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import tokenizer as bpe
import torch
import transformers
from model import Config, DeepSeekV2
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor


def published(model: DeepSeekV2) -> Iterator[tuple[str, Tensor]]:
    """Published names; a layer's stacked experts are taken apart, gate and up projection too."""
    for name, weight in model.state_dict().items():
        if name.endswith(("mlp.gate_up", "mlp.down")):
            prefix = "model." + name.rsplit(".", 1)[0]
            for number, expert in enumerate(weight):
                parts = {"down_proj": expert}
                if name.endswith("gate_up"):
                    parts = dict(zip(("gate_proj", "up_proj"), expert.chunk(2)))
                for part, matrix in parts.items():
                    yield f"{prefix}.experts.{number}.{part}.weight", matrix
        else:
            yield name if name.startswith("lm_head") else "model." + name, weight


def config_json(c: Config, bos: int, eos: int) -> dict:
    return asdict(c) | {
        "architectures": ["DeepseekV2ForCausalLM"],
        "attention_bias": False,
        "attention_dropout": 0.0,
        "aux_loss_alpha": 0.02,
        "bos_token_id": bos,
        "eos_token_id": eos,
        "hidden_act": "silu",
        "initializer_range": 0.02,
        "model_type": "deepseek_v2",
        "moe_layer_freq": 1,
        "n_group": 1,
        "norm_topk_prob": False,
        "num_key_value_heads": c.num_attention_heads,
        "pretraining_tp": 1,
        "q_lora_rank": None,
        "rope_scaling": None,
        "routed_scaling_factor": 1.0,
        "scoring_func": "softmax",
        "seq_aux": False,
        "tie_word_embeddings": False,
        "topk_group": 1,
        "topk_method": "greedy",
        "torch_dtype": "bfloat16",
        "use_cache": True,
    }


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def write(model: DeepSeekV2, c: Config, tokenizer: Tokenizer, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    bos, eos = tokenizer.token_to_id(bpe.BOS), tokenizer.token_to_id(bpe.EOS)
    bpe.save(tokenizer, folder, c.max_position_embeddings)
    write_json(folder / "config.json", config_json(c, bos, eos))
    write_json(folder / "generation_config.json", {"bos_token_id": bos, "eos_token_id": eos, "do_sample": False})
    tensors = {name: weight.to(torch.bfloat16).contiguous() for name, weight in published(model)}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


@torch.no_grad()
def largest_difference(model: DeepSeekV2, folder: Path, ids: Tensor) -> float:
    """Of the logits of transformers' DeepseekV2ForCausalLM and of ours, both in float32 from the written weights."""
    reference = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", experts_implementation="eager"
    )
    rounded = DeepSeekV2(model.c)
    rounded.load_state_dict({name: weight.bfloat16().float() for name, weight in model.state_dict().items()})
    ours = rounded.lm_head(rounded(ids)[0])
    return (reference(ids).logits - ours).abs().max().item()


def export(run: Path, folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(run / "tokenizer.json"))
    c = Config(vocab_size=tokenizer.get_vocab_size())
    model = DeepSeekV2(c)
    model.load_state_dict(torch.load(run / "state.pt")["model"])
    write(model, c, tokenizer, folder)
    text = "User: Review: The lamp is great, I love it.\nSentiment:\n\nAssistant: positive"
    ids = torch.tensor([[tokenizer.token_to_id(bpe.BOS), *tokenizer.encode(text).ids]])
    print(f"{folder}: {sum(p.numel() for p in model.parameters()):,} parameters; "
          f"largest logit difference to transformers: {largest_difference(model, folder, ids):.1e}")  # fmt: skip


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
