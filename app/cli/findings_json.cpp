// A study's findings as JSON.
#include "cli/findings_json.hpp"

#include <cmath>

namespace ostrich::cli {

namespace {

/// JSON has no infinities and no not-a-number.
nlohmann::json number(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

nlohmann::json numbers(const std::vector<double> &values)
{
    auto list = nlohmann::json::array();
    for (const double value : values) list.push_back(number(value));
    return list;
}

nlohmann::json toJson(const robustness::Figure &figure, Language language)
{
    nlohmann::json json{{"label", sentence(figure.label, language)},
                        {"value", number(figure.value)}};
    if (figure.low) json["low"] = number(*figure.low);
    if (figure.high) json["high"] = number(*figure.high);
    return json;
}

nlohmann::json toJson(const robustness::Plot &plot, Language language)
{
    auto curves = nlohmann::json::array();
    for (const robustness::Curve &curve : plot.curves) {
        nlohmann::json json{{"key", curve.key},
                            {"label", sentence(curve.label, language)},
                            {"x", numbers(curve.x)},
                            {"y", numbers(curve.y)}};
        if (!curve.low.empty()) json["low"] = numbers(curve.low);
        if (!curve.high.empty()) json["high"] = numbers(curve.high);
        curves.push_back(std::move(json));
    }
    nlohmann::json json{{"key", plot.key},
                        {"title", sentence(plot.title, language)},
                        {"x_label", sentence(plot.xLabel, language)},
                        {"y_label", sentence(plot.yLabel, language)},
                        {"curves", curves}};
    if (!plot.xNames.empty()) json["x_names"] = plot.xNames;
    return json;
}

nlohmann::json toJson(const robustness::Matrix &matrix, Language language)
{
    return {{"key", matrix.key},
            {"title", sentence(matrix.title, language)},
            {"row_label", sentence(matrix.rowLabel, language)},
            {"column_label", sentence(matrix.columnLabel, language)},
            {"rows", matrix.rows},
            {"columns", matrix.columns},
            {"values", numbers(matrix.values)}};
}

nlohmann::json toJson(const robustness::Map &map, Language language)
{
    nlohmann::json json{{"key", map.key},
                        {"title", sentence(map.title, language)},
                        {"x_label", sentence(map.xLabel, language)},
                        {"y_label", sentence(map.yLabel, language)},
                        {"x", {number(map.xFrom), number(map.xTo)}},
                        {"y", {number(map.yFrom), number(map.yTo)}},
                        {"width", map.width},
                        {"height", map.height},
                        {"values", numbers(map.values)}};
    if (!map.classes.empty()) json["classes"] = map.classes;
    if (!map.pathX.empty()) json["path"] = {{"x", numbers(map.pathX)}, {"y", numbers(map.pathY)}};
    return json;
}

nlohmann::json toJson(const robustness::Table &table, Language language)
{
    auto columns = nlohmann::json::array();
    for (const Message &column : table.columns) columns.push_back(sentence(column, language));
    return {{"key", table.key},
            {"title", sentence(table.title, language)},
            {"columns", columns},
            {"rows", table.rows}};
}

nlohmann::json toJson(const robustness::Check &check, Language language)
{
    nlohmann::json json{{"key", check.key},
                        {"verdict", robustness::name(check.verdict)},
                        {"question", sentence(check.question, language)},
                        {"evidence", sentence(check.evidence, language)}};
    if (!check.meaning.empty()) json["meaning"] = sentence(check.meaning, language);
    return json;
}

nlohmann::json toJson(const robustness::Picture &picture, Language language)
{
    return {{"caption", sentence(picture.caption, language)}, {"shape", picture.image.shape}};
}

template <typename Item>
nlohmann::json list(const std::vector<Item> &items, Language language)
{
    auto all = nlohmann::json::array();
    for (const Item &item : items) all.push_back(toJson(item, language));
    return all;
}

} // namespace

nlohmann::json toJson(const robustness::Findings &findings, Language language)
{
    auto sentences = nlohmann::json::array();
    for (const Message &said : findings.sentences) sentences.push_back(sentence(said, language));
    auto figures = nlohmann::json::object();
    for (const robustness::Figure &figure : findings.figures)
        figures[figure.key] = toJson(figure, language);
    nlohmann::json json{{"study", findings.study},
                        {"sentences", sentences},
                        {"asked", sentence(findings.asked, language)},
                        {"figures", figures},
                        {"plots", list(findings.plots, language)},
                        {"matrices", list(findings.matrices, language)},
                        {"maps", list(findings.maps, language)},
                        {"tables", list(findings.tables, language)},
                        {"checks", list(findings.checks, language)},
                        {"seconds", findings.seconds}};
    if (!findings.pictures.empty()) json["pictures"] = list(findings.pictures, language);
    return json;
}

} // namespace ostrich::cli
