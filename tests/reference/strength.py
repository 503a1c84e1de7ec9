"""Robust accuracy of our attacks (JSON files) against torchattacks on the exported network and the pictures we saved.

strength.py NAME FOLDER NORM EPSILON: FOLDER holds model.py, weights.pt, and for each attack ATTACK.json and ATTACK.npz;
NORM is linf or l2. Theirs runs on a GPU where there is one. What we saved is checked too: that it fools as often as we
said, and never leaves the ball or the box.
"""

import json
import sys
import time

import numpy as np
import torch
import torchattacks

SLACK = 0.005 + 1e-6  # half a point; a mean in single precision is rounded
ATTACKS = ("apgd-ce", "square", "fab-t", "autoattack")
NORMS = {"linf": "Linf", "l2": "L2"}  # ours, theirs
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
torch.backends.cudnn.allow_tf32 = False  # products in full: some attacks end on the very border


def peer(name, net, norm, epsilon, classes):
    """Their attack with the iterations that ours takes by default."""
    ball = {"norm": NORMS[norm], "eps": epsilon, "seed": 0}
    if name == "apgd-ce":
        return torchattacks.APGD(net, steps=100, n_restarts=1, **ball)
    if name == "square":
        return torchattacks.Square(net, n_queries=5000, **ball)
    if name == "fab-t":
        return torchattacks.FAB(net, steps=100, n_restarts=1, n_classes=classes, multi_targeted=True, **ball)
    return torchattacks.AutoAttack(net, n_classes=classes, **ball)


def farthest(x_adv, x, norm):
    """The length of the longest perturbation of a sample."""
    move = (x_adv - x).double().flatten(1)
    return (move.abs().amax(1) if norm == "linf" else move.norm(dim=1)).max().item()


def accuracy(net, x, y):
    with torch.no_grad():
        return (torch.cat([net(part.to(DEVICE)).argmax(1).cpu() for part in x.split(250)]) == y).float().mean().item()


def main():
    name, folder, norm, epsilon = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
    sys.path.insert(0, folder)
    from model import Network

    net = Network()
    net.load_state_dict(torch.load(f"{folder}/weights.pt", weights_only=True))
    net.to(DEVICE).eval()
    short = False
    for attack in ATTACKS:
        with open(f"{folder}/{attack}.json", encoding="utf-8") as file:
            said = json.loads(file.read().strip().splitlines()[-1])["robust_accuracy"]
        saved = np.load(f"{folder}/{attack}.npz")
        x, x_adv, y = (torch.tensor(saved[key]) for key in ("x", "x_adv", "y"))
        y = y.long()
        held = accuracy(net, x_adv, y)
        far = farthest(x_adv, x, norm)
        honest = abs(held - said) < 2.5 / len(y) and far <= epsilon * (1 + 1e-5) and 0 <= x_adv.min() and x_adv.max() <= 1
        classes = net(x[:1].to(DEVICE)).shape[1]
        begin = time.monotonic()
        theirs = accuracy(net, peer(attack, net, norm, epsilon, classes)(x.to(DEVICE), y.to(DEVICE)), y)
        fine = honest and said <= theirs + SLACK
        short |= not fine
        print(
            f"{name:24} {attack:10} {norm:4} eps {epsilon:g}, {len(y)} pictures: ours {said:.3f}, theirs {theirs:.3f}"
            f" ({time.monotonic() - begin:.0f} s)" + ("" if fine else "  SHORT" if honest else f"  SAVED {held:.3f}, {far:g} away"),
            flush=True,
        )
    return short


sys.exit(main())
