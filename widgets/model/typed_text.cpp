// Typed text to ids.
#include "model/typed_text.hpp"

#include "data/tokenizer.hpp"

#include <algorithm>

namespace ostrich::ui {

std::vector<std::int32_t> typedIds(const data::Dataset &whole, std::string_view text)
{
    if (!whole.tokenizer || !whole.facts.input.isTokens()) return {};
    std::vector<std::int32_t> ids = whole.tokenizer->encode(text);
    if (ids.empty()) return {};
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(whole.facts.longest, 1));
    const std::size_t end = whole.facts.task == graph::Task::Translate ? 1 : 0; // as the data have
    if (ids.size() + end > most) ids.resize(most - end);
    if (end > 0) ids.push_back(data::Tokenizer::kEnd);
    return ids;
}

} // namespace ostrich::ui
