// Study "transfer": do pictures made to fool one network fool another?
#include "robustness/trial.hpp"

#include <limits>

namespace ostrich::robustness::transfer {

namespace {

/// Of each subject, by sample.
struct Judged {
    std::vector<std::vector<bool>> clean;                    // [judge][sample] right as they are
    std::vector<std::vector<std::vector<bool>>> underAttack; // [made on][judge][sample] still right
};

std::vector<bool> rightOnes(const std::vector<std::int64_t> &answers,
                            const std::vector<std::int64_t> &truth)
{
    std::vector<bool> right;
    for (std::size_t i = 0; i < truth.size(); ++i) right.push_back(answers[i] == truth[i]);
    return right;
}

std::int64_t bothTrue(const std::vector<bool> &a, const std::vector<bool> &b)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] && b[i];
    return count;
}

/// Of the samples that both networks get right and that fool the one they were made on: how many
/// there are, and how many fool the other too.
std::pair<std::int64_t, std::int64_t> carried(const Judged &judged, std::size_t from,
                                              std::size_t to)
{
    std::int64_t fooling = 0, both = 0;
    for (std::size_t i = 0; i < judged.clean[from].size(); ++i) {
        if (!judged.clean[from][i] || !judged.clean[to][i] || judged.underAttack[from][from][i])
            continue;
        ++fooling;
        both += !judged.underAttack[from][to][i];
    }
    return {both, fooling};
}

class Transfer : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "transfer",
            .label = {"Transfer between networks", "Transfert entre réseaux"},
            .help = {"Perturbations made on one network and shown to the others: who falls with "
                     "whom.",
                     "Des perturbations faites sur un réseau et montrées aux autres : qui tombe "
                     "avec qui."},
            .source = "Papernot, McDaniel and Goodfellow 2016, Transferability in machine learning",
            .several = true,
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        if (request.subjects.size() < 2)
            return Error{"transfer",
                         {"robustness.several_needed", {}},
                         {"robustness.several_needed_hint", {}}};
        const data::Samples &samples = samplesOf(request);
        const std::size_t count = request.subjects.size();
        Judged judged;
        for (const attack::Subject &subject : request.subjects) {
            const auto answers = attack::answersOf(subject, samples, request.indices, stop);
            if (!answers) return answers.error();
            std::vector<std::int64_t> truth;
            for (const std::int64_t index : request.indices)
                truth.push_back(samples.labels[static_cast<std::size_t>(index)]);
            judged.clean.push_back(rightOnes(answers->classes, truth));
        }
        attack::AttackOptions options = optionsFor(request, request.attack.attack);
        options.untilFooled = false; // what is only just across the boundary does not carry far
        for (std::size_t from = 0; from < count; ++from) {
            const auto made =
                attack::attackSamples(request.subjects[from], samples, request.indices, options,
                                      partOf(watcher.progress, from, count), stop);
            if (!made) return made.error();
            judged.underAttack.emplace_back();
            for (const attack::Subject &judge : request.subjects) {
                const auto answers =
                    attack::answersToMoved(judge, samples, request.indices, made->x_adv, stop);
                if (!answers) return answers.error();
                judged.underAttack.back().push_back(rightOnes(answers->classes, made->y));
            }
        }
        return findings(request, judged);
    }

private:
    static Findings findings(const StudyRequest &request, const Judged &judged)
    {
        const std::size_t count = request.subjects.size();
        const std::int64_t total = std::ssize(request.indices);
        Findings found;
        Matrix matrix{.key = "transfer",
                      .title = {"robustness.transfer_title", {}},
                      .rowLabel = {"robustness.made_on", {}},
                      .columnLabel = {"robustness.judged_by", {}},
                      .rows = {},
                      .columns = {},
                      .values = {},
                      .isShare = true};
        std::int64_t allFooling = 0, allCarried = 0;
        for (std::size_t from = 0; from < count; ++from) {
            matrix.rows.push_back(nameOf(request, from));
            matrix.columns.push_back(nameOf(request, from));
            found.figures.push_back(
                shareFigure("clean_accuracy@" + nameOf(request, from),
                            {"robustness.clean_accuracy_of", {nameOf(request, from)}},
                            bothTrue(judged.clean[from], judged.clean[from]), total));
            if (bothTrue(judged.clean[from], judged.clean[from]) == 0)
                found.sentences.push_back(noneRight(request, from));
            for (std::size_t to = 0; to < count; ++to) {
                const std::int64_t right = bothTrue(judged.clean[to], judged.underAttack[from][to]);
                matrix.values.push_back(static_cast<double>(right) / static_cast<double>(total));
                if (to == from) continue;
                const auto [both, fooling] = carried(judged, from, to);
                allFooling += fooling;
                allCarried += both;
                if (fooling == 0) continue;
                found.sentences.push_back({"robustness.transfer_pair",
                                           {nameOf(request, from), nameOf(request, to),
                                            std::to_string(both), std::to_string(fooling)}});
            }
        }
        // Over all pairs a sample counts several times: no interval is honest there.
        Figure rate{.key = "transfer_rate",
                    .label = {"robustness.transfer_rate", {}},
                    .value = std::numeric_limits<double>::quiet_NaN(),
                    .isShare = true};
        if (allFooling > 0)
            rate.value = static_cast<double>(allCarried) / static_cast<double>(allFooling);
        found.figures.insert(found.figures.begin(), std::move(rate));
        if (found.sentences.empty()) found.sentences.push_back({"robustness.transfer_nothing", {}});
        found.matrices.push_back(std::move(matrix));
        return found;
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Transfer>();
}

} // namespace ostrich::robustness::transfer
