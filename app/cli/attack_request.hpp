// What `ostrich-cli attack` is asked for: its arguments, and what they say before anything is
// opened.
#pragma once

#include "attack/threat.hpp"
#include "cli/answer.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ostrich::cli {

/// As they stand on the command line.
struct AttackArguments {
    std::vector<std::string> runs; // runs, projects, "torchscript:FILE"; "RUN@jpeg?quality=50"
    attack::AttackOptions attack;  // name, steps, restarts, seed
    std::string norm;              // empty: the attack's first
    std::string epsilons;          // empty: what is usual in the norm
    std::string target;
    std::string onlyClass;
    std::string split = "test";
    std::int64_t samples = 1000;
    std::optional<std::int64_t> sample; // what a study of one sample looks at: index in the split
    std::string photo;
    std::vector<std::string> settings;    // key=value
    std::string surrogate;                // a run that a transfer attack works on
    std::string defence;                  // "jpeg?quality=50", for all that name no own
    std::string studies;                  // "curves,honesty"
    bool honesty = false;                 // the checklist after the attack
    std::string report;                   // an .html file of what was found
    std::string save;                     // .npz, or a folder that ends in /
    std::string savePng;                  // a folder
    std::string verify;                   // .npz or a folder
    std::string data;                     // another source than the run's
    std::string classes, mean, deviation; // of a TorchScript file
    bool trust = false;
    bool list = false;
    std::string device = "auto";
    std::vector<std::string> given; // the options that were written: "--eps"

    bool has(std::string_view option) const;
};

struct AttackRequest {
    attack::AttackOptions attack; // complete but for epsilon and target
    std::vector<double> epsilons; // empty: what is usual, which depends on the data
    data::Split split = data::Split::Test;
    std::vector<std::string> studies;
    std::map<std::string, graph::Parameters> studyParameters; // by study
    std::string report;                                       // where to; empty: nowhere
    std::string npz, folder;                                  // where to save; empty: nowhere
    std::vector<Message> notes; // what of the arguments the attack has no use for
};

/// Errors name the argument that they are about.
Result<AttackRequest> attackRequest(const AttackArguments &arguments);

/// "0.5,0.4,0.3": numbers separated by commas. The error stands at `argument`.
Result<std::vector<float>> numbersFrom(const std::string &argument, const std::string &text);

/// Whether a study (there must be one of this name) looks at a single sample alone.
bool looksAtOne(const std::string &study);

/// "This does not go with --study.", said of `option`.
Error notTogether(const std::string &option, const std::string &other, Message hint = {});

/// Names of all attacks, separated by commas.
std::string attackNames();

} // namespace ostrich::cli
