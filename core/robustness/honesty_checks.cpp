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
// Of those that fell: with fewer, chance could have done whatever was seen (Comparison::chance).
constexpr std::int64_t kFewest = 7;

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

/// "PGD fools 51 of 180, FGSM 40": `stronger` is the one that ought to be.
Check ordered(const char *key, const std::string &stronger, const Fell &strongerFell,
              const std::string &weaker, const Fell &weakerFell, double tolerance)
{
    if (tooFewFell({&strongerFell, &weakerFell})) return tooFew(key);
    return check(key, !compared(strongerFell, weakerFell).isUpsideDown(tolerance),
                 {"robustness.fools_evidence",
                  {stronger, std::to_string(count(strongerFell)), weaker,
                   std::to_string(count(weakerFell)), std::to_string(strongerFell.size())}});
}

Result<Check> unboundedReaches100(Trials &trials)
{
    const double all = boundless(trials.samples(), trials.request().attack.norm);
    const auto half = trials.pgd(all / 2.0), whole = trials.pgd(all);
    if (!half) return half.error();
    if (!whole) return whole.error();
    const Fell fell = either(*half, *whole);
    const double left =
        static_cast<double>(trials.left(fell)) / static_cast<double>(trials.total());
    return check(
        "unbounded_reaches_100", left <= kSurvivors,
        {"robustness.unbounded_evidence",
         {epsilonText(all, trials.request().attack.norm, trials.samples()), percentText(left)}});
}

Result<Check> curveIsMonotone(Trials &trials)
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
        return tooFew("curve_is_monotone");
    return check("curve_is_monotone", isFine,
                 {"robustness.curve_evidence", {fmt::format("{}", fmt::join(points, ", "))}});
}

Result<Check> iterativeBeatsSingleStep(Trials &trials)
{
    constexpr const char *kKey = "iterative_beats_single_step";
    if (!trials.has("fgsm")) return unknown(kKey, {"robustness.not_in_norm", {"FGSM"}});
    const double epsilon = trials.request().attack.epsilon;
    const auto pgd = trials.pgd(epsilon), fgsm = trials.fell(trials.options("fgsm", epsilon));
    if (!pgd) return pgd.error();
    if (!fgsm) return fgsm.error();
    return ordered(kKey, "PGD", *pgd, "FGSM", *fgsm, kOrderTolerance);
}

Result<Check> whiteBoxBeatsBlackBox(Trials &trials)
{
    constexpr const char *kKey = "white_box_beats_black_box";
    if (!trials.has("square")) return unknown(kKey, {"robustness.not_in_norm", {"Square"}});
    const double epsilon = trials.request().attack.epsilon;
    attack::AttackOptions blind = trials.options("square", epsilon);
    blind.steps = graph::integer(trials.request().parameters, "queries");
    const auto pgd = trials.pgd(epsilon), square = trials.fell(blind);
    if (!pgd) return pgd.error();
    if (!square) return square.error();
    return ordered(kKey, "PGD", *pgd, fmt::format("Square ({})", blind.steps), *square,
                   kOrderTolerance);
}

Result<Check> gradientsDoNotVanish(Trials &trials)
{
    constexpr const char *kKey = "gradients_do_not_vanish";
    const auto sizes =
        gradientSizes(trials.subject(), trials.samples(), trials.right(), trials.stopToken());
    if (!sizes) return sizes.error();
    const auto shareOf = [&](auto &&is) {
        return static_cast<double>(std::ranges::count_if(*sizes, is))
               / static_cast<double>(sizes->size());
    };
    const double vanished = shareOf([](double size) { return !(size > 0.0); });
    const double tiny = shareOf([](double size) { return !(size >= kTinySlope); });
    return check(kKey, vanished <= kVanishedShare,
                 {"robustness.gradients_evidence", {percentText(vanished), percentText(tiny)}});
}

Result<Check> moreStepsDoNoBetter(Trials &trials)
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
    if (areFew) return tooFew("more_steps_do_no_better");
    return check(
        "more_steps_do_no_better", isFine,
        {"robustness.steps_evidence",
         {fmt::format("{}", fmt::join(counts, ", ")), std::to_string(trials.right().size())}});
}

Result<Check> restartsDoNoBetter(Trials &trials)
{
    const double epsilon = trials.request().attack.epsilon;
    attack::AttackOptions again = trials.options("pgd", epsilon);
    again.restarts = kRestarts;
    const auto base = trials.pgd(epsilon), more = trials.fell(again);
    if (!base) return base.error();
    if (!more) return more.error();
    if (tooFewFell({&*base, &*more})) return tooFew("restarts_do_no_better");
    return check("restarts_do_no_better", !compared(*base, *more).isUpsideDown(kBudgetTolerance),
                 {"robustness.restarts_evidence",
                  {std::to_string(count(*base)), std::to_string(kRestarts),
                   std::to_string(count(*more)), std::to_string(trials.right().size())}});
}

/// At no size is noise ahead, and at some the attack is: else it only adds noise.
Result<Check> attackBeatsNoise(Trials &trials)
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
    if (isFine && !isEverAhead && std::ssize(trials.right()) < kFewest)
        return tooFew("attack_beats_noise");
    return check(
        "attack_beats_noise", isFine && isEverAhead,
        {"robustness.noise_evidence",
         {fmt::format("{}", fmt::join(points, ", ")), std::to_string(trials.right().size())}});
}

Result<Check> otherLossDoesNoBetter(Trials &trials)
{
    constexpr const char *kKey = "other_loss_does_no_better";
    // The ratio of logit differences needs a third class.
    if (trials.subject().facts.classes < 3) return unknown(kKey, {"robustness.three_classes", {}});
    if (!trials.has("apgd-dlr") || !trials.has("apgd-ce"))
        return unknown(kKey, {"robustness.not_in_norm", {"APGD-DLR"}});
    const double epsilon = trials.request().attack.epsilon;
    const auto pgd = trials.pgd(epsilon), entropy = trials.fell(trials.options("apgd-ce", epsilon)),
               ratio = trials.fell(trials.options("apgd-dlr", epsilon));
    for (const auto *result : {&pgd, &entropy, &ratio})
        if (!*result) return result->error();
    return ordered(kKey, "PGD + APGD-CE", either(*pgd, *entropy), "APGD-DLR", *ratio,
                   kLossTolerance);
}

Result<Check> transferDoesNoBetter(Trials &trials)
{
    constexpr const char *kKey = "transfer_does_no_better";
    const std::vector<attack::Subject> &subjects = trials.request().subjects;
    attack::Subject surrogate = subjects.front();
    if (subjects.size() > 1)
        surrogate = subjects[1];
    else if (surrogate.surrogate)
        surrogate.classifier = surrogate.surrogate;
    else
        return unknown(kKey, {"robustness.no_surrogate", {}});
    if (!trials.has("transfer")) return unknown(kKey, {"robustness.not_in_norm", {"Transfer"}});
    const auto pgd = trials.pgd(trials.request().attack.epsilon);
    const auto carried = trials.fellToTransfer(surrogate);
    if (!pgd) return pgd.error();
    if (!carried) return carried.error();
    return ordered(kKey, "PGD", *pgd, "PGD (transfer)", *carried, kOrderTolerance);
}

/// Asked last: it is about all that was run before.
Result<Check> insideBallAndRange(Trials &trials)
{
    const Trials::Measured &measured = trials.measured();
    const bool isInRange =
        !trials.samples().pictures() || (measured.lowest >= 0.0 && measured.highest <= 1.0);
    return check(
        "inside_ball_and_range", measured.largestRatio <= 1.0 + kRounding && isInRange,
        {"robustness.inside_evidence",
         {std::to_string(measured.perturbed), fmt::format("{:.6f}", measured.largestRatio),
          fmt::format("{:.4g}", measured.lowest), fmt::format("{:.4g}", measured.highest)}});
}

} // namespace

std::span<const Question> honestyQuestions()
{
    static constexpr std::array<Question, 11> kQuestions{
        unboundedReaches100,   curveIsMonotone,      iterativeBeatsSingleStep,
        whiteBoxBeatsBlackBox, gradientsDoNotVanish, moreStepsDoNoBetter,
        restartsDoNoBetter,    attackBeatsNoise,     otherLossDoesNoBetter,
        transferDoesNoBetter,  insideBallAndRange};
    return kQuestions;
}

} // namespace ostrich::robustness
