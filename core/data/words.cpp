// The rules of words.hpp, on code points.
#include "data/words.hpp"

#include "data/unicode.hpp"

#include <algorithm>
#include <array>

namespace ostrich::data {

namespace {

using CodePoints = std::vector<char32_t>;
using View = std::u32string_view;

constexpr char32_t kJoiner = 0x200D; // makes one emoji of several

bool isApostrophe(char32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC;
}

bool isHyphen(char32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/// Part of a word made of several signs.
bool isInWord(char32_t c)
{
    return !unicode::isBlank(c) && !unicode::isSign(c) && !unicode::isWordByItself(c)
           && c != 0x02BC;
}

bool isElision(View word)
{
    constexpr std::array<View, 13> elided{U"c",      U"d",      U"j",     U"l",  U"m",
                                          U"n",      U"s",      U"t",     U"qu", U"jusqu",
                                          U"lorsqu", U"puisqu", U"quoiqu"};
    return std::ranges::find(elided, word) != elided.end();
}

/// What stands behind the apostrophe of "it's", "we're" ...
bool isEnding(View letters)
{
    constexpr std::array<View, 6> endings{U"s", U"re", U"ve", U"ll", U"d", U"m"};
    return std::ranges::find(endings, letters) != endings.end();
}

/// Cuts text from left to right.
class Splitter {
public:
    explicit Splitter(std::string_view text)
    {
        for (const char32_t c : unicode::codePoints(text)) {
            if (!unicode::isInvisible(c)) m_text += unicode::folded(c);
        }
    }

    std::vector<std::string> split()
    {
        while (m_at < m_text.size()) {
            const char32_t c = m_text[m_at];
            if (unicode::isBlank(c))
                ++m_at;
            else if (isInWord(c))
                takeWord({});
            else if (unicode::isWordByItself(c))
                takeSign();
            else
                takePunctuation();
        }
        return std::move(m_words);
    }

private:
    bool inWordAt(std::size_t i) const { return i < m_text.size() && isInWord(m_text[i]); }
    bool digitAt(std::size_t i) const { return i < m_text.size() && unicode::isDigit(m_text[i]); }

    /// The letters from `first` on.
    View letters(std::size_t first) const
    {
        std::size_t end = first;
        while (inWordAt(end)) ++end;
        return View(m_text).substr(first, end - first);
    }

    void emit(View word)
    {
        m_words.emplace_back();
        for (const char32_t c : word) unicode::append(c, m_words.back());
    }

    /// From a letter on; `word` is what it begins with already (a hyphen).
    void takeWord(std::u32string word)
    {
        const std::size_t before = word.size();
        while (m_at < m_text.size()) {
            const char32_t c = m_text[m_at];
            const bool inNumber = (c == '.' || c == ',') && m_at > 0 && digitAt(m_at - 1)
                                  && word.size() > before && digitAt(m_at + 1);
            if (isInWord(c) || inNumber) {
                word += c;
                ++m_at;
            } else if (!isApostrophe(c)) {
                break;
            } else if (const View behind = letters(m_at + 1); endsAt(word, before, behind)) {
                return;
            } else if (behind.empty()) {
                break;
            } else {
                word += '\'';
                ++m_at;
            }
        }
        emit(word);
    }

    /// At an apostrophe behind `word`, with `behind` after it: whether words end here. Then they
    /// are taken.
    bool endsAt(const std::u32string &word, std::size_t before, View behind)
    {
        const bool negated = behind == U"t" && word.ends_with('n');
        if (!negated && isElision(View(word).substr(before))) {
            emit(word + U'\'');
            ++m_at;
            return true;
        }
        if (!negated && !isEnding(behind)) return false;
        const View stem = View(word).substr(0, word.size() - (negated ? 1 : 0));
        if (!stem.empty()) emit(stem);
        emit((negated ? std::u32string(U"n'") : std::u32string(U"'")).append(behind));
        m_at += 1 + behind.size();
        return true;
    }

    /// One sign with the marks on it.
    void takeSign()
    {
        std::u32string sign(1, m_text[m_at++]);
        while (m_at < m_text.size()) {
            const bool joins = m_text[m_at] == kJoiner && m_at + 1 < m_text.size()
                               && unicode::isSign(m_text[m_at + 1]);
            if (!joins && !unicode::isMark(m_text[m_at])) break;
            sign.append(m_text, m_at, joins ? 2 : 1);
            m_at += joins ? 2 : 1;
        }
        emit(sign);
    }

    void takePunctuation()
    {
        const char32_t c = m_text[m_at];
        if (isHyphen(c) && m_at > 0 && inWordAt(m_at - 1) && inWordAt(m_at + 1)) {
            ++m_at;
            takeWord(U"-");
            return;
        }
        const bool behindWord = m_at > 0 && inWordAt(m_at - 1);
        if (const View behind = letters(m_at + 1);
            isApostrophe(c) && !behindWord && isEnding(behind)) {
            emit(std::u32string(U"'").append(behind));
            m_at += 1 + behind.size();
            return;
        }
        if (c != '.' && c != '-' && c != '\'' && c != '`') {
            takeSign();
            return;
        }
        const std::size_t end = std::min(m_text.find_first_not_of(c, m_at), m_text.size());
        emit(View(m_text).substr(m_at, end - m_at));
        m_at = end;
    }

    std::u32string m_text;
    std::size_t m_at = 0;
    std::vector<std::string> m_words;
};

std::u32string asCodePoints(std::string_view text)
{
    const auto all = unicode::codePoints(text);
    return {all.begin(), all.end()};
}

template <std::size_t Count>
bool isAmong(const std::array<std::string_view, Count> &words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

bool isRunOf(char sign, std::string_view word)
{
    return !word.empty() && word.find_first_not_of(sign) == std::string_view::npos;
}

bool attachesLeft(std::string_view word)
{
    constexpr std::array<std::string_view, 22> closing{
        ",",      ";",      ":",      "!",      "?",      ")",      "]",      "}",
        "%",      "/",      "\u201D", "\u2019", "\u2026", "\u3001", "\u3002", "\uFF0C",
        "\uFF01", "\uFF1F", "\uFF1B", "\uFF1A", "n't",    "\uFF09"};
    return isAmong(closing, word) || isRunOf('.', word) || word.starts_with('\'')
           || (word.starts_with('-') && !isRunOf('-', word));
}

bool attachesRight(std::string_view word)
{
    constexpr std::array<std::string_view, 13> opening{
        "(", "[", "{", "/", "#", "$", "£", "\u201C", "\u2018", "\u00BF", "@", "\u00A1", "\uFF08"};
    return isAmong(opening, word) || isRunOf('`', word)
           || (word.ends_with('\'') && !isRunOf('\'', word));
}

/// Whether the two would be read as something else without a blank: one run of dots, an elision.
bool mergesWith(std::string_view left, std::string_view right)
{
    constexpr std::string_view kRuns = ".-'`";
    if (left.empty()) return false;
    const bool sameRun = left.back() == right.front() && kRuns.find(left.back()) != kRuns.npos;
    const bool elides = right.starts_with('\'') || right == "\u2019";
    return sameRun || (elides && isElision(asCodePoints(left)));
}

/// Whether the word's first sign (its last is of the same script) needs no blank around it.
bool isDense(std::string_view word)
{
    std::size_t position = 0;
    const auto c = unicode::next(word, position);
    return c && (unicode::isWordByItself(*c) || (*c >= 0x3000 && *c <= 0x303F));
}

} // namespace

std::vector<std::string> splitWords(std::string_view text)
{
    return Splitter(text).split();
}

std::string joinWords(std::span<const std::string> words)
{
    std::string text;
    std::string_view before;
    bool attached = true; // to what stands before: there is nothing yet
    bool dense = false;
    bool quoted = false; // between two straight quotes
    for (const std::string &word : words) {
        const bool quote = word == "\"";
        const bool closes = quote ? quoted : attachesLeft(word) && !mergesWith(before, word);
        const bool isDenseWord = isDense(word);
        if (!attached && !closes && !(dense && isDenseWord)) text += ' ';
        text += word;
        if (quote) quoted = !quoted;
        attached = quote ? quoted : attachesRight(word);
        dense = isDenseWord;
        before = word;
    }
    return text;
}

} // namespace ostrich::data
