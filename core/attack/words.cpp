// The search for the fewest words whose exchange changes an answer.
#include "attack/words.hpp"

#include "data/option.hpp"
#include "engine/model_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/matmul.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>

namespace ostrich::attack {

namespace {

constexpr std::int64_t kBatch = 256;
/// Up to so many questions every exchange is tried.
constexpr std::int64_t kAffordable = 6000;

using Ids = std::vector<std::int32_t>;

/// A sentence on the way, and how near it is to fooling: the larger the better.
struct Try {
    Ids ids;
    double score = 0.0; // log-probability of the target, or minus that of the truth
    bool fooled = false;
};

struct Exchange {
    std::size_t step = 0;
    std::int32_t to = 0;
};

class Search {
public:
    Search(const engine::Model &model, const Ids &ids, const std::vector<std::string> &pieces,
           std::int32_t specials, const WordOptions &options, std::stop_token stop)
        : m_model(model),
          m_original(ids),
          m_pieces(pieces),
          m_specials(specials),
          m_options(options),
          m_stop(std::move(stop)),
          m_embedding(findEmbedding())
    {
    }

    void run(std::optional<std::int64_t> label, const WordWatcher &watcher);
    WordResult result() const;

private:
    struct Embedding {
        std::string block;
        at::Tensor weight; // (V, F); undefined: none
    };
    Embedding findEmbedding() const;
    at::Tensor logitsOf(const std::vector<Ids> &sentences);
    std::vector<Try> tried(const std::vector<Ids> &sentences);
    std::vector<std::int32_t> candidates(std::int32_t id) const;
    std::vector<Exchange> exchanges(const Ids &ids);
    at::Tensor promise(const Ids &ids);
    at::Tensor score(const at::Tensor &logits) const;
    bool within(std::vector<Try> &level);

    const engine::Model &m_model;
    Ids m_original;
    const std::vector<std::string> &m_pieces;
    std::int32_t m_specials;
    const WordOptions &m_options;
    std::stop_token m_stop;
    Embedding m_embedding;
    std::int64_t m_label = 0;
    Try m_best;
    std::int64_t m_queries = 0;
    bool m_allTried = true;     // of all sets of so many words; once it fools, of one word fewer
    bool m_someDropped = false; // by the beam
};

/// The block that looks the ids up: its weight has a row for each.
Search::Embedding Search::findEmbedding() const
{
    const auto vocabulary = static_cast<std::int64_t>(m_pieces.size());
    for (const blocks::NamedTensor &parameter : m_model.parameters()) {
        if (parameter.tensor.dim() == 2 && parameter.tensor.size(0) == vocabulary)
            return {parameter.name.substr(0, parameter.name.rfind('.')), parameter.tensor.detach()};
    }
    return {};
}

at::Tensor asTensor(const std::vector<Ids> &sentences, const engine::Model &model)
{
    Array array{.shape = {std::ssize(sentences), std::ssize(sentences.front())}, .values = {}};
    for (const Ids &ids : sentences)
        for (const std::int32_t id : ids) array.values.push_back(static_cast<float>(id));
    return model.tensor(array);
}

at::Tensor Search::logitsOf(const std::vector<Ids> &sentences)
{
    const at::NoGradGuard noGradient;
    m_queries += std::ssize(sentences);
    return m_model.forward(asTensor(sentences, m_model), {}).at(0).logits.to(at::kCPU, at::kDouble);
}

/// (N) of (N, K).
at::Tensor Search::score(const at::Tensor &logits) const
{
    const at::Tensor shares = at::log_softmax(logits, 1);
    return m_options.target ? shares.select(1, *m_options.target) : -shares.select(1, m_label);
}

std::vector<Try> Search::tried(const std::vector<Ids> &sentences)
{
    std::vector<Try> all;
    for (std::size_t first = 0; first < sentences.size(); first += kBatch) {
        if (m_stop.stop_requested()) break;
        const auto last = std::min(sentences.size(), first + kBatch);
        const std::vector<Ids> part(sentences.begin() + static_cast<std::ptrdiff_t>(first),
                                    sentences.begin() + static_cast<std::ptrdiff_t>(last));
        const at::Tensor logits = logitsOf(part);
        const at::Tensor scores = score(logits).contiguous();
        const at::Tensor seen = at::argmax(logits, 1).contiguous();
        for (std::size_t i = 0; i < part.size(); ++i) {
            const std::int64_t predicted = seen.const_data_ptr<std::int64_t>()[i];
            all.push_back(
                {part[i], scores.const_data_ptr<double>()[i],
                 m_options.target ? predicted == *m_options.target : predicted != m_label});
        }
    }
    return all;
}

/// What may take the place of a word.
std::vector<std::int32_t> Search::candidates(std::int32_t id) const
{
    std::vector<std::int32_t> all(m_pieces.size() - static_cast<std::size_t>(m_specials));
    std::iota(all.begin(), all.end(), m_specials);
    std::erase(all, id);
    if (m_options.nearest <= 0 || !m_embedding.weight.defined()) return all;
    const at::Tensor weight = m_embedding.weight.to(at::kCPU, at::kDouble);
    const at::Tensor lengths = (weight * weight).sum(1).sqrt().clamp_min(1e-12);
    const at::Tensor cosine = (at::matmul(weight, weight[id]) / lengths).contiguous();
    const auto *values = cosine.const_data_ptr<double>();
    const auto count = std::min(all.size(), static_cast<std::size_t>(m_options.nearest));
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [&](std::int32_t other) { return -values[other]; });
    all.resize(count);
    return all;
}

/// (T, V): by how much the score grows, to first order, when word v comes to step t; undefined
/// where the network has no table of words to take a slope at.
at::Tensor Search::promise(const Ids &ids)
{
    if (!m_embedding.weight.defined()) return {};
    const at::AutoGradMode withGradient(true);
    const engine::Model::Feeds feeds{{"x", {asTensor({ids}, m_model), {}}}};
    const auto looked = m_model.trace(feeds, {m_embedding.block});
    const auto found = looked.find(m_embedding.block);
    if (found == looked.end() || found->second.dim() != 3) return {};
    const at::Tensor leaf = found->second.detach().clone().requires_grad_(true);
    const auto outputs = m_model.forwardFrom(feeds, {{m_embedding.block, leaf}});
    const at::Tensor slope =
        torch::autograd::grad({score(outputs.at(0).logits).sum()}, {leaf})[0][0]; // (T, F)
    const at::Tensor gains = at::matmul(slope, m_embedding.weight.t());           // (T, V)
    at::Tensor here = gains.new_empty({gains.size(0)});
    for (std::int64_t t = 0; t < gains.size(0); ++t)
        here[t] = gains[t][ids[static_cast<std::size_t>(t)]];
    return (gains - here.unsqueeze(1)).to(at::kCPU, at::kDouble).contiguous();
}

/// The exchanges of one more word that are worth a question.
std::vector<Exchange> Search::exchanges(const Ids &ids)
{
    std::vector<Exchange> all;
    for (std::size_t step = 0; step < ids.size(); ++step) {
        const bool isWord = m_original[step] >= m_specials && ids[step] == m_original[step];
        if (!isWord) continue; // a mark, or exchanged already
        for (const std::int32_t to : candidates(ids[step])) all.push_back({step, to});
    }
    if (std::ssize(all) <= kAffordable) return all;
    m_allTried = false;
    const at::Tensor gains = promise(ids);
    if (gains.defined()) {
        const auto *values = gains.const_data_ptr<double>();
        const auto vocabulary = static_cast<std::size_t>(gains.size(1));
        std::ranges::partial_sort(
            all, all.begin() + kAffordable / 4, {}, [&](const Exchange &exchange) {
                return -values[exchange.step * vocabulary + static_cast<std::size_t>(exchange.to)];
            });
        all.resize(kAffordable / 4);
        return all;
    }
    // No slope: every word a few of the most frequent ones, which come first in a vocabulary.
    const auto perStep = static_cast<std::int32_t>(kAffordable / std::ssize(ids));
    std::erase_if(all, [&](const Exchange &exchange) {
        return exchange.to >= m_specials + std::max(perStep, 1);
    });
    return all;
}

/// Takes every sentence of `level` one word further and keeps the best; true: one fools.
bool Search::within(std::vector<Try> &level)
{
    std::vector<Ids> sentences;
    std::set<Ids> seen;
    for (const Try &from : level) {
        for (const Exchange &exchange : exchanges(from.ids)) {
            Ids ids = from.ids;
            ids[exchange.step] = exchange.to;
            if (seen.insert(ids).second) sentences.push_back(std::move(ids));
        }
    }
    std::vector<Try> next = tried(sentences);
    std::ranges::stable_sort(next, [](const Try &a, const Try &b) {
        return a.fooled != b.fooled ? a.fooled : a.score > b.score;
    });
    if (next.empty()) return false;
    m_best = next.front();
    if (m_best.fooled) return true;
    m_someDropped = m_someDropped || std::ssize(next) > m_options.beam;
    if (m_someDropped) next.resize(std::min(next.size(), static_cast<std::size_t>(m_options.beam)));
    level = std::move(next);
    return false;
}

void Search::run(std::optional<std::int64_t> label, const WordWatcher &watcher)
{
    const at::Tensor logits = logitsOf({m_original});
    m_label = label ? *label : at::argmax(logits, 1).item<std::int64_t>();
    const auto predicted = at::argmax(logits, 1).item<std::int64_t>();
    m_best = {m_original, score(logits).item<double>(),
              m_options.target ? predicted == *m_options.target : predicted != m_label};
    std::vector<Try> level{m_best};
    if (m_stop.stop_requested()) return;
    for (std::int64_t exchanged = 1; exchanged <= m_options.most && !m_best.fooled; ++exchanged) {
        const bool fewerAllTried = m_allTried;
        m_allTried = m_allTried && !m_someDropped;
        const bool fooled = within(level);
        if (m_stop.stop_requested()) return;
        if (fooled) m_allTried = fewerAllTried;
        if (watcher) watcher(exchanged, result());
    }
}

WordResult Search::result() const
{
    WordResult result;
    for (std::size_t step = 0; step < m_original.size(); ++step) {
        const std::string &from = m_pieces[static_cast<std::size_t>(m_original[step])];
        result.words.push_back(from);
        if (m_best.ids[step] == m_original[step]) continue;
        result.changes.push_back({static_cast<std::int64_t>(step), from,
                                  m_pieces[static_cast<std::size_t>(m_best.ids[step])]});
    }
    result.fooled = m_best.fooled;
    result.provenSmallest = m_best.fooled && m_allTried;
    const at::NoGradGuard noGradient;
    const at::Tensor logits =
        m_model.forward(asTensor({m_original, m_best.ids}, m_model), {}).at(0).logits;
    const Array shares = engine::toArray(m_model.probabilities(logits));
    const auto classes = static_cast<std::ptrdiff_t>(shares.dim(1));
    result.before.assign(shares.values.begin(), shares.values.begin() + classes);
    result.after.assign(shares.values.begin() + classes, shares.values.end());
    const auto largest = [](const std::vector<double> &values) {
        return std::ranges::max_element(values) - values.begin();
    };
    result.y_pred = largest(result.before);
    result.y_adv = largest(result.after);
    result.queries = m_queries;
    return result;
}

std::optional<Error> objection(const engine::Model &model, const Ids &ids,
                               std::optional<std::int64_t> label, const WordOptions &options)
{
    const graph::DataFacts &facts = model.facts();
    if (!facts.input.isTokens() || facts.task != graph::Task::Classify)
        return Error{"network", {"attack.no_words", {}}, {"attack.no_words_hint", {}}};
    if (ids.empty()) return Error{"text", {"attack.empty_text", {}}, {}};
    for (const auto wanted : {label, options.target}) {
        if (wanted && (*wanted < 0 || *wanted >= facts.classes))
            return Error{"class",
                         {"attack.no_such_class", {std::to_string(*wanted)}},
                         {"attack.no_such_class_hint", {std::to_string(facts.classes - 1)}}};
    }
    for (const std::int64_t count : {options.most, options.beam}) {
        if (count < 1) return Error{"words", {"attack.bad_count", {std::to_string(count)}}, {}};
    }
    return std::nullopt;
}

} // namespace

const std::vector<graph::ParameterSpec> &wordParameters()
{
    static const std::vector<graph::ParameterSpec> all{
        data::integerOption("most", WordOptions{}.most, 1, 100, {"Words at most", "Mots au plus"},
                            {"So many words may be exchanged.", "Nombre de mots à échanger."}),
        data::integerOption("beam", WordOptions{}.beam, 1, 1000, {"Beam", "Faisceau"},
                            {"Sentences gone on with after each exchange.",
                             "Phrases poursuivies après chaque échange."}),
        data::integerOption("nearest", WordOptions{}.nearest, 0, 100'000,
                            {"Nearest words", "Mots les plus proches"},
                            {"Only so many words that the network holds nearest; 0: any word.",
                             "Seulement les mots les plus proches pour le réseau ; 0 : tous."})};
    return all;
}

WordOptions wordOptions(const graph::Parameters &parameters, std::optional<std::int64_t> target)
{
    const graph::Parameters all = graph::withDefaults(parameters, wordParameters());
    return {.most = graph::integer(all, "most"),
            .beam = graph::integer(all, "beam"),
            .nearest = graph::integer(all, "nearest"),
            .target = target};
}

Result<WordResult> attackWords(const engine::ModelHandle &model, const Ids &ids,
                               const std::vector<std::string> &pieces, std::int32_t specials,
                               std::optional<std::int64_t> label, const WordOptions &options,
                               std::stop_token stop, const WordWatcher &watcher)
{
    if (auto error = objection(*model, ids, label, options)) return *error;
    const auto begin = std::chrono::steady_clock::now();
    WordResult result;
    const auto ran = engine::guarded("attack", [&] {
        Search search(*model, ids, pieces, specials, options, stop);
        search.run(label, watcher);
        if (!stop.stop_requested()) result = search.result();
    });
    if (!ran) return ran.error();
    if (stop.stop_requested()) return Error{"attack", {"attack.cancelled", {}}, {}};
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

} // namespace ostrich::attack
