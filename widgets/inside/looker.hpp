// What the threads of Inside do: keep the network compiled, put the newest weights in, ask the
// probes. No widgets.
#pragma once

#include "inside/sample_at_hand.hpp"
#include "probe/probe.hpp"

#include <map>
#include <optional>
#include <set>

namespace ostrich::ui {

/// What a compiled network belongs to.
struct LookSubject {
    graph::Network network;
    std::uint64_t seed = 1;
    DatasetHandle whole; // the data that it was trained on
    bool operator==(const LookSubject &) const = default;
};

struct LookRequest {
    LookSubject subject;
    engine::SnapshotHandle snapshot;
    DatasetHandle sample;   // alone: see sample_at_hand.hpp; null: the probes take the whole data
    std::int64_t index = 0; // of the sample in the validation split, where they do
    std::vector<std::string> probes; // by name; those that do not know `block` are left out
    std::string block;
    bool answers = false;    // also what the network says of the sample
    bool translates = false; // the target is not known: the network writes it first
    std::string weights;     // "conv_1.weight": also these; empty: none
};

/// By block: the probes that can look into it.
using Offers = std::map<std::string, std::set<std::string>>;

struct LookAnswer {
    Offers offers;
    std::map<std::string, probe::ProbeResult> results; // by probe
    DatasetHandle sample;                              // as it was looked at
    Array answer; // what the Output says: (K), (T, K), (V); of a translation (S, K)
    Array weights;
    std::optional<Error> error; // the first one
};

/// One thread.
class Looker {
public:
    LookAnswer look(const LookRequest &request, std::stop_token stop);

private:
    std::optional<Error> prepare(const LookRequest &request);
    void ask(const LookRequest &request, std::stop_token stop, LookAnswer &answer) const;
    probe::ProbeSubject subjectFor(const LookRequest &request, const DatasetHandle &data) const;

    std::optional<LookSubject> m_subject;
    engine::ModelHandle m_model;
    engine::SnapshotHandle m_used; // the weights that the model holds
    Offers m_offers;
};

} // namespace ostrich::ui
