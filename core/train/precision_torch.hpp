// Which precision a run computes in, and the guard that switches bfloat16 autocast on.
#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <string>

namespace ostrich::train {

/// What the recipe's `wish` ("auto", "fp32", "bf16") becomes on `device`: "fp32" or "bf16".
/// auto takes bf16 only where the device has units for it (CUDA: compute capability 8 and more) and
/// the network is large enough (`multiplyAdds` per sample) to win back what the casts cost.
std::string resolvePrecision(const std::string &wish, const std::string &device,
                             std::int64_t multiplyAdds);

/// Matrix products and convolutions of the calling thread in bfloat16 while it lives, if `enabled`;
/// weights stay in float32.
class Autocast {
public:
    Autocast(c10::DeviceType device, bool enabled);
    ~Autocast();
    Autocast(const Autocast &) = delete;
    Autocast &operator=(const Autocast &) = delete;

private:
    c10::DeviceType m_device;
    bool m_enabled;
};

} // namespace ostrich::train
