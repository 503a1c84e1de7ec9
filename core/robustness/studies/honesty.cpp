// Study "honesty": is the network as robust as it seems, or is the attack only blind?
#include "data/option.hpp"
#include "robustness/honesty_checks.hpp"

#include <algorithm>

namespace ostrich::robustness::honesty {

namespace {

class Honesty : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "honesty",
            .label = {"Honesty check", "Contrôle d'honnêteté"},
            .help = {"The published checklist: does the network resist, or is the attack only "
                     "blind? A second network serves as a surrogate.",
                     "La liste de contrôle publiée : le réseau résiste-t-il, ou l'attaque est-elle "
                     "seulement aveugle ? Un second réseau sert de substitut."},
            .source =
                "Athalye, Carlini and Wagner 2018, Obfuscated gradients give a false sense of "
                "security; Carlini et al. 2019, On evaluating adversarial robustness",
            .several = true,
            .heeds = Heeds::Ball,
            .parameters = {data::integerOption("samples", 200, 1, 100'000,
                                               {"Samples", "Échantillons"},
                                               {"At most so many of the samples are attacked.",
                                                "Pas plus que cela d'échantillons sont attaqués."}),
                           data::integerOption(
                               "queries", 500, 1, 100'000, {"Queries", "Questions"},
                               {"How often the black box is asked about each sample.",
                                "Combien de fois la boîte noire est interrogée pour chaque "
                                "échantillon."})},
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        if (!(request.attack.epsilon > 0.0))
            return Error{"honesty", {"robustness.epsilon_needed", {}}, {}};
        auto trials = Trials::begin(request, stop);
        if (!trials) return trials.error();
        if (trials->right().empty())
            return Error{
                "honesty", {"robustness.nothing_right", {}}, {"robustness.nothing_right_hint", {}}};
        const bool hasPgd = trials->has("pgd");
        Findings found;
        found.figures = {shareFigure("clean_accuracy", {"robustness.clean_accuracy", {}},
                                     std::ssize(trials->right()), trials->total())};
        if (hasPgd) {
            const auto pgd = trials->pgd(request.attack.epsilon);
            if (!pgd) return pgd.error();
            found.figures.push_back(shareFigure("robust_accuracy",
                                                {"robustness.robust_accuracy", {}},
                                                trials->left(*pgd), trials->total()));
        }
        const auto questions = honestyQuestions();
        for (const Question question : questions) {
            auto answer = answered(question, *trials);
            if (!answer) return answer.error();
            found.checks.push_back(std::move(*answer));
            found.sentences = hasPgd ? sentencesOf(found.checks, *trials) : withoutPgd(request);
            report(watcher.progress, static_cast<double>(found.checks.size())
                                         / static_cast<double>(questions.size()));
            if (watcher.partial) watcher.partial(found);
        }
        if (!hasPgd) return found;
        auto plot = growth(*trials);
        if (!plot) return plot.error();
        found.plots.push_back(std::move(*plot));
        return found;
    }

private:
    static std::vector<Message> withoutPgd(const StudyRequest &request)
    {
        return {{"robustness.honesty_unasked", {normLabel(request.attack.norm)}}};
    }

    static std::vector<Message> sentencesOf(const std::vector<Check> &checks, const Trials &trials)
    {
        const auto having = [&](Check::Verdict verdict) {
            return std::ranges::count(checks, verdict, &Check::verdict);
        };
        const auto failed = having(Check::Verdict::Fail), passed = having(Check::Verdict::Pass);
        std::vector<Message> sentences{{failed == 0 ? "robustness.honest" : "robustness.not_honest",
                                        {std::to_string(passed), std::to_string(passed + failed)}}};
        for (const Check &check : checks)
            if (check.verdict == Check::Verdict::Fail) sentences.push_back(check.meaning);
        const auto asked = trials.options("pgd", trials.request().attack.epsilon);
        sentences.push_back({"robustness.honesty_attack",
                             {labelOf(asked.attack), std::to_string(attack::stepsOf(asked))}});
        return sentences;
    }

    /// What the first two questions looked at, with noise beside it: all of it run already.
    static Result<Plot> growth(Trials &trials)
    {
        const attack::Norm norm = trials.request().attack.norm;
        Plot plot{.key = "accuracy",
                  .title = {"robustness.curves_title", {}},
                  .xLabel = epsilonLabel(norm),
                  .yLabel = {"robustness.accuracy", {}},
                  .yIsShare = true,
                  .xIsLevels = areLevels(norm, trials.samples())};
        for (const char *name : {"pgd", "noise"}) {
            Curve curve{.key = name,
                        .label = curveLabel(trials.request(), name, 0),
                        .x = {},
                        .y = {},
                        .isReference = std::string_view(name) == "noise"};
            for (const double epsilon : trials.growing()) {
                const auto fell = trials.fell(trials.options(name, epsilon));
                if (!fell) return fell.error();
                addShare(curve, epsilon, trials.left(*fell), trials.total());
            }
            plot.curves.push_back(std::move(curve));
        }
        return plot;
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Honesty>();
}

} // namespace ostrich::robustness::honesty
