// Metrics as JSON and back: the words that metrics.jsonl, manifest.json and the command line share.
#include "train/metrics.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::train {

namespace {

/// Reads fields of one JSON object; the first that is missing or of another type is remembered.
class Fields {
public:
    explicit Fields(const nlohmann::json &json) : m_json(json) {}

    void read(const char *name, double &value)
    {
        const nlohmann::json *field = find(name);
        if (field == nullptr) return;
        if (field->is_number())
            value = field->get<double>();
        else if (field->is_null()) // JSON has no NaN
            value = std::numeric_limits<double>::quiet_NaN();
        else
            blame(name);
    }
    void read(const char *name, std::int64_t &value)
    {
        const nlohmann::json *field = find(name);
        if (field != nullptr && field->is_number_integer())
            value = field->get<std::int64_t>();
        else
            blame(name);
    }
    void read(const char *name, std::string &value)
    {
        const nlohmann::json *field = find(name);
        if (field != nullptr && field->is_string())
            value = field->get<std::string>();
        else
            blame(name);
    }

    /// Where numbers are asked for there is no accuracy.
    void readAccuracy(const char *name, double &value)
    {
        value = std::numeric_limits<double>::quiet_NaN();
        if (m_json.is_object() && m_json.contains(name)) read(name, value);
    }
    /// Numbers under names that only some tasks have.
    void readFigures(std::initializer_list<std::string_view> prefixes,
                     std::map<std::string, double> &figures)
    {
        if (!m_json.is_object()) return;
        for (const auto &[name, value] : m_json.items()) {
            const bool isOne = std::ranges::any_of(
                prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
            if (isOne && value.is_number() && !name.ends_with("_loss")
                && !name.ends_with("_accuracy"))
                figures[name] = value.get<double>();
        }
    }

    template <typename T>
    Result<T> result(T value) const
    {
        if (!m_culprit.empty()) return Error{m_culprit, {"train.field_missing", {m_culprit}}, {}};
        return value;
    }

private:
    const nlohmann::json *find(const char *name)
    {
        const auto found = m_json.is_object() ? m_json.find(name) : m_json.end();
        if (m_json.is_object() && found != m_json.end()) return &*found;
        blame(name);
        return nullptr;
    }
    void blame(const char *name)
    {
        if (m_culprit.empty()) m_culprit = name;
    }

    const nlohmann::json &m_json;
    std::string m_culprit;
};

/// Figures as they are called; an accuracy that the task does not have is left out.
void addTaskFigures(const std::map<std::string, double> &figures, nlohmann::json &json)
{
    for (const char *name : {"train_accuracy", "val_accuracy", "test_accuracy"}) {
        const auto entry = json.find(name);
        if (entry != json.end() && std::isnan(entry->get<double>())) json.erase(entry);
    }
    for (const auto &[name, value] : figures) json[name] = value;
}

} // namespace

nlohmann::json toJson(const EpochMetrics &metrics)
{
    nlohmann::json json{{"event", "epoch"},
                        {"epoch", metrics.epoch},
                        {"step", metrics.step},
                        {"train_loss", metrics.train_loss},
                        {"val_loss", metrics.val_loss},
                        {"train_accuracy", metrics.train_accuracy},
                        {"val_accuracy", metrics.val_accuracy},
                        {"learning_rate", metrics.learning_rate},
                        {"samples_per_second", metrics.samples_per_second},
                        {"seconds", metrics.seconds}};
    addTaskFigures(metrics.figures, json);
    return json;
}

Result<EpochMetrics> epochFromJson(const nlohmann::json &json)
{
    EpochMetrics metrics;
    Fields fields(json);
    fields.read("epoch", metrics.epoch);
    fields.read("step", metrics.step);
    fields.read("train_loss", metrics.train_loss);
    fields.read("val_loss", metrics.val_loss);
    fields.readAccuracy("train_accuracy", metrics.train_accuracy);
    fields.readAccuracy("val_accuracy", metrics.val_accuracy);
    fields.read("learning_rate", metrics.learning_rate);
    fields.read("samples_per_second", metrics.samples_per_second);
    fields.read("seconds", metrics.seconds);
    fields.readFigures({"val_", "naive_", "seasonal_"}, metrics.figures);
    return fields.result(metrics);
}

nlohmann::json toJson(const Summary &summary)
{
    nlohmann::json json{{"event", "done"},
                        {"run", summary.run},
                        {"epochs", summary.epochs},
                        {"best_epoch", summary.best_epoch},
                        {"train_accuracy", summary.train_accuracy},
                        {"val_accuracy", summary.val_accuracy},
                        {"test_accuracy", summary.test_accuracy},
                        {"train_loss", summary.train_loss},
                        {"val_loss", summary.val_loss},
                        {"test_loss", summary.test_loss},
                        {"samples_per_second", summary.samples_per_second},
                        {"seconds", summary.seconds},
                        {"stopped_by", summary.stopped_by},
                        {"parameters", summary.parameters}};
    addTaskFigures(summary.figures, json);
    return json;
}

Result<Summary> summaryFromJson(const nlohmann::json &json)
{
    Summary summary;
    Fields fields(json);
    fields.read("run", summary.run);
    fields.read("epochs", summary.epochs);
    fields.read("best_epoch", summary.best_epoch);
    fields.readAccuracy("train_accuracy", summary.train_accuracy);
    fields.readAccuracy("val_accuracy", summary.val_accuracy);
    fields.readAccuracy("test_accuracy", summary.test_accuracy);
    fields.read("train_loss", summary.train_loss);
    fields.read("val_loss", summary.val_loss);
    fields.read("test_loss", summary.test_loss);
    fields.read("samples_per_second", summary.samples_per_second);
    fields.read("seconds", summary.seconds);
    fields.read("stopped_by", summary.stopped_by);
    fields.read("parameters", summary.parameters);
    fields.readFigures({"test_", "naive_", "seasonal_"}, summary.figures);
    return fields.result(summary);
}

} // namespace ostrich::train
