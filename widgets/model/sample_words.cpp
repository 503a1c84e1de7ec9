// Letters are the first features of steps of zeros and ones, as many as there are classes.
#include "model/sample_words.hpp"

#include "data/tokenizer.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

using data::Tokenizer;

constexpr std::size_t kFewAsked = 3; // labelled steps that are worth a mark

bool isBit(float value)
{
    return value == 0.0f || value == 1.0f;
}

QString pieceIn(const std::vector<std::string> &pieces, std::int32_t id)
{
    const auto at = static_cast<std::size_t>(id);
    return at < pieces.size() ? QString::fromStdString(pieces[at]) : QString::number(id);
}

bool isMark(std::int32_t id)
{
    return id == Tokenizer::kPad || id == Tokenizer::kBegin || id == Tokenizer::kEnd;
}

} // namespace

SampleWords::SampleWords(const data::Dataset &dataset) : m_names(dataset.facts.classNames)
{
    if (dataset.tokenizer) m_pieces = dataset.tokenizer->visiblePieces();
    if (dataset.targetTokenizer) m_targetPieces = dataset.targetTokenizer->visiblePieces();
    const data::Samples &samples = dataset.split(data::Split::Validation);
    if (!samples.sequences() || samples.values.empty() || samples.count() == 0) return;
    const Array first = samples.sample(0);
    if (!std::ranges::all_of(first.values, isBit)) return;
    const std::int64_t features = samples.valuesPerSample(), classes = dataset.facts.classes;
    m_bits = features == 1;
    if (classes < 2 || classes > features) return;
    for (std::int64_t step = 0; step < first.dim(0); ++step) {
        const auto at = first.values.begin() + step * features;
        if (std::count(at, at + classes, 1.0f) > 1) return;
    }
    m_letters = static_cast<std::size_t>(classes);
}

StepWord SampleWords::letterAt(const data::Samples &samples, std::int64_t step) const
{
    const std::int64_t features = samples.valuesPerSample();
    const auto first = samples.values.begin() + step * features;
    if (m_bits) return {*first == 1.0f ? QStringLiteral("1") : QStringLiteral("0")};
    const auto past = first + static_cast<std::ptrdiff_t>(m_letters);
    const auto letter = std::find(first, past, 1.0f);
    const bool marked = std::find(past, first + features, 1.0f) != first + features;
    if (letter == past) return {marked ? QStringLiteral("?") : QStringLiteral("·"), marked};
    return {QString::fromStdString(m_names[static_cast<std::size_t>(letter - first)]), marked};
}

std::vector<StepWord> SampleWords::steps(const data::Samples &samples, std::int64_t index) const
{
    std::vector<StepWord> words;
    if (!any() || !samples.sequences()) return words;
    const std::int64_t first = samples.starts[static_cast<std::size_t>(index)];
    const std::int64_t end = first + samples.steps(index);
    const std::vector<std::int64_t> questions = asked(samples, index);
    for (std::int64_t step = first; step < end; ++step) {
        const auto at = static_cast<std::size_t>(step);
        if (!m_pieces.empty() && isMark(samples.tokens[at])) continue;
        StepWord word = m_pieces.empty() ? letterAt(samples, step)
                                         : StepWord{pieceIn(m_pieces, samples.tokens[at])};
        if (std::ranges::find(questions, step - first) != questions.end()) {
            word.marked = true;
            if (m_letters > 0) word.text = QStringLiteral("?"); // what came with the question
        }
        words.push_back(std::move(word));
    }
    return words;
}

std::vector<std::int64_t> SampleWords::asked(const data::Samples &samples, std::int64_t index) const
{
    std::vector<std::int64_t> steps;
    if (samples.stepLabels.empty()) return steps;
    const std::int64_t first = samples.starts[static_cast<std::size_t>(index)];
    for (std::int64_t step = 0; step < samples.steps(index); ++step)
        if (samples.stepLabels[static_cast<std::size_t>(first + step)] != data::kNoLabel)
            steps.push_back(step);
    if (steps.size() > kFewAsked) steps.clear();
    return steps;
}

std::vector<StepWord> SampleWords::target(const data::Samples &samples, std::int64_t index) const
{
    std::vector<StepWord> words;
    if (samples.targets.starts.empty()) return words;
    for (const std::int32_t id : samples.targets.row(index))
        if (!isMark(id)) words.push_back({pieceIn(m_targetPieces, id)});
    return words;
}

} // namespace ostrich::ui
