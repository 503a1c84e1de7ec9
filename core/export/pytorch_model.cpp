// model.py: its head, the support that blocks need, the classes, and load().
#include "export/pytorch_model.hpp"

#include "base/json.hpp"
#include "export/pytorch_class.hpp"
#include "export/pytorch_layout.hpp"
#include "graph/group.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ostrich::exporting {

namespace {

using graph::Axis;
using graph::Shape;

constexpr std::string_view kLoad =
    R"(def load(path="weights.pt"):
    """The network with the weights of a file beside this one (or of any other), ready to answer."""
    network = Network()
    path = Path(__file__).parent / path
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return network.eval()
)";

bool isSequence(const Shape &shape)
{
    return shape.isSequence() || shape.isTokens();
}

std::vector<std::string> argumentsOf(const graph::DataFacts &facts)
{
    if (facts.task == graph::Task::Translate)
        return {"source", "target", "source_lengths", "target_lengths"};
    if (isSequence(facts.input)) return {"x", "lengths"};
    return {"x"};
}

/// What an Input takes of the network's arguments.
PythonSignal feedOf(const PytorchBlock &input, const graph::DataFacts &facts)
{
    const bool translates = facts.task == graph::Task::Translate;
    const bool target = graph::text(input.parameters, "field") == "target";
    PythonSignal signal;
    signal.tensor = !translates ? "x" : target ? "target" : "source";
    const Shape &shape = input.outputs[0];
    if (isSequence(shape) && !shape.size(Axis::T))
        signal.lengths = translates ? signal.tensor + "_lengths" : "lengths";
    return signal;
}

/// Asks the engine, which knows the blocks' parameters by name.
std::vector<engine::Tie> tiesIn(const graph::Network &network, const graph::DataFacts &facts)
{
    const graph::Expansion expansion = graph::expand(network, blocks::Registry::instance());
    const bool some = std::ranges::any_of(expansion.network.blocks, [](const graph::Block &block) {
        return !block.weightsOf.empty();
    });
    if (!some) return {};
    engine::CompileOptions options;
    options.facts = facts;
    const auto model = engine::compile(network, options);
    return model ? engine::tiesOf(*model) : std::vector<engine::Tie>();
}

/// "pictures (N, 1, 28, 28) with values from 0 to 1".
std::string described(const Shape &shape)
{
    std::string sizes;
    for (const graph::Dimension &dimension : shape.dimensions)
        sizes += (sizes.empty() ? "" : ", ")
                 + (dimension.size ? std::to_string(*dimension.size)
                                   : std::string(1, graph::letter(dimension.axis)));
    if (shape.isMaps()) return fmt::format("pictures ({}), values from 0 to 1", sizes);
    if (shape.isTokens())
        return fmt::format("token ids ({}), whole numbers below {}", sizes, shape.vocabulary);
    if (shape.isSequence()) return fmt::format("series ({}), in the units of the data", sizes);
    return fmt::format("rows ({}), in the units of the data", sizes);
}

std::string inputWords(const graph::DataFacts &facts)
{
    std::string words;
    if (facts.task == graph::Task::Translate)
        words = fmt::format("source  {}\ntarget  {}: the words so far, the token <begin> first\n",
                            described(facts.input), described(facts.target.shape));
    else
        words = fmt::format("x        {}\n", described(facts.input));
    if (argumentsOf(facts).size() > 1)
        words +=
            "lengths  (N) whole numbers: the real steps of each sample, where some are padded at "
            "the end;\n         None: all steps are real\n";
    return words;
}

std::string answerWords(const graph::DataFacts &facts)
{
    const std::int64_t count = facts.answers();
    switch (facts.task) {
    case graph::Task::Classify:
        return fmt::format("logits (N, {}): softmax makes them probabilities of the classes",
                           count);
    case graph::Task::LabelSteps:
        return fmt::format("logits (N, T, {}) of each step's classes", count);
    case graph::Task::Translate:
        return fmt::format("logits (N, T, {}) of the token that follows each of target", count);
    case graph::Task::Regress:
        return fmt::format("numbers (N, {}) in the units of the data; of quantiles three times as "
                           "many,\n         first those for 10 %, then 50 %, then 90 %",
                           count);
    }
    return {};
}

std::string headOf(const PytorchModel &model, const graph::DataFacts &facts,
                   const std::string &title)
{
    std::string text = fmt::format(
        "\"\"\"{}: a network built with Ostrich, in PyTorch.\n\n"
        "    from model import load\n"
        "    network = load()  # with the weights of weights.pt\n"
        "    answers = network({})\n\n"
        "{}returns  {}{}\n\"\"\"\nfrom pathlib import Path\n\nimport torch\nfrom torch import nn\n",
        title, fmt::join(model.arguments, ", "), inputWords(facts), answerWords(facts),
        model.outputs.size() > 1 ? "; a tuple, one for each Output" : "");
    constexpr std::size_t kMostNames = 1000;
    const auto &names = facts.classNames;
    const bool tells =
        !names.empty() && names.size() <= kMostNames && facts.task != graph::Task::Translate;
    if (!tells) return text;
    std::vector<std::string> quoted;
    std::ranges::transform(names, std::back_inserter(quoted), pythonString);
    return text + fmt::format("\nCLASSES = [{}]\n", fmt::join(quoted, ", "));
}

std::string supportOf(const PytorchBlocks &blocks)
{
    std::string all;
    for (std::string text : blocks.support) {
        while (text.ends_with('\n')) text.pop_back();
        all += text + "\n\n\n";
    }
    return all;
}

} // namespace

std::string pythonString(const std::string &words)
{
    return jsonText(words); // Python reads JSON's strings as JSON does
}

PytorchModel pytorchModel(const graph::Network &network, const graph::DataFacts &facts,
                          const std::string &title)
{
    const PytorchBlocks blocks = pytorchBlocks(network, facts);
    PytorchModel model;
    model.ties = tiesIn(network, facts);
    model.arguments = argumentsOf(facts);
    NetworkCall call;
    for (const std::string &argument : model.arguments)
        call.arguments.push_back(argument + (argument.ends_with("lengths") ? "=None" : ""));
    for (const std::string &id : blocks.order) {
        const PytorchBlock &block = blocks.blocks.at(id);
        if (block.role() == graph::Role::Input) {
            model.inputs.push_back(id);
            call.feeds[id] = feedOf(block, facts);
        }
        if (block.role() == graph::Role::Output) model.outputs.push_back(id);
    }
    call.outputs = model.outputs;
    PythonClasses classes = pythonClasses(blocks, call, model.ties);
    layOutForConvolution(classes.all);
    model.names = std::move(classes.names);
    model.text = headOf(model, facts, harmless(title)) + "\n\n" + supportOf(blocks);
    for (const PythonClass &one : classes.all) model.text += one.text() + "\n\n\n";
    model.text += kLoad;
    return model;
}

} // namespace ostrich::exporting
