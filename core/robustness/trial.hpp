// What the studies that attack share: which samples are still right, which attack with what, and
// how figures and axes are called. No LibTorch.
#pragma once

#include "attack/answers.hpp"
#include "robustness/study.hpp"

namespace ostrich::robustness {

/// "fgsm, pgd" -> {"fgsm", "pgd"}. Error: an attack that there is not (all are named).
Result<std::vector<std::string>> attacksFrom(const std::string &text);

/// The request's threat model for another attack: norm, epsilon, seed, restarts. Steps and
/// parameters of its own stay with the attack they were meant for. Aims at no class: a study asks
/// whether any wrong one is reached.
attack::AttackOptions optionsFor(const StudyRequest &request, const std::string &attack);

const data::Samples &samplesOf(const StudyRequest &request);
/// The first `most` of the request's samples.
std::vector<std::int64_t> firstOf(const StudyRequest &request, std::int64_t most);

/// An epsilon within which any sample can become any other: the whole valid range for pictures (1,
/// the root of the number of values, their number, the number of pixels); 10 standard deviations
/// along each feature for points.
double boundless(const data::Samples &samples, attack::Norm norm);

/// Its name, or its place among several.
std::string nameOf(const StudyRequest &request, std::size_t subject);
/// "PGD": as plots write it.
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
std::string percentText(double share);

Figure shareFigure(const std::string &key, Message label, std::int64_t count, std::int64_t total);
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
