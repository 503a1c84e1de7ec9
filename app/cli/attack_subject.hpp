// What `ostrich-cli attack` attacks: runs of ours or TorchScript files, with their data where those
// are needed, behind a filter (one each, or the same for all), beside a surrogate.
#pragma once

#include "attack/subject.hpp"
#include "cli/attack_request.hpp"

namespace ostrich::cli {

struct AttackedNetworks {
    std::vector<attack::Subject> subjects;        // as named, at least one
    std::shared_ptr<const data::Dataset> dataset; // of the first; null where none was needed

    const graph::DataFacts &facts() const { return subjects.front().facts; }
};

/// `needsData`: samples are attacked, not a photograph or pictures that were kept. Errors: what
/// cannot be opened; a TorchScript file without --trust; networks that read other samples than the
/// first.
Result<AttackedNetworks> openAttacked(const AttackArguments &arguments, bool needsData);

} // namespace ostrich::cli
