// "Tidy": ranks by longest path, lanes for parallel branches, rows in reading order.
#include "graph/layout.hpp"

#include "graph/analysis.hpp"
#include "graph/flow.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace ostrich::graph {

namespace {

constexpr double kLeft = 24.0; // first row, where no wire returns
constexpr double kTop = 30.0;
constexpr double kReturnIndent = 40.0; // later rows: room for the returning wire
constexpr double kForkIndent = 88.0;   // and for a fork on it
constexpr double kRightMargin = 36.0;  // where a wire leaves for the next row
constexpr double kLastMargin = 20.0;
constexpr double kGap = 24.0;
constexpr double kMergeGap = 48.0;  // before a block that several wires enter
constexpr double kLetter = 7.2;     // of a shape label, 10 pt
constexpr double kGutter = 68.0;    // between rows: a return and one short-cut
constexpr double kWirePitch = 29.0; // each further wire in a gutter
constexpr double kCardHeight = 96.0;
constexpr double kNarrowest = 200.0;
constexpr int kMostGutterWires = 8;

/// Blocks that hang together (by their indices), in the order in which they are laid out.
using Piece = std::vector<std::size_t>;

/// A piece cut into ranks and lanes.
struct Ranked {
    std::vector<std::vector<std::size_t>> ranks; // blocks per rank
    std::vector<double> widths;                  // of the widest block per rank
    std::vector<double> gaps;                    // before each rank
    std::vector<int> crossing; // different outputs whose wires pass from a rank to later ones
    std::vector<int> passing;  // blocks whose wires pass over a rank
    std::vector<bool> forks;   // what enters the rank also goes elsewhere
};

/// Ranks `first` .. `last` - 1 that stand in one row.
struct Row {
    std::size_t first = 0;
    std::size_t last = 0;
};

std::string textOf(const std::optional<Shape> &shape)
{
    return shape ? toString(*shape) : std::string();
}

std::size_t letters(const std::string &text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    }));
}

class Tidying {
public:
    Tidying(const Network &network, const KindSet &kinds, const Analysis &analysis,
            double viewWidth)
        : m_network(network),
          m_flow(flowOf(network)),
          m_viewWidth(std::isfinite(viewWidth) ? std::max(viewWidth, kNarrowest) : kNarrowest),
          m_rank(network.blocks.size(), 0),
          m_lane(network.blocks.size(), 0),
          m_position(network.blocks.size()),
          m_label(network.blocks.size())
    {
        for (std::size_t i = 0; i < network.blocks.size(); ++i) {
            m_size.push_back(blockSize(network.blocks[i], kinds));
            const BlockFacts *blockFacts = analysis.find(network.blocks[i].id);
            if (blockFacts != nullptr) m_label[i] = labelAfter(*blockFacts);
        }
    }

    Edit run()
    {
        double top = kTop;
        for (const Piece &piece : pieces()) top = layOut(piece, top);
        layOutSingles(top);
        std::vector<std::pair<std::string, Position>> targets;
        for (std::size_t i = 0; i < m_position.size(); ++i)
            targets.emplace_back(m_network.blocks[i].id, m_position[i]);
        Edit edit = moveBlocks(m_network, targets);
        if (!edit.empty()) edit.name = {"graph.edit_tidy", {}};
        return edit;
    }

private:
    /// The label on the wires out of a block: its output's shape where it differs from every
    /// input's.
    static std::string labelAfter(const BlockFacts &facts)
    {
        if (facts.outputs.empty() || !facts.outputs.front()) return {};
        const bool kept = std::find(facts.inputs.begin(), facts.inputs.end(), facts.outputs.front())
                          != facts.inputs.end();
        return kept ? std::string() : textOf(facts.outputs.front());
    }

    bool isSingle(std::size_t block) const
    {
        return m_flow.in[block].empty() && m_flow.out[block].empty();
    }

    /// Wired blocks, grouped; in the order of their oldest block, each inputs first.
    std::vector<Piece> pieces() const
    {
        const std::size_t count = m_network.blocks.size();
        std::vector<std::size_t> root(count);
        std::iota(root.begin(), root.end(), std::size_t{0});
        const auto rootOf = [&root](std::size_t block) {
            while (root[block] != block) block = root[block] = root[root[block]];
            return block;
        };
        for (std::size_t block = 0; block < count; ++block) {
            for (const Link &link : m_flow.out[block]) {
                const std::size_t a = rootOf(block);
                const std::size_t b = rootOf(link.block);
                root[std::max(a, b)] = std::min(a, b);
            }
        }
        std::map<std::size_t, Piece> byRoot;
        for (const std::size_t block : m_flow.order) {
            if (!isSingle(block)) byRoot[rootOf(block)].push_back(block);
        }
        std::vector<Piece> found;
        for (auto &[oldest, piece] : byRoot) found.push_back(std::move(piece));
        return found;
    }

    /// Longest path from the sources; then sources move right to the block that they feed.
    void rankBlocks(const Piece &piece)
    {
        for (const std::size_t block : piece) {
            for (const Link &link : m_flow.in[block])
                m_rank[block] = std::max(m_rank[block], m_rank[link.block] + 1);
        }
        for (const std::size_t block : piece) {
            if (!m_flow.in[block].empty()) continue;
            std::size_t nearest = std::numeric_limits<std::size_t>::max();
            for (const Link &link : m_flow.out[block])
                nearest = std::min(nearest, m_rank[link.block]);
            m_rank[block] = nearest - 1; // a source's targets have rank 1 at least
        }
    }

    /// The main path in lane 0, every further path in the first lane that is free along it.
    void assignLanes(const Piece &piece)
    {
        Piece open = piece;
        std::stable_sort(open.begin(), open.end(),
                         [this](std::size_t a, std::size_t b) { return m_rank[a] > m_rank[b]; });
        std::vector<bool> placed(m_network.blocks.size(), false);
        std::vector<std::vector<bool>> taken; // per lane, per rank
        const std::size_t ranks = m_rank[open.front()] + 1;
        for (const std::size_t end : open) {
            if (placed[end]) continue;
            const std::vector<std::size_t> path = pathBack(end, placed);
            const std::size_t low = m_rank[path.back()];
            const std::size_t high = m_rank[end];
            std::size_t lane = 0;
            while (lane < taken.size()
                   && std::find(taken[lane].begin() + static_cast<std::ptrdiff_t>(low),
                                taken[lane].begin() + static_cast<std::ptrdiff_t>(high) + 1, true)
                          != taken[lane].begin() + static_cast<std::ptrdiff_t>(high) + 1)
                ++lane;
            if (lane == taken.size()) taken.emplace_back(ranks, false);
            for (const std::size_t block : path) {
                placed[block] = true;
                m_lane[block] = lane;
            }
            for (std::size_t rank = low; rank <= high; ++rank) taken[lane][rank] = true;
        }
    }

    /// From `end` back along the nearest unplaced blocks; of equally near ones the first wired.
    std::vector<std::size_t> pathBack(std::size_t end, const std::vector<bool> &placed) const
    {
        std::vector<std::size_t> path{end};
        while (true) {
            std::optional<std::size_t> best;
            for (const Link &link : m_flow.in[path.back()]) {
                if (!placed[link.block] && (!best || m_rank[link.block] > m_rank[*best]))
                    best = link.block;
            }
            if (!best) return path;
            path.push_back(*best);
        }
    }

    Ranked ranked(const Piece &piece) const
    {
        Ranked cut;
        for (const std::size_t block : piece) {
            if (m_rank[block] >= cut.ranks.size()) cut.ranks.resize(m_rank[block] + 1);
            cut.ranks[m_rank[block]].push_back(block);
        }
        const std::size_t count = cut.ranks.size();
        cut.widths.assign(count, 0.0);
        cut.gaps.assign(count, kGap);
        cut.crossing.assign(count, 0);
        cut.passing.assign(count, 0);
        cut.forks.assign(count, false);
        for (const std::size_t block : piece) {
            const std::size_t rank = m_rank[block];
            cut.widths[rank] = std::max(cut.widths[rank], m_size[block].width);
            if (m_flow.in[block].size() > 1) cut.gaps[rank] = std::max(cut.gaps[rank], kMergeGap);
            std::size_t farthest = rank;
            for (const Link &link : m_flow.out[block]) {
                farthest = std::max(farthest, m_rank[link.block]);
                if (m_flow.out[block].size() > 1) cut.forks[m_rank[link.block]] = true;
                if (m_rank[link.block] == rank + 1 && !m_label[block].empty())
                    cut.gaps[rank + 1] = std::max(cut.gaps[rank + 1], labelGap(m_label[block]));
            }
            for (std::size_t r = rank; r < farthest; ++r) {
                ++cut.crossing[r];
                cut.passing[r] += r > rank ? 1 : 0;
            }
        }
        return cut;
    }

    static double labelGap(const std::string &label)
    {
        return std::ceil(kLetter * static_cast<double>(letters(label)) + 24.0);
    }

    static double indent(const Ranked &cut, std::size_t first)
    {
        if (first == 0) return kLeft;
        return cut.forks[first] ? kForkIndent : kReturnIndent;
    }

    /// As few rows as fit; among these, breaks where no short-cut is cut and rows about equally
    /// full.
    std::vector<Row> breakRows(const Ranked &cut) const
    {
        const std::size_t count = cut.ranks.size();
        std::vector<double> best(count + 1, std::numeric_limits<double>::infinity());
        std::vector<std::size_t> from(count + 1, 0);
        best[0] = 0.0;
        for (std::size_t first = 0; first < count; ++first) {
            double right = indent(cut, first);
            for (std::size_t last = first; last < count; ++last) {
                right += (last == first ? 0.0 : cut.gaps[last]) + cut.widths[last];
                const bool isEnd = last + 1 == count;
                const double limit = m_viewWidth - (isEnd ? kLastMargin : kRightMargin);
                // A row of one rank may be too wide: there is no better place for it.
                if (right > limit && last > first) break;
                const double slack = isEnd ? 0.0 : std::max(0.0, limit - right) / m_viewWidth;
                const double cuts = isEnd ? 0.0 : 0.6 * (cut.crossing[last] - 1);
                const double cost = best[first] + 1.0 + slack * slack + cuts;
                if (cost < best[last + 1]) {
                    best[last + 1] = cost;
                    from[last + 1] = first;
                }
            }
        }
        std::vector<Row> rows;
        for (std::size_t end = count; end > 0; end = from[end]) rows.push_back({from[end], end});
        std::reverse(rows.begin(), rows.end());
        return rows;
    }

    /// The most short-cuts that pass side by side over a rank of the row.
    static int shortCuts(const Ranked &cut, Row row)
    {
        const auto begin = cut.passing.begin();
        const int most = *std::max_element(begin + static_cast<std::ptrdiff_t>(row.first),
                                           begin + static_cast<std::ptrdiff_t>(row.last));
        return std::min(most, kMostGutterWires);
    }

    /// Lays one piece out below `top` (of its first row's cards); returns the next piece's top.
    double layOut(const Piece &piece, double top)
    {
        rankBlocks(piece);
        assignLanes(piece);
        const Ranked cut = ranked(piece);
        for (const Row row : breakRows(cut)) {
            // One short-cut finds room in any gutter, beside the wire that returns.
            top += kWirePitch * std::max(0, shortCuts(cut, row) - 1);
            top = placeRow(cut, row, top) + kGutter;
        }
        return top;
    }

    /// Sets the row's positions; returns its bottom.
    double placeRow(const Ranked &cut, Row row, double top)
    {
        std::map<std::size_t, double> laneHeight; // only lanes that this row uses
        for (std::size_t rank = row.first; rank < row.last; ++rank) {
            for (const std::size_t block : cut.ranks[rank]) {
                double &height = laneHeight[m_lane[block]];
                height = std::max(height, m_size[block].height);
            }
        }
        // A row of pills keeps the pitch of a row of cards.
        double &mainHeight = laneHeight.begin()->second;
        mainHeight = std::max(mainHeight, kCardHeight);
        std::map<std::size_t, double> middle;
        double bottom = top;
        for (const auto &[lane, height] : laneHeight) {
            middle[lane] = bottom + height / 2.0;
            bottom += height + kGap;
        }
        double x = indent(cut, row.first);
        for (std::size_t rank = row.first; rank < row.last; ++rank) {
            x += rank == row.first ? 0.0 : cut.gaps[rank];
            for (const std::size_t block : cut.ranks[rank]) {
                m_position[block] = {x + std::round((cut.widths[rank] - m_size[block].width) / 2.0),
                                     middle[m_lane[block]] - m_size[block].height / 2.0};
            }
            x += cut.widths[rank];
        }
        return bottom - kGap;
    }

    /// Blocks without any wire, in rows below the rest.
    void layOutSingles(double top)
    {
        double x = kLeft;
        for (std::size_t block = 0; block < m_position.size(); ++block) {
            if (!isSingle(block)) continue;
            if (x > kLeft && x + m_size[block].width > m_viewWidth - kLastMargin) {
                x = kLeft;
                top += kCardHeight + kGutter;
            }
            m_position[block] = {x, top + (kCardHeight - m_size[block].height) / 2.0};
            x += m_size[block].width + kGap;
        }
    }

    const Network &m_network;
    const Flow m_flow;
    double m_viewWidth;
    std::vector<std::size_t> m_rank;
    std::vector<std::size_t> m_lane;
    std::vector<Position> m_position;
    std::vector<std::string> m_label; // on the wires out of each block; empty: no label
    std::vector<Size> m_size;
};

} // namespace

Edit tidy(const Network &network, const KindSet &kinds, const Analysis &analysis, double viewWidth)
{
    return Tidying(network, kinds, analysis, viewWidth).run();
}

Edit tidy(const Network &network, const KindSet &kinds, const DataFacts &facts, double viewWidth)
{
    return tidy(network, kinds, analyse(network, kinds, facts), viewWidth);
}

} // namespace ostrich::graph
