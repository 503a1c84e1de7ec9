// A TorchScript file as a classifier. The only file that sees TorchScript's headers, which are slow
// to compile.
#include "attack/classifier_torch.hpp"
#include "attack/filter.hpp"
#include "engine/machine.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/script.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <stdexcept>

namespace ostrich::attack {

namespace {

std::string lastLine(std::string words)
{
    words.erase(words.find_last_not_of(" \n") + 1);
    return words.substr(words.rfind('\n') + 1);
}

/// Asked by several threads at once: TorchScript's methods are, as long as nobody changes the
/// module.
class ScriptClassifier final : public Classifier {
public:
    ScriptClassifier(const TorchScriptChoice &choice, const at::Device &device)
        : m_module(torch::jit::load(choice.file, device)), m_device(device)
    {
        m_module.eval();
        for (at::Tensor parameter : m_module.parameters()) parameter.requires_grad_(false);
        const auto perChannel = [&](const std::vector<float> &values) {
            return values.empty() ? at::Tensor()
                                  : at::tensor(values).view({1, -1, 1, 1}).to(device);
        };
        m_mean = perChannel(choice.mean);
        m_deviation = perChannel(choice.deviation);
    }

    /// A file may cut the way back (integers, no_grad): its slope is nothing then, not an error.
    at::Tensor logits(const at::Tensor &x) const override
    {
        const at::Tensor said = answer(x).toTensor().to(x.scalar_type());
        const bool isCut = at::GradMode::is_enabled() && x.requires_grad() && !said.requires_grad();
        return isCut ? said + 0.0 * x.flatten(1).sum(1, true) : said;
    }
    at::Device device() const override { return m_device; }

    /// Whatever it is that the file answers. Its errors are traces through its code, whose last
    /// line says what is wrong.
    c10::IValue answer(const at::Tensor &x) const
    {
        at::Tensor read = m_mean.defined() ? x - m_mean : x;
        if (m_deviation.defined()) read = read / m_deviation;
        // The optimiser would study the first batches of each size anew, for longer than it saves.
        const torch::jit::GraphOptimizerEnabledGuard plain(false);
        torch::jit::Module module = m_module; // the same one: asking is not const there
        try {
            return module.forward({read});
        } catch (const std::bad_alloc &) {
            throw;
        } catch (const c10::Error &error) {
            throw std::runtime_error(lastLine(error.what_without_backtrace()));
        } catch (const std::exception &error) {
            throw std::runtime_error(lastLine(error.what()));
        }
    }

private:
    torch::jit::Module m_module;
    at::Device m_device;
    at::Tensor m_mean, m_deviation; // (1, C, 1, 1); undefined: 0 and 1
};

std::string shapeOf(const c10::IValue &answer)
{
    if (!answer.isTensor()) return answer.tagKind();
    return fmt::format("{}", fmt::join(answer.toTensor().sizes(), "×"));
}

std::optional<Error> unfitNormalisation(const TorchScriptChoice &choice, std::int64_t channels)
{
    for (const auto &[name, values] :
         {std::pair("mean", &choice.mean), {"deviation", &choice.deviation}}) {
        if (!values->empty() && std::ssize(*values) != channels)
            return Error{name,
                         {"attack.torchscript_channels",
                          {std::to_string(values->size()), std::to_string(channels)}},
                         {}};
    }
    if (std::ranges::any_of(choice.deviation, [](float value) { return !(value > 0.0F); }))
        return Error{"deviation", {"attack.torchscript_deviation", {}}, {}};
    return std::nullopt;
}

/// Asks about two black pictures: the file has to answer with a row of classes for each.
std::optional<Error> unfitAnswer(const ScriptClassifier &classifier, const std::string &file,
                                 const graph::DataFacts &facts)
{
    std::vector<std::int64_t> shape{2};
    for (const graph::Dimension &dimension : facts.input.dimensions) {
        if (dimension.axis != graph::Axis::N) shape.push_back(dimension.size.value_or(1));
    }
    std::string answered;
    const auto asked = engine::guarded(file, [&] {
        const at::NoGradGuard noGradient;
        const c10::IValue answer =
            classifier.answer(at::zeros(shape, at::TensorOptions(classifier.device())));
        const bool fits = answer.isTensor() && answer.toTensor().is_floating_point()
                          && answer.toTensor().sizes() == at::IntArrayRef({2, facts.classes});
        if (!fits) answered = shapeOf(answer);
    });
    const std::string pictures = fmt::format("{}", fmt::join(shape, "×"));
    if (!asked && asked.error().what.id == "engine.failed")
        return Error{file,
                     {"attack.torchscript_refuses", {pictures, asked.error().what.arguments.at(0)}},
                     {"attack.torchscript_refuses_hint", {}}};
    if (!asked) return asked.error();
    if (answered.empty()) return std::nullopt;
    return Error{file,
                 {"attack.torchscript_answer", {pictures, answered, std::to_string(facts.classes)}},
                 {"attack.torchscript_answer_hint", {}}};
}

} // namespace

Result<Subject> openTorchScript(const TorchScriptChoice &choice, const graph::DataFacts &facts)
{
    std::error_code unreadable;
    if (!std::filesystem::is_regular_file(choice.file, unreadable))
        return Error{choice.file, {"attack.torchscript_missing", {}}, {}};
    if (!facts.input.isMaps() || facts.classes < 1)
        return Error{
            choice.file, {"attack.torchscript_pictures", {}}, {"attack.pictures_only_hint", {}}};
    if (auto wrong = unfitNormalisation(choice, facts.input.size(graph::Axis::C).value_or(1)))
        return *wrong;
    const auto device = engine::resolveDevice(choice.device);
    if (!device) return device.error();
    std::shared_ptr<ScriptClassifier> classifier;
    const auto loaded = engine::guarded(choice.file, [&] {
        classifier = std::make_shared<ScriptClassifier>(choice, at::Device(*device));
    });
    if (!loaded)
        return Error{
            choice.file, {"attack.torchscript_file", {}}, {"attack.torchscript_file_hint", {}}};
    if (auto wrong = unfitAnswer(*classifier, choice.file, facts)) return *wrong;
    Subject subject;
    subject.name = std::filesystem::path(choice.file).stem().string();
    subject.classifier = std::move(classifier);
    subject.facts = facts;
    return subject;
}

} // namespace ostrich::attack
