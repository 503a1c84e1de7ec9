// The pickle machine of Python's pickletools, reduced to what state dicts use: it has a stack, a
// memo and values, and no way to call anything. Its first objection ends it.
#include "engine/pickle.hpp"

#include "engine/pickle_bytes.hpp"
#include "engine/pickle_words.hpp"

#include <charconv>
#include <cstring>
#include <optional>

namespace ostrich::engine {

namespace {

// A pickle of a thousand layers with its optimizer takes a tenth of these.
constexpr std::uint64_t kMaxSteps = 10'000'000;
constexpr std::size_t kMaxValues = 2'000'000;
constexpr std::size_t kMaxLongBytes = 64;
constexpr int kNewestProtocol = 5;

using Kind = PickleValue::Kind;

constexpr PickleId kNone = 0, kTrue = 1, kFalse = 2; // always there: they cost no memory again

class Interpreter {
public:
    Interpreter(const ByteSource &source, std::uint64_t position, const std::string &where)
        : m_bytes(source, position, where), m_where(where)
    {
        add({});
        add({.kind = Kind::Bool, .integer = 1});
        add({.kind = Kind::Bool, .integer = 0});
    }

    Result<Pickle> run()
    {
        while (!m_error && !m_stopped) step();
        if (m_error) return *m_error;
        m_pickle.end = m_bytes.position();
        return std::move(m_pickle);
    }

private:
    void step()
    {
        m_opcodeAt = m_bytes.position();
        m_opcode = m_bytes.byte();
        countSteps(1);
        if (failed()) return;
        const bool known =
            flow() || constant() || text() || sequence() || dictionary() || memory() || reference();
        if (!known) fail("engine.pickle_opcode", {opcodeName(m_opcode)});
        failed();
    }

    // What went wrong.

    /// Also where the bytes ended.
    bool failed()
    {
        if (!m_error) m_error = m_bytes.error();
        return m_error.has_value();
    }
    void countSteps(std::uint64_t count)
    {
        m_steps += count;
        if (m_steps > kMaxSteps) tooLarge();
    }

    void fail(const char *id, std::vector<std::string> arguments)
    {
        if (!failed())
            m_error = Error{m_where, {id, std::move(arguments)}, {"engine.torch_hint", {}}};
    }
    void broken()
    {
        fail("engine.pickle_broken", {opcodeName(m_opcode), std::to_string(m_opcodeAt)});
    }
    void tooLarge() { fail("engine.pickle_large", {}); }
    void refuseCall(const std::string &name)
    {
        if (failed()) return;
        m_error = Error{
            m_where, {"engine.pickle_call", {shownWords(name)}}, {"engine.pickle_call_hint", {}}};
    }

    // Values and the stack.

    PickleId add(PickleValue value)
    {
        if (m_pickle.values.size() >= kMaxValues) {
            tooLarge();
            return kNone;
        }
        m_pickle.values.push_back(std::move(value));
        return static_cast<PickleId>(m_pickle.values.size() - 1);
    }
    bool push(PickleId id)
    {
        if (!failed()) m_stack.push_back(id);
        return true;
    }
    bool push(PickleValue value) { return push(add(std::move(value))); }
    std::size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }
    PickleId top()
    {
        if (m_stack.size() > floor()) return m_stack.back();
        broken();
        return kNone;
    }
    PickleId pop()
    {
        const PickleId id = top();
        if (!failed()) m_stack.pop_back();
        return id;
    }
    /// All above the last mark, which goes too.
    std::vector<PickleId> popMarked()
    {
        if (m_marks.empty()) {
            broken();
            return {};
        }
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        std::vector<PickleId> items(begin, m_stack.end());
        m_stack.erase(begin, m_stack.end());
        m_marks.pop_back();
        return items;
    }
    /// `count` values from the top, the lowest first.
    std::vector<PickleId> popItems(std::size_t count)
    {
        std::vector<PickleId> items(count, kNone);
        for (std::size_t i = count; i-- > 0;) items[i] = pop();
        return items;
    }

    // Instructions, by family: true where `m_opcode` is one of them.

    bool flow()
    {
        switch (m_opcode) {
        case 0x80: // PROTO
            if (const int protocol = m_bytes.byte(); protocol > kNewestProtocol) broken();
            return true;
        case 0x95: // FRAME: a hint for buffers
            m_bytes.natural(8);
            return true;
        case '(':
            m_marks.push_back(m_stack.size());
            return true;
        case '.':
            m_pickle.root = pop();
            if (!m_stack.empty() || !m_marks.empty()) broken();
            m_stopped = true;
            return true;
        case '0': // POP
            if (m_stack.size() > floor() || m_marks.empty())
                pop();
            else
                m_marks.pop_back();
            return true;
        case '1': // POP_MARK
            popMarked();
            return true;
        case '2': // DUP
            return push(top());
        default:
            return false;
        }
    }

    bool constant()
    {
        switch (m_opcode) {
        case 'N':
            return push(kNone);
        case 0x88:
            return push(kTrue);
        case 0x89:
            return push(kFalse);
        case 'J': // BININT
            return pushInt(static_cast<std::int32_t>(m_bytes.natural(4)));
        case 'K': // BININT1
            return pushInt(m_bytes.byte());
        case 'M': // BININT2
            return pushInt(static_cast<std::int64_t>(m_bytes.natural(2)));
        case 'I': // INT; "00" and "01" are False and True
        case 'L': // LONG, whose digits Python 2 ends with an L
            return pushDigits(m_bytes.line());
        case 0x8a: // LONG1
            return pushLong(m_bytes.byte());
        case 'G':
            return pushFloat();
        default:
            return false;
        }
    }
    bool pushInt(std::int64_t value) { return push({.kind = Kind::Int, .integer = value}); }
    bool pushDigits(std::string digits)
    {
        if (m_opcode == 'I' && digits == "00") return push(kFalse);
        if (m_opcode == 'I' && digits == "01") return push(kTrue);
        if (!digits.empty() && digits.back() == 'L') digits.pop_back();
        std::int64_t value = 0;
        const char *const end = digits.data() + digits.size();
        const auto [stopped, error] = std::from_chars(digits.data(), end, value);
        if (digits.empty() || stopped != end || digits.size() > kMaxLongBytes) broken();
        if (error == std::errc::result_out_of_range)
            return push({.kind = Kind::BigInt, .text = digits});
        if (error != std::errc()) broken();
        return pushInt(value);
    }
    bool pushLong(std::size_t count)
    {
        if (count > kMaxLongBytes) broken();
        std::string little = m_bytes.bytes(count);
        if (count > 8) return push({.kind = Kind::BigInt, .text = little});
        const bool negative = !little.empty() && (little.back() & 0x80) != 0;
        little.resize(8, negative ? '\xff' : '\0');
        std::int64_t value = 0;
        std::memcpy(&value, little.data(), 8);
        return pushInt(value);
    }
    /// Eight bytes, the highest first.
    bool pushFloat()
    {
        std::uint64_t bits = __builtin_bswap64(m_bytes.natural(8));
        double value = 0;
        std::memcpy(&value, &bits, 8);
        return push({.kind = Kind::Float, .real = value});
    }

    bool text()
    {
        switch (m_opcode) {
        case 'X': // BINUNICODE
        case 'T': // BINSTRING: a string of Python 2
            return push({.kind = Kind::Text, .text = m_bytes.bytes(m_bytes.natural(4))});
        case 0x8c: // SHORT_BINUNICODE
        case 'U':  // SHORT_BINSTRING
            return push({.kind = Kind::Text, .text = m_bytes.bytes(m_bytes.byte())});
        case 'B':
            return push({.kind = Kind::Bytes, .text = m_bytes.bytes(m_bytes.natural(4))});
        case 'C':
            return push({.kind = Kind::Bytes, .text = m_bytes.bytes(m_bytes.byte())});
        default:
            return false;
        }
    }

    bool sequence()
    {
        switch (m_opcode) {
        case ')':
            return push({.kind = Kind::Tuple});
        case 't':
            return push({.kind = Kind::Tuple, .items = popMarked()});
        case 0x85: // TUPLE1, TUPLE2, TUPLE3
        case 0x86:
        case 0x87:
            return push({.kind = Kind::Tuple, .items = popItems(m_opcode - 0x84U)});
        case ']':
            return push({.kind = Kind::List});
        case 'l':
            return push({.kind = Kind::List, .items = popMarked()});
        case 'a':
            return extend(Kind::List, popItems(1));
        case 'e':
            return extend(Kind::List, popMarked());
        default:
            return false;
        }
    }

    bool dictionary()
    {
        switch (m_opcode) {
        case '}':
            return push({.kind = Kind::Dict});
        case 'd':
            if (!push({.kind = Kind::Dict, .items = popMarked()})) return true;
            if (!failed() && m_pickle.at(top()).items.size() % 2 != 0) broken();
            return true;
        case 's':
            return extend(Kind::Dict, popItems(2));
        case 'u':
            return extend(Kind::Dict, popMarked());
        default:
            return false;
        }
    }
    /// Puts `items` behind those of the list or dict on the top.
    bool extend(Kind kind, const std::vector<PickleId> &items)
    {
        PickleValue &whole = m_pickle.values[top()];
        if (whole.kind != kind || (kind == Kind::Dict && items.size() % 2 != 0)) broken();
        if (!failed()) whole.items.insert(whole.items.end(), items.begin(), items.end());
        return true;
    }

    bool memory()
    {
        switch (m_opcode) {
        case 'q':
            return remember(m_bytes.byte());
        case 'r':
            return remember(m_bytes.natural(4));
        case 0x94: // MEMOIZE
            return remember(m_memo.size());
        case 'h':
            return recall(m_bytes.byte());
        case 'j':
            return recall(m_bytes.natural(4));
        default:
            return false;
        }
    }
    /// Writers count their memos from 0: a place far beyond what there can be is no memo.
    bool remember(std::uint64_t place)
    {
        const PickleId id = top();
        if (place >= kMaxValues) tooLarge();
        if (failed()) return true;
        if (place >= m_memo.size()) m_memo.resize(place + 1);
        m_memo[place] = id;
        return true;
    }
    bool recall(std::uint64_t place)
    {
        if (place < m_memo.size() && m_memo[place]) return push(*m_memo[place]);
        broken();
        return true;
    }

    bool reference()
    {
        switch (m_opcode) {
        case 'Q': // BINPERSID
            return push({.kind = Kind::Persistent, .items = popItems(1)});
        case 'c': { // GLOBAL
            const std::string module = m_bytes.line();
            return global(module + "." + m_bytes.line());
        }
        case 0x93: { // STACK_GLOBAL
            const std::vector<PickleId> words = popItems(2);
            const PickleValue &module = m_pickle.at(words[0]), &name = m_pickle.at(words[1]);
            if (module.kind != Kind::Text || name.kind != Kind::Text) broken();
            return global(module.text + "." + name.text);
        }
        case 'i': { // INST: a call in one instruction, which only foreign files hold
            const std::string module = m_bytes.line();
            refuseCall(module + "." + m_bytes.line());
            return true;
        }
        case 'R':
            return reduce();
        case 'b':
            return build();
        default:
            return false;
        }
    }
    bool global(const std::string &name)
    {
        if (failed()) return true;
        if (isForeignNumberType(name))
            fail("engine.torch_type", {shownWords(name)});
        else if (useOf(name) == GlobalUse::Refused)
            refuseCall(name);
        return push({.kind = Kind::Global, .text = name});
    }
    bool reduce()
    {
        const std::vector<PickleId> call = popItems(2);
        const PickleValue &function = m_pickle.at(call[0]), &arguments = m_pickle.at(call[1]);
        if (function.kind != Kind::Global || arguments.kind != Kind::Tuple) broken();
        if (failed()) return true;
        switch (useOf(function.text)) {
        case GlobalUse::Dict:
            return push({.kind = Kind::Dict, .items = pairsOf(arguments)});
        case GlobalUse::Tuple:
            if (arguments.items.size() == 1) return push(arguments.items[0]);
            broken();
            return true;
        case GlobalUse::Call:
            return push({.kind = Kind::Call, .items = call});
        default:
            refuseCall(function.text);
            return true;
        }
    }
    /// OrderedDict's arguments: none, or, from Python 2, one list of pairs.
    std::vector<PickleId> pairsOf(const PickleValue &arguments)
    {
        std::vector<PickleId> items;
        if (arguments.items.empty()) return items;
        const PickleValue &list = m_pickle.at(arguments.items[0]);
        if (arguments.items.size() > 1 || list.kind != Kind::List) broken();
        countSteps(list.items.size()); // one list may be copied many times
        for (const PickleId id : list.items) {
            const PickleValue &pair = m_pickle.at(id);
            if (pair.items.size() != 2 || (pair.kind != Kind::List && pair.kind != Kind::Tuple))
                broken();
            if (failed()) break;
            items.insert(items.end(), pair.items.begin(), pair.items.end());
        }
        return items;
    }
    /// State for an object: an OrderedDict's attributes (`_metadata`), which hold no tensors.
    bool build()
    {
        pop();
        if (m_pickle.at(top()).kind != Kind::Dict) broken();
        return true;
    }

    PickleBytes m_bytes;
    const std::string &m_where;
    Pickle m_pickle;
    std::vector<PickleId> m_stack;
    std::vector<std::size_t> m_marks; // the stack's height at each
    std::vector<std::optional<PickleId>> m_memo;
    std::optional<Error> m_error;
    bool m_stopped = false;
    std::uint8_t m_opcode = 0;
    std::uint64_t m_opcodeAt = 0, m_steps = 0;
};

} // namespace

Result<Pickle> readPickle(const ByteSource &source, std::uint64_t position,
                          const std::string &where)
{
    return Interpreter(source, position, where).run();
}

} // namespace ostrich::engine
