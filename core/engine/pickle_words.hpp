// The names that a pickle of tensors may hold, and how those that it may not are told.
#pragma once

#include <cstdint>
#include <string>

namespace ostrich::engine {

enum class GlobalUse {
    Refused,
    Value, // may be named: types of numbers
    Dict,  // may be called, and what comes is a dict
    Tuple, // its only argument
    Call,  // kept as a call: what rebuilds tensors
};
/// What state dicts need of "module.name".
GlobalUse useOf(const std::string &global);

/// PyTorch's types of numbers that Ostrich lacks: "torch.ComplexFloatStorage", "torch.uint16".
bool isForeignNumberType(const std::string &global);

/// "NEWOBJ"; "0xa7" for what is no instruction.
std::string opcodeName(std::uint8_t opcode);

} // namespace ostrich::engine
