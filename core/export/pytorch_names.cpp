// Words that Python and PyTorch keep for themselves.
#include "export/pytorch_names.hpp"

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
    while (!m_taken.insert(name).second) name += '_';
    return name;
}

} // namespace ostrich::exporting
