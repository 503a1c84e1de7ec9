// The same task for four readers of sequences: RNN, LSTM, GRU and attention, at equal parameters.
#pragma once

#include "base/result.hpp"
#include "graph/kind.hpp"
#include "project/project.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ostrich::project {

/// One of the four, ready to train.
struct Variant {
    std::string name = {};       // "rnn", "lstm", "gru", "attention"
    Words label = {};            // "RNN", "Attention"
    Project project = {};        // without notes
    std::int64_t parameters = 0; // of its network, with the data's sizes

    bool operator==(const Variant &) const = default;
};

/// The starter networks rnn, lstm, gru and transformer-encoder, in this order, each with
/// `project`'s data and recipe (its seed too), made to fit the data by their own repairs and sized
/// to have as many parameters, as nearly as integers allow, as `project`'s network has; where that
/// one has problems or no parameters, as the lstm template has.
/// - What a template says of its blocks stays (the gate bias of 4, without which recall is not
///   learnt); only widths move: every block's `embedding_dim` and `hidden_size` together, in steps
///   of `num_heads` where there are heads, and `dim_feedforward` in the template's ratio to them;
///   then the last of these alone, one by one, closes what is left.
/// - Where each step has a label attention is made causal, so that it too knows only the past.
/// `facts` are those of project.data. Any thread; some tens of milliseconds.
/// Errors: the data are no sequences; a translation; a network that cannot be made to fit.
Result<std::vector<Variant>> equalVariants(const Project &project, const graph::DataFacts &facts,
                                           const graph::KindSet &kinds);

} // namespace ostrich::project
