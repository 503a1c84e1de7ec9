// Sizes as a student types them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ostrich::blocks {

/// "4x7x7" (× serves too): one to three sizes, each from 1 to `most`; nothing where the text is
/// something else.
std::optional<std::vector<std::int64_t>> sizesFromText(std::string text, std::int64_t most);

} // namespace ostrich::blocks
