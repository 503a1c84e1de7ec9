// Names of networks, and opening them.
#include "fool/studies/study_network.hpp"

#include "theme/theme.hpp"
#include "train/run.hpp"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::StudyNetwork)
};

bool isSameFilter(const std::optional<attack::FilterChoice> &one,
                  const std::optional<attack::FilterChoice> &other)
{
    if (!one || !other) return one.has_value() == other.has_value();
    return one->filter == other->filter && one->parameters == other->parameters
           && one->adaptive == other->adaptive;
}

/// As it is chosen in a form.
QString valueText(const graph::ParameterSpec &spec, const graph::ParameterValue &value)
{
    if (const auto *number = std::get_if<double>(&value))
        return QLocale().toString(*number, 'g', 4);
    const std::string text = graph::toString(value);
    const auto place =
        static_cast<std::size_t>(std::ranges::find(spec.choices, text) - spec.choices.begin());
    return place < spec.choiceLabels.size() ? words(spec.choiceLabels[place])
                                            : QString::fromStdString(text);
}

Result<attack::Subject> openRun(const StudyNetwork &network)
{
    const auto run = train::openRun(network.folder);
    if (!run) return run.error();
    const auto model = train::loadModel(*run);
    if (!model) return model.error();
    return attack::Subject(*model);
}

Result<attack::Subject> openFile(const StudyNetwork &network, graph::DataFacts facts)
{
    if (!network.classNames.empty()) facts.classNames = network.classNames;
    return attack::openTorchScript(network.file, facts);
}

Result<attack::Subject> opened(const StudyNetwork &network, const engine::ModelHandle &atHand,
                               const graph::DataFacts &facts)
{
    auto subject = network.origin == StudyNetwork::Origin::AtHand
                       ? Result<attack::Subject>(attack::Subject(atHand))
                   : network.origin == StudyNetwork::Origin::File ? openFile(network, facts)
                                                                  : openRun(network);
    if (subject && network.filter) subject = attack::behindFilter(*subject, *network.filter);
    if (!subject) return subject;
    subject->name = network.name.toStdString();
    subject->trainingSeconds = network.trainingSeconds;
    return subject;
}

} // namespace

bool StudyNetwork::isSame(const StudyNetwork &other) const
{
    return origin == other.origin && folder == other.folder && file.file == other.file.file
           && isSameFilter(filter, other.filter);
}

QString filterName(const attack::FilterChoice &choice)
{
    const auto &all = attack::filters();
    const auto known = std::ranges::find(all, choice.filter, &attack::FilterDescription::name);
    if (known == all.end()) return QString::fromStdString(choice.filter);
    QStringList told;
    for (const graph::ParameterSpec &spec : known->parameters)
        if (const auto value = choice.parameters.find(spec.name);
            value != choice.parameters.end() && value->second != spec.defaultValue)
            told << QStringLiteral("%1 %2").arg(words(spec.label), valueText(spec, value->second));
    if (!choice.adaptive) told << Texts::tr("not adaptive");
    const QString label = words(known->label);
    return told.empty() ? label
                        : QStringLiteral("%1 (%2)").arg(label, told.join(QStringLiteral(", ")));
}

QString nameBehind(const QString &network, const attack::FilterChoice &choice)
{
    return Texts::tr("%1 behind %2").arg(network, filterName(choice));
}

Result<std::vector<attack::Subject>> openNetworks(const std::vector<StudyNetwork> &networks,
                                                  const engine::ModelHandle &atHand,
                                                  const graph::DataFacts &facts)
{
    std::vector<attack::Subject> subjects;
    for (const StudyNetwork &network : networks) {
        auto subject = opened(network, atHand, facts);
        if (!subject) return subject.error();
        subjects.push_back(std::move(*subject));
    }
    if (subjects.size() > 1)
        for (std::size_t i = 0; i < subjects.size(); ++i)
            subjects[i].surrogate = subjects[(i + 1) % subjects.size()].classifier;
    return subjects;
}

} // namespace ostrich::ui
