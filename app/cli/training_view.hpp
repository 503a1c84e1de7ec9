// What a training prints while it runs: JSON lines, or a progress bar and, at the end, a curve and
// a table.
#pragma once

#include "cli/context.hpp"
#include "data/dataset.hpp"
#include "train/trainer.hpp"

#include <memory>

namespace ostrich::cli {

/// One listener to the trainer's events, in their order.
class TrainingView {
public:
    virtual ~TrainingView() = default;
    virtual void started(const train::Trainer &trainer, const project::Project &project,
                         const data::Dataset &dataset) = 0;
    virtual void step(const train::StepMetrics &metrics) = 0;
    virtual void epoch(const train::EpochMetrics &metrics) = 0;
    virtual void failed(const Error &error) = 0;
    virtual void done(const train::Summary &summary) = 0;
};

std::unique_ptr<TrainingView> jsonView(const Context &context);
std::unique_ptr<TrainingView> terminalView(const Context &context);

} // namespace ostrich::cli
