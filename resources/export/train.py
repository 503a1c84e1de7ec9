"""Trains the network of model.py by the recipe that it has in Ostrich, in float32.

    python train.py DATA.npz

DATA.npz holds NumPy arrays, the samples along their first axis:

@arrays@

The same names with "_validation" behind them choose the best epoch, with "_test" they measure it, where
they are there. Without the former, every tenth sample is kept for validation.
"""
import argparse
import copy
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from model import load

START = "@start@"  # the weights that training begins with
ARRAYS = [@names@]
WHOLE_NUMBERS = {@whole@}

BATCH_SIZE = @batch_size@
EPOCHS = @epochs@
PATIENCE = @patience@  # epochs without a smaller validation loss before the end; 0: no early end
MAX_STEPS = @max_steps@  # 0: no limit
MAX_SECONDS = @max_seconds@  # 0: no limit
LEARNING_RATE = @learning_rate@
LABEL_SMOOTHING = @label_smoothing@
CLIP_NORM = @clip_norm@  # 0: gradients stay as they are
SEED = @seed@


def make_optimizer(network):
    return torch.optim.@optimizer@


def schedule(step, steps):
    """What the learning rate is multiplied by in a step, counted from 0, of so many."""
@schedule@


def read(path, part=""):
    """The arrays of one part of the data as tensors by name; an empty dict where there are none."""
    with np.load(path) as file:
        found = {name: torch.from_numpy(file[name + part]) for name in ARRAYS if name + part in file}
    return {name: array.long() if name in WHOLE_NUMBERS else array.float() for name, array in found.items()}


def rows(data, indices, device="cpu"):
    batch = {name: array[indices] for name, array in data.items()}
@cuts@    return {name: array.to(device) for name, array in batch.items()}


def answers_of(network, batch):
    return network(@arguments@)


@loss@


def evaluate(network, data, device):
    """Mean loss and @figure@ of all samples."""
    network.eval()
    count = len(data["x"])
    loss = figure = 0.0
    with torch.no_grad():
        for begin in range(0, count, 256):
            batch = rows(data, slice(begin, begin + 256), device)
            answers, share = answers_of(network, batch), len(batch["x"]) / count
            loss += share * loss_of(network, answers, batch["y"], 0.0).item()
            figure += share * figure_of(answers, batch["y"])
    return loss, figure


def train(network, data, validation, epochs=EPOCHS, device="cpu"):
    """Trains until the recipe says stop; gives the network its best epoch's weights back."""
    torch.manual_seed(SEED)
    network.to(device)
    optimizer = make_optimizer(network)
    count = len(data["x"])
    steps = epochs * math.ceil(count / BATCH_SIZE)
    steps = min(steps, MAX_STEPS) if MAX_STEPS else steps
    step, best_loss, best_epoch, best = 0, math.inf, 0, None
    begin = time.monotonic()
    for epoch in range(1, epochs + 1):
        network.train()
        for indices in torch.randperm(count).split(BATCH_SIZE):
            if step == steps or (MAX_SECONDS and time.monotonic() - begin >= MAX_SECONDS):
                break
            batch = rows(data, indices, device)
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * schedule(step, steps)
            optimizer.zero_grad()
            loss_of(network, answers_of(network, batch), batch["y"], LABEL_SMOOTHING).backward()
            if CLIP_NORM:
                nn.utils.clip_grad_norm_(network.parameters(), CLIP_NORM)
            optimizer.step()
            step += 1
        loss, figure = evaluate(network, validation, device)
        print(f"epoch {epoch}: validation loss {loss:.4f}, @figure@ {figure:.4f}, {time.monotonic() - begin:.0f} s")
        if loss < best_loss:
            best_loss, best_epoch, best = loss, epoch, copy.deepcopy(network.state_dict())
        if (PATIENCE and epoch - best_epoch >= PATIENCE) or step == steps:
            break
        if MAX_SECONDS and time.monotonic() - begin >= MAX_SECONDS:
            break
    if best is not None:
        network.load_state_dict(best)
    return network


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Trains the network of model.py.")
    parser.add_argument("data", help="an .npz file, see the head of this script")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--weights", default=START, help="what to begin with")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("-o", "--out", default="trained.pt", help="where the weights go")
    chosen = parser.parse_args(arguments)

    data, validation, test = (read(chosen.data, part) for part in ("", "_validation", "_test"))
    if not validation:
        kept = torch.arange(len(data["x"])) % 10 == 9
        data, validation = rows(data, ~kept), rows(data, kept)
    network = train(load(chosen.weights), data, validation, chosen.epochs, chosen.device)
    if test:
        loss, figure = evaluate(network, test, chosen.device)
        print(f"test loss {loss:.4f}, @figure@ {figure:.4f}")
    # A plain dict, as weights.pt is one: names and tensors, no version of PyTorch's modules.
    torch.save({name: tensor.cpu() for name, tensor in network.state_dict().items()}, chosen.out)
    print(f"weights written to {Path(chosen.out).resolve()}")


if __name__ == "__main__":
    main()
