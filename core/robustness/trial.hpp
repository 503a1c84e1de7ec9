// What the studies that attack share: which samples are still right, which attack with what, and
// how figures and axes are called. No LibTorch.
#pragma once

#include "attack/answers.hpp"
#include "robustness/study.hpp"

namespace ostrich::robustness {

/// The parameter "attacks", a list: those that an epsilon holds, or only those that look for the
/// smallest perturbation.
graph::ParameterSpec attacksOption(std::string value, bool smallest, Words help);

/// "fgsm, pgd" -> {"fgsm", "pgd"}. Error: an attack that there is not (all are named).
Result<std::vector<std::string>> attacksFrom(const std::string &text);

/// Attacks that work in the request's norm, on its samples and its subjects; why others do not.
struct Fitting {
    std::vector<std::string> names;
    std::vector<Message> leftOut;
};
/// Those of `names`, of which there is one at least, that fit; only those that look for the
/// smallest perturbation where `smallest`. Error: none fits; what speaks against the first.
Result<Fitting> fitting(const StudyRequest &request, const std::vector<std::string> &names,
                        bool smallest = false);

/// The request's threat model for another attack: norm, epsilon, seed, restarts. Steps and
/// parameters of its own stay with the attack they were meant for. Aims at no class: a study asks
/// whether any wrong one is reached.
attack::AttackOptions optionsFor(const StudyRequest &request, const std::string &attack);

const data::Samples &samplesOf(const StudyRequest &request);
/// Of what is looked at: the sample that was given, else those of the data set.
bool arePictures(const StudyRequest &request);
/// The first `most` of the request's samples.
std::vector<std::int64_t> firstOf(const StudyRequest &request, std::int64_t most);

/// An epsilon within which any sample can become any other: the whole valid range for pictures (1,
/// the root of the number of values, their number, the number of pixels); 10 standard deviations
/// along each feature for points.
double boundless(const data::Samples &samples, attack::Norm norm);

/// Its name, or its place among several.
std::string nameOf(const StudyRequest &request, std::size_t subject);
/// The id of its name as plots write it, "attack.label_pgd": for {0:w} in a sentence, or a sentence
/// of its own. The name itself where there is no such attack.
std::string labelOf(const std::string &attack);
/// What a curve is called: by the attack where there is one subject, else by both.
Message curveLabel(const StudyRequest &request, const std::string &attack, std::size_t subject);
std::string normLabel(attack::Norm norm); // "Linf"
/// "epsilon (Linf)"
Message epsilonLabel(attack::Norm norm);
/// Whether sizes in `norm` are 255ths: Linf on pictures.
bool areLevels(attack::Norm norm, const data::Samples &samples);
/// "8/255" where they are levels, else "0.5".
std::string epsilonText(double epsilon, attack::Norm norm, const data::Samples &samples);
std::string epsilonText(double epsilon, bool areLevels);
std::string percentText(double share); // "–": no number

/// Not a number of 0 samples.
/// The next point of `curve`: `count` of `total` at `x`, within its band; `total` > 0.
void addShare(Curve &curve, double x, std::int64_t count, std::int64_t total);
Figure shareFigure(const std::string &key, Message label, std::int64_t count, std::int64_t total);
/// "lenet 003: none of these samples is right ...": what a study says that has nothing to attack.
Message noneRight(const StudyRequest &request, std::size_t subject);
std::string className(const graph::DataFacts &facts, std::int64_t index);

/// Those of `indices` that the subject gets right. Error: what attack::answersOf() tells.
Result<std::vector<std::int64_t>> rightOf(const attack::Subject &subject,
                                          const data::Samples &samples,
                                          const std::vector<std::int64_t> &indices,
                                          std::stop_token stop);
/// Those of `indices` that the subject still gets right under an attack; `indices` may be empty.
Result<std::vector<std::int64_t>> standing(const attack::Subject &subject,
                                           const data::Samples &samples,
                                           const std::vector<std::int64_t> &indices,
                                           attack::AttackOptions options, const Progress &progress,
                                           std::stop_token stop);

/// Progress of one part of several that take alike.
Progress partOf(const Progress &whole, std::size_t part, std::size_t parts);

} // namespace ostrich::robustness
