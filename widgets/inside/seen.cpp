// From the probes' arrays to what is drawn.
#include "inside/reading.hpp"

#include "data/tokenizer.hpp"
#include "inside/inside_texts.hpp"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

QStringList listOf(const std::vector<std::string> &words)
{
    QStringList list;
    for (const std::string &word : words) list << QString::fromStdString(word);
    return list;
}

/// The words that a decoder writes: at each step the one behind the word that it reads.
QStringList writtenWords(const data::Dataset &sample)
{
    const data::Samples &samples = sample.split(data::Split::Validation);
    if (!sample.targetTokenizer || samples.targets.starts.size() < 2) return {};
    const std::vector<std::string> pieces = sample.targetTokenizer->visiblePieces();
    QStringList words;
    for (const std::int32_t id : samples.targets.row(0).subspan(1))
        words << QString::fromStdString(pieces[static_cast<std::size_t>(id)]);
    return words;
}

} // namespace

QString answerName(const data::Dataset &dataset, const DataModel &data, std::int64_t index)
{
    if (dataset.facts.task == graph::Task::Translate && dataset.targetTokenizer) {
        if (index >= 0 && index < dataset.targetTokenizer->size())
            return QString::fromStdString(
                dataset.targetTokenizer->visiblePieces()[static_cast<std::size_t>(index)]);
        return QString::number(index);
    }
    return data.className(index);
}

Array headOf(const Array &attention, int head)
{
    if (attention.shape.size() != 3) return {};
    const auto heads = static_cast<std::size_t>(attention.dim(0));
    const auto size = static_cast<std::size_t>(attention.dim(1) * attention.dim(2));
    Array one{{attention.dim(1), attention.dim(2)}, std::vector<float>(size, 0.0f)};
    for (std::size_t h = 0; h < heads; ++h) {
        if (head >= 0 && static_cast<std::size_t>(head) != h) continue;
        const float share = head < 0 ? 1.0f / static_cast<float>(heads) : 1.0f;
        for (std::size_t i = 0; i < size; ++i)
            one.values[i] += share * attention.values[h * size + i];
    }
    return one;
}

AttentionSeen attentionSeen(const InsideModel &model)
{
    AttentionSeen seen;
    const probe::ProbeResult *result = model.result("attention");
    if (!result || !model.sample()) return seen;
    const auto told = [&](const char *name) {
        const auto found = result->arrays.find(name);
        return found == result->arrays.end() ? nullptr : &found->second;
    };
    seen.both = told("self_attention") != nullptr;
    const bool own = seen.both && model.atItself();
    const Array *all = told(own ? "self_attention" : "attention");
    if (!all || all->shape.size() != 4) return seen;
    // (layers, heads, T, S): one layer, of the block at hand
    const auto size = static_cast<std::ptrdiff_t>(all->dim(1) * all->dim(2) * all->dim(3));
    seen.layer = {{all->dim(1), all->dim(2), all->dim(3)},
                  {all->values.begin(), all->values.begin() + size}};
    seen.heads = static_cast<int>(all->dim(1));
    seen.rows = listOf(result->steps);
    seen.columns = listOf(own || result->keys.empty() ? result->steps : result->keys);
    seen.itself = seen.rows == seen.columns;
    if (const QStringList written = writtenWords(*model.sample());
        written.size() == seen.rows.size() && !seen.itself) {
        seen.rows = written;
        seen.written = true;
    }
    const Array *through = told(own ? "self_rollout" : "rollout");
    seen.rolls = through && through->shape.size() == 2;
    seen.rolled = seen.rolls && model.rollout();
    seen.weights =
        seen.rolled ? *through : headOf(seen.layer, std::min(model.head(), seen.heads - 1));
    return seen;
}

std::vector<GateMap> gateMaps(const InsideModel &model)
{
    std::vector<GateMap> maps;
    const auto add = [&](const char *name, const QString &title, const QString &note,
                         const QString &mean, bool isSigned, bool decides) {
        const Array *values = model.array(name);
        if (values && values->shape.size() == 2)
            maps.push_back({title, note, mean, values, isSigned, decides});
    };
    const bool gates = model.look() == Look::Gates;
    if (gates) {
        add("gate_f", InsideTexts::tr("Forget gate"), InsideTexts::tr("1 keeps"),
            InsideTexts::tr("Forget gate, mean"), false, true);
        add("gate_i", InsideTexts::tr("Input gate"), InsideTexts::tr("1 writes"),
            InsideTexts::tr("Input gate, mean"), false, false);
        add("gate_o", InsideTexts::tr("Output gate"), InsideTexts::tr("1 shows"),
            InsideTexts::tr("Output gate, mean"), false, false);
        add("gate_r", InsideTexts::tr("Reset gate"), InsideTexts::tr("0 starts anew"),
            InsideTexts::tr("Reset gate, mean"), false, false);
        add("gate_z", InsideTexts::tr("Update gate"), InsideTexts::tr("1 keeps"),
            InsideTexts::tr("Update gate, mean"), false, true);
        add("gate_n", InsideTexts::tr("New state"), InsideTexts::tr("proposed"),
            InsideTexts::tr("Largest |new|"), true, false);
    }
    const bool cell = model.array("cell") != nullptr;
    if (cell)
        add("cell", InsideTexts::tr("Cell state"), QString(), InsideTexts::tr("Largest |cell|"),
            true, false);
    if (!gates || !cell)
        add("hidden", InsideTexts::tr("Hidden state"), QString(),
            InsideTexts::tr("Largest |state|"), true, false);
    for (GateMap &map : maps) {
        if (!map.isSigned || !map.note.isEmpty()) continue;
        const QString most = QLocale().toString(largestMagnitude(*map.values), 'f', 1);
        map.note = InsideTexts::tr("−%1 to %1").arg(most);
    }
    return maps;
}

float largestMagnitude(const Array &values)
{
    float most = 0.0f;
    for (const float value : values.values) most = std::max(most, std::abs(value));
    return most;
}

} // namespace ostrich::ui
