// A transformer's layer as a network of smaller blocks: a row for each sublayer with its short-cut.
#include "blocks/transformer_unfolded.hpp"

#include "blocks/block_kind.hpp"
#include "graph/layout.hpp"

#include <algorithm>

namespace ostrich::blocks {

namespace {

using graph::Parameters;

constexpr const char *kMemory = "memory";

// As tidy() leaves room, in canvas pixels; but no row ends within a sublayer.
constexpr double kLeft = 24.0;
constexpr double kTop = 30.0;
constexpr double kIndent = 88.0; // of later rows: a wire returns and forks there
constexpr double kCardHeight = 96.0;
constexpr double kGutter = 68.0; // between rows
constexpr double kGap = 24.0;
constexpr double kMergeGap = 48.0; // before a block that several wires enter
constexpr double kLabelGap = 88.0; // for a shape such as N×T×1024

class Unfolding {
public:
    Unfolding(std::int64_t features, const Parameters &parameters)
        : m_features(features),
          m_heads(graph::integer(parameters, "num_heads")),
          m_wide(graph::integer(parameters, "dim_feedforward")),
          m_dropout(graph::real(parameters, "dropout")),
          m_gelu(graph::text(parameters, "activation") == "gelu"),
          m_normFirst(graph::boolean(parameters, "norm_first"))
    {
    }

    graph::Network run(bool decoder, bool causal) &&
    {
        std::string x = put("x", "GroupInput", {}, {});
        if (decoder) addMemory();
        x = through(x, [&](const std::string &read) {
            Parameters looks;
            if (causal) looks["causal"] = true;
            return attention(std::move(looks), {read});
        });
        if (decoder) {
            startRow();
            x = through(x, [&](const std::string &read) {
                placeMemory();
                return attention({{"attend", std::string("cross")}}, {read, kMemory, kMemory});
            });
        }
        startRow();
        x = through(x, [&](const std::string &read) { return feedForward(read); });
        put("y", "GroupOutput", {}, {x});
        std::ranges::sort(m_network.wires);
        return std::move(m_network);
    }

private:
    /// x and what `sublayer` makes of it, with a LayerNorm before or behind.
    template <typename Sublayer>
    std::string through(const std::string &x, const Sublayer &sublayer)
    {
        const std::string part = dropped(sublayer(m_normFirst ? normalised(x) : x));
        const std::string sum = add("add", "Add", {}, {x, part});
        return m_normFirst ? sum : normalised(sum);
    }

    std::string attention(Parameters looks, const std::vector<std::string> &sources)
    {
        looks["num_heads"] = m_heads;
        if (m_dropout > 0.0) looks["dropout"] = m_dropout;
        return add("attention", "MultiheadAttention", std::move(looks), sources);
    }

    std::string feedForward(const std::string &x)
    {
        const std::string wide = linear(x, m_wide);
        const std::string bent =
            m_gelu ? add("gelu", "GELU", {}, {wide}) : add("relu", "ReLU", {}, {wide});
        return linear(dropped(bent), m_features);
    }

    std::string linear(const std::string &x, std::int64_t outputs)
    {
        std::string id = add("linear", "Linear", {{"out_features", outputs}}, {x});
        m_gap = kLabelGap;
        return id;
    }

    std::string normalised(const std::string &x) { return add("norm", "LayerNorm", {}, {x}); }

    std::string dropped(const std::string &x)
    {
        return m_dropout > 0.0 ? add("dropout", "Dropout", {{"p", m_dropout}}, {x}) : x;
    }

    std::string add(const char *stem, const char *kind, Parameters parameters,
                    const std::vector<std::string> &sources)
    {
        return put(m_network.freeId(stem), kind, std::move(parameters), sources);
    }

    /// A new block at the end of the row whose inputs are wired to `sources`, port by port; returns
    /// its id.
    std::string put(std::string id, const char *kind, Parameters parameters,
                    const std::vector<std::string> &sources)
    {
        const auto ports = Registry::instance().find(kind)->inputs(parameters);
        for (std::size_t i = 0; i < sources.size(); ++i)
            m_network.wires.push_back({{sources[i], "y"}, {id, ports[i]}});
        graph::Block block;
        block.id = id;
        block.kind = kind;
        block.parameters = std::move(parameters);

        const graph::Size size = graph::blockSize(block, Registry::instance());
        const double left = m_right + (sources.size() > 1 ? std::max(m_gap, kMergeGap) : m_gap);
        block.position = {left, m_top + (kCardHeight - size.height) / 2.0};
        m_right = left + size.width;
        m_gap = kGap;
        m_network.blocks.push_back(std::move(block));
        return id;
    }

    void startRow()
    {
        m_top += kCardHeight + kGutter;
        m_right = kIndent;
        m_gap = 0.0;
    }

    void addMemory()
    {
        graph::Block memory;
        memory.id = kMemory;
        memory.kind = "GroupInput";
        m_network.blocks.push_back(std::move(memory));
    }

    /// In front of the attention that comes next, at the foot of the row: the wire to "query"
    /// passes above it.
    void placeMemory()
    {
        graph::Block &memory = *m_network.find(kMemory);
        const graph::Size size = graph::blockSize(memory, Registry::instance());
        memory.position = {m_right + m_gap, m_top + kCardHeight - size.height};
        m_right += m_gap + size.width;
        m_gap = kGap;
    }

    std::int64_t m_features, m_heads, m_wide;
    double m_dropout;
    bool m_gelu, m_normFirst;
    graph::Network m_network;

    double m_top = kTop; // of the cards in the row that is being filled
    double m_right = kLeft;
    double m_gap = 0.0; // between m_right and the next block
};

} // namespace

graph::Network unfoldedTransformer(const std::vector<graph::Shape> &shapes,
                                   const Parameters &parameters, bool causal)
{
    return Unfolding(*shapes[0].size(graph::Axis::F), parameters).run(shapes.size() > 1, causal);
}

} // namespace ostrich::blocks
