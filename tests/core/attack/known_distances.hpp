// Classifiers whose nearest boundary is known exactly, and that distance by another way than the
// attacks': bisection of the multiplier, coordinate by coordinate.
#pragma once

#include "attack/attack_torch.hpp"
#include "base/random.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

namespace known_distances {

using namespace ostrich;
using attack::Norm;

/// Logits = weight x + bias; weight (K, D), bias (K); x is flattened.
class Linear : public attack::Classifier {
public:
    Linear(at::Tensor weight, at::Tensor bias)
        : m_weight(std::move(weight)), m_bias(std::move(bias))
    {
    }
    at::Tensor logits(const at::Tensor &x) const override
    {
        return at::matmul(x.flatten(1), m_weight.t()) + m_bias;
    }
    at::Device device() const override { return at::kCPU; }
    const at::Tensor &weight() const { return m_weight; }

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
};

/// Class 0 inside a ball around `centre`, class 1 outside.
class Ball : public attack::Classifier {
public:
    Ball(at::Tensor centre, double radius) : m_centre(std::move(centre)), m_radius(radius) {}
    at::Tensor logits(const at::Tensor &x) const override
    {
        const at::Tensor outside = (x - m_centre).square().flatten(1).sum(1) - m_radius * m_radius;
        return at::stack({at::zeros_like(outside), outside}, 1);
    }
    at::Device device() const override { return at::kCPU; }

private:
    at::Tensor m_centre;
    double m_radius;
};

/// (sizes) standard normal numbers, float.
inline at::Tensor normals(RandomStream &random, at::IntArrayRef sizes)
{
    at::Tensor values = at::empty(sizes);
    float *data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i) data[i] = static_cast<float>(random.normal());
    return values;
}

/// (sizes) uniform in [0, 1), a fifth of them at the ends exactly.
inline at::Tensor pictures(RandomStream &random, at::IntArrayRef sizes)
{
    at::Tensor values = at::empty(sizes);
    float *data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] = random.chance(0.2) ? (random.chance(0.5) ? 1.0F : 0.0F)
                                     : static_cast<float>(random.uniform());
    return values;
}

/// x whose room towards a plane is `room`, each unit of coordinate i worth `worth` of `gap`.
struct Instance {
    std::vector<double> worth;
    std::vector<double> room;
    double gap = 0.0;
};

/// Of row `x` (D) and plane <normal, d> = gap.
inline Instance instanceOf(const at::Tensor &x, const at::Tensor &normal, double gap, bool boxed)
{
    Instance instance{.worth = {}, .room = {}, .gap = std::abs(gap)};
    const at::Tensor from = x.flatten().to(at::kDouble), w = normal.flatten().to(at::kDouble);
    for (std::int64_t i = 0; i < from.numel(); ++i) {
        const double value = from[i].item<double>();
        const double slope = w[i].item<double>() * (gap < 0.0 ? -1.0 : 1.0);
        instance.worth.push_back(std::abs(slope));
        const double room = slope > 0.0 ? 1.0 - value : value;
        instance.room.push_back(boxed ? room : std::numeric_limits<double>::infinity());
    }
    return instance;
}

inline double capacity(const Instance &instance)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < instance.worth.size(); ++i)
        if (instance.worth[i] > 0.0) sum += instance.worth[i] * instance.room[i];
    return sum;
}

/// The size of coordinate i's move at multiplier `level`.
inline double moveAt(const Instance &instance, std::size_t i, double level, Norm norm)
{
    if (instance.worth[i] == 0.0) return 0.0;
    return std::min(norm == Norm::Linf ? level : level * instance.worth[i], instance.room[i]);
}

/// Largest value over m of the dual m gap - sum_i room_i max(0, m worth_i - 1), concave in m.
inline double leastSum(const Instance &instance)
{
    const double steepest = *std::ranges::max_element(instance.worth);
    if (std::isinf(capacity(instance))) return instance.gap / steepest;
    const auto dual = [&](double m) {
        double value = m * instance.gap;
        for (std::size_t i = 0; i < instance.worth.size(); ++i)
            value -= instance.room[i] * std::max(0.0, m * instance.worth[i] - 1.0);
        return value;
    };
    double best = 0.0; // it is piecewise linear: the best m is one of the corners
    for (const double worth : instance.worth)
        if (worth > 0.0) best = std::max(best, dual(1.0 / worth));
    return best;
}

/// The norm of the shortest move onto the plane; infinite where it cannot be reached.
inline double distance(const Instance &instance, Norm norm)
{
    if (capacity(instance) < instance.gap) return std::numeric_limits<double>::infinity();
    if (norm == Norm::L1) return leastSum(instance);
    const auto closed = [&](double level) {
        double sum = 0.0;
        for (std::size_t i = 0; i < instance.worth.size(); ++i)
            sum += instance.worth[i] * moveAt(instance, i, level, norm);
        return sum;
    };
    double low = 0.0, high = 1.0;
    while (closed(high) < instance.gap && high < 1e12) high *= 2.0;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2.0;
        (closed(middle) < instance.gap ? low : high) = middle;
    }
    double squares = 0.0, largest = 0.0;
    for (std::size_t i = 0; i < instance.worth.size(); ++i) {
        const double move = moveAt(instance, i, high, norm);
        squares += move * move;
        largest = std::max(largest, move);
    }
    return norm == Norm::L2 ? std::sqrt(squares) : largest;
}

/// Of sample `x` (...) with truth `y`: the nearest of the planes to all other classes.
inline double distance(const Linear &linear, const at::Tensor &x, std::int64_t y, Norm norm,
                       bool boxed)
{
    const at::Tensor logits = linear.logits(x.unsqueeze(0))[0].to(at::kDouble);
    double nearest = std::numeric_limits<double>::infinity();
    for (std::int64_t k = 0; k < logits.numel(); ++k) {
        if (k == y) continue;
        const at::Tensor normal =
            linear.weight()[k].to(at::kDouble) - linear.weight()[y].to(at::kDouble);
        const double gap = (logits[y] - logits[k]).item<double>();
        nearest = std::min(nearest, distance(instanceOf(x, normal, gap, boxed), norm));
    }
    return nearest;
}

/// A batch of its own answers: nothing is fooled yet. `options` and `classifier` outlive it.
inline attack::AttackBatch batchOf(const attack::Classifier &classifier, const at::Tensor &x,
                                   bool boxed, const attack::AttackOptions &options)
{
    return {.classifier = classifier,
            .x = x,
            .y = at::argmax(classifier.logits(x), 1),
            .boxed = boxed,
            .options = options,
            .generator = at::make_generator<at::CPUGeneratorImpl>(options.seed)};
}

inline attack::AttackOptions optionsOf(const std::string &name, Norm norm, double epsilon = 1e3)
{
    attack::AttackOptions options;
    options.attack = name;
    options.norm = norm;
    options.epsilon = epsilon;
    return options;
}

inline at::Tensor lengths(const attack::AttackBatch &batch, const at::Tensor &x_adv)
{
    return attack::norms(x_adv.to(at::kDouble) - batch.x.to(at::kDouble), batch.options.norm);
}

/// (N) booleans: fooled, or so close to it that rounding decides, which is another when a sample is
/// asked among others.
inline at::Tensor asGoodAsFooled(const attack::AttackBatch &batch, const at::Tensor &x_adv)
{
    constexpr double kRounding = 1e-5; // of logits about 10
    const at::Tensor logits = batch.classifier.logits(x_adv);
    const bool isTargeted = batch.options.target.has_value();
    const at::Tensor wanted = isTargeted ? at::full_like(batch.y, *batch.options.target) : batch.y;
    const at::Tensor own = logits.gather(1, wanted.unsqueeze(1)).squeeze(1);
    const at::Tensor other = std::get<0>(
        logits.scatter(1, wanted.unsqueeze(1), -std::numeric_limits<float>::infinity()).max(1));
    return (isTargeted ? own - other : other - own).gt(-kRounding);
}

/// How many samples that a boundary lies within reach of are not fooled, or from further away than
/// `slack` times the exact distance, or from nearer than a boundary is. Single precision rounds a
/// pixel by up to 3e-8 and a logit by more: that much of a distance of 1e-5 is left out of it.
inline int misses(const attack::AttackBatch &batch, const Linear &linear, const at::Tensor &x_adv,
                  double slack)
{
    constexpr double kRounding = 2e-6;
    const at::Tensor length = lengths(batch, x_adv);
    const at::Tensor fools = attack::fooled(batch, linear.logits(x_adv));
    const at::Tensor isAsGood = asGoodAsFooled(batch, x_adv);
    int wrong = 0;
    for (std::int64_t i = 0; i < x_adv.size(0); ++i) {
        const double exact = distance(linear, batch.x[i], batch.y[i].item<std::int64_t>(),
                                      batch.options.norm, batch.boxed);
        const double found = length[i].item<double>();
        const bool isRight = std::isinf(exact)
                                 ? !fools[i].item<bool>()
                                 : isAsGood[i].item<bool>() && found <= exact * slack + kRounding
                                       && found >= exact * (1.0 - 1e-4) - kRounding;
        wrong += !isRight;
        if (!isRight) std::fprintf(stderr, "found %.8g, exact %.8g\n", found, exact);
    }
    return wrong;
}

} // namespace known_distances
