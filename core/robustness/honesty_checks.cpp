// The questions of the honesty checklist (Athalye, Carlini and Wagner 2018, section 3.1; Carlini et
// al. 2019): signs that the attack is weak, not the network strong.
#include "robustness/honesty_checks.hpp"

#include "robustness/gradient_sizes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace ostrich::robustness {

namespace {

// Shares of the samples by which the weaker of two attacks may be ahead. More budget and another
// loss gain a little on every honest network; the order of attacks should not be disturbed at all.
constexpr double kOrderTolerance = 0.01;
constexpr double kBudgetTolerance = 0.02;
constexpr double kLossTolerance = 0.05;
constexpr double kSurvivors = 0.02;     // of a perturbation that may change everything
constexpr double kVanishedShare = 0.02; // of slopes that are nothing
constexpr double kTinySlope = 1e-12;
constexpr double kMoreSteps[] = {2.5, 5.0};
constexpr std::int64_t kRestarts = 5;
constexpr double kRounding = 1e-6; // data units are single precision

Check check(const char *key, bool isFine, Message evidence)
{
    const std::string id = std::string("robustness.") + key;
    Check check;
    check.key = key;
    check.verdict = isFine ? Check::Verdict::Pass : Check::Verdict::Fail;
    check.question = {id, {}};
    check.evidence = std::move(evidence);
    if (!isFine) check.meaning = {id + "_meaning", {}};
    return check;
}

Check unknown(const char *key, Message why)
{
    Check check;
    check.key = key;
    check.question = {std::string("robustness.") + key, {}};
    check.evidence = std::move(why);
    return check;
}

/// Whether so few fell to each of them that no comparison of two can fail.
bool tooFewFell(std::initializer_list<const Fell *> all)
{
    return std::ranges::all_of(all, [](const Fell *fell) { return count(*fell) < kFewest; });
}

Check tooFew(const char *key)
{
    return unknown(key, {"robustness.too_few_fell", {std::to_string(kFewest)}});
}

/// "PGD fools 51 of 180, FGSM 40": `stronger` is the one that ought to be. Both are words, or the
/// id of some.
Check ordered(const char *key, const std::string &stronger, const Fell &strongerFell,
              const std::string &weaker, const Fell &weakerFell, double tolerance)
{
    if (tooFewFell({&strongerFell, &weakerFell})) return tooFew(key);
    return check(key, !compared(strongerFell, weakerFell).isUpsideDown(tolerance),
                 {"robustness.fools_evidence",
                  {stronger, std::to_string(count(strongerFell)), weaker,
                   std::to_string(count(weakerFell)), std::to_string(strongerFell.size())}});
}

Result<Check> unboundedReaches100(Trials &trials, const char *key)
{
    const double all = boundless(trials.samples(), trials.request().attack.norm);
    const auto half = trials.pgd(all / 2.0), whole = trials.pgd(all);
    if (!half) return half.error();
    if (!whole) return whole.error();
    const Fell fell = either(*half, *whole);
    const double left =
        static_cast<double>(trials.left(fell)) / static_cast<double>(trials.total());
    return check(
        key, left <= kSurvivors,
        {"robustness.unbounded_evidence",
         {epsilonText(all, trials.request().attack.norm, trials.samples()), percentText(left)}});
}

Result<Check> curveIsMonotone(Trials &trials, const char *key)
{
    std::vector<std::string> points;
    std::vector<Fell> sofar;
    bool isFine = true;
    for (const double epsilon : trials.growing()) {
        auto fell = trials.pgd(epsilon);
        if (!fell) return fell.error();
        for (const Fell &smaller : sofar)
            isFine = isFine && !compared(*fell, smaller).isUpsideDown(kOrderTolerance);
        points.push_back(trials.leftText(epsilon, *fell));
        sofar.push_back(std::move(*fell));
    }
    if (std::ranges::all_of(sofar, [](const Fell &fell) { return count(fell) < kFewest; }))
        return tooFew(key);
    return check(key, isFine,
                 {"robustness.curve_evidence", {fmt::format("{}", fmt::join(points, ", "))}});
}

Result<Check> iterativeBeatsSingleStep(Trials &trials, const char *key)
{
    if (!trials.has("fgsm")) return unknown(key, {"robustness.not_in_norm", {labelOf("fgsm")}});
    const double epsilon = trials.request().attack.epsilon;
    const auto pgd = trials.pgd(epsilon), fgsm = trials.fell(trials.options("fgsm", epsilon));
    if (!pgd) return pgd.error();
    if (!fgsm) return fgsm.error();
    return ordered(key, "PGD", *pgd, "FGSM", *fgsm, kOrderTolerance);
}

Result<Check> whiteBoxBeatsBlackBox(Trials &trials, const char *key)
{
    if (!trials.has("square")) return unknown(key, {"robustness.not_in_norm", {labelOf("square")}});
    const double epsilon = trials.request().attack.epsilon;
    attack::AttackOptions blind = trials.options("square", epsilon);
    blind.steps = graph::integer(trials.request().parameters, "queries");
    const auto pgd = trials.pgd(epsilon), square = trials.fell(blind);
    if (!pgd) return pgd.error();
    if (!square) return square.error();
    return ordered(key, "PGD", *pgd, fmt::format("Square ({})", blind.steps), *square,
                   kOrderTolerance);
}

Result<Check> gradientsDoNotVanish(Trials &trials, const char *key)
{
    const auto sizes =
        gradientSizes(trials.subject(), trials.samples(), trials.right(), trials.stopToken());
    if (!sizes) return sizes.error();
    const auto shareOf = [&](auto &&is) {
        return static_cast<double>(std::ranges::count_if(*sizes, is))
               / static_cast<double>(sizes->size());
    };
    const double vanished = shareOf([](double size) { return !(size > 0.0); });
    const double tiny = shareOf([](double size) { return !(size >= kTinySlope); });
    return check(key, vanished <= kVanishedShare,
                 {"robustness.gradients_evidence", {percentText(vanished), percentText(tiny)}});
}

Result<Check> moreStepsDoNoBetter(Trials &trials, const char *key)
{
    const double epsilon = trials.request().attack.epsilon;
    attack::AttackOptions longer = trials.options("pgd", epsilon);
    const std::int64_t usual = attack::stepsOf(longer);
    const auto base = trials.pgd(epsilon);
    if (!base) return base.error();
    bool isFine = true, areFew = tooFewFell({&*base});
    std::vector<std::string> counts{fmt::format("{}: {}", usual, count(*base))};
    for (const double times : kMoreSteps) {
        longer.steps = static_cast<std::int64_t>(static_cast<double>(usual) * times);
        const auto more = trials.fell(longer);
        if (!more) return more.error();
        isFine = isFine && !compared(*base, *more).isUpsideDown(kBudgetTolerance);
        areFew = areFew && tooFewFell({&*more});
        counts.push_back(fmt::format("{}: {}", longer.steps, count(*more)));
    }
    if (areFew) return tooFew(key);
    return check(
        key, isFine,
        {"robustness.steps_evidence",
         {fmt::format("{}", fmt::join(counts, ", ")), std::to_string(trials.right().size())}});
}

Result<Check> restartsDoNoBetter(Trials &trials, const char *key)
{
    const double epsilon = trials.request().attack.epsilon;
    attack::AttackOptions again = trials.options("pgd", epsilon);
    again.restarts = kRestarts;
    const auto base = trials.pgd(epsilon), more = trials.fell(again);
    if (!base) return base.error();
    if (!more) return more.error();
    if (tooFewFell({&*base, &*more})) return tooFew(key);
    return check(key, !compared(*base, *more).isUpsideDown(kBudgetTolerance),
                 {"robustness.restarts_evidence",
                  {std::to_string(count(*base)), std::to_string(kRestarts),
                   std::to_string(count(*more)), std::to_string(trials.right().size())}});
}

/// At no size is noise ahead, and at some the attack is: else it only adds noise.
Result<Check> attackBeatsNoise(Trials &trials, const char *key)
{
    bool isFine = true, isEverAhead = false;
    std::vector<std::string> points;
    for (const double epsilon : trials.growing()) {
        const auto pgd = trials.pgd(epsilon), noise = trials.fell(trials.options("noise", epsilon));
        if (!pgd) return pgd.error();
        if (!noise) return noise.error();
        isFine = isFine && !compared(*pgd, *noise).isUpsideDown(kOrderTolerance);
        isEverAhead = isEverAhead || compared(*noise, *pgd).isUpsideDown(kOrderTolerance);
        points.push_back(fmt::format(
            "{}: {} / {}", epsilonText(epsilon, trials.request().attack.norm, trials.samples()),
            count(*pgd), count(*noise)));
    }
    if (isFine && !isEverAhead && std::ssize(trials.right()) < kFewest) return tooFew(key);
    return check(
        key, isFine && isEverAhead,
        {"robustness.noise_evidence",
         {fmt::format("{}", fmt::join(points, ", ")), std::to_string(trials.right().size())}});
}

Result<Check> otherLossDoesNoBetter(Trials &trials, const char *key)
{
    // The ratio of logit differences needs a third class.
    if (trials.subject().facts.classes < 3) return unknown(key, {"robustness.three_classes", {}});
    if (!trials.has("apgd-dlr") || !trials.has("apgd-ce"))
        return unknown(key, {"robustness.not_in_norm", {labelOf("apgd-dlr")}});
    const double epsilon = trials.request().attack.epsilon;
    const auto pgd = trials.pgd(epsilon), entropy = trials.fell(trials.options("apgd-ce", epsilon)),
               ratio = trials.fell(trials.options("apgd-dlr", epsilon));
    for (const auto *result : {&pgd, &entropy, &ratio})
        if (!*result) return result->error();
    return ordered(key, "PGD + APGD-CE", either(*pgd, *entropy), "APGD-DLR", *ratio,
                   kLossTolerance);
}

Result<Check> transferDoesNoBetter(Trials &trials, const char *key)
{
    const std::vector<attack::Subject> &subjects = trials.request().subjects;
    attack::Subject surrogate = subjects.front();
    if (subjects.size() > 1)
        surrogate = subjects[1];
    else if (surrogate.surrogate)
        surrogate.classifier = surrogate.surrogate;
    else
        return unknown(key, {"robustness.no_surrogate", {}});
    if (!trials.has("transfer"))
        return unknown(key, {"robustness.not_in_norm", {labelOf("transfer")}});
    const auto pgd = trials.pgd(trials.request().attack.epsilon);
    const auto carried = trials.fellToTransfer(surrogate);
    if (!pgd) return pgd.error();
    if (!carried) return carried.error();
    return ordered(key, "PGD", *pgd, "robustness.carried_pgd", *carried, kOrderTolerance);
}

/// Asked last: it is about all that was run before.
Result<Check> insideBallAndRange(Trials &trials, const char *key)
{
    const Trials::Measured &measured = trials.measured();
    const bool isInRange =
        !trials.samples().pictures() || (measured.lowest >= 0.0 && measured.highest <= 1.0);
    return check(
        key, measured.largestRatio <= 1.0 + kRounding && isInRange,
        {"robustness.inside_evidence",
         {std::to_string(measured.perturbed), fmt::format("{:.6f}", measured.largestRatio),
          fmt::format("{:.4g}", measured.lowest), fmt::format("{:.4g}", measured.highest)}});
}

} // namespace

std::span<const Question> honestyQuestions()
{
    static constexpr std::array<Question, 11> kQuestions{
        {{"unbounded_reaches_100", true, unboundedReaches100},
         {"curve_is_monotone", true, curveIsMonotone},
         {"iterative_beats_single_step", true, iterativeBeatsSingleStep},
         {"white_box_beats_black_box", true, whiteBoxBeatsBlackBox},
         {"gradients_do_not_vanish", false, gradientsDoNotVanish},
         {"more_steps_do_no_better", true, moreStepsDoNoBetter},
         {"restarts_do_no_better", true, restartsDoNoBetter},
         {"attack_beats_noise", true, attackBeatsNoise},
         {"other_loss_does_no_better", true, otherLossDoesNoBetter},
         {"transfer_does_no_better", true, transferDoesNoBetter},
         {"inside_ball_and_range", true, insideBallAndRange}}};
    return kQuestions;
}

Result<Check> answered(const Question &question, Trials &trials)
{
    if (question.isAboutPgd && !trials.has("pgd"))
        return unknown(question.key, {"robustness.not_in_norm", {labelOf("pgd")}});
    return question.answer(trials, question.key);
}

} // namespace ostrich::robustness
