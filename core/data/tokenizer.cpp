// Fitting vocabularies, and the way from text to ids and back.
#include "data/tokenizer.hpp"

#include "data/byte_pairs.hpp"
#include "data/unicode.hpp"
#include "data/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

namespace ostrich::data {

namespace {

constexpr std::array<std::string_view, 3> kLevels{"characters", "words", "subwords"};
constexpr std::array<std::string_view, 4> kSpecialPieces{"<pad>", "<unknown>", "<begin>", "<end>"};

std::vector<std::string> charactersOf(std::string_view text)
{
    std::vector<std::string> characters;
    for (const char32_t c : unicode::codePoints(text)) {
        characters.emplace_back();
        unicode::append(c, characters.back());
    }
    return characters;
}

std::uint64_t pairKey(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32)
           | static_cast<std::uint32_t>(right);
}

std::vector<std::string> withSpecials(std::vector<std::string> pieces)
{
    pieces.insert(pieces.begin(), kSpecialPieces.begin(), kSpecialPieces.end());
    return pieces;
}

/// The `room` most frequent, ties in alphabetical order.
std::vector<std::string> mostFrequent(const std::map<std::string, std::int64_t> &counts,
                                      std::int64_t room)
{
    std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater{}, &std::pair<std::string, std::int64_t>::second);
    if (std::ssize(sorted) > room) sorted.resize(static_cast<std::size_t>(room));
    std::vector<std::string> pieces;
    for (auto &[piece, count] : sorted) pieces.push_back(std::move(piece));
    return pieces;
}

std::map<std::string, std::int64_t> countTokens(TokenLevel level,
                                                std::span<const std::string> texts)
{
    std::unordered_map<std::string, std::int64_t> counts;
    for (const std::string &text : texts) {
        const auto tokens = level == TokenLevel::Characters ? charactersOf(text) : splitWords(text);
        for (const std::string &token : tokens) ++counts[token];
    }
    return {counts.begin(), counts.end()};
}

/// The words that parts make up; a last one that goes on stays as far as it came.
std::vector<std::string> wordsOfParts(std::span<const std::string> parts)
{
    std::vector<std::string> words;
    bool goesOn = false;
    for (const std::string &part : parts) {
        const bool open = part.ends_with(kGoesOn);
        if (!goesOn) words.emplace_back();
        words.back() += open ? part.substr(0, part.size() - kGoesOn.size()) : part;
        goesOn = open;
    }
    return words;
}

Error unreadable()
{
    return {"tokenizer", {"data.tokenizer_broken", {}}, {"data.copy_again_hint", {}}};
}

} // namespace

std::string_view name(TokenLevel level)
{
    return kLevels[static_cast<std::size_t>(level)];
}

std::optional<TokenLevel> tokenLevelFrom(std::string_view name)
{
    const auto found = std::ranges::find(kLevels, name);
    if (found == kLevels.end()) return {};
    return static_cast<TokenLevel>(found - kLevels.begin());
}

Tokenizer::Tokenizer(TokenLevel level, std::vector<std::string> pieces,
                     std::vector<std::pair<std::string, std::string>> merges)
    : m_level(level), m_pieces(std::move(pieces)), m_merges(std::move(merges))
{
    for (std::size_t id = kSpecials; id < m_pieces.size(); ++id)
        m_ids.emplace(m_pieces[id], static_cast<std::int32_t>(id));
    for (std::size_t rank = 0; rank < m_merges.size(); ++rank) {
        const auto &[left, right] = m_merges[rank];
        const std::int32_t whole = idOf(joinedPart(left, right));
        if (whole != kUnknown)
            m_mergeOf.emplace(pairKey(idOf(left), idOf(right)),
                              Merge{static_cast<std::int32_t>(rank), whole});
    }
}

Tokenizer Tokenizer::fit(TokenLevel level, std::span<const std::string> texts, std::int64_t maximum)
{
    const std::int64_t room = std::max<std::int64_t>(0, maximum - kSpecials);
    const auto counts = countTokens(level, texts);
    if (level != TokenLevel::Subwords) return of(level, mostFrequent(counts, room));
    BytePairs learned = learnBytePairs(counts, room);
    std::vector<std::string> pieces = std::move(learned.alphabet);
    std::unordered_set<std::string> known(pieces.begin(), pieces.end());
    for (const auto &[left, right] : learned.merges) { // two of them can make the same part
        const std::string whole = joinedPart(left, right);
        if (known.insert(whole).second) pieces.push_back(whole);
    }
    return {level, withSpecials(std::move(pieces)), std::move(learned.merges)};
}

Tokenizer Tokenizer::of(TokenLevel level, std::vector<std::string> vocabulary)
{
    return {level, withSpecials(std::move(vocabulary)), {}};
}

std::int32_t Tokenizer::idOf(const std::string &piece) const
{
    const auto known = m_ids.find(piece);
    return known == m_ids.end() ? kUnknown : known->second;
}

/// Merges in the order they were learned, all places of one before the next.
void Tokenizer::encodeWord(const std::string &word, std::vector<std::int32_t> &ids) const
{
    std::vector<std::int32_t> parts;
    for (const std::string &sign : signsOf(word)) parts.push_back(idOf(sign));
    while (parts.size() > 1) {
        const Merge *best = nullptr;
        std::uint64_t bestKey = 0;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            const auto merge = m_mergeOf.find(pairKey(parts[i], parts[i + 1]));
            if (merge == m_mergeOf.end() || (best != nullptr && best->rank <= merge->second.rank))
                continue;
            best = &merge->second;
            bestKey = merge->first;
        }
        if (best == nullptr) break;
        std::vector<std::int32_t> merged;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool here = i + 1 < parts.size() && pairKey(parts[i], parts[i + 1]) == bestKey;
            merged.push_back(here ? best->whole : parts[i]);
            if (here) ++i;
        }
        parts = std::move(merged);
    }
    ids.insert(ids.end(), parts.begin(), parts.end());
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text) const
{
    std::vector<std::int32_t> ids;
    if (m_level == TokenLevel::Characters) {
        for (const std::string &character : charactersOf(text)) ids.push_back(idOf(character));
        return ids;
    }
    for (const std::string &word : splitWords(text)) {
        if (m_level == TokenLevel::Words)
            ids.push_back(idOf(word));
        else
            encodeWord(word, ids);
    }
    return ids;
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids) const
{
    std::vector<std::string> pieces;
    for (const std::int32_t id : ids) {
        if (id == kUnknown)
            pieces.emplace_back(m_level == TokenLevel::Words ? "<unknown>" : "\uFFFD");
        else if (id >= kSpecials && id < size())
            pieces.push_back(piece(id));
    }
    if (m_level == TokenLevel::Words) return joinWords(pieces);
    if (m_level == TokenLevel::Subwords) return joinWords(wordsOfParts(pieces));
    std::string text;
    for (const std::string &character : pieces) text += character;
    return text;
}

std::vector<std::string> Tokenizer::visiblePieces() const
{
    std::vector<std::string> visible = m_pieces;
    for (std::string &piece : visible) {
        if (piece == " ")
            piece = "␣";
        else if (piece == "\n")
            piece = "↵";
        else if (piece == "\t")
            piece = "⇥";
    }
    return visible;
}

nlohmann::json Tokenizer::toJson() const
{
    return {{"level", name(m_level)},
            {"pieces", std::vector<std::string>(m_pieces.begin() + kSpecials, m_pieces.end())},
            {"merges", m_merges}};
}

Result<Tokenizer> Tokenizer::fromJson(const nlohmann::json &json)
{
    try {
        const auto level = tokenLevelFrom(json.at("level").get<std::string>());
        if (!level) return unreadable();
        return Tokenizer(*level, withSpecials(json.at("pieces")),
                         json.at("merges").get<decltype(m_merges)>());
    } catch (const nlohmann::json::exception &) {
        return unreadable();
    }
}

} // namespace ostrich::data
