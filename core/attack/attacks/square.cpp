// Square: random search by squares of one colour, which asks the network for its scores alone.
#include "attack/attack_torch.hpp"
#include "attack/square_windows_torch.hpp"
#include "data/option.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <limits>

namespace ostrich::attack::square {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// (N): how many logits the network is away from being fooled.
at::Tensor marginOf(const AttackBatch &batch, const at::Tensor &logits)
{
    const auto &target = batch.options.target;
    const at::Tensor aim = (target ? at::full_like(batch.y, *target) : batch.y).unsqueeze(1);
    const at::Tensor own = logits.gather(1, aim).squeeze(1);
    const at::Tensor others = logits.scatter(1, aim, -kInfinity).amax(1);
    return target ? others - own : own - others;
}

/// The samples of one start that are not fooled yet.
struct Search {
    AttackBatch batch;
    at::Tensor indices;     // (n) of the whole batch
    at::Tensor x;           // (n, C, H, W); points and series are one row, (n, 1, 1, F)
    at::Tensor best = {};   // the same, so far
    at::Tensor margin = {}; // (n) of best
    at::Tensor low = {};    // Linf: the ends of each value's range, like x
    at::Tensor high = {};

    std::int64_t rows() const { return x.size(2); }
    std::int64_t columns() const { return x.size(3); }

    /// Uniform in [0, 1).
    at::Tensor draws(at::IntArrayRef shape)
    {
        return at::rand(shape, batch.generator, x.options().device(at::kCPU)).to(x.device());
    }
    /// (n, C, 1, columns) booleans.
    at::Tensor coins(std::int64_t columns = 1)
    {
        return draws({x.size(0), x.size(1), 1, columns}) < 0.5;
    }

    void keep(const at::Tensor &rows)
    {
        for (at::Tensor *tensor : {&indices, &x, &best, &margin, &low, &high, &batch.x, &batch.y}) {
            if (tensor->defined()) *tensor = tensor->index_select(0, rows);
        }
    }
};

/// What is asked next: `first` of all, then changes of the best so far, in a window of the given
/// share of the pixels. Both (n, C, H, W), inside ball and range.
class Proposals {
public:
    virtual ~Proposals() = default;
    virtual at::Tensor first(Search &search) const = 0;
    virtual at::Tensor next(Search &search, double share) const = 0;
};

/// Every value stands at one end of its range (their section 4.1): stripes, then squares.
class LinfProposals : public Proposals {
public:
    at::Tensor first(Search &search) const override
    {
        return at::where(search.coins(search.columns()), search.high, search.low);
    }

    at::Tensor next(Search &search, double share) const override
    {
        const Window window = squareWindow(share, search.rows(), search.columns(), false);
        const at::Tensor inside = windowMask(window, search.rows(), search.columns(),
                                             search.draws({search.x.size(0), 2}));
        const auto coloured = [&](const at::Tensor &up) {
            return at::where(inside, at::where(up, search.high, search.low), search.best);
        };
        const at::Tensor up = search.coins();
        const at::Tensor moved = coloured(up);
        // A picture that was asked before would be a wasted question: there the square turns round.
        const at::Tensor same = (moved == search.best).flatten(1).all(1);
        return same.any().item<bool>() ? coloured(up.logical_xor(same.view({-1, 1, 1, 1}))) : moved;
    }
};

/// The length is spent on hills and pits (their section 4.2): a window gives away what it holds,
/// and another one gets it, with what the valid range has cut off.
class L2Proposals : public Proposals {
public:
    at::Tensor first(Search &search) const override
    {
        const Window tile{.height = std::max<std::int64_t>(search.rows() / 5, 1),
                          .width = std::max<std::int64_t>(search.columns() / 5, 1)};
        const at::Tensor move = at::zeros_like(search.x);
        for (std::int64_t top = search.rows() % tile.height / 2; top + tile.height <= search.rows();
             top += tile.height) {
            for (std::int64_t left = search.columns() % tile.width / 2;
                 left + tile.width <= search.columns(); left += tile.width)
                move.narrow(2, top, tile.height)
                    .narrow(3, left, tile.width)
                    .copy_(relief(search, tile));
        }
        return onSphere(search, move);
    }

    at::Tensor next(Search &search, double share) const override
    {
        const std::int64_t channels = search.x.size(1);
        const Window window = squareWindow(share, search.rows(), search.columns(), true);
        const auto places = [&] {
            return windowPlaces(window, search.rows(), search.columns(),
                                search.draws({search.x.size(0), 2}))
                .expand({-1, channels, -1});
        };
        const at::Tensor taker = places(), giver = places();
        const at::Tensor move = (search.best - search.x).flatten(2); // (n, C, H·W)
        const at::Tensor shape =
            unit(relief(search, window).flatten(2) + unit(move.gather(2, taker)));
        const at::Tensor either =
            at::zeros_like(move).scatter(2, taker, 1.0).scatter(2, giver, 1.0);
        const at::Tensor held = (move * either).square().sum(2, true); // (n, C, 1)
        const double radius = search.batch.options.epsilon;
        const at::Tensor unused =
            (radius * radius - move.square().sum({1, 2}, true)).clamp_min(0.0); // (n, 1, 1)
        const at::Tensor length = (held + unused / static_cast<double>(channels)).sqrt();
        return onSphere(
            search,
            move.scatter(2, giver, 0.0).scatter(2, taker, shape * length).view_as(search.x));
    }

private:
    // So much of the ball stays empty that rounding carries nothing out of it.
    static constexpr double kRim = 2e-6;

    /// (n, C, height, width)
    static at::Tensor relief(Search &search, Window window)
    {
        const bool lies = search.draws({1}).item<double>() < 0.5;
        const at::Tensor signs = search.coins().to(search.x.scalar_type()) * 2.0 - 1.0;
        return hillAndPit(window, lies, search.x) * signs;
    }

    /// Of length 1 along the last axis.
    static at::Tensor unit(const at::Tensor &move)
    {
        return move / (move.square().sum(-1, true).sqrt() + 1e-12);
    }

    static at::Tensor onSphere(const Search &search, const at::Tensor &move)
    {
        const double radius = search.batch.options.epsilon * (1.0 - kRim);
        const at::Tensor x = search.x + (unit(move.flatten(1)) * radius).view_as(search.x);
        return search.batch.boxed ? at::clamp(x, 0.0, 1.0) : x;
    }
};

Search begun(const AttackBatch &batch, const at::Tensor &indices)
{
    Search search{.batch = select(batch, indices), .indices = indices, .x = {}};
    const at::Tensor &x = search.batch.x;
    search.x = x.dim() == 4 ? x : x.flatten(1).unsqueeze(1).unsqueeze(1);
    search.best = search.x;
    search.margin = at::full({x.size(0)}, kInfinity, x.options());
    if (batch.options.norm == Norm::Linf) {
        const double far = 2.0 * batch.options.epsilon;
        const auto end = [&](double move) {
            return project(search.x + move, search.x, Norm::Linf, batch.options.epsilon,
                           batch.boxed);
        };
        search.low = end(-far);
        search.high = end(far);
    }
    return search;
}

/// One start for the samples `indices`; those fooled leave.
void start(const AttackBatch &batch, const at::Tensor &indices, std::int64_t restart, Best &best)
{
    static const LinfProposals linf;
    static const L2Proposals l2;
    const Proposals &proposals =
        batch.options.norm == Norm::Linf ? static_cast<const Proposals &>(linf) : l2;
    const double share = graph::real(parameters(batch), "first_share");
    const std::int64_t queries = steps(batch);
    Search search = begun(batch, indices);
    const auto offer = [&](const at::Tensor &rows, const at::Tensor &isFooled) {
        best.offer(search.indices.index_select(0, rows),
                   search.best.view_as(search.batch.x).index_select(0, rows),
                   -search.margin.index_select(0, rows), isFooled.index_select(0, rows));
    };
    at::Tensor shown; // the logits of best, for who looks on
    for (std::int64_t query = 0; query < queries && !batch.stop.stop_requested(); ++query) {
        const at::Tensor asked =
            query == 0 ? proposals.first(search)
                       : proposals.next(search, squareShare(query - 1, queries, share));
        const at::Tensor logits = logitsOf(search.batch, asked.view_as(search.batch.x));
        const at::Tensor margin = marginOf(search.batch, logits);
        const at::Tensor done = fooled(search.batch, logits);
        const at::Tensor better = (margin < search.margin).logical_or(done);
        search.best = at::where(better.view({-1, 1, 1, 1}), asked, search.best);
        search.margin = at::where(better, margin, search.margin);
        if (batch.watch) {
            if (query == 0 || better.item<bool>()) shown = logits;
            tell(batch, restart * queries + query, batch.options.restarts * queries,
                 search.best.view_as(search.batch.x), {{}, -search.margin, done, shown});
        }
        if (!done.any().item<bool>()) continue;
        offer(at::nonzero(done).squeeze(1), done);
        search.keep(at::nonzero(done.logical_not()).squeeze(1));
        if (search.indices.numel() == 0) return;
    }
    const at::Tensor all = at::arange(search.indices.numel(), search.indices.options());
    offer(all, at::zeros_like(search.margin, search.margin.options().dtype(at::kBool)));
}

class Square : public Attack {
public:
    const AttackDescription &description() const override
    {
        static const AttackDescription description{
            .name = "square",
            .label = {"Square", "Square"},
            .help = {"Black box: changes one square after another at random and keeps what the "
                     "scores like less; it needs no slope.",
                     "Boîte noire : change un carré après l'autre au hasard et garde ce qui nuit "
                     "aux scores ; elle n'a pas besoin de pente."},
            .source = "Andriushchenko et al. 2020, Square attack: a query-efficient black-box "
                      "adversarial attack via random search",
            .defaultSteps = 5000,
            .usesRestarts = true,
            .usesGradient = false,
            .parameters = {data::realOption(
                "first_share", 0.8, 0.001, 1.0, {"First square", "Premier carré"},
                {"The share of the pixels that the first squares cover; it shrinks by the "
                 "published "
                 "schedule.",
                 "La part des pixels que couvrent les premiers carrés ; elle diminue selon le "
                 "calendrier publié."})},
        };
        return description;
    }

    /// A start and steps - 1 proposals each, and one look at the samples as they are.
    at::Tensor run(const AttackBatch &batch) const override
    {
        Best best(batch);
        const at::Tensor logits = logitsOf(batch, batch.x);
        const at::Tensor all = best.stillRight();
        best.offer(all, batch.x, -marginOf(batch, logits), fooled(batch, logits));
        for (std::int64_t restart = 0; restart < batch.options.restarts; ++restart) {
            const at::Tensor open = best.stillRight();
            if (open.numel() == 0 || batch.stop.stop_requested()) break;
            start(batch, open, restart, best);
        }
        return best.x();
    }
};

} // namespace

std::unique_ptr<Attack> create()
{
    return std::make_unique<Square>();
}

} // namespace ostrich::attack::square
