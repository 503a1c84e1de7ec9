// Files of named tensors: safetensors, which hold numbers alone and cannot run code.
#pragma once

#include "base/result.hpp"

#include <ATen/core/Tensor.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace ostrich::engine {

struct TensorFile {
    std::map<std::string, at::Tensor> tensors;   // CPU, contiguous
    std::map<std::string, std::string> metadata; // any words; the file's "__metadata__"
    std::string format = "safetensors";          // or "pytorch-zip", "pytorch-legacy"
    std::string taken = {}; // PyTorch: the entry of a checkpoint that they stand in; empty: all
};

/// Tells by its name whether a tensor is wanted.
using Wanted = std::function<bool(const std::string &)>;

/// Reads a file strictly: the header is JSON of at most 100 MB, types are F64 F32 F16 BF16 I64 I32
/// I16 I8 U8 BOOL, and the tensors fill the rest without overlap or gap. Each tensor is
/// read to its place, with no copy of the file beside it; those that `wanted` refuses are left out.
/// Errors name the file and the tensor; more than the memory holds. Any thread.
Result<TensorFile> readSafetensors(const std::string &file, const Wanted &wanted = {});
/// The same from bytes; `where` names their source in errors.
Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string &where);

/// Writes tensors of any device and memory layout, contiguous, sorted by name; the same content
/// gives the same bytes. Takes the memory of one tensor, and of that only where it is not on the
/// CPU or not contiguous. Never leaves half a file. Errors: of writing; a type that the format
/// lacks.
Result<void> writeSafetensors(const std::string &file, const TensorFile &content);

} // namespace ostrich::engine
