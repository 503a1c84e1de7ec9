// Words that Python and PyTorch keep for themselves, and names made of others.
#include "export/pytorch_names.hpp"

#include "data/unicode.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ostrich::exporting {

namespace {

constexpr std::array kKeywords{
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

/// torch.nn.Module refuses a submodule of such a name, or would lose what it overrides.
constexpr std::array kMembersOfModule{"T_destination",
                                      "add_module",
                                      "apply",
                                      "bfloat16",
                                      "buffers",
                                      "call_super_init",
                                      "children",
                                      "compile",
                                      "cpu",
                                      "cuda",
                                      "double",
                                      "dump_patches",
                                      "eval",
                                      "extra_repr",
                                      "float",
                                      "forward",
                                      "get_buffer",
                                      "get_extra_state",
                                      "get_parameter",
                                      "get_submodule",
                                      "half",
                                      "ipu",
                                      "load_state_dict",
                                      "modules",
                                      "mtia",
                                      "named_buffers",
                                      "named_children",
                                      "named_modules",
                                      "named_parameters",
                                      "parameters",
                                      "register_backward_hook",
                                      "register_buffer",
                                      "register_forward_hook",
                                      "register_forward_pre_hook",
                                      "register_full_backward_hook",
                                      "register_full_backward_pre_hook",
                                      "register_load_state_dict_post_hook",
                                      "register_load_state_dict_pre_hook",
                                      "register_module",
                                      "register_parameter",
                                      "register_state_dict_post_hook",
                                      "register_state_dict_pre_hook",
                                      "requires_grad_",
                                      "set_extra_state",
                                      "set_submodule",
                                      "share_memory",
                                      "state_dict",
                                      "to",
                                      "to_empty",
                                      "train",
                                      "training",
                                      "type",
                                      "xpu",
                                      "zero_grad"};

/// What U+00C0 to U+00FF are without their accents; a blank where that is no letter.
constexpr std::string_view kLatin =
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/// The letters and figures of A to Z and 0 to 9 that stand for a sign; empty: none do.
std::string plainLetters(char32_t sign)
{
    if (sign < 0x80 && std::isalnum(static_cast<int>(sign)) != 0) return {static_cast<char>(sign)};
    if (sign == U'œ' || sign == U'Œ') return sign == U'œ' ? "oe" : "Oe";
    const bool isLatin = sign >= 0xC0 && sign < 0xC0 + kLatin.size();
    const char letter = isLatin ? kLatin[sign - 0xC0] : ' ';
    return letter == ' ' ? std::string() : std::string{letter};
}

/// "Residual block" as ResidualBlock; "Group" where no letter is left.
std::string camelCase(const std::string &title)
{
    std::string name;
    bool begins = true; // a word
    for (const char32_t sign : data::unicode::codePoints(title)) {
        if (data::unicode::isMark(sign)) continue;
        std::string letters = plainLetters(sign);
        if (begins && !letters.empty())
            letters[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(letters[0])));
        begins = letters.empty();
        name += letters;
    }
    if (name.empty()) return "Group";
    return std::isdigit(static_cast<unsigned char>(name[0])) != 0 ? "Block" + name : name;
}

} // namespace

PythonNames::PythonNames(const std::set<std::string> &taken) : m_taken(taken)
{
    m_taken.insert(kKeywords.begin(), kKeywords.end());
    m_taken.insert(kMembersOfModule.begin(), kMembersOfModule.end());
    // The Python's built-in functions that blocks' texts may call.
    m_taken.insert(
        {"float", "int", "len", "max", "min", "print", "range", "sum", "super", "tuple"});
}

std::string PythonNames::unique(const std::string &wish)
{
    const bool isWord = std::isalpha(static_cast<unsigned char>(wish[0])) != 0;
    std::string name = isWord ? wish : "block_" + wish;
    std::ranges::replace(name, '.', '_'); // of a group that is written unfolded
    while (!m_taken.insert(name).second) name += '_';
    return name;
}

std::string PythonNames::uniqueClass(const std::string &title)
{
    const std::string wish = camelCase(title);
    const bool endsInFigure = std::isdigit(static_cast<unsigned char>(wish.back())) != 0;
    std::string name = wish;
    for (int number = 2; !m_taken.insert(name).second; ++number)
        name = wish + (endsInFigure ? "_" : "") + std::to_string(number);
    return name;
}

std::string nameInPython(const std::string &tensor, const NameOfBlock &names)
{
    for (std::size_t dot = tensor.find('.'); dot != std::string::npos;
         dot = tensor.find('.', dot + 1)) {
        const auto block = names.find(tensor.substr(0, dot));
        if (block != names.end()) return block->second + tensor.substr(dot);
    }
    return tensor;
}

} // namespace ostrich::exporting
