// A linear network on tiny pictures, and its data set, for studies whose answer is known.
#pragma once

#include "../../attack/small_models.hpp"
#include "base/random.hpp"
#include "robustness/study.hpp"

#include <cmath>
#include <numeric>

namespace linear_studies {

using namespace ostrich;

constexpr std::int64_t kSide = 4;
constexpr std::int64_t kPixels = kSide * kSide;

/// Class 1 where the mean of the pixels, each with weight `sharpness`, is above a half. The logits
/// are (0, sharpness · Σ (x - 1/2)): the margin in Linf is the mean's distance from a half.
inline engine::ModelHandle brightOrDark(float sharpness)
{
    std::vector<float> weight(2 * kPixels, 0.0F);
    std::fill(weight.begin() + kPixels, weight.end(), sharpness);
    return small_models::linearOnPictures(kSide, kSide, weight,
                                          {0.0F, -0.5F * sharpness * static_cast<float>(kPixels)});
}

/// Uniform pictures of `levels` in turn (0 to 255), labelled rightly, in all three splits.
inline std::shared_ptr<const data::Dataset> greys(const std::vector<std::uint8_t> &levels)
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->facts = small_models::facts(graph::Shape::maps(1, kSide, kSide), 2);
    data::Samples samples;
    samples.sampleShape = {1, kSide, kSide};
    for (const std::uint8_t level : levels) {
        samples.bytes.insert(samples.bytes.end(), kPixels, level);
        samples.labels.push_back(level > 127 ? 1 : 0);
    }
    dataset->splits = {samples, samples, samples};
    dataset->statistics = {{0.0F}, {1.0F}};
    return dataset;
}

inline robustness::StudyRequest request(const engine::ModelHandle &model,
                                        const std::shared_ptr<const data::Dataset> &dataset,
                                        double epsilon)
{
    robustness::StudyRequest request;
    request.subjects = {attack::Subject(model, "linear")};
    request.dataset = dataset;
    request.indices.resize(static_cast<std::size_t>(dataset->split(data::Split::Test).count()));
    std::iota(request.indices.begin(), request.indices.end(), 0);
    request.attack.epsilon = epsilon;
    return request;
}

/// The figure called `key`; not a number: there is none.
inline double figure(const robustness::Findings &findings, const std::string &key)
{
    for (const robustness::Figure &figure : findings.figures)
        if (figure.key == key) return figure.value;
    return std::nan("");
}

} // namespace linear_studies
