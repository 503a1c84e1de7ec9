// Figures and sentences, look by look.
#include "inside/reading.hpp"

#include "blocks/block_kind.hpp"
#include "data/tokenizer.hpp"
#include "graph/group.hpp"
#include "inside/inside_texts.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr std::size_t kMostLooks = 3; // words with a bar of their own
constexpr double kNothing = 1e-6;     // of a look: words that are yet to come

QString figure(double value, int digits)
{
    return QLocale().toString(value, 'f', digits);
}

double meanAt(const Array &values, int step)
{
    const std::int64_t units = values.dim(1);
    double sum = 0.0;
    for (std::int64_t u = 0; u < units; ++u)
        sum += values.values[static_cast<std::size_t>(step * units + u)];
    return sum / static_cast<double>(std::max<std::int64_t>(1, units));
}

double largestAt(const Array &values, int step)
{
    const std::int64_t units = values.dim(1);
    double most = 0.0;
    for (std::int64_t u = 0; u < units; ++u)
        most = std::max<double>(
            most, std::abs(values.values[static_cast<std::size_t>(step * units + u)]));
    return most;
}

void readMemory(const InsideModel &model, Reading &reading)
{
    const auto half = model.halfMemory();
    reading.bigTitle = InsideTexts::tr("Depth of the useful memory");
    reading.big = half ? QString::number(*half) : QStringLiteral("–");
    reading.unit = half ? InsideTexts::tr("step(s)", nullptr, *half) : QString();
    int kept = -1, asked = -1;
    const auto &steps = model.steps().steps;
    for (int i = 0; i < static_cast<int>(steps.size()); ++i) {
        const Step &step = steps[static_cast<std::size_t>(i)];
        if (step.asked) asked = i;
        if (step.marked && !step.asked) kept = i;
    }
    const int lag = asked - kept;
    if (!half)
        reading.bigNote = InsideTexts::tr("being measured…");
    else if (kept < 0 || asked <= kept)
        reading.bigNote = InsideTexts::tr("farther back, less than half of the influence is left");
    else if (*half >= lag)
        reading.bigNote = InsideTexts::tr("as long as the task’s lag");
    else
        reading.bigNote = InsideTexts::tr("the task asks for %1").arg(lag);
}

void readFacts(const InsideModel &model, const Session &session, Reading &reading)
{
    const InsideModel::Entry *entry = model.current();
    const graph::Network *network = model.network();
    const auto dataset = session.data.dataset();
    if (!entry || !network || !dataset) return;
    const auto analysis = graph::analyse(*network, blocks::Registry::instance(), dataset->facts);
    Reading::Part &facts = reading.facts;
    facts.title = entry->fact;
    if (const graph::BlockFacts *known = analysis.find(entry->id))
        facts.lines.push_back({InsideTexts::tr("Parameters"), count(known->cost.parameters)});
    const auto &epochs = session.run.epochs();
    const auto shown = std::ranges::find(epochs, model.epoch(), &train::EpochMetrics::epoch);
    if (shown != epochs.end() && std::isfinite(shown->val_accuracy))
        facts.lines.push_back({InsideTexts::tr("Right, validation"), percent(shown->val_accuracy)});
    if (probesFor(model.look()).onWhole == std::vector<std::string>{"memory"})
        for (const OtherRuns::Item &item : model.others().items())
            if (item.place >= 0 && !item.accuracy.isEmpty())
                facts.lines.push_back({item.name, item.accuracy});
    const std::int64_t classes = dataset->facts.classes;
    if (classes > 1 && classes <= 20)
        facts.text =
            InsideTexts::tr("Chance is %1.").arg(percent(1.0 / static_cast<double>(classes)));
}

void readStep(const InsideModel &model, Reading &reading)
{
    const int step = model.cursor();
    const auto maps = gateMaps(model);
    if (step < 0 || maps.empty() || step >= maps.front().values->dim(0)) return;
    Reading::Part &part = reading.step;
    part.title = InsideTexts::tr("Step %1").arg(step);
    const Step &at = model.steps().steps[static_cast<std::size_t>(step)];
    if (!at.word.isEmpty()) part.note = InsideTexts::tr("input %1").arg(at.word);
    for (const GateMap &map : maps)
        part.lines.push_back({map.mean, figure(map.isSigned ? largestAt(*map.values, step)
                                                            : meanAt(*map.values, step),
                                               map.isSigned ? 1 : 2)});
}

void readRecurrent(const InsideModel &model, const Session &session, Reading &reading)
{
    readMemory(model, reading);
    readFacts(model, session, reading);
    readStep(model, reading);
    for (const GateMap &map : gateMaps(model)) {
        reading.unitScale = reading.unitScale || !map.isSigned;
        if (map.isSigned)
            reading.signedRange = std::max(reading.signedRange, largestMagnitude(*map.values));
    }
    if (model.look() == Look::Memory) {
        reading.unitScale = false;
        reading.signedRange = 0.0f;
        reading.step = {};
        reading.lookFor = InsideTexts::tr(
            "How much the answer would change if the input <b>k steps back</b> changed a little: "
            "the mean norm of the gradient, its maximum 1. A network that forgets has its hill at "
            "the left; one that keeps has one where the task needs it. Dashed: how much it does "
            "change when that step is swapped for another.");
    } else if (model.array("gate_f")) {
        reading.lookFor = InsideTexts::tr(
            "The top rows of the forget gate stay near 1: those units keep their cell. After "
            "something worth keeping their cell state takes a sign that depends on it, and holds "
            "it until it is asked for.");
    } else if (model.array("gate_z")) {
        reading.lookFor = InsideTexts::tr(
            "Where the update gate is near 1 a unit keeps its old state; near 0 it takes the new "
            "one.");
    } else {
        reading.lookFor = InsideTexts::tr(
            "Every step mixes all of the state anew: see how fast a pattern fades to the right.");
    }
}

/// What a decoder makes of the word at hand: the likeliest words and their probabilities.
void readWritten(const InsideModel &model, const Session &session, const AttentionSeen &seen,
                 Reading &reading)
{
    const Array &answer = model.answer();
    const int row = model.row();
    if (!seen.written || answer.shape.size() != 2 || row >= answer.dim(0)) return;
    const std::int64_t classes = answer.dim(1);
    const auto first = answer.values.begin() + row * classes;
    std::vector<std::int64_t> best(static_cast<std::size_t>(classes));
    std::iota(best.begin(), best.end(), std::int64_t{0});
    const std::size_t shown = std::min(kMostLooks, best.size());
    std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(shown), best.end(),
                      [&](std::int64_t a, std::int64_t b) { return first[a] > first[b]; });
    reading.answer.title = InsideTexts::tr("What it writes");
    reading.answer.note = InsideTexts::tr("word %1").arg(row + 1);
    for (std::size_t i = 0; i < shown; ++i)
        reading.answer.bars.push_back(
            {answerName(*model.sample(), session.data, best[i]), first[best[i]]});
}

void readAttention(const InsideModel &model, const Session &session, Reading &reading)
{
    const AttentionSeen seen = attentionSeen(model);
    const int row = model.row();
    if (seen.weights.empty() || row >= seen.rows.size()) return;
    reading.bigTitle =
        seen.written ? InsideTexts::tr("The word being written") : InsideTexts::tr("The word");
    reading.big = seen.rows[row];
    reading.bigNote = seen.rolled ? InsideTexts::tr("through all layers, is made of")
                                  : InsideTexts::tr("looks at");
    const std::int64_t columns = seen.weights.dim(1);
    const auto first = seen.weights.values.begin() + row * columns;
    std::vector<int> order(static_cast<std::size_t>(columns));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](int a, int b) { return first[a] > first[b]; });
    double rest = 0.0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i < kMostLooks)
            reading.facts.bars.push_back({seen.columns.value(order[i]), first[order[i]]});
        else
            rest += first[order[i]];
    }
    if (order.size() > kMostLooks && rest > kNothing)
        reading.facts.bars.push_back({InsideTexts::tr("other words"), rest});
    readWritten(model, session, seen, reading);
    reading.warning = InsideTexts::tr(
        "Attention says where a block looks, not why the network answers as it does.");
    reading.formula =
        seen.rolled
            ? QStringLiteral("Ã<sub>L</sub> … Ã<sub>2</sub> Ã<sub>1</sub>,  Ã = ½ ( A + 1 )")
            : QStringLiteral("softmax( Q K<sup>T</sup> / √d ) V");
    if (seen.rolled)
        reading.lookFor = InsideTexts::tr(
            "Rollout (Abnar and Zuidema 2020): what is left of each word behind the last layer. "
            "The heads of a layer are averaged, and half of what it puts out counts as its own "
            "input.");
}

void readSaliency(const InsideModel &model, Reading &reading)
{
    reading.lookFor = InsideTexts::tr(
        "On which parts of the input the answer hangs. <b>Gradient</b>: where a small change "
        "changes it most. <b>Integrated gradients</b>: how much each part adds on the way from an "
        "empty input. <b>Grad-CAM</b>: where this block sees what speaks for the answer.");
    const Array *gradient = model.array("saliency");
    if (gradient && gradient->shape.size() == 2) { // maps, each by its own largest value
        reading.signedRange = 1.0f;
        return;
    }
    reading.unitScale = gradient != nullptr;
    if (const Array *parts = model.array("integrated_gradients"))
        reading.signedRange = largestMagnitude(*parts);
}

} // namespace

Reading readingOf(const InsideModel &model, const Session &session)
{
    Reading reading;
    const graph::Block *block = model.block();
    if (!model.current() || !block) return reading;
    if (const auto kind = graph::kindOf(*block, blocks::Registry::instance()))
        reading.formula = QString::fromStdString(kind->description().formula);
    switch (model.look()) {
    case Look::Gates:
    case Look::States:
    case Look::Memory:
        readRecurrent(model, session, reading);
        break;
    case Look::Lines:
    case Look::Map:
    case Look::LinesAndMap:
        readAttention(model, session, reading);
        break;
    case Look::Saliency:
        reading.formula.clear();
        readSaliency(model, reading);
        break;
    case Look::Activations:
        readFacts(model, session, reading);
        reading.lookFor = InsideTexts::tr(
            "What this block puts out for the sample. Early blocks still look like their input; "
            "later ones answer questions: each map lights up where its pattern is.");
        break;
    case Look::Filters:
        readFacts(model, session, reading);
        reading.lookFor = InsideTexts::tr(
            "The weights that slide over the input, one map for each filter; zero is in the "
            "middle of the colours. Before the training they are noise.");
        break;
    case Look::Embedding:
        readFacts(model, session, reading);
        reading.formula.clear();
        reading.lookFor = InsideTexts::tr(
            "What arrives at this block, in the plane: near each other is what the network sees "
            "alike. PCA keeps distances as well as a plane can; t-SNE keeps neighbours, and its "
            "gaps and sizes mean nothing.");
        break;
    }
    return reading;
}

} // namespace ostrich::ui
