// Study "defences": standard, defended and broken networks side by side: what each keeps under the
// same attacks, and what it costs.
#include "attack/answers.hpp"
#include "data/option.hpp"
#include "robustness/honesty_trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

namespace ostrich::robustness::defences {

namespace {

// As many samples as an inference batch has here.
constexpr std::int64_t kBatch = 128;

/// What one network keeps.
struct Entry {
    std::vector<std::int64_t> right;             // as they are, ascending
    std::int64_t underNoise = 0;                 // right in noise of the same size
    std::vector<std::vector<std::int64_t>> left; // of `right`, by attack, so far
    std::vector<std::int64_t> worst;             // of `right`: left by every attack so far
    double seconds = 0.0;                        // of one batch of kBatch samples
};

/// The request's threat model with a budget that lets several networks be compared while one waits:
/// published budgets where the parameter is 0 or the request gives its own attack's.
attack::AttackOptions optionsOf(const StudyRequest &request, const std::string &name)
{
    attack::AttackOptions options = optionsFor(request, name);
    const attack::AttackDescription &described = *attack::describedAttack(name);
    if (options.steps == 0 && described.defaultSteps > 0 && !described.smallest)
        options.steps =
            graph::integer(request.parameters, described.usesGradient ? "steps" : "queries");
    return options;
}

/// Seconds that a batch takes, the least of several measurements: what else runs only adds to it.
Result<double> secondsPerBatch(const StudyRequest &request, const attack::Subject &subject,
                               const std::stop_token &stop)
{
    constexpr int kRounds = 4; // the first of which warms up
    std::vector<std::int64_t> batch = request.indices;
    while (std::ssize(batch) < kBatch)
        batch.push_back(batch[batch.size() % request.indices.size()]);
    batch.resize(kBatch);
    double least = std::numeric_limits<double>::infinity();
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        const auto answers = attack::answersOf(subject, samplesOf(request), batch, stop);
        if (!answers) return answers.error();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (round > 0) least = std::min(least, took.count());
    }
    return least;
}

/// The bench in the making.
class Bench {
public:
    Bench(const StudyRequest &request, Fitting attacks)
        : m_request(request),
          m_attacks(std::move(attacks.names)),
          m_leftOut(std::move(attacks.leftOut))
    {
    }

    std::optional<Error> add(std::size_t subject, const StudyWatcher &watcher,
                             const std::stop_token &stop)
    {
        const attack::Subject &network = m_request.subjects[subject];
        const data::Samples &samples = samplesOf(m_request);
        const auto right = rightOf(network, samples, m_request.indices, stop);
        if (!right) return right.error();
        const auto seconds = secondsPerBatch(m_request, network, stop);
        if (!seconds) return seconds.error();
        const auto noisy =
            standing(network, samples, m_request.indices, optionsFor(m_request, "noise"), {}, stop);
        if (!noisy) return noisy.error();
        Entry entry{.right = *right,
                    .underNoise = std::ssize(*noisy),
                    .left = {},
                    .worst = *right,
                    .seconds = *seconds};
        const std::size_t parts = m_request.subjects.size() * m_attacks.size();
        for (std::size_t i = 0; i < m_attacks.size(); ++i) {
            const Progress progress =
                partOf(watcher.progress, subject * m_attacks.size() + i, parts);
            const auto left = standing(network, samples, entry.right,
                                       optionsOf(m_request, m_attacks[i]), progress, stop);
            if (!left) return left.error();
            std::erase_if(entry.worst, [&](std::int64_t index) {
                return std::ranges::find(*left, index) == left->end();
            });
            entry.left.push_back(*left);
        }
        m_entries.push_back(std::move(entry));
        if (watcher.partial) watcher.partial(findings());
        return std::nullopt;
    }

    Findings findings() const
    {
        Findings found;
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            addFigures(i, found);
            found.sentences.push_back(
                {"robustness.bench_sentence",
                 {nameOf(m_request, i), percent(m_entries[i].right), percent(m_entries[i].worst),
                  epsilonText(m_request.attack.epsilon, m_request.attack.norm,
                              samplesOf(m_request))}});
            if (auto check = slopeIsHonest(i)) found.checks.push_back(std::move(*check));
        }
        found.sentences.insert(found.sentences.end(), m_leftOut.begin(), m_leftOut.end());
        found.plots.push_back(bars());
        found.matrices.push_back(matrix());
        found.tables.push_back(table());
        return found;
    }

private:
    std::int64_t total() const { return std::ssize(m_request.indices); }
    double share(const std::vector<std::int64_t> &some) const
    {
        return static_cast<double>(some.size()) / static_cast<double>(total());
    }
    std::string percent(const std::vector<std::int64_t> &some) const
    {
        return percentText(share(some));
    }
    std::string at(std::size_t subject) const
    {
        return m_request.subjects.size() == 1 ? "" : "@" + nameOf(m_request, subject);
    }

    void addFigures(std::size_t subject, Findings &found) const
    {
        const Entry &entry = m_entries[subject];
        const std::string name = nameOf(m_request, subject);
        found.figures.push_back(shareFigure("clean_accuracy" + at(subject),
                                            {"robustness.clean_accuracy_of", {name}},
                                            std::ssize(entry.right), total()));
        found.figures.push_back(shareFigure("robust_accuracy" + at(subject),
                                            {"robustness.worst_accuracy_of", {name}},
                                            std::ssize(entry.worst), total()));
        found.figures.push_back({.key = "seconds_per_batch" + at(subject),
                                 .label = {"robustness.batch_seconds_of", {name}},
                                 .value = entry.seconds});
        if (const auto trained = m_request.subjects[subject].trainingSeconds)
            found.figures.push_back({.key = "training_seconds" + at(subject),
                                     .label = {"robustness.training_seconds_of", {name}},
                                     .value = *trained});
    }

    /// Whether attack `i` follows the slope step by step, each sample's own, within epsilon.
    bool follows(std::size_t i) const
    {
        const attack::AttackDescription &attack = *attack::describedAttack(m_attacks[i]);
        return attack.usesGradient && attack.defaultSteps > 1 && !attack.together
               && !attack.smallest && !attack.norms.empty();
    }

    /// By sample that was right.
    Fell fell(std::size_t subject, std::size_t attack) const
    {
        const Entry &entry = m_entries[subject];
        Fell all;
        for (const std::int64_t index : entry.right)
            all.push_back(!std::ranges::binary_search(entry.left[attack], index));
        return all;
    }

    /// What follows an honest slope step by step finds about as much as anything else does. Where
    /// it finds far less, it was misled: the mark of masked gradients (Athalye, Carlini and Wagner
    /// 2018, Obfuscated gradients give a false sense of security). Empty: nothing to hold it
    /// against.
    std::optional<Check> slopeIsHonest(std::size_t subject) const
    {
        constexpr double kWide = 0.1; // of the samples that were right
        const Entry &entry = m_entries[subject];
        std::optional<std::size_t> weakest;
        std::optional<std::size_t> strongest; // of the others
        for (std::size_t i = 0; i < m_attacks.size(); ++i)
            if (follows(i) && (!weakest || entry.left[i].size() > entry.left[*weakest].size()))
                weakest = i;
        for (std::size_t i = 0; i < m_attacks.size(); ++i)
            if (i != weakest
                && (!strongest || entry.left[i].size() < entry.left[*strongest].size()))
                strongest = i;
        if (!weakest || !strongest) return std::nullopt;
        if (auto unknown = tooFewRight(subject)) return unknown;
        const auto &most = entry.left[*weakest], &least = entry.left[*strongest];
        const bool isWide =
            compared(fell(subject, *weakest), fell(subject, *strongest)).isUpsideDown(kWide);
        const std::string misled = labelOf(m_attacks[*weakest]);
        return Check{
            .key = "slope_is_honest" + at(subject),
            .verdict = isWide ? Check::Verdict::Fail : Check::Verdict::Pass,
            .question = {"robustness.slope_is_honest", {nameOf(m_request, subject)}},
            .evidence = {"robustness.slope_is_honest_seen",
                         {misled, percent(most), labelOf(m_attacks[*strongest]), percent(least)}},
            .meaning = isWide ? Message{"robustness.slope_is_honest_fail", {misled}} : Message{}};
    }

    /// Whose answer no comparison can give: too few samples are right.
    std::optional<Check> tooFewRight(std::size_t subject) const
    {
        const auto right = std::ssize(m_entries[subject].right);
        if (right >= kFewest) return std::nullopt;
        return Check{.key = "slope_is_honest" + at(subject),
                     .verdict = Check::Verdict::Unknown,
                     .question = {"robustness.slope_is_honest", {nameOf(m_request, subject)}},
                     .evidence = {"robustness.too_few_right",
                                  {std::to_string(right), std::to_string(kFewest)}},
                     .meaning = {}};
    }

    /// The bars of one series: a share for each network.
    template <typename Count>
    Curve series(const std::string &key, Message label, const Count &count) const
    {
        Curve curve{.key = key, .label = std::move(label), .x = {}, .y = {}};
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const ShareInterval interval = clopperPearson(count(m_entries[i]), total());
            curve.x.push_back(static_cast<double>(i));
            curve.y.push_back(interval.share);
            curve.low.push_back(interval.low);
            curve.high.push_back(interval.high);
        }
        return curve;
    }

    Plot bars() const
    {
        Plot plot{.key = "bench",
                  .title = {"robustness.bench_title", {}},
                  .xLabel = {"robustness.network", {}},
                  .yLabel = {"robustness.accuracy", {}},
                  .style = Plot::Style::Bars,
                  .yIsShare = true};
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            plot.xNames.push_back(nameOf(m_request, i));
        plot.curves.push_back(series("clean", {"robustness.clean_accuracy", {}},
                                     [](const Entry &entry) { return std::ssize(entry.right); }));
        plot.curves.push_back(series("noise", {"robustness.noise", {}},
                                     [](const Entry &entry) { return entry.underNoise; }));
        plot.curves.back().isReference = true;
        for (std::size_t i = 0; i < m_attacks.size(); ++i)
            plot.curves.push_back(
                series(m_attacks[i], {labelOf(m_attacks[i]), {}},
                       [i](const Entry &entry) { return std::ssize(entry.left[i]); }));
        plot.curves.push_back(series("worst", {"robustness.worst_of_all", {}},
                                     [](const Entry &entry) { return std::ssize(entry.worst); }));
        return plot;
    }

    Matrix matrix() const
    {
        Matrix matrix{.key = "robust_accuracy",
                      .title = {"robustness.bench_matrix", {}},
                      .rowLabel = {"robustness.network", {}},
                      .columnLabel = {"robustness.attack", {}},
                      .rows = {},
                      .columns = m_attacks,
                      .values = {},
                      .isShare = true};
        for (const std::string &name : m_attacks)
            matrix.columnLabels.push_back({labelOf(name), {}});
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            matrix.rows.push_back(nameOf(m_request, i));
            for (const auto &left : m_entries[i].left) matrix.values.push_back(share(left));
        }
        return matrix;
    }

    Table table() const
    {
        Table table{.key = "bench",
                    .title = {"robustness.bench_title", {}},
                    .columns = {{"robustness.network", {}},
                                {"robustness.clean_accuracy", {}},
                                {"robustness.noise", {}}},
                    .rows = {}};
        for (const std::string &name : m_attacks) table.columns.push_back({labelOf(name), {}});
        table.columns.push_back({"robustness.worst_of_all", {}});
        table.columns.push_back({"robustness.batch_milliseconds", {std::to_string(kBatch)}});
        const bool isTimed = std::ranges::any_of(
            m_request.subjects, [](const auto &each) { return each.trainingSeconds.has_value(); });
        if (isTimed) table.columns.push_back({"robustness.training_time", {}});
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            const Entry &entry = m_entries[i];
            std::vector<std::string> row{nameOf(m_request, i),
                                         withInterval(std::ssize(entry.right)),
                                         withInterval(entry.underNoise)};
            for (const auto &left : entry.left) row.push_back(withInterval(std::ssize(left)));
            row.push_back(withInterval(std::ssize(entry.worst)));
            row.push_back(fmt::format("{:.1f}", entry.seconds * 1000.0));
            const auto trained = m_request.subjects[i].trainingSeconds;
            if (isTimed) row.push_back(trained ? fmt::format("{:.1f}", *trained) : "–");
            table.rows.push_back(std::move(row));
        }
        return table;
    }

    /// "93.0 % (89.1 to 95.9)", without words.
    std::string withInterval(std::int64_t count) const
    {
        const ShareInterval interval = clopperPearson(count, total());
        return fmt::format("{} ({:.1f}–{:.1f})", percentText(interval.share), interval.low * 100.0,
                           interval.high * 100.0);
    }

    const StudyRequest &m_request;
    std::vector<std::string> m_attacks;
    std::vector<Message> m_leftOut; // why others do not attack
    std::vector<Entry> m_entries;   // one a subject
};

class Defences : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "defences",
            .label = {"Defences side by side", "Défenses côte à côte"},
            .help = {"Accuracy as they are and under several attacks, and the cost of a batch and "
                     "of training, of several networks: a standard one, a defended one, one that "
                     "only hides.",
                     "Exactitude telle quelle et sous plusieurs attaques, et coût d'un lot et de "
                     "l'entraînement, de plusieurs réseaux : un ordinaire, un défendu, un qui ne "
                     "fait que cacher."},
            .source = "Carlini et al. 2019, On evaluating adversarial robustness; intervals: "
                      "Clopper and Pearson 1934",
            .several = true,
            .isEvaluation = true,
            .heeds = Heeds::Ball,
            .parameters = {
                attacksOption("pgd,apgd-dlr,square", false,
                              {"Their names, separated by commas. Take one that needs no slope, "
                               "too.",
                               "Leurs noms, séparés par des virgules. Prenez-en aussi une qui se "
                               "passe de pente."}),
                data::integerOption("steps", 40, 0, 100'000, {"Steps", "Pas"},
                                    {"Of attacks that follow the slope; 0: as "
                                     "published.",
                                     "Des attaques qui suivent la pente ; 0 : comme "
                                     "publié."}),
                data::integerOption("queries", 500, 0, 10'000'000, {"Queries", "Questions"},
                                    {"Of attacks that only ask for answers; 0: as "
                                     "published.",
                                     "Des attaques qui ne font que demander des "
                                     "réponses ; 0 : comme publié."})}};
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        const auto names = attacksFrom(graph::text(request.parameters, "attacks"));
        if (!names) return names.error();
        auto attacks = fitting(request, *names);
        if (!attacks) return attacks.error();
        Bench bench(request, std::move(*attacks));
        for (std::size_t subject = 0; subject < request.subjects.size(); ++subject) {
            if (auto error = bench.add(subject, watcher, stop)) return *error;
        }
        return bench.findings();
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Defences>();
}

} // namespace ostrich::robustness::defences
