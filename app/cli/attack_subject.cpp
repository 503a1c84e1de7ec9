// Opening what is attacked.
#include "cli/attack_subject.hpp"

#include "attack/filter.hpp"
#include "base/file.hpp"
#include "cli/attack_name.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "data/source.hpp"
#include "engine/machine.hpp"
#include "train/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace ostrich::cli {

namespace {

constexpr std::string_view kTorchScript = "torchscript:";
constexpr std::uintmax_t kLargestClassFile = 1 << 22;
constexpr std::uint64_t kUsualSeed = 1;

using Dataset = std::shared_ptr<const data::Dataset>;

/// One name a line.
Result<std::vector<std::string>> classNamesFrom(const std::string &file)
{
    const auto text = readFile(file, kLargestClassFile);
    if (!text) return text.error();
    std::vector<std::string> names;
    std::string name;
    for (const char letter : *text + '\n') {
        if (letter != '\n' && letter != '\r') name += letter;
        if (letter != '\n' || name.empty()) continue;
        names.push_back(std::move(name));
        name.clear();
    }
    if (names.empty()) return Error{file, {"cli.no_classes_in_file", {}}, {}};
    return names;
}

/// "?size=224&channels=3": what it reads where no data say so.
Result<graph::Shape> shapeFrom(const std::string &argument, std::string_view options)
{
    std::int64_t size = 224, channels = 3;
    while (!options.empty()) {
        const std::string_view option = options.substr(0, options.find('&'));
        options.remove_prefix(std::min(option.size() + 1, options.size()));
        const std::size_t equals = std::min(option.find('='), option.size());
        const std::string_view key = option.substr(0, equals);
        const std::string_view value = option.substr(std::min(equals + 1, option.size()));
        std::int64_t *number = key == "size" ? &size : key == "channels" ? &channels : nullptr;
        const Error wrong{argument, {"cli.torchscript_option", {}}, {}};
        if (!number) return wrong;
        const auto [end, problem] =
            std::from_chars(value.data(), value.data() + value.size(), *number);
        if (problem != std::errc() || end != value.data() + value.size()) return wrong;
    }
    if (size < 1 || size > 4096 || (channels != 1 && channels != 3))
        return Error{argument, {"cli.torchscript_option", {}}, {}};
    return graph::Shape::maps(channels, size, size);
}

Result<Dataset> dataFrom(const std::string &source)
{
    auto dataset = data::load(source, kUsualSeed, {}, interruption());
    if (!dataset) return Error{"--data " + source, dataset.error().what, dataset.error().hint};
    return *dataset;
}

struct Opened {
    attack::Subject subject;
    Dataset dataset;
};

Result<Opened> openTorchScriptFile(const std::string &name, const AttackArguments &arguments,
                                   bool needsData)
{
    if (!arguments.trust) return Error{name, {"cli.torchscript_code", {}}, {}};
    if (needsData && arguments.data.empty())
        return Error{name, {"cli.torchscript_data", {}}, {"cli.torchscript_data_hint", {}}};
    const std::string place = name.substr(kTorchScript.size());
    const std::size_t question = place.find('?');
    const std::string file = place.substr(0, question);
    Opened opened;
    graph::DataFacts facts;
    if (!arguments.data.empty()) {
        auto dataset = dataFrom(arguments.data);
        if (!dataset) return dataset.error();
        opened.dataset = std::move(*dataset);
        facts = opened.dataset->facts;
    } else {
        const auto shape = shapeFrom(name, question == std::string::npos
                                               ? ""
                                               : std::string_view(place).substr(question + 1));
        if (!shape) return shape.error();
        facts.input = *shape;
        if (arguments.classes.empty()) return Error{name, {"cli.torchscript_classes", {}}, {}};
    }
    if (!arguments.classes.empty()) {
        auto names = classNamesFrom(arguments.classes);
        if (!names) return names.error();
        facts.classes = std::ssize(*names);
        facts.classNames = std::move(*names);
    }
    const auto mean = numbersFrom("--mean", arguments.mean);
    if (!mean) return mean.error();
    const auto deviation = numbersFrom("--std", arguments.deviation);
    if (!deviation) return deviation.error();
    const auto device = engine::resolveDevice(arguments.device);
    if (!device) return Error{"--device", device.error().what, device.error().hint};
    engine::setThreadCount(engine::machineFacts().cores);
    auto subject = attack::openTorchScript({file, *mean, *deviation, *device}, facts);
    if (!subject) return subject.error();
    opened.subject = std::move(*subject);
    if (opened.subject.name.empty())
        opened.subject.name = std::filesystem::path(file).stem().string();
    return opened;
}

/// "lenet 003": the project's name where the run lies in its folder, else the run's own.
std::string shownName(const train::Run &run)
{
    const std::filesystem::path folder = run.folder.lexically_normal();
    const std::string own = folder.has_filename() ? folder.filename().string()
                                                  : folder.parent_path().filename().string();
    const std::string parent = folder.parent_path().filename().string();
    constexpr std::string_view kRuns = ".runs";
    if (!parent.ends_with(kRuns)) return own;
    return parent.substr(0, parent.size() - kRuns.size()) + " " + own;
}

Result<Opened> openOurs(const std::string &name, const AttackArguments &arguments, bool needsData)
{
    auto network = openNetwork(name, arguments.device);
    if (!network) return network.error();
    Opened opened{attack::Subject(network->model, shownName(network->run)), nullptr};
    const auto &summary = network->run.manifest.summary;
    if (summary && summary->stopped_by != train::kImported)
        opened.subject.trainingSeconds = summary->seconds;
    if (!needsData) return opened;
    if (!arguments.data.empty()) {
        auto dataset = dataFrom(arguments.data);
        if (!dataset) return dataset.error();
        opened.dataset = std::move(*dataset);
        return opened;
    }
    auto dataset = train::loadData(network->run, {}, interruption());
    if (!dataset) {
        Error error = dataset.error();
        if (error.where.empty()) error.where = name;
        return error;
    }
    opened.dataset = *std::move(dataset);
    return opened;
}

Result<attack::Subject> behindItsFilter(const attack::Subject &subject, const AttackedName &name)
{
    if (!name.filter) return subject;
    auto behind = attack::behindFilter(subject, *name.filter);
    if (!behind) return Error{name.filterText, behind.error().what, behind.error().hint};
    behind->name = fmt::format("{}, {}", subject.name, name.filterText);
    return behind;
}

Result<Opened> open(const AttackedName &name, const AttackArguments &arguments, bool needsData)
{
    auto opened = name.network.starts_with(kTorchScript)
                      ? openTorchScriptFile(name.network, arguments, needsData)
                      : openOurs(name.network, arguments, needsData);
    if (!opened) return opened;
    auto behind = behindItsFilter(opened->subject, name);
    if (!behind) return behind.error();
    opened->subject = std::move(*behind);
    return opened;
}

bool readsTheSame(const graph::DataFacts &a, const graph::DataFacts &b)
{
    return a.input == b.input && a.classes == b.classes;
}

/// What a transfer attack works on. It is somebody else's: --defence does not stand before it.
Result<attack::ClassifierHandle> openSurrogate(const AttackArguments &arguments,
                                               const graph::DataFacts &facts)
{
    const auto name = attackedName(arguments.surrogate);
    if (!name) return name.error();
    const auto opened = open(*name, arguments, false);
    if (!opened) return opened.error();
    if (!readsTheSame(facts, opened->subject.facts))
        return Error{arguments.surrogate, {"cli.other_samples", {arguments.runs.front()}}, {}};
    return opened->subject.classifier;
}

/// Names that are all different, so that plots can tell them apart.
void makeNamesDiffer(std::vector<attack::Subject> &subjects)
{
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        const auto isSame = [&](const attack::Subject &other) {
            return &other != &subjects[i] && other.name == subjects[i].name;
        };
        if (std::ranges::any_of(subjects, isSame))
            subjects[i].name += " (" + std::to_string(i + 1) + ")";
    }
}

/// Each with its own filter, or else that of --defence.
Result<std::vector<AttackedName>> namesFrom(const AttackArguments &arguments)
{
    std::optional<attack::FilterChoice> ofAll;
    if (!arguments.defence.empty()) {
        auto filter = attack::filterFromText(arguments.defence);
        if (!filter) return filter.error();
        ofAll = std::move(*filter);
    }
    std::vector<AttackedName> names;
    for (const std::string &run : arguments.runs) {
        auto name = attackedName(run);
        if (!name) return name.error();
        if (!name->filter) {
            name->filter = ofAll;
            name->filterText = arguments.defence;
        }
        names.push_back(std::move(*name));
    }
    return names;
}

} // namespace

Result<AttackedNetworks> openAttacked(const AttackArguments &arguments, bool needsData)
{
    const auto names = namesFrom(arguments);
    if (!names) return names.error();
    AttackedNetworks networks;
    for (const AttackedName &name : *names) {
        const bool isFirst = networks.subjects.empty();
        auto opened = open(name, arguments, needsData && isFirst);
        if (!opened) return opened.error();
        if (isFirst)
            networks.dataset = opened->dataset;
        else if (!readsTheSame(networks.facts(), opened->subject.facts))
            return Error{name.network, {"cli.other_samples", {arguments.runs.front()}}, {}};
        networks.subjects.push_back(std::move(opened->subject));
    }
    makeNamesDiffer(networks.subjects);
    if (arguments.surrogate.empty()) return networks;
    const auto surrogate = openSurrogate(arguments, networks.facts());
    if (!surrogate) return surrogate.error();
    for (attack::Subject &subject : networks.subjects) subject.surrogate = *surrogate;
    return networks;
}

} // namespace ostrich::cli
