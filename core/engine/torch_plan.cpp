// Calls that rebuild tensors, read as descriptions: torch._utils._rebuild_tensor(storage, offset,
// size, stride) with more arguments in later versions, and storages by persistent id: ("storage",
// type, key, location, count[, view]).
#include "engine/torch_plan_torch.hpp"

#include "data/unicode.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace ostrich::engine {

namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t kMaxDimensions = 16; // as safetensors.cpp
constexpr int kMaxDepth = 4;               // dicts in dicts of a checkpoint
constexpr std::array kUsualNames{"state_dict", "model_state_dict", "model"};

struct NamedType {
    std::string_view storage, dtype;
    at::ScalarType type;
};
constexpr std::array<NamedType, 10> kTypes{{
    {"torch.DoubleStorage", "torch.float64", at::kDouble},
    {"torch.FloatStorage", "torch.float32", at::kFloat},
    {"torch.HalfStorage", "torch.float16", at::kHalf},
    {"torch.BFloat16Storage", "torch.bfloat16", at::kBFloat16},
    {"torch.LongStorage", "torch.int64", at::kLong},
    {"torch.IntStorage", "torch.int32", at::kInt},
    {"torch.ShortStorage", "torch.int16", at::kShort},
    {"torch.CharStorage", "torch.int8", at::kChar},
    {"torch.ByteStorage", "torch.uint8", at::kByte},
    {"torch.BoolStorage", "torch.bool", at::kBool},
}};
constexpr std::string_view kUntyped = "torch.storage.UntypedStorage"; // counts bytes

std::optional<at::ScalarType> storageType(const PickleValue &value)
{
    if (value.kind != Kind::Global) return std::nullopt;
    if (value.text == kUntyped) return at::kByte;
    for (const NamedType &one : kTypes)
        if (value.text == one.storage) return one.type;
    return std::nullopt;
}

std::optional<at::ScalarType> dtypeOf(const PickleValue &value)
{
    if (value.kind != Kind::Global) return std::nullopt;
    for (const NamedType &one : kTypes)
        if (value.text == one.dtype) return one.type;
    return std::nullopt;
}

bool isUtf8(const std::string &text)
{
    for (std::size_t place = 0; place < text.size();)
        if (!data::unicode::next(text, place)) return false;
    return true;
}

/// A persistent id in words.
struct StorageReference {
    std::string key;
    TorchStorage whole;
    std::uint64_t begin = 0, count = 0; // the part that is meant, in numbers
};

/// Every step returns the first objection.
class Planner {
public:
    Planner(const Pickle &pickle, const std::string &where, const Wanted &wanted)
        : m_pickle(pickle), m_where(where), m_wanted(wanted)
    {
    }

    Result<TorchPlan> plan()
    {
        if (const auto wrong = collectStorages()) return *wrong;
        const Result<std::optional<PickleId>> dict = findTensors(m_pickle.root, 0);
        if (!dict) return dict.error();
        if (!*dict)
            return Error{
                m_where, {"engine.torch_no_tensors", {}}, {"engine.torch_no_tensors_hint", {}}};
        m_plan.taken = m_path;
        const std::vector<PickleId> &items = m_pickle.at(**dict).items;
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
            const PickleValue &name = m_pickle.at(items[i]);
            if (name.kind != Kind::Text) continue;
            if (!isUtf8(name.text)) return refuse("engine.torch_tensor", {shownWords(name.text)});
            if (m_wanted && !m_wanted(name.text)) continue;
            m_plan.tensors.erase(name.text); // a later entry replaces it
            if (const PickleValue *call = tensorCall(items[i + 1]))
                if (const auto wrong = planTensor(name.text, *call)) return *wrong;
        }
        return std::move(m_plan);
    }

private:
    Error refuse(const char *id, std::vector<std::string> arguments) const
    {
        return {m_where, {id, std::move(arguments)}, {"engine.torch_hint", {}}};
    }
    /// A number that counts something; nothing where it is negative or no number.
    std::optional<std::uint64_t> countOf(PickleId id) const
    {
        const PickleValue &value = m_pickle.at(id);
        if (value.kind != Kind::Int || value.integer < 0) return std::nullopt;
        return static_cast<std::uint64_t>(value.integer);
    }

    // Storages.

    std::optional<Error> collectStorages()
    {
        for (const PickleValue &value : m_pickle.values) {
            if (value.kind != Kind::Persistent) continue;
            const std::optional<StorageReference> one = referenceOf(value);
            if (!one) return refuse("engine.torch_storage", {});
            const auto [known, isNew] = m_plan.storages.emplace(one->key, one->whole);
            if (!isNew && known->second != one->whole)
                return refuse("engine.torch_storage_twice", {shownWords(one->key)});
        }
        return std::nullopt;
    }
    std::optional<StorageReference> referenceOf(const PickleValue &value) const
    {
        if (value.kind != Kind::Persistent) return std::nullopt;
        const PickleValue &words = m_pickle.at(value.items[0]);
        if (words.kind != Kind::Tuple || words.items.size() < 5 || words.items.size() > 6)
            return std::nullopt;
        const PickleValue &kind = m_pickle.at(words.items[0]), &key = m_pickle.at(words.items[2]);
        const auto type = storageType(m_pickle.at(words.items[1]));
        const auto count = countOf(words.items[4]);
        std::uint64_t bytes = 0;
        if (kind.kind != Kind::Text || kind.text != "storage" || key.kind != Kind::Text || !type
            || !count || __builtin_mul_overflow(*count, c10::elementSize(*type), &bytes))
            return std::nullopt;
        StorageReference reference{key.text, {*type, *count}, 0, *count};
        const bool hasView =
            words.items.size() == 6 && m_pickle.at(words.items[5]).kind != Kind::None;
        if (hasView && !narrow(reference, m_pickle.at(words.items[5]))) return std::nullopt;
        return reference;
    }
    /// A view, which only files before PyTorch 0.4 hold: (its key, first number, count).
    bool narrow(StorageReference &reference, const PickleValue &view) const
    {
        if (view.kind != Kind::Tuple || view.items.size() != 3) return false;
        const auto begin = countOf(view.items[1]), count = countOf(view.items[2]);
        if (!begin || !count || *begin > reference.count || *count > reference.count - *begin)
            return false;
        reference.begin = *begin;
        reference.count = *count;
        return true;
    }

    // Tensors.

    /// The call that rebuilds a tensor, also inside the call that makes it a parameter; null: `id`
    /// is none.
    const PickleValue *tensorCall(PickleId id) const
    {
        const PickleValue *value = &m_pickle.at(id);
        if (value->kind == Kind::Call && functionOf(*value) == "torch._utils._rebuild_parameter"
            && !argumentsOf(*value).empty())
            value = &m_pickle.at(argumentsOf(*value)[0]);
        if (value->kind != Kind::Call) return nullptr;
        return functionOf(*value).starts_with("torch._utils._rebuild_tensor") ? value : nullptr;
    }
    std::string_view functionOf(const PickleValue &call) const
    {
        return m_pickle.at(call.items[0]).text;
    }
    const std::vector<PickleId> &argumentsOf(const PickleValue &call) const
    {
        return m_pickle.at(call.items[1]).items;
    }

    std::optional<Error> planTensor(const std::string &name, const PickleValue &call)
    {
        const auto broken = [&] { return refuse("engine.torch_tensor", {shownWords(name)}); };
        const std::vector<PickleId> &arguments = argumentsOf(call);
        if (arguments.size() < 4) return broken();
        const auto storage = referenceOf(m_pickle.at(arguments[0]));
        const auto offset = countOf(arguments[1]);
        if (!storage || !offset) return broken();

        TorchTensor tensor;
        tensor.type = storage->whole.type;
        tensor.storage = storage->key;
        if (functionOf(call).ends_with("_v3")) {
            const auto type =
                arguments.size() > 6 ? dtypeOf(m_pickle.at(arguments[6])) : std::nullopt;
            if (!type) return broken();
            tensor.type = *type;
        }
        if (!readCounts(m_pickle.at(arguments[2]), tensor.sizes)
            || !readCounts(m_pickle.at(arguments[3]), tensor.strides)
            || tensor.sizes.size() != tensor.strides.size() || !measure(tensor))
            return broken();

        const std::uint64_t room = storage->count * c10::elementSize(storage->whole.type);
        std::uint64_t end = 0;
        if (__builtin_add_overflow(*offset, tensor.extent, &end)
            || __builtin_mul_overflow(end, c10::elementSize(tensor.type), &end) || end > room)
            return refuse("engine.torch_tensor_outside", {shownWords(name)});
        tensor.begin = storage->begin * c10::elementSize(storage->whole.type)
                       + *offset * c10::elementSize(tensor.type);
        m_plan.tensors[name] = std::move(tensor);
        return std::nullopt;
    }
    bool readCounts(const PickleValue &value, std::vector<std::int64_t> &counts) const
    {
        if ((value.kind != Kind::Tuple && value.kind != Kind::List)
            || value.items.size() > kMaxDimensions)
            return false;
        for (const PickleId id : value.items) {
            const auto count = countOf(id);
            if (!count) return false;
            counts.push_back(static_cast<std::int64_t>(*count));
        }
        return true;
    }
    /// Its count and extent; false where one is beyond what can be addressed.
    static bool measure(TorchTensor &tensor)
    {
        std::int64_t bytes = static_cast<std::int64_t>(c10::elementSize(tensor.type)), extent = 1;
        bool isEmpty = false;
        for (std::size_t i = 0; i < tensor.sizes.size(); ++i) {
            const std::int64_t size = tensor.sizes[i];
            isEmpty = isEmpty || size == 0;
            std::int64_t reach = 0; // a size of 0 counts as 1 until all are known
            if (__builtin_mul_overflow(bytes, std::max<std::int64_t>(size, 1), &bytes)
                || __builtin_mul_overflow(std::max<std::int64_t>(size - 1, 0), tensor.strides[i],
                                          &reach)
                || __builtin_add_overflow(extent, reach, &extent))
                return false;
        }
        if (isEmpty) return true;
        tensor.count = static_cast<std::uint64_t>(bytes) / c10::elementSize(tensor.type);
        tensor.extent = static_cast<std::uint64_t>(extent);
        return true;
    }

    // The dict of tensors.

    /// The dict to take below `id`, which leaves its name in m_path; nothing: there is none.
    Result<std::optional<PickleId>> findTensors(PickleId id, int depth)
    {
        const PickleValue &dict = m_pickle.at(id);
        // A dict may hold itself under all three names.
        if (dict.kind != Kind::Dict || depth > kMaxDepth || !m_visited.insert(id).second)
            return std::optional<PickleId>();
        const std::map<std::string, PickleId> inner = dictsIn(dict);
        for (const char *name : kUsualNames) {
            const auto found = inner.find(name);
            if (found == inner.end()) continue;
            const auto below = findTensors(found->second, depth + 1);
            if (!below) return below.error();
            if (!*below) continue;
            m_path = m_path.empty() ? name : std::string(name) + "." + m_path;
            return *below;
        }
        if (holdsTensors(id)) return std::optional(id);
        return onlyOne(inner);
    }
    Result<std::optional<PickleId>> onlyOne(const std::map<std::string, PickleId> &dicts)
    {
        std::optional<PickleId> only;
        for (const auto &[name, id] : dicts) {
            if (!holdsTensors(id)) continue;
            if (only)
                return Error{m_where,
                             {"engine.torch_several", {shownWords(m_path), shownWords(name)}},
                             {"engine.torch_no_tensors_hint", {}}};
            only = id;
            m_path = name;
        }
        return only;
    }
    std::map<std::string, PickleId> dictsIn(const PickleValue &dict) const
    {
        std::map<std::string, PickleId> inner;
        for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
            const PickleValue &name = m_pickle.at(dict.items[i]);
            if (name.kind == Kind::Text && m_pickle.at(dict.items[i + 1]).kind == Kind::Dict)
                inner[name.text] = dict.items[i + 1];
        }
        return inner;
    }
    /// Remembers its answers: a file can name one huge dict a million times.
    bool holdsTensors(PickleId id)
    {
        const auto [known, isNew] = m_holdsTensors.emplace(id, false);
        if (!isNew) return known->second;
        const std::vector<PickleId> &items = m_pickle.at(id).items;
        for (std::size_t i = 0; i + 1 < items.size() && !known->second; i += 2)
            known->second =
                m_pickle.at(items[i]).kind == Kind::Text && tensorCall(items[i + 1]) != nullptr;
        return known->second;
    }

    const Pickle &m_pickle;
    const std::string &m_where;
    const Wanted &m_wanted;
    TorchPlan m_plan;
    std::string m_path; // of the dict that findTensors() found
    std::set<PickleId> m_visited;
    std::map<PickleId, bool> m_holdsTensors;
};

} // namespace

Result<TorchPlan> planTensors(const Pickle &pickle, const std::string &where, const Wanted &wanted)
{
    return Planner(pickle, where, wanted).plan();
}

} // namespace ostrich::engine
