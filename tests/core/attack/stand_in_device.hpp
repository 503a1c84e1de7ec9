// A stand-in for a GPU on machines that have none: LibTorch's device for other makers' hardware,
// whose tensors lie in the CPU's memory and are computed there. What a GPU refuses, it refuses:
// tensors of two devices in one operation, and a generator of the CPU. Include it once in a
// program.
#pragma once

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/PrivateUse1HooksInterface.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_strided.h>
#include <ATen/ops/view_native.h>
#include <c10/core/DeviceType.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stand_in {

inline const c10::Device kDevice(c10::DeviceType::PrivateUse1, 0);

/// The memory of `storage`, as another device's.
inline c10::Storage shared(const c10::Storage &storage, c10::Device device)
{
    const auto release = [](void *held) { delete static_cast<c10::Storage *>(held); };
    return {c10::Storage::use_byte_size_t(), storage.nbytes(),
            c10::DataPtr(storage.mutable_data(), new c10::Storage(storage), release, device),
            c10::GetAllocator(c10::kCPU), true};
}

inline at::Tensor tensorOver(c10::Storage storage, const at::Tensor &like, c10::DispatchKey key)
{
    at::Tensor tensor = at::detail::make_tensor<c10::TensorImpl>(
        std::move(storage), c10::DispatchKeySet(key), like.dtype());
    tensor.unsafeGetTensorImpl()->set_sizes_and_strides(like.sizes(), like.strides(),
                                                        like.storage_offset());
    return tensor;
}

inline at::Tensor here(const at::Tensor &onCpu)
{
    return tensorOver(shared(onCpu.storage(), kDevice), onCpu, c10::DispatchKey::PrivateUse1);
}

/// The arguments of one operation, as the CPU sees them.
class Arguments {
public:
    explicit Arguments(const c10::OperatorHandle &operation)
        : m_name(operation.operator_name().name), m_mayMix(m_name == "aten::copy_")
    {
    }

    void replaceIn(c10::IValue &value)
    {
        if (value.isGenerator())
            TORCH_CHECK(value.toGenerator().device() == kDevice, m_name, " with a CPU's generator");
        if (value.isTensor()) value = onCpu(value.toTensor());
        if (value.isTensorList()) {
            c10::List<at::Tensor> all;
            for (const at::Tensor &one : value.toTensorVector()) all.push_back(onCpu(one));
            value = all;
        }
        if (value.isOptionalTensorList()) {
            c10::List<std::optional<at::Tensor>> all;
            for (const std::optional<at::Tensor> &one : value.toOptionalTensorVector())
                all.push_back(one ? std::optional(onCpu(*one)) : std::nullopt);
            value = all;
        }
    }

    /// What was returned, as the stand-in's.
    void putBackIn(c10::IValue &value) const
    {
        if (value.isTensor()) value = back(value.toTensor());
        if (!value.isTensorList()) return;
        c10::List<at::Tensor> all;
        for (const at::Tensor &one : value.toTensorVector()) all.push_back(back(one));
        value = all;
    }

    /// An argument that was made larger is so here too.
    void followSizes() const
    {
        for (const auto &[mine, theirs] : m_seen) {
            if (theirs.storage().data() != mine.storage().data()) {
                const c10::Storage grown = shared(theirs.storage(), kDevice);
                mine.storage().set_data_ptr(std::move(grown.mutable_data_ptr()));
                mine.storage().set_nbytes(theirs.storage().nbytes());
            }
            mine.unsafeGetTensorImpl()->set_sizes_and_strides(theirs.sizes(), theirs.strides(),
                                                              theirs.storage_offset());
        }
    }

private:
    at::Tensor onCpu(const at::Tensor &tensor)
    {
        if (!tensor.defined()) return tensor;
        if (tensor.device() != kDevice) {
            // A GPU takes single numbers from the CPU.
            TORCH_CHECK(m_mayMix || tensor.dim() == 0, m_name, " with tensors of two devices");
            return tensor;
        }
        const auto known = std::ranges::find_if(
            m_seen, [&](const auto &pair) { return pair.first.is_same(tensor); });
        if (known != m_seen.end()) return known->second;
        m_seen.emplace_back(
            tensor, tensorOver(shared(tensor.storage(), c10::kCPU), tensor, c10::DispatchKey::CPU));
        return m_seen.back().second;
    }

    at::Tensor back(const at::Tensor &tensor) const
    {
        if (!tensor.defined() || tensor.device() == kDevice) return tensor;
        for (const auto &[mine, theirs] : m_seen) {
            if (theirs.is_same(tensor)) return mine;
            if (theirs.is_alias_of(tensor))
                return tensorOver(mine.storage(), tensor, c10::DispatchKey::PrivateUse1);
        }
        return here(tensor);
    }

    std::string m_name;
    bool m_mayMix;
    std::vector<std::pair<at::Tensor, at::Tensor>> m_seen; // the stand-in's, the CPU's
};

/// Every operation that LibTorch does not put together from others.
inline void compute(const c10::OperatorHandle &operation, torch::jit::Stack *stack)
{
    Arguments arguments(operation);
    const std::size_t count = operation.schema().arguments().size();
    for (std::size_t i = stack->size() - count; i < stack->size(); ++i)
        arguments.replaceIn((*stack)[i]);
    operation.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
    arguments.followSizes();
    const std::size_t returned = operation.schema().returns().size();
    for (std::size_t i = stack->size() - returned; i < stack->size(); ++i)
        arguments.putBackIn((*stack)[i]);
}

inline at::Tensor empty(at::IntArrayRef size, std::optional<at::ScalarType> type,
                        std::optional<at::Layout> /*layout*/, std::optional<at::Device> /*device*/,
                        std::optional<bool> /*pinned*/, std::optional<at::MemoryFormat> format)
{
    return here(at::empty(size, at::TensorOptions().dtype(type), format));
}

inline at::Tensor emptyStrided(at::IntArrayRef size, at::IntArrayRef stride,
                               std::optional<at::ScalarType> type,
                               std::optional<at::Layout> /*layout*/,
                               std::optional<at::Device> /*device*/, std::optional<bool> /*pinned*/)
{
    return here(at::empty_strided(size, stride, at::TensorOptions().dtype(type)));
}

/// What LibTorch asks of a device before it computes slopes.
struct Hooks : at::PrivateUse1HooksInterface {
    bool hasPrimaryContext(c10::DeviceIndex /*index*/) const override { return true; }
};

struct Guard : c10::impl::NoOpDeviceGuardImpl<c10::DeviceType::PrivateUse1> {
    c10::Device getDevice() const override { return kDevice; }
    c10::Device exchangeDevice(c10::Device) const override { return kDevice; }
    c10::Stream getStream(c10::Device) const noexcept override
    {
        return c10::Stream(c10::Stream::DEFAULT, kDevice);
    }
    c10::Stream exchangeStream(c10::Stream) const noexcept override
    {
        return c10::Stream(c10::Stream::DEFAULT, kDevice);
    }
};

C10_REGISTER_GUARD_IMPL(PrivateUse1, Guard)

TORCH_LIBRARY_IMPL(_, PrivateUse1, library)
{
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&compute>());
}

TORCH_LIBRARY_IMPL(aten, PrivateUse1, library)
{
    library.impl("empty.memory_format", &empty);
    library.impl("empty_strided", &emptyStrided);
    library.impl("as_strided", &at::native::as_strided_tensorimpl);
    library.impl("view", &at::native::view);
    library.impl("copy_", torch::CppFunction::makeFromBoxedFunction<&compute>());
}

/// Once, before the first tensor.
inline void begin()
{
    static Hooks hooks;
    c10::register_privateuse1_backend("stand_in");
    at::RegisterPrivateUse1HooksInterface(&hooks);
}

} // namespace stand_in
