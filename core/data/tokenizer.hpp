// Text to token ids and back: characters, words, or parts of words. Immutable once fitted.
#pragma once

#include "base/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ostrich::data {

enum class TokenLevel {
    Characters, // Unicode code points, as they are
    Words,      // data/words.hpp: case folded, punctuation apart
    Subwords    // byte pair encoding (Sennrich et al. 2016) of those words
};

/// "characters", "words", "subwords": as options name them.
std::string_view name(TokenLevel level);
std::optional<TokenLevel> tokenLevelFrom(std::string_view name);

/// Any thread. Text is UTF-8; broken bytes were refused before it comes here.
class Tokenizer {
public:
    /// Ids that stand for no text: "<pad>", "<unknown>", "<begin>", "<end>".
    static constexpr std::int32_t kPad = 0, kUnknown = 1, kBegin = 2, kEnd = 3;
    static constexpr std::int32_t kSpecials = 4;

    /// The vocabulary of `texts`, the training split's alone: the `maximum` most frequent tokens
    /// (specials counted), ties in alphabetical order, so that the same texts give the same ids.
    static Tokenizer fit(TokenLevel level, std::span<const std::string> texts,
                         std::int64_t maximum);
    /// A fixed vocabulary: token `i` gets id kSpecials + i. Characters and words.
    static Tokenizer of(TokenLevel level, std::vector<std::string> vocabulary);

    TokenLevel level() const { return m_level; }
    /// Ids are below this.
    std::int64_t size() const { return static_cast<std::int64_t>(m_pieces.size()); }
    /// Without kBegin and kEnd; what the vocabulary does not hold becomes kUnknown.
    std::vector<std::int32_t> encode(std::string_view text) const;
    /// The tokens as text: kPad, kBegin and kEnd left out, "<unknown>" for kUnknown ("\uFFFD"
    /// between characters); words joined by blanks where French and English put them.
    std::string decode(std::span<const std::int32_t> ids) const;
    /// One token: "chien", "ch@@" of a word that goes on; specials in angle brackets.
    const std::string &piece(std::int32_t id) const
    {
        return m_pieces[static_cast<std::size_t>(id)];
    }
    const std::vector<std::string> &pieces() const { return m_pieces; }
    /// The pieces as a reader sees them: blanks and line ends drawn as signs ("␣", "↵").
    std::vector<std::string> visiblePieces() const;

    nlohmann::json toJson() const;
    static Result<Tokenizer> fromJson(const nlohmann::json &json);
    bool operator==(const Tokenizer &) const = default;

private:
    struct Merge {
        std::int32_t rank = 0;
        std::int32_t whole = 0; // the id that the pair becomes
        bool operator==(const Merge &) const = default;
    };

    Tokenizer(TokenLevel level, std::vector<std::string> pieces,
              std::vector<std::pair<std::string, std::string>> merges);
    std::int32_t idOf(const std::string &piece) const;
    void encodeWord(const std::string &word, std::vector<std::int32_t> &ids) const;

    TokenLevel m_level = TokenLevel::Words;
    std::vector<std::string> m_pieces; // by id
    std::unordered_map<std::string, std::int32_t> m_ids;
    std::vector<std::pair<std::string, std::string>> m_merges; // Subwords, in the order learned
    std::unordered_map<std::uint64_t, Merge> m_mergeOf;        // by the two ids
};

} // namespace ostrich::data
