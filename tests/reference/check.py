"""Compares Ostrich with PyTorch: runs the exported networks on the cases that reference_write_cases wrote.

    python check.py FOLDER

Outputs and gradients must agree within 1e-5 of the largest value, the losses of ten steps of SGD within 1e-4. A line
for each block kind and each network tells the largest difference; exit 1 when one falls short.
"""
import contextlib
import importlib.util
import io
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

SAME = 1e-5  # outputs and gradients, relative
SAME_LOSS = 1e-4


def module_from(path, name):
    """A Python file as a module, under a name that those after it may import."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def arrays(path):
    with np.load(path) as file:
        return {name: torch.from_numpy(file[name]) for name in file}


def gap(ours, theirs, scale=0.0):
    """The largest difference, relative to the largest value (at least `scale`); infinite for other shapes, or NaN."""
    theirs = theirs.detach().float()
    if ours.shape != theirs.shape:
        return float("inf")
    if ours.numel() == 0:
        return 0.0
    largest = max(ours.abs().max().item(), scale)
    difference = (ours - theirs).abs().max().item()
    if not np.isfinite(difference):
        return float("inf")
    return difference / largest if largest > 0.0 else difference


def only_real(y, lengths):
    """y with 0 in every step that is padding."""
    if lengths is None:
        return y
    padded = torch.arange(y.shape[1]) >= lengths[:, None]
    return y.masked_fill(padded.view(padded.shape + (1,) * (y.dim() - 2)), 0.0)


def without_dropout(network):
    """Drop-out draws at random, and both sides must train alike."""
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        elif isinstance(getattr(module, "dropout", None), float):
            module.dropout = 0.0
    return network


class Differences:
    """The largest ones of a case, by what was compared."""

    def __init__(self):
        self.outputs = self.gradients = self.losses = 0.0

    def include(self, other):
        self.outputs = max(self.outputs, other.outputs)
        self.gradients = max(self.gradients, other.gradients)
        self.losses = max(self.losses, other.losses)

    @property
    def ok(self):
        return self.outputs <= SAME and self.gradients <= SAME and self.losses <= SAME_LOSS

    def line(self, name):
        mark = "" if self.ok else "   <- falls short"
        return f"{name:34} outputs {self.outputs:.1e}   gradients {self.gradients:.1e}   losses {self.losses:.1e}{mark}"


def gradient_gap(case, leaves, loss, prefix="gradient:"):
    """The largest difference; `leaves`: tensors by the names that their gradients have in the case."""
    wanted = {name: case[prefix + name] for name in leaves}
    largest = max((slope.abs().max().item() for slope in wanted.values() if slope.numel()), default=0.0)
    slopes = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    worst = 0.0
    for (name, leaf), slope in zip(leaves.items(), slopes):
        theirs = torch.zeros_like(leaf) if slope is None else slope
        # A gradient that should vanish holds rounding alone: it is measured by the others.
        worst = max(worst, gap(wanted[name], theirs, 1e-2 * largest))
    return worst


def compare_losses(case, losses, found):
    for ours, theirs in zip(case["losses"].tolist(), losses, strict=True):
        found.losses = max(found.losses, abs(ours - theirs) / max(abs(ours), 1.0))
        if not np.isfinite(theirs):
            found.losses = float("inf")


def inputs_of(case, tokens):
    """The block's inputs, ids as whole numbers, and the lengths of those that vary."""
    x = [case[f"x{i}"].long() if ids else case[f"x{i}"].clone().requires_grad_() for i, ids in enumerate(tokens)]
    lengths = [case[f"lengths{i}"].long() if f"lengths{i}" in case else None for i in range(len(tokens))]
    return x, lengths


def check_block(entry, folder, settings):
    case = arrays(folder / "case.npz")
    model = module_from(folder / "model.py", "model")
    found = Differences()

    def fresh():
        network = model.Network()
        network.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
        return network

    def outputs(network, x, lengths):
        y, lengths_of_y = network(*x, *lengths)
        return (y if isinstance(y, tuple) else (y,)), lengths_of_y

    def distance(y):
        terms = [((one - case[f"goal{i}"]).square() * case[f"weight{i}"]).mean() for i, one in enumerate(y)]
        return sum(terms)

    def leaves(network, x):
        named = dict(network.named_parameters())
        return named | {f"x{i}": one for i, one in enumerate(x) if one.is_floating_point()}

    network = fresh().eval()
    x, lengths = inputs_of(case, entry["tokens"])
    with torch.no_grad():
        y, lengths_of_y = outputs(network, x, lengths)
    for i, one in enumerate(y):
        weight = case[f"weight{i}"]
        found.outputs = max(found.outputs, gap(case[f"y{i}"] * weight, one * weight))
    if "lengths_of_y" in case:
        same = lengths_of_y is not None and torch.equal(lengths_of_y.float(), case["lengths_of_y"])
        found.outputs = found.outputs if same else float("inf")
    if not leaves(network, x):
        return found
    y = in_learned_units(network, outputs(network, x, lengths)[0])
    found.gradients = gradient_gap(case, leaves(network, x), distance(y))

    network = without_dropout(fresh()).train()
    x, lengths = inputs_of(case, entry["tokens"])
    optimizer = torch.optim.SGD(leaves(network, x).values(), settings["learning_rate"], settings["momentum"])
    losses = []
    for _ in range(len(case["losses"])):
        optimizer.zero_grad()
        loss = distance(in_learned_units(network, outputs(network, x, lengths)[0]))
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    compare_losses(case, losses, found)
    return found


def in_learned_units(network, y):
    """An Output's numbers as the network learns them: mean 0 and deviation 1."""
    block = getattr(network, "block", None)
    if not hasattr(block, "answer_mean"):
        return y
    parts = y[0].view(len(y[0]), -1, len(block.answer_mean))
    return (((parts - block.answer_mean) / block.answer_deviation).flatten(1),)


def batch_of(case, train, number):
    """Batch `number` as train.py reads it from DATA.npz."""
    batch = {name: case[f"{number}:{name}"] for name in train.ARRAYS if f"{number}:{name}" in case}
    return {name: one.long() if name in train.WHOLE_NUMBERS else one for name, one in batch.items()}


def network_gradients(case, train, network, batch, prefix):
    leaves = dict(network.named_parameters())
    # What two blocks share has two names, and one gradient under its owner's.
    every = dict(network.named_parameters(remove_duplicate=False))
    if batch["x"].is_floating_point():
        batch["x"] = leaves["x"] = every["x"] = batch["x"].detach().requires_grad_()
    names = [name.removeprefix(prefix) for name in case if name.startswith(prefix)]
    if set(names) <= set(every) and len(names) == len(leaves):
        leaves = {name: every[name] for name in names}
    else:  # a name that Python keeps is another one there; then the order tells which is which
        leaves = dict(zip(names, leaves.values(), strict=True))
    loss = train.loss_of(network, train.answers_of(network, batch), batch["y"], 0.1)
    return gradient_gap(case, leaves, loss, prefix)


def check_network(folder, settings):
    case = arrays(folder / "case.npz")
    model = module_from(folder / "model.py", "model")
    train = module_from(folder / "train.py", "train")
    found = Differences()

    network = model.load()
    batch = batch_of(case, train, 0)
    with torch.no_grad():
        answers = train.answers_of(network, batch)
    for i, one in enumerate(answers if isinstance(answers, tuple) else (answers,)):
        lengths = case.get(f"lengths_of_answers{i}")
        found.outputs = max(found.outputs, gap(only_real(case[f"answers{i}"], lengths), only_real(one, lengths)))
    found.gradients = network_gradients(case, train, network, batch, "gradient:")
    if found.gradients > SAME:
        # Where a ReLU or a max pool stands closer to its edge than rounding goes, the gradient jumps: two ways of
        # rounding may stand on two sides. Double precision tells that from a mistake.
        exact = {name: one.double() if one.is_floating_point() else one for name, one in batch.items()}
        found.gradients = network_gradients(case, train, model.load().double(), exact, "exact gradient:")

    network = without_dropout(model.load()).train()
    optimizer = torch.optim.SGD(network.parameters(), settings["learning_rate"], settings["momentum"])
    losses = []
    for step in range(len(case["losses"])):
        batch = batch_of(case, train, step)
        optimizer.zero_grad()
        loss = train.loss_of(network, train.answers_of(network, batch), batch["y"], 0.1)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    compare_losses(case, losses, found)
    check_script(folder, train, model)
    return found


def check_script(folder, train, model):
    """train.py runs as it is on data.npz, and what it saves is loaded again."""
    out = folder / "trained.pt"
    with contextlib.redirect_stdout(io.StringIO()):
        train.main([str(folder / "data.npz"), "--epochs", "1", "--device", "cpu", "--out", str(out)])
    model.load(out)


def main(root):
    begin = time.monotonic()
    torch.set_num_threads(1)  # threads cost more than they bring here
    warnings.filterwarnings("ignore", message=".*(nested tensor|even kernel|norm_first).*")
    with open(root / "cases.json", encoding="utf-8") as file:
        cases = json.load(file)
    lines, worst = {}, Differences()

    def note(name, work):
        try:
            found = work()
        except Exception as error:  # one case that breaks must not hide the others
            found = Differences()
            found.outputs = float("inf")
            print(f"{name}: {type(error).__name__}: {error}")
        lines.setdefault(name, Differences()).include(found)
        worst.include(found)
        return found

    for entry in cases["blocks"]:
        found = note(entry["kind"], lambda: check_block(entry, root / entry["folder"], cases))
        if not found.ok:
            print("   " + found.line(entry["title"]))
    kinds = len(lines)
    for group in ("templates", "networks"):
        for entry in cases[group]:
            note(entry["title"], lambda: check_network(root / entry["folder"], cases))
    for name, found in lines.items():
        print(found.line(name))
    print(f"PyTorch {torch.__version__}, {time.monotonic() - begin:.0f} s")
    largest = max(worst.outputs, worst.gradients)
    verdict = "" if worst.ok else f"; {sum(not found.ok for found in lines.values())} fall short"
    print(f"{kinds} kinds, {len(cases['templates'])} templates: largest difference {largest:.1e} "
          f"(outputs and gradients), {worst.losses:.1e} (losses){verdict}")
    return 0 if worst.ok else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
