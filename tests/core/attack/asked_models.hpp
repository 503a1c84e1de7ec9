// Classifiers that tell what was asked of them, for the tests of black boxes and filters.
#pragma once

#include "attack/attack_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace asked_models {

using namespace ostrich;

/// Any function as a network. Keeps count, and every batch if asked to.
class Asked final : public attack::Classifier {
public:
    using Function = std::function<at::Tensor(const at::Tensor &x)>;

    explicit Asked(Function function, bool isBlackBox = false)
        : m_function(std::move(function)), m_isBlackBox(isBlackBox)
    {
    }

    at::Tensor logits(const at::Tensor &x) const override
    {
        if (m_isBlackBox && (at::GradMode::is_enabled() || x.requires_grad()))
            throw std::logic_error("a black box was asked for its slope");
        pictures += x.size(0);
        if (keeps) batches.push_back(x.detach().clone());
        return m_function(x);
    }
    at::Device device() const override { return at::kCPU; }

    mutable std::int64_t pictures = 0; // asked about so far
    mutable std::vector<at::Tensor> batches;
    bool keeps = false;

private:
    Function m_function;
    bool m_isBlackBox;
};

/// Logits w·x + margin and 0; w like a sample.
inline Asked::Function twoClasses(const at::Tensor &w, double margin)
{
    return [=](const at::Tensor &x) {
        const at::Tensor first = (x * w).flatten(1).sum(1, true) + margin;
        return at::cat({first, at::zeros_like(first)}, 1);
    };
}

inline at::Generator seeded(std::uint64_t seed)
{
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

/// Everybody is of class 0. `options` and `network` must outlive it.
inline attack::AttackBatch batchOf(const attack::Classifier &network, const at::Tensor &x,
                                   const attack::AttackOptions &options, bool boxed = true)
{
    return {.classifier = network,
            .x = x,
            .y = at::zeros({x.size(0)}, at::kLong),
            .boxed = boxed,
            .options = options,
            .generator = seeded(options.seed)};
}

inline attack::AttackOptions options(const char *name, attack::Norm norm, double epsilon,
                                     std::int64_t steps, std::uint64_t seed)
{
    attack::AttackOptions options;
    options.attack = name;
    options.norm = norm;
    options.epsilon = epsilon;
    options.steps = steps;
    options.seed = seed;
    return options;
}

inline at::Tensor attacked(const attack::AttackBatch &batch)
{
    return attack::findAttack(batch.options.attack)->run(batch);
}

} // namespace asked_models
