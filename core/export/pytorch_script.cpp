// train.py from its pattern (resources/export/train.py), and the arrays that it reads.
#include "export/pytorch_script.hpp"

#include "base/embedded.hpp"
#include "blocks/block_kind.hpp"
#include "graph/group.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <numeric>

namespace ostrich::exporting {

namespace {

using graph::Axis;
using graph::Task;

/// "0.001", "1e-05": as Python writes it, and a whole number as "3.0".
std::string pythonReal(double value)
{
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
}

std::string optimizerCall(const project::Recipe &recipe)
{
    const std::string decay = recipe.weight_decay == 0.0
                                  ? std::string()
                                  : ", weight_decay=" + pythonReal(recipe.weight_decay);
    if (recipe.optimizer == "adam")
        return "Adam(network.parameters(), lr=LEARNING_RATE" + decay + ")";
    if (recipe.optimizer == "adamw")
        return fmt::format("AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay={})",
                           pythonReal(recipe.weight_decay));
    const bool nesterov = recipe.nesterov && recipe.momentum > 0.0;
    return fmt::format("SGD(network.parameters(), lr=LEARNING_RATE, momentum={}{}{})",
                       pythonReal(recipe.momentum), nesterov ? ", nesterov=True" : "", decay);
}

/// The body of schedule(): train/schedule.cpp in Python.
std::string scheduleBody(const project::Recipe &recipe)
{
    if (recipe.schedule == "one-cycle")
        return R"(    def along_cosine(start, end, fraction):
        return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * fraction))

    last, top = steps - 1.0, max(0.3 * steps - 1.0, 0.0)
    if min(step, last) <= top:
        return along_cosine(1 / 25, 1.0, min(step, last) / top) if top > 0.0 else 1.0
    return along_cosine(1.0, 1 / 250000, (min(step, last) - top) / (last - top)))";
    std::string body;
    if (recipe.warmup_steps > 0)
        body = fmt::format("    if step < {0}:\n        return (step + 1) / {0}\n",
                           recipe.warmup_steps);
    if (recipe.schedule != "cosine") return body + "    return 1.0";
    return body
           + fmt::format("    fraction = min((step - {0}) / max(steps - {0}, 1), 1.0)\n"
                         "    return 0.5 * (1.0 + math.cos(math.pi * fraction))",
                         recipe.warmup_steps);
}

constexpr std::string_view kCrossEntropy =
    R"(def cross_entropy(answers, y, label_smoothing):
    """Of class indices y; steps with -100, such as padding, are left out."""
    return nn.functional.cross_entropy(
        answers.flatten(0, -2), y.flatten(), ignore_index=-100, label_smoothing=label_smoothing)
)";

constexpr std::string_view kClassError =
    R"(def class_error(answers, y):
    """Squared error against 1 for the class and 0 for the others."""
    return nn.functional.mse_loss(answers, nn.functional.one_hot(y, answers.shape[1]).to(answers.dtype))
)";

/// All in the numbers' deviation over the training data, so that the unit does not matter.
constexpr std::string_view kSquaredError =
    R"(def squared_error(answers, y, deviation):
    """In deviations of the training data, so that the unit of y does not matter."""
    return ((answers - y) / deviation).square().mean()
)";

constexpr std::string_view kAbsoluteError =
    R"(def absolute_error(answers, y, deviation):
    """In deviations of the training data, so that the unit of y does not matter."""
    return ((answers - y) / deviation).abs().mean()
)";

constexpr std::string_view kQuantiles =
    R"(def pinball(answers, y, deviation):
    """Of the quantiles 10, 50 and 90 % (Koenker and Bassett 1978), in deviations of the training data."""
    gap = (y[:, None] - answers.view(len(y), 3, -1)) / deviation
    quantiles = torch.tensor([0.1, 0.5, 0.9], device=y.device).view(1, 3, 1)
    return torch.maximum(quantiles * gap, (quantiles - 1.0) * gap).mean()
)";

struct PythonLoss {
    std::string_view function; // its definition
    std::string call;          // with {0}: the answers
};

PythonLoss lossOf(const std::string &loss, const graph::DataFacts &facts, const std::string &output)
{
    const std::string deviation = "network." + output + ".answer_deviation)";
    if (loss == "cross_entropy") return {kCrossEntropy, "cross_entropy({0}, y, label_smoothing)"};
    if (facts.task != Task::Regress) return {kClassError, "class_error({0}, y)"};
    if (loss == "mean_absolute_error")
        return {kAbsoluteError, "absolute_error({0}, y, " + deviation};
    if (loss == "quantiles") return {kQuantiles, "pinball({0}, y, " + deviation};
    return {kSquaredError, "squared_error({0}, y, " + deviation};
}

std::string lossName(const graph::Network &unfolded, const std::string &output)
{
    const graph::Parameters &given = unfolded.find(output)->parameters;
    const auto found = given.find("loss");
    return found == given.end() ? "cross_entropy" : graph::toString(found->second);
}

/// loss_of() and figure_of() with what they call.
std::string lossFunctions(const Subject &subject, const PytorchModel &model)
{
    const graph::Network unfolded =
        graph::expand(subject.project.network, blocks::Registry::instance()).network;
    const bool several = model.outputs.size() > 1;
    std::vector<std::string_view> functions;
    std::vector<std::string> calls;
    for (std::size_t i = 0; i < model.outputs.size(); ++i) {
        const std::string &id = model.outputs[i];
        const PythonLoss loss = lossOf(lossName(unfolded, id), subject.facts, model.names.at(id));
        if (std::ranges::find(functions, loss.function) == functions.end())
            functions.push_back(loss.function);
        calls.push_back(fmt::format(fmt::runtime(loss.call),
                                    several ? fmt::format("answers[{}]", i) : "answers"));
    }
    std::string text;
    for (const std::string_view function : functions) text += std::string(function) + "\n\n";
    text += fmt::format("def loss_of(network, answers, y, label_smoothing):\n    return {}\n\n\n",
                        fmt::join(calls, " + "));
    const std::string first = several ? "answers[0]" : "answers";
    if (subject.facts.task != Task::Regress)
        return text
               + fmt::format("def figure_of(answers, y):\n"
                             "    \"\"\"The share of right answers to all questions.\"\"\"\n"
                             "    return ({}.argmax(-1) == y)[y != -100].float().mean().item()",
                             first);
    const bool quantiles = lossName(unfolded, model.outputs[0]) == "quantiles";
    return text
           + fmt::format("def figure_of(answers, y):\n"
                         "    \"\"\"The mean absolute error{}, in the units of the data.\"\"\"\n"
                         "    return ({}{} - y).abs().mean().item()",
                         quantiles ? " of the medians" : "", first,
                         quantiles ? ".view(len(y), 3, -1)[:, 1]" : "");
}

/// The arrays of DATA.npz, those of whole numbers, and what each of them is.
struct Arrays {
    std::vector<std::string> names;
    std::vector<std::string> whole;
    std::vector<std::string> words;
};

Arrays arraysOf(const graph::DataFacts &facts)
{
    const auto sizes = [](const graph::Shape &shape) {
        std::string text;
        for (const graph::Dimension &dimension : shape.dimensions)
            text += (text.empty() ? "" : ", ")
                    + (dimension.size ? std::to_string(*dimension.size)
                                      : std::string(1, graph::letter(dimension.axis)));
        return text;
    };
    Arrays arrays{
        {"x"}, {}, {fmt::format("x        ({}), as the network takes it", sizes(facts.input))}};
    if (facts.input.isTokens()) arrays.whole.emplace_back("x");
    if (facts.input.isTokens() || facts.input.isSequence()) {
        arrays.names.emplace_back("lengths");
        arrays.whole.emplace_back("lengths");
        arrays.words.emplace_back(
            "lengths  (N) the real steps of each sample; not needed where all are real");
    }
    if (facts.task == Task::Translate) {
        arrays.names.insert(arrays.names.end(), {"target", "target_lengths"});
        arrays.whole.insert(arrays.whole.end(), {"target", "target_lengths"});
        arrays.words.emplace_back(
            "target   (N, T) the words so far, <begin> first, and target_lengths (N)");
    }
    arrays.names.emplace_back("y");
    if (facts.task != Task::Regress) arrays.whole.emplace_back("y");
    switch (facts.task) {
    case Task::Classify:
        arrays.words.emplace_back("y        (N) the classes, counted from 0");
        break;
    case Task::LabelSteps:
        arrays.words.emplace_back(
            "y        (N, T) the class of each step, -100 where nothing is asked");
        break;
    case Task::Translate:
        arrays.words.emplace_back(
            "y        (N, T) the token that follows each of target, -100 in padding");
        break;
    case Task::Regress:
        arrays.words.push_back(
            fmt::format("y        (N, {}) numbers in the units of the data", facts.answers()));
        break;
    }
    return arrays;
}

std::string quoted(const std::vector<std::string> &names)
{
    std::vector<std::string> all;
    for (const std::string &name : names) all.push_back(pythonString(name));
    return fmt::format("{}", fmt::join(all, ", "));
}

/// Lines of rows(): what is padding in all samples of a batch is cut off.
std::string cutsOf(const graph::DataFacts &facts)
{
    if (!facts.input.isTokens() && !facts.input.isSequence()) return {};
    std::string_view cuts = R"((("lengths", ["x"]),))";
    if (facts.task == Task::LabelSteps) cuts = R"((("lengths", ["x", "y"]),))";
    if (facts.task == Task::Translate)
        cuts = R"((("lengths", ["x"]), ("target_lengths", ["target", "y"])))";
    return fmt::format(R"(    for lengths, padded in {}:
        if lengths in batch:  # no more steps than the longest sample has
            batch.update({{name: batch[name][:, : int(batch[lengths].max())] for name in padded}})
)",
                       cuts);
}

std::string argumentsOf(const graph::DataFacts &facts)
{
    if (facts.task == Task::Translate)
        return R"(batch["x"], batch["target"], batch.get("lengths"), batch.get("target_lengths"))";
    const bool steps = facts.input.isTokens() || facts.input.isSequence();
    return steps ? R"(batch["x"], batch.get("lengths"))" : R"(batch["x"])";
}

/// `pattern` with each @name@ replaced by its value.
std::string filled(std::string_view pattern, const std::map<std::string, std::string> &values)
{
    std::string text;
    while (true) {
        const std::size_t begin = pattern.find('@');
        text += pattern.substr(0, begin);
        if (begin == std::string_view::npos) return text;
        const std::size_t end = pattern.find('@', begin + 1);
        text += values.at(std::string(pattern.substr(begin + 1, end - begin - 1)));
        pattern.remove_prefix(end + 1);
    }
}

} // namespace

std::string trainingScript(const Subject &subject, const PytorchModel &model,
                           const std::string &start)
{
    const project::Recipe &recipe = subject.project.recipe;
    const Arrays arrays = arraysOf(subject.facts);
    return filled(
        embeddedResource("export/train.py").value(),
        {{"arrays", fmt::format("    {}", fmt::join(arrays.words, "\n    "))},
         {"start", start},
         {"names", quoted(arrays.names)},
         {"whole", quoted(arrays.whole)},
         {"batch_size", std::to_string(recipe.batch_size)},
         {"epochs", std::to_string(recipe.epochs)},
         {"patience", std::to_string(recipe.early_stopping ? recipe.patience : 0)},
         {"max_steps", std::to_string(recipe.max_steps)},
         {"max_seconds", pythonReal(recipe.max_seconds)},
         {"learning_rate", pythonReal(recipe.learning_rate)},
         {"label_smoothing", pythonReal(recipe.label_smoothing)},
         {"clip_norm", pythonReal(recipe.clip_norm)},
         {"seed", std::to_string(recipe.seed)},
         {"optimizer", optimizerCall(recipe)},
         {"schedule", scheduleBody(recipe)},
         {"cuts", cutsOf(subject.facts)},
         {"arguments", argumentsOf(subject.facts)},
         {"loss", lossFunctions(subject, model)},
         {"figure", subject.facts.task == Task::Regress ? "mean absolute error" : "accuracy"}});
}

std::vector<data::NpzEntry> trainingArrays(const data::Dataset &dataset)
{
    std::vector<data::NpzEntry> entries;
    const bool labelsSteps = dataset.facts.task == Task::LabelSteps;
    for (const auto &[split, behind] : {std::pair{data::Split::Train, ""},
                                        {data::Split::Validation, "_validation"},
                                        {data::Split::Test, "_test"}}) {
        const data::Samples &samples = dataset.split(split);
        if (samples.count() == 0) continue;
        std::vector<std::int64_t> all(static_cast<std::size_t>(samples.count()));
        std::iota(all.begin(), all.end(), 0);
        data::Batch batch = data::batchOf(samples, all);
        const std::int64_t count = samples.count();
        const auto add = [&](const char *name, auto values) {
            entries.push_back({std::string(name) + behind, std::move(values)});
        };
        add("x", std::move(batch.x));
        if (!batch.lengths.empty()) add("lengths", std::move(batch.lengths));
        if (!batch.target.shape.empty()) add("target", std::move(batch.target));
        if (!batch.targetLengths.empty()) add("target_lengths", std::move(batch.targetLengths));
        if (!batch.answers.empty())
            add("y", Array{{count, std::ssize(batch.answers) / count}, std::move(batch.answers)});
        else if (labelsSteps || dataset.facts.task == Task::Translate)
            add("y", Array{{count, std::ssize(batch.y) / count}, {batch.y.begin(), batch.y.end()}});
        else
            add("y", std::move(batch.y));
    }
    return entries;
}

} // namespace ostrich::exporting
