// Metrics as JSON and back: the words that metrics.jsonl, manifest.json and the command line share.
#include "train/metrics.hpp"

#include <nlohmann/json.hpp>

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

} // namespace

nlohmann::json toJson(const EpochMetrics &metrics)
{
    return {{"event", "epoch"},
            {"epoch", metrics.epoch},
            {"step", metrics.step},
            {"train_loss", metrics.train_loss},
            {"val_loss", metrics.val_loss},
            {"train_accuracy", metrics.train_accuracy},
            {"val_accuracy", metrics.val_accuracy},
            {"learning_rate", metrics.learning_rate},
            {"samples_per_second", metrics.samples_per_second},
            {"seconds", metrics.seconds}};
}

Result<EpochMetrics> epochFromJson(const nlohmann::json &json)
{
    EpochMetrics metrics;
    Fields fields(json);
    fields.read("epoch", metrics.epoch);
    fields.read("step", metrics.step);
    fields.read("train_loss", metrics.train_loss);
    fields.read("val_loss", metrics.val_loss);
    fields.read("train_accuracy", metrics.train_accuracy);
    fields.read("val_accuracy", metrics.val_accuracy);
    fields.read("learning_rate", metrics.learning_rate);
    fields.read("samples_per_second", metrics.samples_per_second);
    fields.read("seconds", metrics.seconds);
    return fields.result(metrics);
}

nlohmann::json toJson(const Summary &summary)
{
    return {{"event", "done"},
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
}

Result<Summary> summaryFromJson(const nlohmann::json &json)
{
    Summary summary;
    Fields fields(json);
    fields.read("run", summary.run);
    fields.read("epochs", summary.epochs);
    fields.read("best_epoch", summary.best_epoch);
    fields.read("train_accuracy", summary.train_accuracy);
    fields.read("val_accuracy", summary.val_accuracy);
    fields.read("test_accuracy", summary.test_accuracy);
    fields.read("train_loss", summary.train_loss);
    fields.read("val_loss", summary.val_loss);
    fields.read("test_loss", summary.test_loss);
    fields.read("samples_per_second", summary.samples_per_second);
    fields.read("seconds", summary.seconds);
    fields.read("stopped_by", summary.stopped_by);
    fields.read("parameters", summary.parameters);
    return fields.result(summary);
}

} // namespace ostrich::train
