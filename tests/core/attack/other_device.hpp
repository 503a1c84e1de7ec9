// A small network that can compute on the stand-in for a GPU, and pictures for it.
#pragma once

#include "small_models.hpp"
#include "stand_in_device.hpp"

#include "attack/attack_torch.hpp"
#include "base/random.hpp"

#include <ATen/ops/matmul.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tanh.h>

#include <QtTest>

#include <memory>

namespace other_device {

using namespace ostrich;

inline constexpr std::int64_t kSide = 8, kClasses = 4, kPictures = 12;

/// One hidden layer, random weights.
class Perceptron final : public attack::Classifier {
public:
    explicit Perceptron(at::Device device) : m_device(device)
    {
        at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(3);
        m_first = at::randn({kSide * kSide, 16}, generator).to(device);
        m_second = at::randn({16, kClasses}, generator).to(device);
    }
    at::Tensor logits(const at::Tensor &x) const override
    {
        return at::matmul(at::tanh(at::matmul(x.reshape({x.size(0), -1}) - 0.5, m_first)),
                          m_second);
    }
    at::Device device() const override { return m_device; }

private:
    at::Device m_device;
    at::Tensor m_first, m_second;
};

inline attack::Subject subjectOn(at::Device device)
{
    attack::Subject subject;
    subject.classifier = std::make_shared<Perceptron>(device);
    subject.facts = small_models::facts(graph::Shape::maps(1, kSide, kSide), kClasses);
    subject.surrogate = std::make_shared<Perceptron>(at::kCPU);
    return subject;
}

/// Grey noise, labelled by the network itself.
inline data::Samples pictures()
{
    RandomStream random(4, "pictures");
    data::Samples samples;
    samples.sampleShape = {1, kSide, kSide};
    for (std::int64_t i = 0; i < kPictures * kSide * kSide; ++i)
        samples.bytes.push_back(static_cast<std::uint8_t>(50 + random.integer(150)));
    const Perceptron network(at::kCPU);
    for (std::int64_t i = 0; i < kPictures; ++i) {
        Array one = samples.sample(i);
        const at::Tensor x = at::tensor(one.values).reshape({1, 1, kSide, kSide});
        samples.labels.push_back(
            static_cast<std::int32_t>(network.logits(x).argmax(1).item<std::int64_t>()));
    }
    return samples;
}

template <typename T>
T value(Result<T> result)
{
    if (!result) qFatal("%s", sentence(result.error(), Language::English).c_str());
    return std::move(*result);
}

} // namespace other_device
