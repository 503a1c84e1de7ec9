// Runs whose weights were not trained here: published ones that a template brings, or a file of the
// user's.
#pragma once

#include "project/templates.hpp"
#include "train/run.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace ostrich::train {

/// Tensors that another program has named.
struct ForeignWeights {
    std::string where; // the file, for errors
    engine::SnapshotHandle tensors;
    /// What they call a block of the unfolded network ("stem.0.conv_1": "_conv_stem"); blocks that
    /// are not in it keep their own name.
    std::map<std::string, std::string> blocks;
};

/// Makes a run of the network in `manifest` with these weights; of `manifest` its project, facts,
/// statistics and tokenizers are taken, the rest is filled in. A tensor is found by our name for it
/// ("conv_1.weight"), else by that which `blocks` gives; where the file has neither, each block
/// takes the next one, in the order of their names, that has tensors of its shapes. Counters of
/// batches (num_batches_tracked) are left out, and so is what the file says of Inputs and Outputs:
/// `statistics` hold. Any dtype becomes float32.
/// Errors: the network's first problem; a tensor without a counterpart, with both shapes; of
/// writing. Nothing is left of a run that was not made.
Result<Run> importRun(Manifest manifest, const ForeignWeights &weights,
                      const std::filesystem::path &folder);

/// The weights that `published` names, out of project::weightsFolder(). Errors: the file is not
/// there (tells how to get it), or is not the published one (by its SHA-256); unreadable.
Result<ForeignWeights> publishedWeights(const project::PublishedWeights &published);

/// The run that makes `project`, come from a template that brings `published` weights, a trained
/// one, as the next one in `runsFolder`. Its data need not be loaded. A fraction of a second; any
/// thread.
Result<Run> importPublished(const project::Project &project,
                            const project::PublishedWeights &published,
                            const ForeignWeights &weights, const std::filesystem::path &runsFolder);

} // namespace ostrich::train
