// SGD, Adam and AdamW over a list of parameters, by LibTorch's fused kernels; gradient clipping.
#pragma once

#include "blocks/module_torch.hpp"
#include "project/recipe.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ostrich::train {

/// One update rule and its state. One thread.
class Optimizer {
public:
    virtual ~Optimizer() = default;

    /// Updates every parameter that has a gradient. `rate`: the learning rate of this step.
    virtual void step(double rate) = 0;

    /// Gradients back to "none", which costs no filling with zeros.
    void clearGradients();
    /// Scales all gradients together so that their global L2 norm is at most `norm` (Pascanu et al.
    /// 2013).
    void clipGradients(double norm);
    /// State back to that of a new optimizer.
    void reset();

    /// State tensors by "moment/block.param": "exp_avg/conv_1.weight". They change with the next
    /// step.
    std::map<std::string, at::Tensor> state() const;
    /// Takes over what state() gave. False, and a new state, when names or shapes differ (another
    /// optimizer).
    bool restore(const std::map<std::string, at::Tensor> &state);

protected:
    /// `moments`: the names of the state tensors that each parameter gets, shaped like it, 0 at
    /// first.
    Optimizer(std::vector<blocks::NamedTensor> parameters, std::vector<std::string> moments);

    /// The parameters with a gradient, their gradients, and their moments, position by position.
    struct Lists {
        std::vector<at::Tensor> parameters;
        std::vector<at::Tensor> gradients;
        std::vector<std::vector<at::Tensor>> moments; // [moment][parameter]
    };
    const Lists &gather();
    at::Tensor
    countStep(); // steps done, this one included: a float scalar on the parameters' device

private:
    std::vector<at::Tensor> gradients() const;

    std::vector<blocks::NamedTensor> m_parameters;
    std::vector<std::string> m_momentNames;
    std::vector<std::vector<at::Tensor>> m_moments;
    at::Tensor m_steps;
    Lists m_lists;
};

/// The optimizer that `recipe` names, in PyTorch's conventions:
/// - "sgd": g += weight_decay w; v = momentum v + g; w -= rate (nesterov ? g + momentum v : v).
/// - "adam": Kingma and Ba 2015, weight decay as an L2 term of the gradient; beta 0.9 and 0.999,
/// epsilon 1e-8.
/// - "adamw": the same with the decay apart from the gradient, w -= rate weight_decay w (Loshchilov
/// and Hutter 2019). `parameters` are leaves of one device and dtype. May throw LibTorch's
/// exceptions.
std::unique_ptr<Optimizer> makeOptimizer(const project::Recipe &recipe,
                                         std::vector<blocks::NamedTensor> parameters);

} // namespace ostrich::train
