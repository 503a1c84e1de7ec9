// Weights from whatever file a user has, told apart by content; no code in a file is ever run.
#pragma once

#include "engine/safetensors_torch.hpp"

namespace ostrich::engine {

/// Reads safetensors (see readSafetensors) or a PyTorch state dict (see readTorchFile). Any thread.
Result<TensorFile> readTensorFile(const std::string &file, const Wanted &wanted = {});

/// Reads what torch.save wrote, as the zip archive of PyTorch 1.6 and later or the file of five
/// pickles of those before. Of a checkpoint it takes the dict of tensors that stands under
/// "state_dict", "model_state_dict" or "model"; else the outermost dict if it holds tensors itself;
/// else the only dict in it that does. Entries that are no tensors are left out. Each tensor is a
/// contiguous copy of its own, also where the file lets several share a storage; all together they
/// take at most 32 times the file's bytes and 16 MB. Errors, about the file: it wants to call
/// something (named); a tensor outside its storage; a storage missing, cut off, or of another size
/// than announced; overlapping parts; a type of numbers that Ostrich lacks; more than the memory
/// holds. Any thread.
Result<TensorFile> readTorchFile(const std::string &file, const Wanted &wanted = {});

} // namespace ostrich::engine
