// The data last read from files whose facts are known only after reading them whole: asked for
// their facts and then loaded, they are read once.
#pragma once

#include "base/result.hpp"
#include "data/dataset.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace ostrich::data {

using ReadData = std::function<Result<Dataset>()>;

/// What `text` (a source with its options) reads from `files` as they are now: another size or time
/// of any of them makes another key.
std::string recentKey(std::string text, std::span<const std::filesystem::path> files);

/// The facts of what `read` returns, which is called only where `key` is not known. Any thread.
Result<graph::DataFacts> recentFacts(const std::string &key, const ReadData &read);
/// All of it, a copy. Errors are not kept.
Result<Dataset> recentData(const std::string &key, const ReadData &read);

} // namespace ostrich::data
