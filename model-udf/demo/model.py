"""DeepSeek-V2 (arXiv 2405.04434) for fast training on a CPU: float32 parameters, bfloat16 products.

Parameters carry the published names, except that a layer's experts are stacked; export.py takes them apart.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Config:
    """config.json's names and values of everything that shapes the model."""

    vocab_size: int
    hidden_size: int = 256
    num_hidden_layers: int = 6
    first_k_dense_replace: int = 1
    intermediate_size: int = 640
    num_attention_heads: int = 4
    kv_lora_rank: int = 96
    qk_nope_head_dim: int = 48
    qk_rope_head_dim: int = 16
    v_head_dim: int = 64
    n_routed_experts: int = 8
    n_shared_experts: int = 1
    num_experts_per_tok: int = 2
    moe_intermediate_size: int = 128
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10000.0
    max_position_embeddings: int = 2048


class RmsNorm(nn.Module):
    def __init__(self, size: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x.float(), self.weight.shape, self.weight, 1e-6)


def linear(inputs: int, outputs: int) -> nn.Linear:
    return nn.Linear(inputs, outputs, bias=False)


def rotate(x: Tensor, angles: Tensor) -> Tensor:
    """x [..., tokens, rotary] in interleaved pairs, angles [tokens, rotary / 2] as complex numbers of size 1."""
    pairs = torch.view_as_complex(x.float().unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * angles).flatten(-2).to(x.dtype)


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention, all [batch, heads, tokens, size]. Torch's fused kernel is the slower one for short rows."""
    tokens, size = q.shape[-2:]
    if tokens > 512:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    mask = torch.full((tokens, tokens), -torch.inf, dtype=q.dtype).triu(1)
    scores = torch.baddbmm(mask, q.flatten(0, 1), k.flatten(0, 1).mT, alpha=size**-0.5)
    return (scores.softmax(-1, dtype=q.dtype) @ v.flatten(0, 1)).unflatten(0, q.shape[:2])


class Attention(nn.Module):
    """Multi-head latent attention in its expanded form."""

    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.q_proj = linear(c.hidden_size, c.num_attention_heads * (c.qk_nope_head_dim + c.qk_rope_head_dim))
        self.kv_a_proj_with_mqa = linear(c.hidden_size, c.kv_lora_rank + c.qk_rope_head_dim)
        self.kv_a_layernorm = RmsNorm(c.kv_lora_rank)
        self.kv_b_proj = linear(c.kv_lora_rank, c.num_attention_heads * (c.qk_nope_head_dim + c.v_head_dim))
        self.o_proj = linear(c.num_attention_heads * c.v_head_dim, c.hidden_size)

    def forward(self, x: Tensor, angles: Tensor) -> Tensor:
        c, heads = self.c, (self.c.num_attention_heads, -1)
        q_nope, q_rope = self.q_proj(x).unflatten(-1, heads).transpose(1, 2).split([c.qk_nope_head_dim, c.qk_rope_head_dim], -1)
        latent, k_rope = self.kv_a_proj_with_mqa(x).split([c.kv_lora_rank, c.qk_rope_head_dim], -1)
        kv = self.kv_b_proj(self.kv_a_layernorm(latent)).unflatten(-1, heads).transpose(1, 2)
        k_nope, v = kv.split([c.qk_nope_head_dim, c.v_head_dim], -1)
        k_rope = rotate(k_rope.unsqueeze(1), angles).expand(-1, c.num_attention_heads, -1, -1)
        q, k = torch.cat([q_nope, rotate(q_rope, angles)], -1), torch.cat([k_nope, k_rope], -1)
        return self.o_proj(attend(q, k, v).transpose(1, 2).flatten(2))


class SwiGlu(nn.Module):
    def __init__(self, hidden: int, width: int):
        super().__init__()
        self.gate_proj, self.up_proj, self.down_proj = linear(hidden, width), linear(hidden, width), linear(width, hidden)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Spread(torch.autograd.Function):
    """Rows to slots, each to one of its own; slots that get none are zero."""

    @staticmethod
    def forward(ctx, rows: Tensor, slot: Tensor, slots: int) -> Tensor:
        ctx.save_for_backward(slot)
        return rows.new_zeros(slots, rows.shape[1]).index_copy_(0, slot, rows)

    @staticmethod
    def backward(ctx, gradient: Tensor):
        return gradient.index_select(0, *ctx.saved_tensors), None, None


class Collect(torch.autograd.Function):
    """The way back: each row from its slot. index_select's own gradient would add where copying is enough."""

    @staticmethod
    def forward(ctx, slots: Tensor, slot: Tensor) -> Tensor:
        ctx.save_for_backward(slot)
        ctx.slots = len(slots)
        return slots.index_select(0, slot)

    @staticmethod
    def backward(ctx, gradient: Tensor):
        return gradient.new_zeros(ctx.slots, gradient.shape[1]).index_copy_(0, *ctx.saved_tensors, gradient), None


class Experts(nn.Module):
    """Shared experts and the best few of the routed ones, weighted by the router's softmax. No token is dropped."""

    CAPACITY_STEP = 128  # few different shapes: each new one costs the products' compilation

    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.gate = linear(c.hidden_size, c.n_routed_experts)
        self.gate_up = nn.Parameter(torch.empty(c.n_routed_experts, 2 * c.moe_intermediate_size, c.hidden_size))
        self.down = nn.Parameter(torch.empty(c.n_routed_experts, c.hidden_size, c.moe_intermediate_size))
        self.shared_experts = SwiGlu(c.hidden_size, c.n_shared_experts * c.moe_intermediate_size)

    def slots(self, chosen: Tensor, counts: Tensor) -> tuple[Tensor, int]:
        """A slot for every choice, of `capacity` slots per expert."""
        capacity = -(-int(counts.max()) // self.CAPACITY_STEP) * self.CAPACITY_STEP
        sorted_experts, order = chosen.sort(stable=True)
        rank = torch.arange(len(chosen)) - (counts.cumsum(0) - counts)[sorted_experts]
        return torch.empty_like(order).index_copy_(0, order, sorted_experts * capacity + rank), capacity

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Output like x [batch, tokens, hidden]; the balance loss (1 where even); tokens per expert [experts]."""
        c, flat = self.c, x.flatten(0, 1)
        with torch.autocast("cpu", enabled=False):
            scores = F.linear(flat.float(), self.gate.weight).softmax(-1)
        weights, chosen = scores.topk(c.num_experts_per_tok, -1)
        counts = chosen.flatten().bincount(minlength=c.n_routed_experts)
        slot, capacity = self.slots(chosen.flatten(), counts)
        half = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32
        rows = flat.to(half).unsqueeze(1).expand(-1, c.num_experts_per_tok, -1).flatten(0, 1)
        placed = Spread.apply(rows, slot, c.n_routed_experts * capacity).unflatten(0, (c.n_routed_experts, capacity))
        gate, up = (placed @ self.gate_up.to(half).mT).chunk(2, -1)
        done = (F.silu(gate) * up) @ self.down.to(half).mT
        routed = Collect.apply(done.flatten(0, 1), slot).unflatten(0, chosen.shape)
        routed = (routed * weights.unsqueeze(-1)).sum(1)
        balance = c.n_routed_experts * (scores.mean(0) * counts / counts.sum()).sum()
        return self.shared_experts(x) + routed.view_as(x), balance, counts


class Layer(nn.Module):
    def __init__(self, c: Config, number: int):
        super().__init__()
        self.self_attn = Attention(c)
        self.mlp = SwiGlu(c.hidden_size, c.intermediate_size) if number < c.first_k_dense_replace else Experts(c)
        self.input_layernorm, self.post_attention_layernorm = RmsNorm(c.hidden_size), RmsNorm(c.hidden_size)


class DeepSeekV2(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.embed_tokens = nn.Embedding(c.vocab_size, c.hidden_size)
        self.layers = nn.ModuleList(Layer(c, number) for number in range(c.num_hidden_layers))
        self.norm = RmsNorm(c.hidden_size)
        self.lm_head = linear(c.hidden_size, c.vocab_size)
        frequencies = c.rope_theta ** -(torch.arange(0, c.qk_rope_head_dim, 2) / c.qk_rope_head_dim)
        steps = torch.outer(torch.arange(c.max_position_embeddings).float(), frequencies)
        self.register_buffer("angles", torch.polar(torch.ones_like(steps), steps), persistent=False)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Last hidden states [batch, tokens, hidden]; mean balance loss; tokens per layer with experts and expert."""
        x, balances, loads = self.embed_tokens(ids), [], []
        angles = self.angles[: ids.shape[1]]
        for layer in self.layers:
            x = x + layer.self_attn(layer.input_layernorm(x), angles)
            out = layer.mlp(layer.post_attention_layernorm(x))
            if isinstance(layer.mlp, Experts):
                out, balance, load = out
                balances.append(balance)
                loads.append(load)
            x = x + out
        return self.norm(x), torch.stack(balances).mean(), torch.stack(loads)


def initialise(model: DeepSeekV2, seed: int) -> None:
    """The residual stream starts as the embeddings, of unit size: what writes to it starts at zero."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith(("o_proj.weight", "down_proj.weight", "mlp.down")):
                weight.zero_()
            elif weight.ndim > 1:
                size = 1.0 if "embed_tokens" in name else 0.02 if "lm_head" in name else weight.shape[-1] ** -0.5
                weight.copy_(torch.randn(weight.shape, generator=generator) * size)
