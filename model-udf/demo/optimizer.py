"""Muon (Jordan et al. 2024) for the matrices of the layers, AdamW for all else."""

import torch
from model import DeepSeekV2
from torch import Tensor

SETTLE_FROM, SETTLED = 1300, 0.25  # batches are small: the full rates are for the start alone
COOLED, COOLING = 4400, 700  # the rates fall to zero, over so many steps
REWARMED, RECOOLING, STEPS = 0.6, 450, 4900  # then from a part of what they were once more, for what lags behind


def orthogonal(matrices: Tensor) -> Tensor:
    """Newton-Schulz, for each of matrices [n, rows, columns]: about U V^T of U S V^T."""
    half = matrices.bfloat16()
    flip = half.shape[-2] > half.shape[-1]
    x = half.mT if flip else half
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        gram = x @ x.mT
        gram = torch.baddbmm(gram, gram, gram, beta=-4.7750, alpha=2.0315)
        x = torch.baddbmm(x, gram, x, beta=3.4445)
    return (x.mT if flip else x).float()


class Muon(torch.optim.Optimizer):
    """Each parameter is a matrix or a stack of them; equal shapes are worked on together."""

    def __init__(self, params, lr: float, momentum: float = 0.95, weight_decay: float = 0.1):
        by_shape = {}
        for param in params:
            by_shape.setdefault(param.shape[-2:], []).append(param)
        groups = [{"params": same} for same in by_shape.values()]
        super().__init__(groups, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            params = group["params"]
            shape = params[0].shape[-2:]
            gradient = torch.cat([param.grad.view(-1, *shape) for param in params])
            average = self.state[params[0]].setdefault("momentum", torch.zeros_like(gradient))
            average.lerp_(gradient, 1 - group["momentum"])
            update = orthogonal(gradient.lerp(average, group["momentum"]))
            update *= -group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
            sizes = [param.numel() // shape.numel() for param in params]
            for param, own in zip(params, update.split(sizes)):
                param.mul_(1 - group["lr"] * group["weight_decay"]).add_(own.view_as(param))


class Optimizers:
    """Both, on one schedule: warm-up, constant rate, then down to zero in a straight line."""

    def __init__(self, model: DeepSeekV2):
        matrices, rest = [], []
        for name, param in model.named_parameters():
            inside = name.startswith("layers.") and param.ndim > 1 and "mlp.gate." not in name
            (matrices if inside else rest).append(param)
        embedding, *rest = rest
        self.muon = Muon(matrices, 0.02)
        groups = [{"params": [embedding], "lr": 0.01}, {"params": rest, "lr": 0.003}]
        self.adam = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0)
        for group in self.muon.param_groups + self.adam.param_groups:
            group["full_rate"] = group["lr"]

    def step(self, factor: float) -> None:
        for optimizer in (self.muon, self.adam):
            for group in optimizer.param_groups:
                group["lr"] = group["full_rate"] * factor
            optimizer.step()
            optimizer.zero_grad()

    def state_dict(self) -> dict:
        return {"muon": self.muon.state_dict(), "adam": self.adam.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])


def schedule(step: int) -> float:
    """Factor of the learning rates: warm-up, full, a part of it, down to zero; then once more from less to zero."""
    if step < COOLED:
        level = 1.0 if step < SETTLE_FROM else SETTLED
        return level * min(1.0, (step + 1) / 50, (COOLED - step) / COOLING)
    return SETTLED * REWARMED * min(1.0, (step - COOLED + 1) / 25, (STEPS - step) / RECOOLING)
