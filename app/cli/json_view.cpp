// A training as JSON lines: start, epoch, error (on stderr too, as every verb's), done.
#include "cli/answer.hpp"
#include "cli/training_view.hpp"
#include "train/run.hpp"

namespace ostrich::cli {

namespace {

class JsonView : public TrainingView {
public:
    explicit JsonView(const Context &context) : m_context(context) {}

    void started(const train::Trainer &trainer, const project::Project &project,
                 const data::Dataset &dataset) override
    {
        nlohmann::json line{{"event", "start"},
                            {"run", trainer.runFolder().string()},
                            {"data", project.data},
                            {"seed", project.recipe.seed},
                            {"epochs", project.recipe.epochs},
                            {"batch_size", project.recipe.batch_size}};
        for (const data::Split split :
             {data::Split::Train, data::Split::Validation, data::Split::Test})
            line["samples"][std::string(data::name(split))] = dataset.split(split).count();
        if (const auto run = train::openRun(trainer.runFolder())) {
            line["device"] = run->manifest.device;
            line["precision"] = run->manifest.precision;
            line["threads"] = run->manifest.threads;
        }
        auto warnings = nlohmann::json::array();
        for (const Message &warning : dataset.warnings)
            warnings.push_back(sentence(warning, m_context.language));
        line["warnings"] = warnings;
        printLine(line);
    }

    void step(const train::StepMetrics &) override {}

    void epoch(const train::EpochMetrics &metrics) override { printLine(train::toJson(metrics)); }

    void failed(const Error &error) override
    {
        printLine({{"event", "error"}, {"error", toJson(error, m_context.language)}});
        fail(m_context, error);
    }

    void done(const train::Summary &summary) override { printLine(train::toJson(summary)); }

private:
    const Context &m_context;
};

} // namespace

std::unique_ptr<TrainingView> jsonView(const Context &context)
{
    return std::make_unique<JsonView>(context);
}

} // namespace ostrich::cli
