// Errors of forecasts, number by number.
#include "train/forecast_figures.hpp"

#include <cmath>
#include <numeric>

namespace ostrich::train {

namespace {

/// Mean absolute error of each of the V numbers; `one` and `other` are count × V.
std::vector<double> absoluteErrors(std::span<const float> one, std::span<const float> other,
                                   std::size_t width)
{
    std::vector<double> errors(width, 0.0);
    for (std::size_t i = 0; i < one.size(); ++i)
        errors[i % width] += std::abs(static_cast<double>(one[i]) - static_cast<double>(other[i]));
    for (double &error : errors) error /= static_cast<double>(one.size() / width);
    return errors;
}

double mean(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The mean of errors over scales; a series that never moves has no scale and is left out.
double scaled(const std::vector<double> &errors, const std::vector<double> &scales)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < errors.size(); ++i)
        if (scales[i] > 0.0) ratios.push_back(errors[i] / scales[i]);
    return ratios.empty() ? 0.0 : mean(ratios);
}

} // namespace

double coverage(const Band &band, std::span<const float> truths)
{
    if (truths.empty() || band.low.size() != truths.size()) return 0.0;
    std::int64_t inside = 0;
    for (std::size_t i = 0; i < truths.size(); ++i)
        inside += truths[i] >= band.low[i] && truths[i] <= band.high[i] ? 1 : 0;
    return static_cast<double>(inside) / static_cast<double>(truths.size());
}

std::map<std::string, double> forecastFigures(std::span<const float> predictions, const Band &band,
                                              const data::Samples &asked,
                                              const data::Samples &train)
{
    if (predictions.empty() || predictions.size() != asked.answers.size()) return {};
    const std::size_t width = predictions.size() / static_cast<std::size_t>(asked.count());
    const std::vector<double> errors = absoluteErrors(predictions, asked.answers, width);
    double squares = 0.0;
    for (std::size_t i = 0; i < predictions.size(); ++i) {
        const double gap =
            static_cast<double>(predictions[i]) - static_cast<double>(asked.answers[i]);
        squares += gap * gap;
    }
    std::map<std::string, double> figures{
        {"mae", mean(errors)},
        {"rmse", std::sqrt(squares / static_cast<double>(predictions.size()))}};
    if (!band.empty()) figures["coverage"] = coverage(band, asked.answers);
    if (asked.naive.empty() || train.naive.empty()) return figures;
    const std::vector<double> scales = absoluteErrors(train.naive, train.answers, width);
    figures["mase"] = scaled(errors, scales);
    figures["naive_mase"] = scaled(absoluteErrors(asked.naive, asked.answers, width), scales);
    if (!asked.seasonalNaive.empty())
        figures["seasonal_naive_mase"] =
            scaled(absoluteErrors(asked.seasonalNaive, asked.answers, width), scales);
    return figures;
}

std::map<std::string, double> named(const std::string &prefix,
                                    const std::map<std::string, double> &figures)
{
    std::map<std::string, double> all;
    for (const auto &[name, value] : figures)
        all[name.find("naive") == std::string::npos ? prefix + name : name] = value;
    return all;
}

} // namespace ostrich::train
