// DeepFool: over and over to the nearest boundary that the network would have if it were linear.
#include "attack/hyperplane_torch.hpp"
#include "attack/jacobian_torch.hpp"
#include "attack/nearest_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/clamp.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

namespace ostrich::attack::deepfool {

namespace {

/// The samples on their way.
struct Walkers {
    AttackBatch batch;  // n samples
    at::Tensor indices; // (n) in the whole batch
    at::Tensor rivals;  // (n, M)
    at::Tensor total;   // (n, ...) all moves so far, in double precision
    at::Tensor x;       // (n, ...)

    void keep(const at::Tensor &rows)
    {
        for (at::Tensor *all : {&batch.x, &batch.y, &indices, &rivals, &total, &x})
            *all = all->index_select(0, rows);
    }
};

/// (n, ...): the shortest of the moves to the M planes at which a rival draws level.
at::Tensor shortestMove(const Walkers &walkers, const Leads &leads)
{
    const AttackBatch &batch = walkers.batch;
    at::Tensor move = at::zeros_like(walkers.total);
    at::Tensor length = at::full_like(leads.leads.select(1, 0), std::numeric_limits<double>::max(),
                                      at::TensorOptions(at::kDouble));
    for (std::size_t i = 0; i < leads.slopes.size(); ++i) {
        const at::Tensor gap = -leads.leads.select(1, static_cast<std::int64_t>(i));
        const PlaneStep step =
            toPlane(walkers.x, leads.slopes[i], gap, batch.options.norm, batch.boxed);
        // A plane out of reach is the last choice: as far as the range goes towards it.
        const at::Tensor cost =
            at::where(step.reached, step.length, at::full_like(step.length, 1e300));
        const at::Tensor shorter = cost.lt(length);
        length = at::where(shorter, cost, length);
        move.index_put_({shorter}, step.move.index({shorter}));
    }
    return move;
}

void advance(Walkers &walkers, const Leads &leads, double overshoot)
{
    walkers.total += shortestMove(walkers, leads);
    const at::Tensor &origin = walkers.batch.x;
    const at::Tensor x =
        (origin.to(at::kDouble) + (1.0 + overshoot) * walkers.total).to(origin.scalar_type());
    walkers.x = walkers.batch.boxed ? at::clamp(x, 0.0, 1.0) : x;
}

void tellOf(const Walkers &walkers, std::int64_t step, const Leads &leads)
{
    const at::Tensor lead = std::get<0>(leads.leads.max(1));
    tell(walkers.batch, step, steps(walkers.batch), walkers.x,
         {.gradient = {}, .loss = lead, .fooled = {}, .logits = leads.logits});
}

Nearest nearest(const AttackBatch &batch)
{
    const graph::Parameters own = parameters(batch);
    const at::Tensor logits = logitsOf(batch, batch.x);
    Nearest nearest(batch, fooled(batch, logits));
    const at::Tensor open = nearest.beyond();
    if (open.numel() == 0) return nearest;
    Walkers walkers{.batch = select(batch, open),
                    .indices = open,
                    .rivals = {},
                    .total = {},
                    .x = batch.x.index_select(0, open)};
    walkers.rivals =
        rivals(walkers.batch, logits.index_select(0, open), graph::integer(own, "classes") - 1);
    walkers.total = at::zeros_like(walkers.x, at::kDouble);
    for (std::int64_t step = 0; step < steps(batch); ++step) {
        if (batch.stop.stop_requested()) return nearest;
        const Leads leads = leadsOf(walkers.batch, walkers.x, walkers.rivals);
        tellOf(walkers, step, leads);
        advance(walkers, leads, graph::real(own, "overshoot"));
        const at::Tensor fools = fooled(walkers.batch, logitsOf(walkers.batch, walkers.x));
        nearest.offer(walkers.indices, walkers.x, fools);
        const at::Tensor rows = at::nonzero(fools.logical_not()).squeeze(1);
        if (rows.numel() == 0) break;
        walkers.keep(rows);
    }
    refine(batch, nearest);
    return nearest;
}

class DeepFool : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "deepfool",
            .label = {"DeepFool", "DeepFool"},
            .help = {"Takes the network for linear, goes to the nearest boundary, and looks again: "
                     "the smallest perturbation in a few steps.",
                     "Prend le réseau pour linéaire, va à la frontière la plus proche, et regarde "
                     "de nouveau : la plus petite perturbation en quelques pas."},
            .source = "Moosavi-Dezfooli, Fawzi and Frossard 2016, DeepFool: a simple and accurate "
                      "method to fool deep neural networks",
            .norms = {Norm::L2, Norm::Linf, Norm::L1},
            .defaultSteps = 50,
            .smallest = true,
            .parameters = {blocks::realSpec({"overshoot",
                                             {"Overshoot", "Dépassement"},
                                             {"Share by which each move goes beyond the boundary",
                                              "Part dont chaque pas dépasse la frontière"}},
                                            0.02, 0.0, 1.0),
                           blocks::integerSpec({"classes",
                                                {"Classes", "Classes"},
                                                {"How many of the likeliest classes are looked at",
                                                 "Nombre de classes, parmi les plus probables, "
                                                 "prises en compte"}},
                                               10, 2, 1000)},
        };
        return description;
    }

    at::Tensor run(const AttackBatch &batch) const override
    {
        return project(smallest(batch), batch.x, batch.options.norm, batch.options.epsilon,
                       batch.boxed);
    }

    at::Tensor smallest(const AttackBatch &batch) const override { return nearest(batch).x(); }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<DeepFool>();
}

} // namespace ostrich::attack::deepfool
