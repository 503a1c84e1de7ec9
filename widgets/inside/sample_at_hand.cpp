// Letters are found in the numbers: the first features that are one-hot at every step.
#include "inside/sample_at_hand.hpp"

#include "data/tokenizer.hpp"
#include "model/typed_text.hpp"

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr std::size_t kFewAsked = 3; // labelled steps that are worth a mark of their own

const data::Samples &samplesOf(const data::Dataset &sample)
{
    return sample.split(data::Split::Validation);
}

std::shared_ptr<data::Dataset> shell(const data::Dataset &whole)
{
    auto copy = std::make_shared<data::Dataset>();
    copy->source = whole.source;
    copy->facts = whole.facts;
    copy->statistics = whole.statistics;
    copy->tokenizer = whole.tokenizer;
    copy->targetTokenizer = whole.targetTokenizer;
    return copy;
}

/// The one sample as every split, since some probes look at one of another to know the network.
DatasetHandle holding(std::shared_ptr<data::Dataset> shell, data::Samples samples)
{
    shell->splits.fill(std::move(samples));
    return shell;
}

bool isBit(float value)
{
    return value == 0.0f || value == 1.0f;
}

/// How many of the first features are letters: at every step at most one of them is 1. 0: none.
std::size_t letterCount(const data::Dataset &sample)
{
    const data::Samples &samples = samplesOf(sample);
    const auto features = static_cast<std::size_t>(samples.valuesPerSample());
    if (samples.values.empty() || features < 2 || !std::ranges::all_of(samples.values, isBit))
        return 0;
    const auto known = static_cast<std::size_t>(std::max<std::int64_t>(sample.facts.classes, 0));
    const std::size_t letters = known >= 2 && known <= features ? known : features;
    for (std::size_t at = 0; at + features <= samples.values.size(); at += features) {
        const auto first = samples.values.begin() + static_cast<std::ptrdiff_t>(at);
        if (std::count(first, first + static_cast<std::ptrdiff_t>(letters), 1.0f) > 1) return 0;
    }
    return letters;
}

QString letterName(const data::Dataset &sample, std::size_t letter)
{
    const auto &names = sample.facts.classNames;
    if (letter < names.size() && names[letter].size() <= 2)
        return QString::fromStdString(names[letter]);
    return QString(QChar(static_cast<char16_t>(u'A' + letter)));
}

SampleSteps tokenSteps(const data::Dataset &sample)
{
    SampleSteps read;
    read.tokens = true;
    const data::Samples &samples = samplesOf(sample);
    const std::vector<std::string> pieces =
        sample.tokenizer ? sample.tokenizer->visiblePieces() : std::vector<std::string>();
    for (std::size_t i = data::Tokenizer::kSpecials; i < pieces.size(); ++i)
        read.choices.push_back(QString::fromStdString(pieces[i]));
    for (const std::int32_t id : samples.tokens) {
        Step step;
        step.choice = id - data::Tokenizer::kSpecials;
        step.word = static_cast<std::size_t>(id) < pieces.size()
                        ? QString::fromStdString(pieces[static_cast<std::size_t>(id)])
                        : QString::number(id);
        read.steps.push_back(step);
    }
    return read;
}

SampleSteps numberSteps(const data::Dataset &sample)
{
    SampleSteps read;
    const data::Samples &samples = samplesOf(sample);
    const auto features = static_cast<std::size_t>(samples.valuesPerSample());
    const std::size_t letters = letterCount(sample);
    const bool bits = features == 1 && std::ranges::all_of(samples.values, isBit);
    for (std::size_t i = 0; i < letters; ++i) read.choices.push_back(letterName(sample, i));
    if (bits) read.choices = {QStringLiteral("0"), QStringLiteral("1")};
    for (std::size_t at = 0; at + features <= samples.values.size(); at += features) {
        const auto first = samples.values.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = first + static_cast<std::ptrdiff_t>(features);
        Step step;
        if (bits) {
            step.choice = *first == 1.0f ? 1 : 0;
        } else if (letters > 0) {
            const auto past = first + static_cast<std::ptrdiff_t>(letters);
            const auto letter = std::find(first, past, 1.0f);
            if (letter != past) step.choice = static_cast<int>(letter - first);
            step.marked = std::find(past, end, 1.0f) != end;
        } else if (features == 1) {
            step.word = QString::number(static_cast<double>(*first), 'g', 2);
        }
        if (step.choice >= 0) step.word = read.choices[static_cast<std::size_t>(step.choice)];
        read.steps.push_back(step);
    }
    return read;
}

} // namespace

DatasetHandle alone(const data::Dataset &whole, const SampleRef &sample)
{
    const std::array<std::int64_t, 1> index{sample.index};
    return holding(shell(whole), whole.split(sample.split).select(index));
}

DatasetHandle typed(const data::Dataset &whole, const std::string &text)
{
    std::vector<std::int32_t> ids = typedIds(whole, text);
    if (ids.empty()) return nullptr;
    data::Samples samples;
    samples.starts = {0, std::ssize(ids)};
    const std::size_t steps = ids.size();
    samples.tokens = std::move(ids);
    switch (whole.facts.task) {
    case graph::Task::Classify:
        samples.labels = {data::kNoLabel};
        break;
    case graph::Task::LabelSteps:
        samples.stepLabels.assign(steps, data::kNoLabel);
        break;
    case graph::Task::Regress:
        samples.answers.assign(static_cast<std::size_t>(whole.facts.answers()), 0.0f);
        break;
    case graph::Task::Translate: // to be written by the network itself
        samples.targets.add(std::array{data::Tokenizer::kBegin, data::Tokenizer::kEnd});
        break;
    }
    return holding(shell(whole), std::move(samples));
}

SampleSteps stepsOf(const data::Dataset &sample)
{
    const data::Samples &samples = samplesOf(sample);
    if (!samples.sequences() || samples.count() == 0) return {};
    SampleSteps read = samples.tokens.empty() ? numberSteps(sample) : tokenSteps(sample);
    const auto asked = static_cast<std::size_t>(std::ranges::count_if(
        samples.stepLabels, [](auto label) { return label != data::kNoLabel; }));
    if (asked > kFewAsked) return read;
    for (std::size_t t = 0; t < std::min(samples.stepLabels.size(), read.steps.size()); ++t)
        read.steps[t].asked = samples.stepLabels[t] != data::kNoLabel;
    return read;
}

DatasetHandle withChoice(const data::Dataset &sample, int step, int choice)
{
    const SampleSteps read = stepsOf(sample);
    if (step < 0 || step >= static_cast<int>(read.steps.size()) || choice < 0
        || choice >= static_cast<int>(read.choices.size()))
        return nullptr;
    data::Samples samples = samplesOf(sample);
    if (read.tokens) {
        samples.tokens[static_cast<std::size_t>(step)] = choice + data::Tokenizer::kSpecials;
        return holding(shell(sample), std::move(samples));
    }
    const auto features = static_cast<std::size_t>(samples.valuesPerSample());
    float *values = samples.values.data() + static_cast<std::size_t>(step) * features;
    if (features == 1) {
        values[0] = static_cast<float>(choice);
    } else {
        std::fill_n(values, read.choices.size(), 0.0f); // marks stay as they are
        values[choice] = 1.0f;
    }
    return holding(shell(sample), std::move(samples));
}

DatasetHandle withTarget(const data::Dataset &sample, std::span<const std::int32_t> written)
{
    data::Samples samples = samplesOf(sample);
    std::vector<std::int32_t> row{data::Tokenizer::kBegin};
    row.insert(row.end(), written.begin(), written.end());
    row.push_back(data::Tokenizer::kEnd);
    samples.targets = {};
    samples.targets.add(row);
    return holding(shell(sample), std::move(samples));
}

std::vector<SampleRef> firstSamples(const data::Dataset &whole, int count)
{
    std::vector<SampleRef> first;
    const std::int64_t there = whole.split(data::Split::Validation).count();
    for (std::int64_t i = 0; i < std::min<std::int64_t>(there, count); ++i)
        first.push_back({data::Split::Validation, i});
    return first;
}

std::optional<std::int64_t> rightAnswer(const data::Dataset &sample)
{
    const data::Samples &samples = samplesOf(sample);
    if (sample.facts.task == graph::Task::Classify && !samples.labels.empty()
        && samples.labels[0] != data::kNoLabel)
        return samples.labels[0];
    if (sample.facts.task != graph::Task::LabelSteps) return {};
    std::optional<std::int64_t> found;
    for (const std::int32_t label : samples.stepLabels) {
        if (label == data::kNoLabel) continue;
        if (found) return {};
        found = label;
    }
    return found;
}

} // namespace ostrich::ui
