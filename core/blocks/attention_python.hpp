// Attention over sequences of unequal length in PyTorch's own words.
#pragma once

#include <string>

namespace ostrich::blocks {

/// Python: SequenceAttention, SequenceEncoderLayer and SequenceDecoderLayer, torch.nn's modules of
/// the same names with masks made from lengths. One text, so that it is written once for all
/// blocks.
const std::string &attentionPython();

/// "True" or "False".
std::string pythonBoolean(bool value);

} // namespace ostrich::blocks
