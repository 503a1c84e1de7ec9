// The files of resources/ that the build embeds into the program (messages, templates, the
// pictures' artwork).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace ostrich {

/// The content of an embedded file, by its path below resources/: "messages/graph.json". Nothing
/// when there is none. The view lives as long as the program; any thread.
std::optional<std::string_view> embeddedResource(std::string_view name);

/// The names of all embedded files, sorted. Any thread.
std::vector<std::string_view> embeddedResourceNames();

} // namespace ostrich
