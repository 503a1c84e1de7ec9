// APGD (Croce and Hein 2020, Reliable evaluation of adversarial robustness with an ensemble of
// diverse parameter-free attacks): what its attacks share, whatever they make large.
#pragma once

#include "attack/attack_torch.hpp"

namespace ostrich::attack {

/// (n): what is to become large, of the `logits` (n, K) of the batch's samples `rows` (n).
/// Empty: cross-entropy, as lossOf().
using RowsLoss = std::function<at::Tensor(const at::Tensor &logits, const at::Tensor &rows)>;

/// Gradient ascent with momentum whose step halves, in each sample by itself, where it does not get
/// on, and which then begins again from the best point so far. One climb from a random start for
/// each of `losses` and each restart, of the samples that none before has fooled. In the L1 ball
/// (Croce and Hein 2021, Mind the box) the steps are sparse, and how sparse follows from the best
/// point. Returns the best points (N, ...); samples fooled as they are stay.
at::Tensor apgd(const AttackBatch &batch, const std::vector<RowsLoss> &losses);

/// The steps after which it looks whether to halve: 22, 41, 57, ... of 100.
std::vector<std::int64_t> apgdCheckpoints(std::int64_t steps);

/// Difference of logits ratio (eq. 6): -(z_y - max of the others) / (z_1st - z_3rd), (n) of logits
/// (n, K) and labels (n). It knows no scale of the logits, whereas cross-entropy's slope vanishes
/// where they are large. Of two classes only the difference is left.
at::Tensor differenceOfLogitsRatio(const at::Tensor &logits, const at::Tensor &y);
/// The same towards `target` (n) (eq. 7): -(z_y - z_target) / (z_1st - (z_3rd + z_4th) / 2). Of
/// three classes the third stands for the fourth too; where the target is the truth itself, the
/// strongest other class takes the truth's place.
at::Tensor differenceOfLogitsRatio(const at::Tensor &logits, const at::Tensor &y,
                                   const at::Tensor &target);
/// Away from the batch's truth, or towards its target.
RowsLoss ratioLoss(const AttackBatch &batch);

} // namespace ostrich::attack
