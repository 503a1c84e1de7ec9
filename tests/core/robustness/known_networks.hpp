// Networks and samples whose robustness is known by arithmetic, for the tests of studies.
#pragma once

#include "../attack/small_models.hpp"

#include "attack/classifier_torch.hpp"
#include "base/random.hpp"
#include "robustness/study.hpp"

#include <ATen/ops/round.h>

#include <cmath>
#include <numeric>

namespace known_networks {

using namespace ostrich;

inline constexpr int kSide = 4;
inline constexpr int kPixels = kSide * kSide;

inline std::vector<float> randomWeights(std::uint64_t seed)
{
    RandomStream random(seed, "weights");
    std::vector<float> weights(kPixels);
    for (float &weight : weights) weight = static_cast<float>(random.normal(0.0, 0.5));
    return weights;
}

/// Two classes: 0 where w·(x - 1/2) > 0. `steepness` multiplies the logits and changes no answer.
inline engine::ModelHandle halves(const std::vector<float> &w, float steepness = 1.0F)
{
    std::vector<float> weight;
    float middle = 0.0F;
    for (const float value : w) {
        weight.push_back(value * steepness);
        middle += value * 0.5F;
    }
    weight.resize(2 * w.size(), 0.0F);
    return small_models::linearOnPictures(kSide, kSide, weight, {-middle * steepness, 0.0F});
}

/// w·(x - 1/2) of sample `index`.
inline double margin(const data::Samples &samples, std::int64_t index, const std::vector<float> &w)
{
    const Array x = samples.sample(index);
    double sum = 0.0;
    for (std::size_t i = 0; i < w.size(); ++i)
        sum += static_cast<double>(w[i]) * (static_cast<double>(x.values[i]) - 0.5);
    return sum;
}

inline double sumOfSizes(const std::vector<float> &w)
{
    double sum = 0.0;
    for (const float value : w) sum += std::abs(static_cast<double>(value));
    return sum;
}

/// Pictures near the middle grey, labelled by `w`, every tenth one wrongly.
inline std::shared_ptr<data::Dataset> pictures(std::int64_t count, const std::vector<float> &w,
                                               std::uint64_t seed)
{
    RandomStream random(seed, "pictures");
    auto dataset = std::make_shared<data::Dataset>();
    data::Samples &samples = dataset->splits[static_cast<std::size_t>(data::Split::Test)];
    samples.sampleShape = {1, kSide, kSide};
    for (std::int64_t i = 0; i < count * kPixels; ++i)
        samples.bytes.push_back(static_cast<std::uint8_t>(78 + random.integer(100)));
    for (std::int64_t i = 0; i < count; ++i) samples.labels.push_back(0);
    for (std::int64_t i = 0; i < count; ++i)
        samples.labels[static_cast<std::size_t>(i)] =
            (margin(samples, i, w) > 0.0) == (i % 10 == 9) ? 1 : 0;
    dataset->facts = small_models::facts(graph::Shape::maps(1, kSide, kSide), 2);
    return dataset;
}

/// All test pictures, Linf, PGD.
inline robustness::StudyRequest request(std::vector<attack::Subject> subjects,
                                        std::shared_ptr<const data::Dataset> dataset,
                                        double epsilon)
{
    robustness::StudyRequest request;
    request.subjects = std::move(subjects);
    const std::int64_t count = dataset->split(data::Split::Test).count();
    request.dataset = std::move(dataset);
    request.indices.resize(static_cast<std::size_t>(count));
    std::iota(request.indices.begin(), request.indices.end(), 0);
    request.attack.epsilon = epsilon;
    return request;
}

/// Another network's answers to a picture rounded to few levels: no slope comes through.
class Rounded final : public attack::Classifier {
public:
    explicit Rounded(attack::ClassifierHandle inner, double levels)
        : m_inner(std::move(inner)), m_levels(levels)
    {
    }
    at::Tensor logits(const at::Tensor &x) const override
    {
        return m_inner->logits(at::round(x * m_levels) / m_levels);
    }
    at::Device device() const override { return m_inner->device(); }

private:
    attack::ClassifierHandle m_inner;
    double m_levels;
};

inline attack::Subject rounded(const engine::ModelHandle &model, double levels)
{
    attack::Subject subject(model, "rounded");
    subject.classifier = std::make_shared<Rounded>(subject.classifier, levels);
    subject.model = nullptr;
    return subject;
}

} // namespace known_networks
