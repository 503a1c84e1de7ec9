// Networks of ours as classifiers.
#include "attack/classifier_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/softmax.h>

namespace ostrich::attack {

namespace {

/// Data units per training standard deviation, (1, F), where the model's input normalises points or
/// series; undefined for pictures.
at::Tensor deviationOf(const engine::Model &model)
{
    if (model.facts().input.isMaps()) return {};
    for (const blocks::NamedTensor &buffer : model.buffers()) {
        if (buffer.name.ends_with(".deviation")) return buffer.tensor.reshape({1, -1});
    }
    return {};
}

class ModelClassifier final : public Classifier {
public:
    explicit ModelClassifier(engine::ModelHandle model)
        : m_model(std::move(model)), m_scale(deviationOf(*m_model))
    {
    }

    at::Tensor logits(const at::Tensor &x) const override
    {
        return m_model->forward(m_scale.defined() ? x * m_scale : x, blocks::Pass{}).at(0).logits;
    }
    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return m_model->probabilities(logits);
    }
    at::Device device() const override { return m_model->device(); }
    at::ScalarType dtype() const override { return m_model->dtype(); }
    at::Tensor scale() const override { return m_scale; }
    std::int64_t largestBatch(std::int64_t wanted) const override
    {
        return engine::boundedBatch(*m_model, wanted, true);
    }

private:
    engine::ModelHandle m_model;
    at::Tensor m_scale;
};

} // namespace

at::Tensor Classifier::probabilities(const at::Tensor &logits) const
{
    return at::softmax(logits, 1);
}

ClassifierHandle classifierOf(engine::ModelHandle model)
{
    return std::make_shared<ModelClassifier>(std::move(model));
}

Subject::Subject(engine::ModelHandle network, std::string shownName)
    : name(std::move(shownName)),
      classifier(classifierOf(network)),
      facts(network->facts()),
      model(std::move(network))
{
}

} // namespace ostrich::attack
