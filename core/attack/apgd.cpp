// APGD: the climb whose steps look after themselves.
#include "attack/apgd_torch.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/sort.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <array>
#include <span>

namespace ostrich::attack {

namespace {

// As published.
constexpr double kMomentum = 0.75; // alpha: the share of the new step
constexpr double kProgress = 0.75; // rho: the share of steps that must raise the loss
constexpr double kFirstStep = 2.0; // in epsilon
// In the L1 ball.
constexpr double kFirstShare = 0.2;     // of the values that a step moves
constexpr double kThinning = 1.5;       // a step moves this much less than the best point has moved
constexpr double kStillThinning = 0.95; // of the values moved at the last look
constexpr double kSmallestStep = 0.1;   // in epsilon
constexpr std::int64_t kLooks = 25;     // in all
/// A climb begins in larger balls: radius in epsilon, share of the steps in percent.
struct Phase {
    double radius;
    std::int64_t percent;
};
std::span<const Phase> phasesOf(Norm norm)
{
    static constexpr std::array<Phase, 3> kL1{{{3.0, 30}, {2.0, 30}, {1.0, 40}}};
    static constexpr std::array<Phase, 1> kOthers{{{1.0, 100}}};
    return norm == Norm::L1 ? std::span<const Phase>(kL1) : std::span<const Phase>(kOthers);
}

/// How a climb is numbered for who looks on.
struct Count {
    std::int64_t next = 0;
    std::int64_t planned = 0;
};

/// One climb within one ball of some samples of a batch; those that leave it leave every tensor.
class Walk {
public:
    Walk(const AttackBatch &batch, const at::Tensor &rows, const RowsLoss &loss, double epsilon,
         const at::Tensor &start)
        : m_batch(batch),
          m_active(select(batch, rows)),
          m_loss(loss),
          m_epsilon(epsilon),
          m_isSparse(batch.options.norm == Norm::L1),
          m_rows(rows),
          m_x(start)
    {
    }

    /// Points inside the batch's own ball are offered to `best`. Tells the point after the last
    /// step too.
    void run(std::int64_t steps, Count &count, Best &best);

    const at::Tensor &top() const { return m_topX; }

private:
    void begin(const Ascent &here);
    void arrive(const Ascent &here);
    void look(std::int64_t stepsSince);
    void lookAtSparsity();
    void restartFromTop(const at::Tensor &which);
    void step();
    void offerTheEdge(Best &best) const;
    void keep(const at::Tensor &left);

    at::Tensor inside(const at::Tensor &x) const
    {
        return project(x, m_active.x, m_batch.options.norm, m_epsilon, m_active.boxed);
    }
    at::Tensor direction() const;
    /// (n): how many values of the best point differ from the sample's.
    at::Tensor movedValues() const
    {
        return (m_topX != m_active.x).reshape({m_x.size(0), -1}).sum(1).to(at::kDouble);
    }

    const AttackBatch &m_batch;
    AttackBatch m_active;
    const RowsLoss &m_loss;
    double m_epsilon;
    bool m_isSparse;
    // Of each sample (n, ...).
    at::Tensor m_rows, m_x, m_previous, m_gradient, m_topX, m_topGradient;
    at::Tensor m_value, m_topValue, m_topValueAtLook; // (n): losses
    at::Tensor m_length, m_rises, m_hasHalved;        // (n): the step's, since the last look
    at::Tensor m_moving, m_movedAtLook;               // (n): sparse steps' number of values
};

void Walk::run(std::int64_t steps, Count &count, Best &best)
{
    const AttackOptions &options = m_batch.options;
    const std::vector<std::int64_t> checkpoints = apgdCheckpoints(steps);
    auto checkpoint = checkpoints.begin();
    std::int64_t lastLook = 0;
    for (std::int64_t done = 0; !m_batch.stop.stop_requested(); ++done) {
        const LossFunction loss = [&](const at::Tensor &logits) { return m_loss(logits, m_rows); };
        const Ascent here = ascend(m_active, m_x, m_loss ? loss : LossFunction());
        tell(m_batch, count.next++, count.planned, m_x, here);
        if (m_epsilon <= options.epsilon) best.offer(m_rows, m_x, here.loss, here.fooled);
        if (done == 0)
            begin(here);
        else
            arrive(here);
        if (done == steps) break;
        if (options.untilFooled && m_epsilon <= options.epsilon && here.fooled.any().item<bool>())
            keep(at::nonzero(here.fooled.logical_not()).squeeze(1));
        if (m_rows.numel() == 0) return;
        if (m_isSparse && done > 0 && done % std::max<std::int64_t>(steps / kLooks, 1) == 0)
            lookAtSparsity();
        if (!m_isSparse && checkpoint != checkpoints.end() && done == *checkpoint) {
            look(done - lastLook);
            lastLook = *checkpoint++;
        }
        step();
    }
    if (m_isSparse && m_epsilon <= options.epsilon && !m_batch.stop.stop_requested())
        offerTheEdge(best);
}

/// Sparse steps of a tenth of epsilon at least come to rest around the worst point, not on it: from
/// the best point the slope is followed as far as ball and range go.
void Walk::offerTheEdge(Best &best) const
{
    const at::Tensor edge =
        steepestPoint(m_topGradient, m_active.x, m_batch.options.norm, m_epsilon, m_active.boxed);
    const at::Tensor logits = logitsOf(m_active, edge);
    const at::Tensor loss = m_loss ? m_loss(logits, m_rows) : lossOf(m_active, logits);
    best.offer(m_rows, edge, loss, fooled(m_active, logits));
}

void Walk::begin(const Ascent &here)
{
    m_gradient = m_topGradient = here.gradient;
    m_topX = m_x;
    m_value = m_topValue = m_topValueAtLook = here.loss;
    const auto options = m_x.options();
    m_length = at::full({m_x.size(0)}, (m_isSparse ? 1.0 : kFirstStep) * m_epsilon, options);
    m_rises = at::zeros_like(m_length);
    m_hasHalved = at::zeros_like(m_length, at::kBool);
    const auto values = static_cast<double>(m_x[0].numel());
    m_moving = at::full({m_x.size(0)}, kFirstShare * values, options.dtype(at::kDouble));
    m_movedAtLook = m_moving;
}

void Walk::arrive(const Ascent &here)
{
    m_rises = m_rises + here.loss.gt(m_value);
    m_value = here.loss;
    m_gradient = here.gradient;
    const at::Tensor isTop = here.loss.gt(m_topValue);
    m_topX = at::where(perSample(isTop, m_x), m_x, m_topX);
    m_topGradient = at::where(perSample(isTop, m_x), m_gradient, m_topGradient);
    m_topValue = at::where(isTop, m_value, m_topValue);
}

/// Conditions 1 and 2 of the paper: too few of the last steps rose, or neither step nor best loss
/// has changed since the last look.
void Walk::look(std::int64_t stepsSince)
{
    const at::Tensor hardlyRises = m_rises < kProgress * static_cast<double>(stepsSince);
    const at::Tensor standsStill = m_hasHalved.logical_not() & m_topValue.le(m_topValueAtLook);
    m_hasHalved = hardlyRises.logical_or(standsStill);
    m_length = at::where(m_hasHalved, m_length / 2.0, m_length);
    restartFromTop(m_hasHalved);
    m_topValueAtLook = m_topValue;
    m_rises = at::zeros_like(m_rises);
}

/// Where the best point still grows thinner the steps stay long and begin again from it; elsewhere
/// they shorten.
void Walk::lookAtSparsity()
{
    const at::Tensor moved = movedValues();
    const at::Tensor thins = moved < kStillThinning * m_movedAtLook;
    m_moving = moved / kThinning;
    m_movedAtLook = moved;
    m_length = at::where(thins, at::full_like(m_length, m_epsilon),
                         (m_length / kThinning).clamp_min(kSmallestStep * m_epsilon));
    restartFromTop(thins);
}

void Walk::restartFromTop(const at::Tensor &which)
{
    m_x = at::where(perSample(which, m_x), m_topX, m_x);
    m_gradient = at::where(perSample(which, m_x), m_topGradient, m_gradient);
    m_value = at::where(which, m_topValue, m_value);
}

/// Of length 1; sparse, it is shared by the values of steepest slope.
at::Tensor Walk::direction() const
{
    if (!m_isSparse) return steepest(m_gradient, m_batch.options.norm);
    const at::Tensor slopes = at::abs(m_gradient.reshape({m_gradient.size(0), -1}));
    const at::Tensor falling = std::get<0>(at::sort(slopes, 1, true));
    const at::Tensor last = m_moving.floor().to(at::kLong).clamp(1, slopes.size(1)) - 1;
    const at::Tensor steep = slopes >= falling.gather(1, last.unsqueeze(1));
    const at::Tensor signs = at::sign(m_gradient) * steep.reshape(m_gradient.sizes());
    return signs / perSample(norms(signs, Norm::L1).clamp_min(1.0), signs);
}

void Walk::step()
{
    at::Tensor next = inside(m_x + perSample(m_length, m_x) * direction());
    if (!m_isSparse && m_previous.defined())
        next = inside(m_x + kMomentum * (next - m_x) + (1.0 - kMomentum) * (m_x - m_previous));
    m_previous = m_x;
    m_x = next;
}

void Walk::keep(const at::Tensor &left)
{
    m_active.x = m_active.x.index_select(0, left);
    m_active.y = m_active.y.index_select(0, left);
    for (at::Tensor *each :
         {&m_rows, &m_x, &m_previous, &m_gradient, &m_topX, &m_topGradient, &m_value, &m_topValue,
          &m_topValueAtLook, &m_length, &m_rises, &m_hasHalved, &m_moving, &m_movedAtLook}) {
        if (each->defined()) *each = each->index_select(0, left);
    }
}

/// One restart with one loss: the best points of the samples `rows`, (n, ...).
at::Tensor climb(const AttackBatch &batch, const at::Tensor &rows, const RowsLoss &loss,
                 Count &count)
{
    const AttackOptions &options = batch.options;
    const std::span<const Phase> phases = phasesOf(options.norm);
    Best best(batch);
    at::Generator generator = batch.generator;
    const at::Tensor centre = batch.x.index_select(0, rows);
    at::Tensor x =
        centre
        + randomInBall(centre, options.norm, phases.front().radius * options.epsilon, generator);
    std::int64_t left = steps(batch);
    for (const Phase &phase : phases) {
        const double epsilon = phase.radius * options.epsilon;
        const std::int64_t part =
            &phase == &phases.back() ? left : steps(batch) * phase.percent / 100;
        Walk walk(batch, rows, loss, epsilon,
                  project(x, centre, options.norm, epsilon, batch.boxed));
        walk.run(part, count, best);
        if (batch.stop.stop_requested()) break;
        x = walk.top();
        left -= part;
    }
    return best.x().index_select(0, rows);
}

} // namespace

std::vector<std::int64_t> apgdCheckpoints(std::int64_t steps)
{
    // In percent, so that nothing is lost to rounding: 22, then intervals that shrink by 3 to 6.
    std::vector<std::int64_t> checkpoints;
    for (std::int64_t share = 22, interval = 22; share <= 100;
         interval = std::max<std::int64_t>(interval - 3, 6), share += interval) {
        const std::int64_t step = (share * steps + 99) / 100;
        if (checkpoints.empty() || step > checkpoints.back()) checkpoints.push_back(step);
    }
    return checkpoints;
}

at::Tensor apgd(const AttackBatch &batch, const std::vector<RowsLoss> &losses)
{
    Best best(batch);
    const at::Tensor logits = logitsOf(batch, batch.x);
    best.offer(best.stillRight(), batch.x, lossOf(batch, logits), fooled(batch, logits));
    const auto climbs = static_cast<std::int64_t>(losses.size()) * batch.options.restarts;
    const auto starts = static_cast<std::int64_t>(phasesOf(batch.options.norm).size());
    Count count{.next = 0, .planned = climbs * (steps(batch) + starts) - 1};
    for (std::int64_t i = 0; i < climbs && !batch.stop.stop_requested(); ++i) {
        const at::Tensor rows = best.stillRight();
        if (rows.numel() == 0) break;
        const auto which = static_cast<std::size_t>(i / batch.options.restarts);
        const at::Tensor found = climb(batch, rows, losses[which], count);
        // Different losses are compared by cross-entropy.
        const AttackBatch some = select(batch, rows);
        const at::Tensor after = logitsOf(some, found);
        best.offer(rows, found, lossOf(some, after), fooled(some, after));
    }
    return best.x();
}

} // namespace ostrich::attack
