// Learning merges with counts that follow each merge instead of being taken anew: only words that
// hold the merged pair are touched.
#include "data/byte_pairs.hpp"

#include "data/unicode.hpp"

#include <algorithm>
#include <queue>
#include <unordered_map>

namespace ostrich::data {

namespace {

using Part = std::int32_t; // index into Learner::m_parts
constexpr Part kNone = -1; // a sign that the alphabet had no room for

struct Word {
    std::vector<Part> parts;
    std::int64_t count = 0;
};

std::uint64_t keyOf(Part left, Part right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32)
           | static_cast<std::uint32_t>(right);
}

class Learner {
public:
    Learner(const std::map<std::string, std::int64_t> &words, std::int64_t maximum)
        : m_maximum(maximum)
    {
        takeAlphabet(words);
        for (const auto &[text, count] : words) {
            Word word{{}, count};
            for (const std::string &sign : signsOf(text)) {
                const auto known = m_ids.find(sign);
                word.parts.push_back(known == m_ids.end() ? kNone : known->second);
            }
            m_words.push_back(std::move(word));
            addPairs(m_words.size() - 1, +1);
        }
        for (const auto &[key, count] : m_counts) push(key);
    }

    BytePairs learn()
    {
        while (std::ssize(m_parts) < m_maximum && !m_queue.empty()) {
            const Candidate best = m_queue.top();
            m_queue.pop();
            const std::int64_t count = m_counts[best.key];
            if (count != best.count) {
                push(best.key); // it became rarer since it was queued
                continue;
            }
            merge(best.key);
        }
        return std::move(m_learned);
    }

private:
    struct Candidate {
        std::int64_t count;
        std::string left;
        std::string right;
        std::uint64_t key;
        bool operator<(const Candidate &other) const // the best is the greatest
        {
            if (count != other.count) return count < other.count;
            if (left != other.left) return left > other.left;
            return right > other.right;
        }
    };

    void takeAlphabet(const std::map<std::string, std::int64_t> &words)
    {
        std::map<std::string, std::int64_t> counts;
        for (const auto &[word, count] : words) {
            for (const std::string &sign : signsOf(word)) counts[sign] += count;
        }
        std::vector<std::pair<std::string, std::int64_t>> signs(counts.begin(), counts.end());
        std::ranges::stable_sort(signs, std::greater{},
                                 &std::pair<std::string, std::int64_t>::second);
        if (std::ssize(signs) > m_maximum) signs.resize(static_cast<std::size_t>(m_maximum));
        for (const auto &[sign, count] : signs) {
            m_learned.alphabet.push_back(sign);
            partOf(sign);
        }
    }

    Part partOf(const std::string &text)
    {
        const auto [place, isNew] = m_ids.emplace(text, static_cast<Part>(m_parts.size()));
        if (isNew) m_parts.push_back(text);
        return place->second;
    }

    void push(std::uint64_t key)
    {
        const std::int64_t count = m_counts[key];
        if (count < 2) return;
        m_queue.push({count, m_parts[static_cast<std::size_t>(key >> 32)],
                      m_parts[static_cast<std::size_t>(key & 0xFFFFFFFF)], key});
    }

    /// Counts the pairs of word `index` in (`sign` +1) or out (-1).
    void addPairs(std::size_t index, std::int64_t sign)
    {
        const Word &word = m_words[index];
        for (std::size_t i = 0; i + 1 < word.parts.size(); ++i) {
            if (word.parts[i] == kNone || word.parts[i + 1] == kNone) continue;
            const std::uint64_t key = keyOf(word.parts[i], word.parts[i + 1]);
            m_counts[key] += sign * word.count;
            std::vector<std::size_t> &places = m_places[key];
            if (sign > 0 && (places.empty() || places.back() != index)) places.push_back(index);
        }
    }

    void merge(std::uint64_t key)
    {
        const auto left = static_cast<Part>(key >> 32);
        const auto right = static_cast<Part>(key & 0xFFFFFFFF);
        const std::string &leftText = m_parts[static_cast<std::size_t>(left)];
        const std::string &rightText = m_parts[static_cast<std::size_t>(right)];
        m_learned.merges.emplace_back(leftText, rightText);
        const Part whole = partOf(joinedPart(leftText, rightText));
        std::vector<std::uint64_t> grown;
        const std::vector<std::size_t> places = std::move(m_places[key]);
        for (const std::size_t index : places) {
            addPairs(index, -1);
            std::vector<Part> &parts = m_words[index].parts;
            std::vector<Part> merged;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                const bool here = i + 1 < parts.size() && parts[i] == left && parts[i + 1] == right;
                merged.push_back(here ? whole : parts[i]);
                if (here) ++i;
            }
            parts = std::move(merged);
            addPairs(index, +1);
            for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
                if (parts[i] == whole || parts[i + 1] == whole)
                    grown.push_back(keyOf(parts[i], parts[i + 1]));
            }
        }
        std::ranges::sort(grown);
        grown.erase(std::ranges::unique(grown).begin(), grown.end());
        for (const std::uint64_t pair : grown) {
            if (m_counts.contains(pair)) push(pair);
        }
    }

    std::int64_t m_maximum;
    BytePairs m_learned;
    std::vector<std::string> m_parts;
    std::unordered_map<std::string, Part> m_ids;
    std::vector<Word> m_words;
    std::unordered_map<std::uint64_t, std::int64_t> m_counts;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>>
        m_places; // words that hold it, or did
    std::priority_queue<Candidate> m_queue;
};

} // namespace

BytePairs learnBytePairs(const std::map<std::string, std::int64_t> &words, std::int64_t maximum)
{
    return Learner(words, maximum).learn();
}

std::vector<std::string> signsOf(std::string_view word)
{
    std::vector<std::string> signs;
    std::size_t position = 0;
    while (position < word.size()) {
        const std::size_t first = position;
        if (!unicode::next(word, position)) ++position;
        signs.emplace_back(word.substr(first, position - first));
        if (position < word.size()) signs.back() += kGoesOn;
    }
    return signs;
}

std::string joinedPart(std::string_view left, std::string_view right)
{
    return std::string(left.substr(0, left.size() - kGoesOn.size())).append(right);
}

} // namespace ostrich::data
