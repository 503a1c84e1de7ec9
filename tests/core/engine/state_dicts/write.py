#!/usr/bin/env python3
"""Writes the files of this folder with PyTorch itself (2.13.0): python write.py

torch_file_test.cpp reads them and knows the values by the formulas here."""

import collections
import warnings

import torch

warnings.filterwarnings("ignore")

TYPES = ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8"]


def tensors():
    """Every type and every way in which a tensor lies in its storage."""
    counting = torch.arange(24, dtype=torch.float32)
    shared = torch.arange(10, dtype=torch.float32) / 8
    all_of_them = collections.OrderedDict()
    for name in TYPES:
        all_of_them[f"type.{name}"] = torch.arange(6).reshape(2, 3).to(getattr(torch, name)) * 3
    all_of_them["type.bool"] = torch.arange(6).reshape(2, 3) % 2 == 1
    all_of_them["scalar"] = torch.tensor(42)
    all_of_them["empty"] = torch.empty(0, 4)
    all_of_them["transposed"] = counting.reshape(4, 6).t()
    all_of_them["slice"] = counting.reshape(4, 6)[1:3, 2:5]
    all_of_them["expanded"] = torch.tensor([[7.0], [8.0]]).expand(2, 5)
    all_of_them["channels_last"] = counting.reshape(1, 2, 3, 4).contiguous(
        memory_format=torch.channels_last)
    all_of_them["owner"] = shared
    all_of_them["tied"] = shared
    all_of_them["parameter"] = torch.nn.Parameter(torch.full((3,), 0.5))
    all_of_them["größe.日本"] = torch.ones(1)
    return all_of_them


def network():
    torch.manual_seed(1)
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))
    with torch.no_grad():
        for index, value in enumerate(net.parameters()):
            value.copy_(torch.arange(value.numel()).reshape(value.shape) + 100 * index)
    return net


def checkpoint():
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    net(torch.rand(4, 1, 5, 5)).sum().backward()
    optimizer.step()
    state = network().state_dict()
    return {"epoch": 3, "best": torch.tensor(0.5), "arch": "small", "lr": [0.1, -2, 1 << 40],
            "size": torch.Size([1, 2]), "device": torch.device("cpu"), "dtype": torch.float32,
            "optimizer": optimizer.state_dict(), "model_state_dict": state, "none": None}


torch.save(tensors(), "all.pt")
torch.save(tensors(), "all_legacy.pth", _use_new_zipfile_serialization=False)
torch.save(tensors(), "all_protocol_1.pt", pickle_protocol=1)
torch.save(tensors(), "all_protocol_4.pt", pickle_protocol=4)
torch.save(tensors(), "all_legacy_protocol_1.pth", pickle_protocol=1,
           _use_new_zipfile_serialization=False)
torch.save(checkpoint(), "checkpoint.pt")
torch.save(checkpoint(), "checkpoint_legacy.pth", _use_new_zipfile_serialization=False)
torch.save(network(), "whole_network.pt")
torch.save({"a": torch.arange(3).to(torch.uint16)}, "uint16.pt")
torch.save({"a": torch.ones(2, dtype=torch.complex64)}, "complex.pt")
torch.save({"net": network().state_dict(), "ema": network().state_dict()}, "two_dicts.pt")
torch.save(torch.ones(3), "lone_tensor.pt")
torch.jit.script(network()).save("program.pt")
