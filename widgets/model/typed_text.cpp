// Typed text to ids.
#include "model/typed_text.hpp"

#include "data/tokenizer.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

std::vector<std::int32_t> allIds(const data::Dataset &whole, std::string_view text)
{
    if (!whole.tokenizer || !whole.facts.input.isTokens()) return {};
    return whole.tokenizer->encode(text);
}

/// What stands behind the words, as in the data.
std::size_t endLength(const data::Dataset &whole)
{
    return whole.facts.task == graph::Task::Translate ? 1 : 0;
}

/// How many words are read at most.
std::size_t mostWords(const data::Dataset &whole)
{
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(whole.facts.longest, 1));
    return most - endLength(whole);
}

} // namespace

std::vector<std::int32_t> typedIds(const data::Dataset &whole, std::string_view text)
{
    std::vector<std::int32_t> ids = allIds(whole, text);
    if (ids.empty()) return {};
    ids.resize(std::min(ids.size(), mostWords(whole)));
    ids.resize(ids.size() + endLength(whole), data::Tokenizer::kEnd);
    return ids;
}

bool isCut(const data::Dataset &whole, std::string_view text)
{
    return allIds(whole, text).size() > mostWords(whole);
}

} // namespace ostrich::ui
