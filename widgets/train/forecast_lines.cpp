// A level is the sum of the changes before it, wherever windows follow each other without a hole.
#include "train/forecast_lines.hpp"

#include "data/option.hpp"
#include "data/source.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

/// How the source cuts its windows, as its text or its defaults say.
struct Cut {
    std::int64_t stride = 1;
    std::int64_t horizon = 1;
    bool relative = false;
};

Cut cutOf(const std::string &text)
{
    Cut cut;
    const auto spec = data::parseSource(text);
    const data::Source *source = spec ? data::findSource(spec->name) : nullptr;
    if (!source) return cut;
    for (const graph::ParameterSpec &option : source->description().parameters) {
        graph::ParameterValue value = option.defaultValue;
        if (const auto given = spec->options.find(option.name); given != spec->options.end())
            if (const auto read = data::valueFromText(option, given->second, text)) value = *read;
        if (const auto *number = std::get_if<std::int64_t>(&value)) {
            if (option.name == "stride") cut.stride = *number;
            if (option.name == "horizon") cut.horizon = *number;
        } else if (const auto *flag = std::get_if<bool>(&value)) {
            if (option.name == "relative") cut.relative = *flag;
        }
    }
    return cut;
}

} // namespace

ForecastLines forecastLines(const data::Dataset &dataset, data::Split split,
                            std::span<const float> predictions, const train::Band &band)
{
    ForecastLines lines;
    const data::Samples &samples = dataset.split(split);
    if (predictions.empty() || predictions.size() != samples.answers.size()) return lines;
    const bool banded = band.low.size() == predictions.size();
    const auto count = static_cast<std::size_t>(samples.count());
    const std::size_t width = predictions.size() / count;
    const Cut cut = cutOf(dataset.source);
    const auto series = std::max<std::size_t>(
        width / static_cast<std::size_t>(std::max<std::int64_t>(cut.horizon, 1)), 1);
    // The step that the next window takes for its last one: where this window's answers hold it.
    const std::size_t next = static_cast<std::size_t>(cut.stride - 1) * series;
    lines.levelled = cut.relative && next < width;
    double level = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t first = i * width;
        lines.steps.push_back(static_cast<double>(i) * static_cast<double>(cut.stride));
        lines.truth.push_back(level + static_cast<double>(samples.answers[first]));
        lines.prediction.push_back(level + static_cast<double>(predictions[first]));
        if (banded) {
            lines.low.push_back(level + static_cast<double>(band.low[first]));
            lines.high.push_back(level + static_cast<double>(band.high[first]));
        }
        if (!samples.naive.empty())
            lines.naive.push_back(level + static_cast<double>(samples.naive[first]));
        if (lines.levelled) level += static_cast<double>(samples.answers[first + next]);
    }
    return lines;
}

} // namespace ostrich::ui
