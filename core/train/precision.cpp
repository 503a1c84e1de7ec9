// The choice of precision, and at::autocast behind a guard.
#include "train/precision_torch.hpp"

#include "engine/machine.hpp"

#include <ATen/autocast_mode.h>

namespace ostrich::train {

std::string resolvePrecision(const std::string &wish, const std::string &device,
                             std::int64_t multiplyAdds)
{
    constexpr std::int64_t kWorthCasting = 1'000'000;
    if (wish != "auto") return wish;
    if (multiplyAdds < kWorthCasting) return "fp32";
    for (const engine::Device &candidate : engine::devices()) {
        if (candidate.name == device) return candidate.fastBfloat16 ? "bf16" : "fp32";
    }
    return "fp32";
}

Autocast::Autocast(c10::DeviceType device, bool enabled) : m_device(device), m_enabled(enabled)
{
    if (!m_enabled) return;
    at::autocast::set_autocast_dtype(m_device, at::kBFloat16);
    at::autocast::set_autocast_enabled(m_device, true);
    at::autocast::increment_nesting();
}

Autocast::~Autocast()
{
    if (!m_enabled) return;
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(m_device, false);
}

} // namespace ostrich::train
