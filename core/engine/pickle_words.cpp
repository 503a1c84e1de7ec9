// Tables: the globals of state dicts, and the names of the pickle machine's instructions as
// Python's pickletools has them.
#include "engine/pickle_words.hpp"

#include "engine/pickle.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace ostrich::engine {

namespace {

constexpr std::size_t kShownLength = 80;

constexpr std::array<std::pair<std::string_view, GlobalUse>, 28> kGlobals{{
    {"collections.OrderedDict", GlobalUse::Dict},
    {"torch.Size", GlobalUse::Tuple},
    {"torch._utils._rebuild_tensor", GlobalUse::Call},
    {"torch._utils._rebuild_tensor_v2", GlobalUse::Call},
    {"torch._utils._rebuild_tensor_v3", GlobalUse::Call},
    {"torch._utils._rebuild_parameter", GlobalUse::Call},
    {"torch.device", GlobalUse::Call},
    {"torch.DoubleStorage", GlobalUse::Value},
    {"torch.FloatStorage", GlobalUse::Value},
    {"torch.HalfStorage", GlobalUse::Value},
    {"torch.BFloat16Storage", GlobalUse::Value},
    {"torch.LongStorage", GlobalUse::Value},
    {"torch.IntStorage", GlobalUse::Value},
    {"torch.ShortStorage", GlobalUse::Value},
    {"torch.CharStorage", GlobalUse::Value},
    {"torch.ByteStorage", GlobalUse::Value},
    {"torch.BoolStorage", GlobalUse::Value},
    {"torch.storage.UntypedStorage", GlobalUse::Value},
    {"torch.float64", GlobalUse::Value},
    {"torch.float32", GlobalUse::Value},
    {"torch.float16", GlobalUse::Value},
    {"torch.bfloat16", GlobalUse::Value},
    {"torch.int64", GlobalUse::Value},
    {"torch.int32", GlobalUse::Value},
    {"torch.int16", GlobalUse::Value},
    {"torch.int8", GlobalUse::Value},
    {"torch.uint8", GlobalUse::Value},
    {"torch.bool", GlobalUse::Value},
}};

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 62> kOpcodes{{
    {'(', "MARK"},
    {'.', "STOP"},
    {'0', "POP"},
    {'1', "POP_MARK"},
    {'2', "DUP"},
    {'F', "FLOAT"},
    {'I', "INT"},
    {'J', "BININT"},
    {'K', "BININT1"},
    {'L', "LONG"},
    {'M', "BININT2"},
    {'N', "NONE"},
    {'P', "PERSID"},
    {'Q', "BINPERSID"},
    {'R', "REDUCE"},
    {'S', "STRING"},
    {'T', "BINSTRING"},
    {'U', "SHORT_BINSTRING"},
    {'V', "UNICODE"},
    {'X', "BINUNICODE"},
    {'a', "APPEND"},
    {'b', "BUILD"},
    {'c', "GLOBAL"},
    {'d', "DICT"},
    {'}', "EMPTY_DICT"},
    {'e', "APPENDS"},
    {'g', "GET"},
    {'h', "BINGET"},
    {'i', "INST"},
    {'j', "LONG_BINGET"},
    {'l', "LIST"},
    {']', "EMPTY_LIST"},
    {'o', "OBJ"},
    {'p', "PUT"},
    {'q', "BINPUT"},
    {'r', "LONG_BINPUT"},
    {'s', "SETITEM"},
    {'t', "TUPLE"},
    {')', "EMPTY_TUPLE"},
    {'u', "SETITEMS"},
    {'G', "BINFLOAT"},
    {'B', "BINBYTES"},
    {'C', "SHORT_BINBYTES"},
    {0x80, "PROTO"},
    {0x81, "NEWOBJ"},
    {0x82, "EXT1"},
    {0x83, "EXT2"},
    {0x84, "EXT4"},
    {0x85, "TUPLE1"},
    {0x86, "TUPLE2"},
    {0x87, "TUPLE3"},
    {0x88, "NEWTRUE"},
    {0x89, "NEWFALSE"},
    {0x8a, "LONG1"},
    {0x8b, "LONG4"},
    {0x8c, "SHORT_BINUNICODE"},
    {0x8d, "BINUNICODE8"},
    {0x8e, "BINBYTES8"},
    {0x8f, "EMPTY_SET"},
    {0x90, "ADDITEMS"},
    {0x91, "FROZENSET"},
    {0x92, "NEWOBJ_EX"},
}};
constexpr std::array<std::string_view, 6> kNewerOpcodes{
    // from 0x93 on
    "STACK_GLOBAL", "MEMOIZE", "FRAME", "BYTEARRAY8", "NEXT_BUFFER", "READONLY_BUFFER"};

} // namespace

GlobalUse useOf(const std::string &global)
{
    for (const auto &[name, use] : kGlobals)
        if (global == name) return use;
    return GlobalUse::Refused;
}

bool isForeignNumberType(const std::string &global)
{
    constexpr std::string_view kTorch = "torch.";
    if (!global.starts_with(kTorch) || useOf(global) != GlobalUse::Refused) return false;
    const std::string_view name = std::string_view(global).substr(kTorch.size());
    if (name.find('.') != name.npos) return false;
    if (name.ends_with("Storage")) return true;
    constexpr std::array<std::string_view, 7> kFamilies{"uint", "int",   "float", "complex",
                                                        "qint", "quint", "bits"};
    return std::ranges::any_of(kFamilies, [&](std::string_view family) {
        return name.size() > family.size() && name.starts_with(family) && name[family.size()] >= '0'
               && name[family.size()] <= '9';
    });
}

std::string opcodeName(std::uint8_t opcode)
{
    for (const auto &[code, name] : kOpcodes)
        if (code == opcode) return std::string(name);
    const std::size_t newer = std::size_t{opcode} - 0x93U; // wraps for lower ones
    if (newer < kNewerOpcodes.size()) return std::string(kNewerOpcodes[newer]);
    return fmt::format("0x{:02x}", opcode);
}

std::string shownWords(const std::string &words)
{
    std::string shown = words.substr(0, kShownLength);
    for (char &c : shown)
        if (c < ' ' || c > '~') c = '?';
    return words.size() > kShownLength ? shown + "..." : shown;
}

} // namespace ostrich::engine
