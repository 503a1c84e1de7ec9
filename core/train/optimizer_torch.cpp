// The update rules, on at::_fused_sgd_, at::_fused_adam_ and at::_fused_adamw_.
#include "train/optimizer_torch.hpp"

#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_fused_adam.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/_fused_sgd.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

namespace ostrich::train {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

class Sgd : public Optimizer {
public:
    Sgd(std::vector<blocks::NamedTensor> parameters, const project::Recipe &recipe)
        : Optimizer(std::move(parameters), recipe.momentum > 0.0
                                               ? std::vector<std::string>{"momentum_buffer"}
                                               : std::vector<std::string>{}),
          m_momentum(recipe.momentum),
          m_weightDecay(recipe.weight_decay),
          m_nesterov(recipe.nesterov && recipe.momentum > 0.0)
    {
    }

    void step(double rate) override
    {
        const c10::NoGradGuard noGrad;
        const Lists &lists = gather();
        if (lists.parameters.empty()) return;
        const std::vector<at::Tensor> none;
        // With buffers of 0 the first step needs no case of its own: momentum 0 + g is g.
        at::_fused_sgd_(lists.parameters, lists.gradients,
                        lists.moments.empty() ? none : lists.moments.front(), m_weightDecay,
                        m_momentum, rate, /*dampening=*/0.0, m_nesterov, /*maximize=*/false,
                        /*is_first_step=*/false);
    }

private:
    double m_momentum;
    double m_weightDecay;
    bool m_nesterov;
};

class Adam : public Optimizer {
public:
    Adam(std::vector<blocks::NamedTensor> parameters, const project::Recipe &recipe)
        : Optimizer(std::move(parameters), {"exp_avg", "exp_avg_sq"}),
          m_decoupled(recipe.optimizer == "adamw"),
          m_weightDecay(recipe.weight_decay)
    {
    }

    void step(double rate) override
    {
        const c10::NoGradGuard noGrad;
        const Lists &lists = gather();
        if (lists.parameters.empty()) return;
        const std::vector<at::Tensor> steps(lists.parameters.size(), countStep());
        const std::vector<at::Tensor> none; // only AMSGrad has a third moment
        const auto &[parameters, gradients, moments] = lists;
        if (m_decoupled) {
            at::_fused_adamw_(parameters, gradients, moments[0], moments[1], none, steps, rate,
                              kBeta1, kBeta2, m_weightDecay, kEpsilon, false, false);
        } else {
            at::_fused_adam_(parameters, gradients, moments[0], moments[1], none, steps, rate,
                             kBeta1, kBeta2, m_weightDecay, kEpsilon, false, false);
        }
    }

private:
    bool m_decoupled;
    double m_weightDecay;
};

} // namespace

Optimizer::Optimizer(std::vector<blocks::NamedTensor> parameters, std::vector<std::string> moments)
    : m_parameters(std::move(parameters)), m_momentNames(std::move(moments))
{
    const c10::NoGradGuard noGrad;
    m_moments.resize(m_momentNames.size());
    for (auto &moment : m_moments) {
        for (const auto &parameter : m_parameters)
            moment.push_back(at::zeros_like(parameter.tensor.detach()));
    }
    const auto device =
        m_parameters.empty() ? at::Device(at::kCPU) : m_parameters.front().tensor.device();
    m_steps = at::zeros({}, at::TensorOptions().dtype(at::kFloat).device(device));
}

std::vector<at::Tensor> Optimizer::gradients() const
{
    std::vector<at::Tensor> gradients;
    gradients.reserve(m_parameters.size());
    for (const auto &parameter : m_parameters) {
        if (parameter.tensor.grad().defined()) gradients.push_back(parameter.tensor.grad());
    }
    return gradients;
}

void Optimizer::clearGradients()
{
    for (auto &parameter : m_parameters) parameter.tensor.mutable_grad() = at::Tensor();
    m_lists.gradients.clear(); // else they would live on beside the next ones
}

void Optimizer::clipGradients(double norm)
{
    const c10::NoGradGuard noGrad;
    const std::vector<at::Tensor> all = gradients();
    if (all.empty()) return;
    const at::Tensor total = at::linalg_vector_norm(at::stack(at::_foreach_norm(all, 2)), 2);
    at::_foreach_mul_(all, total.add(1e-6).reciprocal().mul(norm).clamp_max(1.0));
}

void Optimizer::reset()
{
    for (auto &moment : m_moments) {
        for (auto &tensor : moment) tensor.zero_();
    }
    m_steps.zero_();
}

std::map<std::string, at::Tensor> Optimizer::state() const
{
    std::map<std::string, at::Tensor> state{{"steps", m_steps}};
    for (std::size_t m = 0; m < m_moments.size(); ++m) {
        for (std::size_t p = 0; p < m_parameters.size(); ++p)
            state[m_momentNames[m] + "/" + m_parameters[p].name] = m_moments[m][p];
    }
    return state;
}

bool Optimizer::restore(const std::map<std::string, at::Tensor> &state)
{
    const c10::NoGradGuard noGrad;
    std::map<std::string, at::Tensor> own = this->state();
    bool fits = state.size() == own.size();
    for (const auto &[name, tensor] : own) {
        const auto found = state.find(name);
        fits = fits && found != state.end() && found->second.sizes() == tensor.sizes();
    }
    if (!fits) {
        reset();
        return false;
    }
    for (auto &[name, tensor] : own) tensor.copy_(state.at(name));
    return true;
}

const Optimizer::Lists &Optimizer::gather()
{
    m_lists.parameters.clear();
    m_lists.gradients.clear();
    m_lists.moments.assign(m_moments.size(), {});
    for (std::size_t p = 0; p < m_parameters.size(); ++p) {
        const at::Tensor &parameter = m_parameters[p].tensor;
        const at::Tensor &gradient = parameter.grad();
        if (!gradient.defined()) continue;
        m_lists.parameters.push_back(parameter);
        // The fused kernels walk the memory and never look at strides.
        const bool sameLayout = gradient.strides() == parameter.strides();
        m_lists.gradients.push_back(
            sameLayout ? gradient : at::zeros_like(parameter.detach()).copy_(gradient));
        for (std::size_t m = 0; m < m_moments.size(); ++m)
            m_lists.moments[m].push_back(m_moments[m][p]);
    }
    return m_lists;
}

at::Tensor Optimizer::countStep()
{
    return m_steps.add_(1.0);
}

std::unique_ptr<Optimizer> makeOptimizer(const project::Recipe &recipe,
                                         std::vector<blocks::NamedTensor> parameters)
{
    if (recipe.optimizer == "sgd") return std::make_unique<Sgd>(std::move(parameters), recipe);
    return std::make_unique<Adam>(std::move(parameters), recipe);
}

} // namespace ostrich::train
