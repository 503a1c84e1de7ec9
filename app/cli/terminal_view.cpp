// A training for a person at a terminal: a progress bar on stderr, then a curve and a table on
// stdout.
#include "cli/answer.hpp"
#include "cli/curve.hpp"
#include "cli/training_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace ostrich::cli {

namespace {

class TerminalView : public TrainingView {
public:
    explicit TerminalView(const Context &context)
        : m_context(context), m_isTerminal(isatty(STDERR_FILENO) != 0)
    {
    }

    void started(const train::Trainer &trainer, const project::Project &project,
                 const data::Dataset &dataset) override
    {
        m_epochs = project.recipe.epochs;
        for (const Message &warning : dataset.warnings) note(m_context, warning);
        note(m_context, {"cli.training_starts",
                         {project.data, grouped(dataset.split(data::Split::Train).count()),
                          trainer.runFolder().string()}});
    }

    void step(const train::StepMetrics &metrics) override
    {
        if (!m_isTerminal) return;
        constexpr int kBar = 16;
        const std::int64_t before = (metrics.epoch - 1) * metrics.stepsPerEpoch;
        const double share = std::clamp(static_cast<double>(metrics.step - before)
                                            / static_cast<double>(metrics.stepsPerEpoch),
                                        0.0, 1.0);
        const int filled = static_cast<int>(share * kBar);
        const std::string line =
            fmt::format("{:>3}/{} [{}{}] {} {}  {}  {}/s  {}", metrics.epoch, m_epochs,
                        std::string(static_cast<std::size_t>(filled), '#'),
                        std::string(static_cast<std::size_t>(kBar - filled), '.'),
                        text(m_context, "cli.loss"), decimals(metrics.loss), m_accuracy,
                        grouped(static_cast<std::int64_t>(metrics.samples_per_second)),
                        text(m_context, "cli.time_left", {duration(metrics.seconds_left)}));
        fmt::print(stderr, "\r{}\x1b[K", line);
        std::fflush(stderr);
    }

    void epoch(const train::EpochMetrics &metrics) override
    {
        m_seen.push_back(metrics);
        m_accuracy = percent(metrics.val_accuracy);
        clearBar();
        fmt::print(stderr, "{}\n",
                   text(m_context, "cli.epoch_line",
                        {fmt::format("{:>3}/{}", metrics.epoch, m_epochs),
                         decimals(metrics.train_loss), decimals(metrics.val_loss),
                         percent(metrics.train_accuracy), percent(metrics.val_accuracy),
                         grouped(static_cast<std::int64_t>(metrics.samples_per_second))}));
    }

    void failed(const Error &error) override
    {
        clearBar();
        fail(m_context, error);
    }

    void done(const train::Summary &summary) override
    {
        clearBar();
        const std::string curve = lossCurve(m_seen, summary.best_epoch, m_context);
        if (!curve.empty()) print(curve + "\n");
        print(table({{"", text(m_context, "cli.loss"), text(m_context, "cli.accuracy")},
                     {text(m_context, "cli.training"), decimals(summary.train_loss),
                      percent(summary.train_accuracy)},
                     {text(m_context, "cli.validation"), decimals(summary.val_loss),
                      percent(summary.val_accuracy)},
                     {text(m_context, "cli.test"), decimals(summary.test_loss),
                      percent(summary.test_accuracy)}}));
        if (!summary.figures.empty()) print(figuresTable(summary.figures));
        print(text(m_context, "cli.training_done",
                   {std::to_string(summary.epochs),
                    summary.best_epoch > 0 ? std::to_string(summary.best_epoch) : "-",
                    text(m_context, "cli.stopped_by_" + summary.stopped_by),
                    duration(summary.seconds),
                    grouped(static_cast<std::int64_t>(summary.samples_per_second)), summary.run}));
    }

private:
    void clearBar() const
    {
        if (m_isTerminal) fmt::print(stderr, "\r\x1b[K");
    }

    const Context &m_context;
    bool m_isTerminal;
    std::int64_t m_epochs = 0;
    std::string m_accuracy = "-";
    std::vector<train::EpochMetrics> m_seen;
};

} // namespace

std::unique_ptr<TrainingView> terminalView(const Context &context)
{
    return std::make_unique<TerminalView>(context);
}

} // namespace ostrich::cli
