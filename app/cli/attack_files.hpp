// Adversarial pictures that are kept, and whether they still fool once they are read back.
#pragma once

#include "attack/threat.hpp"
#include "cli/answer.hpp"

#include <filesystem>
#include <optional>

namespace ostrich::cli {

/// In a folder of pictures: which is which.
inline constexpr char kPicturesFile[] = "pictures.json";

/// Sample `index` of (N, ...).
Array sampleOf(const Array &all, std::size_t index);

/// What was added to `x`, drawn around the middle grey with its largest value at full contrast, and
/// how many times as strong as it is (0: nothing was added).
struct DrawnNoise {
    Array picture;
    double strength = 0.0;
};
DrawnNoise drawnNoise(const Array &x, const Array &moved);

/// Arrays x, x_adv, y, y_pred, y_adv, as DESIGN has them.
Result<void> saveArrays(const attack::AttackResult &result, const std::filesystem::path &file);

/// For each picture INDEX-TRUTH-before-ANSWER.png, -noise.png and -after-ANSWER.png, where the
/// noise is drawnNoise() and the answers are those to the 8-bit picture; and pictures.json, which
/// says which is which. `indices` are the samples' places in their split. Errors: the samples are
/// no pictures; the folder cannot be written.
Result<void> savePictures(const attack::Subject &subject, const attack::AttackResult &result,
                          const std::vector<std::int64_t> &indices,
                          const std::filesystem::path &folder);

/// Reads what saveArrays() or savePictures() wrote, asks the network again and prints what holds.
/// kAnswerIsNo: a picture that was said to fool the network does not, or one lies beyond `epsilon`.
int verifyFiles(const attack::Subject &subject, const std::filesystem::path &saved,
                attack::Norm norm, std::optional<double> epsilon, const Context &context);

} // namespace ostrich::cli
