// Fooling a network that reads text: the fewest words whose exchange changes its answer. No
// LibTorch.
#pragma once

#include "base/result.hpp"
#include "engine/model.hpp"
#include "graph/parameter.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::attack {

struct WordOptions {
    std::int64_t most = 4; // words exchanged at most
    std::int64_t beam = 8; // sentences gone on with after each exchange
    /// Only the so many words that the network itself holds nearest (by cosine of its embedding)
    /// may take a word's place; 0: any word of its vocabulary.
    std::int64_t nearest = 0;
    std::optional<std::int64_t> target; // class index; empty: any wrong class
};

/// What --attack takes for it.
inline constexpr std::string_view kWordAttack = "words";
/// Described as the command line and the window show them: "most", "beam", "nearest".
const std::vector<graph::ParameterSpec> &wordParameters();
/// `parameters` are those of wordParameters(); missing ones have their defaults.
WordOptions wordOptions(const graph::Parameters &parameters, std::optional<std::int64_t> target);

struct WordChange {
    std::int64_t step = 0; // its place in the sentence, from 0
    std::string from, to;
};

struct WordResult {
    std::vector<std::string> words;  // as they came
    std::vector<WordChange> changes; // by place; those of the best try where nothing fooled
    bool fooled = false;
    /// Every smaller set of exchanges was tried: there is none with fewer words.
    bool provenSmallest = false;
    std::int64_t y_pred = 0, y_adv = 0;
    std::vector<double> before, after; // (K) probabilities
    std::int64_t queries = 0;          // sentences that the network was asked about
    double seconds = 0.0;
};

/// Told after each number of exchanges: how many words, and the sentence that is nearest to
/// fooling.
using WordWatcher = std::function<void(std::int64_t exchanged, const WordResult &soFar)>;

/// `ids` (T) as the network's tokenizer gave them, `pieces` its vocabulary by id, of which the
/// first `specials` stand for no word; `label` the truth, or the network's own answer when empty.
/// Single exchanges are all tried where that takes at most some thousand questions; else those that
/// the slope of the loss at the embedding promises most of (HotFlip, Ebrahimi et al. 2018). Further
/// ones go on from the `beam` best (beam search). On the calling thread.
/// Errors: the network reads no tokens or names no classes; an empty text; "attack.cancelled".
Result<WordResult> attackWords(const engine::ModelHandle &model,
                               const std::vector<std::int32_t> &ids,
                               const std::vector<std::string> &pieces, std::int32_t specials,
                               std::optional<std::int64_t> label, const WordOptions &options,
                               std::stop_token stop = {}, const WordWatcher &watcher = {});

} // namespace ostrich::attack
