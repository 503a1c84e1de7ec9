// Does any attack inside a certified radius change the smoothed network's answer? Shared by the
// short test and the long one.
#pragma once

#include "../train/whole_training.hpp"

#include "attack/classifier_torch.hpp"
#include "attack/threat.hpp"
#include "robustness/smoothing.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/log.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/softmax.h>

#include <QtTest>

#include <string>

namespace smoothing_trial {

using namespace ostrich;
using whole_training::trained;
using whole_training::value;

/// The mean answer of a network over fixed draws of noise: what the smoothed network itself can be
/// attacked through (Salman et al. 2019, Provably robust deep learning via adversarially trained
/// smoothed classifiers).
class Averaged final : public attack::Classifier {
public:
    Averaged(attack::ClassifierHandle network, const std::vector<std::int64_t> &sampleShape,
             double sigma, std::uint64_t seed)
        : m_network(std::move(network))
    {
        std::vector<std::int64_t> shape = sampleShape;
        shape.insert(shape.begin(), kDraws);
        m_noise = sigma * at::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed));
    }
    at::Tensor logits(const at::Tensor &x) const override
    {
        const at::Tensor noisy = x.unsqueeze(1) + m_noise.unsqueeze(0); // (N, draws, ...)
        const at::Tensor said = at::softmax(m_network->logits(noisy.flatten(0, 1)), 1);
        return at::log(said.reshape({x.size(0), kDraws, -1}).mean(1) + 1e-30);
    }
    at::Device device() const override { return m_network->device(); }

private:
    static constexpr std::int64_t kDraws = 16;
    attack::ClassifierHandle m_network;
    at::Tensor m_noise;
};

struct Outcome {
    std::int64_t certified = 0;
    std::int64_t attacks = 0;
    std::int64_t contradicted = 0;
    double largest = 0.0; // radius
};

/// Certifies `indices`; attacks each in its whole radius, on the network itself and on its mean
/// answer in noise; asks the smoothed network again.
inline Outcome attackInsideRadii(const attack::Subject &subject, const data::Samples &samples,
                                 const std::vector<std::int64_t> &indices,
                                 const robustness::Smoothing &smoothing, std::uint64_t seed)
{
    Outcome outcome;
    for (const std::int64_t index : indices) {
        const Array x = samples.sample(index);
        const std::uint64_t own = seed + static_cast<std::uint64_t>(index);
        const auto certificate = value(robustness::certify(subject, x, smoothing, own));
        if (!certificate.label) continue;
        ++outcome.certified;
        outcome.largest = std::max(outcome.largest, certificate.radius);
        attack::Subject smoothed = subject;
        smoothed.model = nullptr;
        smoothed.classifier =
            std::make_shared<Averaged>(subject.classifier, x.shape, smoothing.sigma, own);
        for (const char *name : {"pgd", "apgd-ce"}) {
            for (const attack::Subject &target : {subject, smoothed}) {
                attack::AttackOptions options;
                options.attack = name;
                options.norm = attack::Norm::L2;
                options.epsilon = certificate.radius;
                options.steps = 20;
                options.seed = own;
                Array moved =
                    value(attack::attackPicture(target, x, certificate.label, options)).x_adv;
                moved.shape.erase(moved.shape.begin());
                const auto now = value(robustness::predict(subject, moved, smoothing, own + 1));
                ++outcome.attacks;
                if (!now || now == certificate.label) continue;
                ++outcome.contradicted;
                qWarning("picture %lld, radius %g: %s makes %lld of %lld",
                         static_cast<long long>(index), certificate.radius, name,
                         static_cast<long long>(*now), static_cast<long long>(*certificate.label));
            }
        }
    }
    return outcome;
}

} // namespace smoothing_trial
