// The trainings of a comparison, as its background thread goes through them.
#pragma once

#include "train/comparison.hpp"

#include <QString>

#include <functional>
#include <memory>

class QTemporaryDir;

namespace ostrich::ui {

/// What is trained with one seed.
struct CompareBatch {
    std::uint64_t seed = 0;
    std::vector<train::Entry> entries;
};

/// Called on the thread that trains.
struct CompareListener {
    std::function<void(const train::Run &at, const train::EpochMetrics &epoch)> epoch;
    /// Some times a second: of the whole, 0 to 1; the training at hand, from 0; its words.
    std::function<void(double fraction, std::size_t index, const QString &what)> progress;
    /// `parent` holds nothing but the folder of a run that has ended by itself; `keeper` keeps it
    /// on the disk.
    std::function<void(const std::filesystem::path &parent, std::shared_ptr<QTemporaryDir> keeper)>
        ended;
    std::function<void(const QString &text)> failed; // one training, or its keeping
};

/// Trains batch after batch. Empty: all of it was done, or it was stopped; else an error's
/// sentence.
QString trainBatches(const std::vector<CompareBatch> &batches, const std::string &device,
                     const CompareListener &listener, std::stop_token stop);

} // namespace ostrich::ui
