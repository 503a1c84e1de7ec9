// A network that studies can ask: the run at hand, another run, a TorchScript file; plain, or
// behind a filter.
#pragma once

#include "attack/filter.hpp"

#include <QString>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ostrich::ui {

struct StudyNetwork {
    enum class Origin { AtHand, Run, File };
    Origin origin = Origin::Run;
    QString name = {};
    std::filesystem::path folder = {};               // Run
    attack::TorchScriptChoice file = {};             // File
    std::vector<std::string> classNames = {};        // File; empty: those of the data
    std::optional<attack::FilterChoice> filter = {}; // that it stands behind
    std::optional<double> trainingSeconds = {};      // as its run tells
    bool isChosen = false;
    bool isOwn = true; // a run of this project; others are added by hand

    bool isSame(const StudyNetwork &other) const;
};

/// "JPEG", "JPEG (Quality 50, not adaptive)": what is not as usual is told.
QString filterName(const attack::FilterChoice &choice);
/// "lenet 003 behind JPEG"
QString nameBehind(const QString &network, const attack::FilterChoice &choice);

/// All of them, in this order, ready to be attacked: a transfer attack on one is made on the next.
/// On a worker: weights are read from the disk. `atHand` is what the run at hand learned.
Result<std::vector<attack::Subject>> openNetworks(const std::vector<StudyNetwork> &networks,
                                                  const engine::ModelHandle &atHand,
                                                  const graph::DataFacts &facts);

} // namespace ostrich::ui
