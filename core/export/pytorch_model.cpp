// model.py: support classes, the network's modules, and the way through them.
#include "export/pytorch_model.hpp"

#include "base/json.hpp"
#include "blocks/block_kind.hpp"
#include "graph/analysis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <sstream>

namespace ostrich::exporting {

namespace {

using graph::Axis;
using graph::Shape;

constexpr std::string_view kNone = "None";

void replaceAll(std::string &text, const std::string &what, const std::string &by)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

bool isPartOfName(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Whether `text` speaks of the variable `name`.
bool mentions(const std::string &text, const std::string &name)
{
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; ++at) {
        const bool begins = at == 0 || (!isPartOfName(text[at - 1]) && text[at - 1] != '.');
        const std::size_t end = at + name.size();
        if (begins && (end == text.size() || !isPartOfName(text[end]))) return true;
    }
    return false;
}

/// What `support` defines: the names behind "def" and "class" at the beginning of a line.
std::vector<std::string> definitions(const std::string &support)
{
    std::vector<std::string> names;
    std::istringstream lines(support);
    for (std::string line; std::getline(lines, line);) {
        for (const std::string_view word : {"def ", "class "}) {
            if (!line.starts_with(word)) continue;
            const auto end =
                std::find_if_not(line.begin() + std::ssize(word), line.end(), isPartOfName);
            names.emplace_back(line.begin() + std::ssize(word), end);
        }
    }
    return names;
}

bool isSequence(const Shape &shape)
{
    return shape.isSequence() || shape.isTokens();
}

/// One block in the flow.
struct Step {
    std::string id;
    const blocks::BlockKind *kind = nullptr;
    const graph::BlockFacts *facts = nullptr;
    std::vector<Shape> inputs, outputs;
    blocks::PytorchText text;
};

class ModelWriter {
public:
    ModelWriter(const graph::Network &network, const graph::DataFacts &facts)
        : m_network(network),
          m_facts(facts),
          m_analysis(graph::analyse(network, blocks::Registry::instance(), facts))
    {
        collectSteps();
        collectSupport();
        std::set<std::string> taken{
            "self", "torch",   "nn",     "Path",           "Network", "load",          "CLASSES",
            "x",    "lengths", "source", "source_lengths", "target",  "target_lengths"};
        for (const std::string &support : m_support)
            for (const std::string &name : definitions(support)) taken.insert(name);
        PythonNames names(taken);
        for (const Step &step : m_steps) m_model.names[step.id] = names.unique(step.id);
        for (const Step &step : m_steps) nameSignals(step, names);
    }

    PytorchModel model(const std::string &title)
    {
        chooseArguments();
        writeForward();
        m_model.text = fmt::format("{}\n\n{}class Network(nn.Module):\n{}\n\n\n{}", head(title),
                                   support(), body(), kLoad);
        return std::move(m_model);
    }

private:
    /// A port's tensor and its lengths, as Python reads them.
    struct Signal {
        std::string tensor;
        std::string lengths{kNone};
        std::string freshLengths; // the variable to keep them in, where the block changes them
    };

    static constexpr std::string_view kLoad =
        R"(def load(path="weights.pt"):
    """The network with the weights of a file beside this one (or of any other), ready to answer."""
    network = Network()
    path = Path(__file__).parent / path
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return network.eval()
)";

    void collectSteps();
    void collectSupport();
    void nameSignals(const Step &step, PythonNames &names);
    void chooseArguments();
    void writeForward();
    void writeStep(const Step &step);
    Signal feedOf(const Step &step) const;
    std::vector<Signal> inputsOf(const Step &step) const;
    std::string filled(std::string text, const Step &step, const std::vector<Signal> &inputs) const;
    void dropUnusedLengths();
    std::string head(const std::string &title) const;
    std::string support() const;
    std::string body() const;
    std::string inputWords() const;
    std::string answerWords() const;
    bool translates() const { return m_facts.task == graph::Task::Translate; }

    /// A line of forward(); `lengths` names the variable that it alone is there for.
    struct Line {
        std::string code;
        std::string comment;
        std::string lengths;
    };

    const graph::Network &m_network;
    const graph::DataFacts &m_facts;
    const graph::Analysis m_analysis;
    std::vector<Step> m_steps;
    std::vector<std::string> m_support;
    std::map<graph::Endpoint, Signal> m_signals;
    std::vector<Line> m_lines;
    PytorchModel m_model;
};

void ModelWriter::collectSteps()
{
    std::set<std::string> wanted(m_analysis.outputs.begin(), m_analysis.outputs.end());
    for (auto id = m_analysis.order.rbegin(); id != m_analysis.order.rend(); ++id) {
        if (!wanted.contains(*id)) continue;
        for (const graph::Wire &wire : m_network.wiresOf(*id))
            if (wire.to.block == *id) wanted.insert(wire.from.block);
    }
    const auto known = [](const std::vector<std::optional<Shape>> &shapes) {
        std::vector<Shape> all;
        for (const auto &shape : shapes) all.push_back(shape.value());
        return all;
    };
    for (const std::string &id : m_analysis.order) {
        if (!wanted.contains(id)) continue;
        Step step{.id = id,
                  .kind = blocks::Registry::instance().find(m_network.find(id)->kind),
                  .facts = m_analysis.find(id),
                  .inputs = {},
                  .outputs = {},
                  .text = {}};
        step.inputs = known(step.facts->inputs);
        step.outputs = known(step.facts->outputs);
        step.text =
            step.kind->pytorch({step.facts->parameters, step.inputs, step.outputs, m_facts});
        const graph::Role role = step.kind->description().role;
        if (role == graph::Role::Input) m_model.inputs.push_back(id);
        if (role == graph::Role::Output) m_model.outputs.push_back(id);
        m_steps.push_back(std::move(step));
    }
}

void ModelWriter::collectSupport()
{
    for (const Step &step : m_steps)
        if (!step.text.support.empty()
            && std::ranges::find(m_support, step.text.support) == m_support.end())
            m_support.push_back(step.text.support);
}

void ModelWriter::nameSignals(const Step &step, PythonNames &names)
{
    const std::string &name = m_model.names.at(step.id);
    const std::vector<std::string> ports = step.kind->outputs(step.facts->parameters);
    for (const std::string &port : ports) {
        Signal signal;
        signal.tensor = ports.size() == 1 ? name : names.unique(name + "_" + port);
        signal.freshLengths = names.unique(signal.tensor + "_lengths");
        m_signals[{step.id, port}] = signal;
    }
}

void ModelWriter::chooseArguments()
{
    if (translates())
        m_model.arguments = {"source", "target", "source_lengths", "target_lengths"};
    else if (isSequence(m_facts.input))
        m_model.arguments = {"x", "lengths"};
    else
        m_model.arguments = {"x"};
}

ModelWriter::Signal ModelWriter::feedOf(const Step &step) const
{
    const bool target = graph::text(step.facts->parameters, "field") == "target";
    Signal signal;
    signal.tensor = !translates() ? "x" : target ? "target" : "source";
    const Shape &shape = step.outputs[0];
    if (isSequence(shape) && !shape.size(Axis::T))
        signal.lengths = translates() ? signal.tensor + "_lengths" : "lengths";
    return signal;
}

std::vector<ModelWriter::Signal> ModelWriter::inputsOf(const Step &step) const
{
    if (step.kind->description().role == graph::Role::Input) return {feedOf(step)};
    std::vector<Signal> inputs;
    for (const std::string &port : step.kind->inputs(step.facts->parameters))
        if (const graph::Wire *wire = m_network.wireInto({step.id, port}))
            inputs.push_back(m_signals.at(wire->from));
    return inputs;
}

std::string ModelWriter::filled(std::string text, const Step &step,
                                const std::vector<Signal> &inputs) const
{
    replaceAll(text, "{m}", "self." + m_model.names.at(step.id));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        replaceAll(text, "{x" + std::to_string(i) + "}", inputs[i].tensor);
        replaceAll(text, "{l" + std::to_string(i) + "}", inputs[i].lengths);
    }
    return text;
}

void ModelWriter::writeStep(const Step &step)
{
    const std::vector<Signal> inputs = inputsOf(step);
    const std::vector<std::string> ports = step.kind->outputs(step.facts->parameters);
    std::vector<std::string> variables, shapes;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        variables.push_back(m_signals.at({step.id, ports[i]}).tensor);
        shapes.push_back(graph::toString(step.outputs[i]));
    }
    if (ports.empty()) { // an Output: what it hands on is the answer
        variables.push_back(m_model.names.at(step.id));
        shapes.push_back(graph::toString(step.inputs[0]));
    }
    m_lines.push_back(
        {fmt::format("{} = {}", fmt::join(variables, ", "), filled(step.text.call, step, inputs)),
         fmt::format("{}", fmt::join(shapes, ", ")),
         {}});

    const std::string lengths = filled(step.text.lengths, step, inputs);
    for (std::size_t i = 0; i < ports.size(); ++i) {
        Signal &signal = m_signals.at({step.id, ports[i]});
        const bool varies = isSequence(step.outputs[i]) && !step.outputs[i].size(Axis::T);
        if (!varies || lengths == kNone) continue;
        const bool isVariable = std::ranges::all_of(lengths, isPartOfName);
        signal.lengths = isVariable ? lengths : signal.freshLengths;
        if (!isVariable)
            m_lines.push_back({signal.freshLengths + " = " + lengths, {}, signal.freshLengths});
    }
}

void ModelWriter::writeForward()
{
    for (const Step &step : m_steps) writeStep(step);
    std::vector<std::string> answers;
    for (const std::string &id : m_model.outputs) answers.push_back(m_model.names.at(id));
    m_lines.push_back({fmt::format("return {}", fmt::join(answers, ", ")), {}, {}});
    dropUnusedLengths();
}

void ModelWriter::dropUnusedLengths()
{
    for (std::size_t i = m_lines.size(); i-- > 0;) {
        const std::string &name = m_lines[i].lengths;
        if (name.empty()) continue;
        const auto next = m_lines.begin() + static_cast<std::ptrdiff_t>(i) + 1;
        const bool used = std::any_of(next, m_lines.end(),
                                      [&](const Line &line) { return mentions(line.code, name); });
        if (!used) m_lines.erase(next - 1);
    }
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

std::string ModelWriter::inputWords() const
{
    std::string words;
    if (translates())
        words = fmt::format("source  {}\ntarget  {}: the words so far, the token <begin> first\n",
                            described(m_facts.input), described(m_facts.target.shape));
    else
        words = fmt::format("x        {}\n", described(m_facts.input));
    if (m_model.arguments.size() > 1)
        words +=
            "lengths  (N) whole numbers: the real steps of each sample, where some are padded at "
            "the end;\n         None: all steps are real\n";
    return words;
}

std::string ModelWriter::answerWords() const
{
    const std::int64_t count = m_facts.answers();
    switch (m_facts.task) {
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

std::string ModelWriter::head(const std::string &title) const
{
    std::string text = fmt::format(
        "\"\"\"{}: a network built with Ostrich, in PyTorch.\n\n"
        "    from model import load\n"
        "    network = load()  # with the weights of weights.pt\n"
        "    answers = network({})\n\n"
        "{}returns  {}{}\n\"\"\"\nfrom pathlib import Path\n\nimport torch\nfrom torch import nn\n",
        title, fmt::join(m_model.arguments, ", "), inputWords(), answerWords(),
        m_model.outputs.size() > 1 ? "; a tuple, one for each Output" : "");
    constexpr std::size_t kMostNames = 1000;
    const auto &names = m_facts.classNames;
    const bool tells = !names.empty() && names.size() <= kMostNames && !translates();
    if (!tells) return text;
    std::vector<std::string> quoted;
    std::ranges::transform(names, std::back_inserter(quoted), pythonString);
    return text + fmt::format("\nCLASSES = [{}]\n", fmt::join(quoted, ", "));
}

std::string ModelWriter::support() const
{
    std::string all;
    for (std::string text : m_support) {
        while (text.ends_with('\n')) text.pop_back();
        all += text + "\n\n\n";
    }
    return all;
}

std::string ModelWriter::body() const
{
    std::string text = "    def __init__(self):\n        super().__init__()\n";
    for (const Step &step : m_steps)
        if (!step.text.module.empty())
            text +=
                fmt::format("        self.{} = {}\n", m_model.names.at(step.id), step.text.module);
    std::string arguments;
    for (const std::string &argument : m_model.arguments)
        arguments += ", " + argument + (argument.ends_with("lengths") ? "=None" : "");
    text += fmt::format("\n    def forward(self{}):", arguments);
    for (const Line &line : m_lines)
        text += "\n        " + line.code + (line.comment.empty() ? "" : "  # " + line.comment);
    return text;
}

} // namespace

std::string pythonString(const std::string &words)
{
    return jsonText(words); // Python reads JSON's strings as JSON does
}

PytorchModel pytorchModel(const graph::Network &network, const graph::DataFacts &facts,
                          const std::string &title)
{
    std::string harmless = title; // it stands between quotes
    std::erase_if(harmless, [](char c) { return c == '"' || c == '\\'; });
    return ModelWriter(network, facts).model(harmless);
}

} // namespace ostrich::exporting
