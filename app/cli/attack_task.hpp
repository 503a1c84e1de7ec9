// What `ostrich-cli attack` has to do once networks and data are open.
#pragma once

#include "cli/attack_subject.hpp"
#include "robustness/study.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ostrich::cli {

struct AttackTask {
    AttackRequest request; // complete but for epsilon, which at() sets
    AttackedNetworks networks;
    std::optional<std::int64_t> onlyClass;
    std::vector<std::int64_t> indices; // of the samples in their split; none beside a photograph
    std::optional<robustness::StudySample> sample; // what a study of one looks at
    std::string photo;                             // its file; empty: samples are attacked

    const attack::Subject &subject() const { return networks.subjects.front(); }
    const data::Samples &samples() const { return networks.dataset->split(request.split); }
    attack::AttackOptions at(double epsilon) const;
};

/// Opens what the arguments name and looks up classes, samples and what is usual. Errors name the
/// argument that they are about; nothing is attacked yet.
Result<AttackTask> attackTask(const AttackArguments &arguments);

/// The first `count` samples of a split, of one class if `onlyClass` says so.
std::vector<std::int64_t> chosen(const data::Samples &samples, std::int64_t count,
                                 std::optional<std::int64_t> onlyClass);

} // namespace ostrich::cli
