// Normalisations, activations, ports of groups, attention and transformer layers to try, as data.
#pragma once

#include "block_case.hpp"

#include <optional>

namespace attention_cases {

using Integer = std::int64_t;
using ostrich::graph::Parameters;
using ostrich::graph::Shape;

/// 5 steps of 8 features; T varies.
inline const Shape kFixed = Shape::sequence(5, 8);
inline const Shape kVaried = Shape::sequence(std::nullopt, 8);
inline const Shape kMemory = Shape::sequence(7, 8);

inline BlockCase worked(std::string title, std::string kind, Parameters parameters,
                        std::vector<Shape> inputs, std::int64_t multiplyAdds)
{
    BlockCase made{std::move(title), std::move(kind), std::move(parameters), std::move(inputs)};
    made.multiplyAdds = multiplyAdds;
    return made;
}

inline std::vector<BlockCase> activations()
{
    const Shape maps = Shape::maps(4, 3, 2), row = Shape::vector(6);
    return {
        {"gelu", "GELU", {}, {maps}},
        {"gelu of a sequence", "GELU", {}, {kVaried}},
        {"silu", "SiLU", {}, {row}},
        {"silu of a sequence", "SiLU", {}, {kVaried}},
        {"leaky relu", "LeakyReLU", {}, {maps}},
        {"leaky relu, slope 0.3", "LeakyReLU", {{"negative_slope", 0.3}}, {kVaried}},
        {"elu", "ELU", {}, {row}},
        {"elu, alpha 0.5", "ELU", {{"alpha", 0.5}}, {kVaried}},
        {"softmax of a sequence", "Softmax", {}, {kVaried}},
        {"dropout of a sequence", "Dropout", {}, {kVaried}},
    };
}

inline std::vector<BlockCase> normalisations()
{
    const Shape maps = Shape::maps(8, 3, 2), row = Shape::vector(8);
    return {
        {"layer norm of features", "LayerNorm", {}, {row}},
        {"layer norm of steps", "LayerNorm", {}, {kVaried}},
        {"layer norm, not affine", "LayerNorm", {{"affine", false}}, {kFixed}},
        {"rms norm of features", "RMSNorm", {}, {row}},
        {"rms norm of steps", "RMSNorm", {}, {kVaried}},
        {"rms norm, not affine", "RMSNorm", {{"affine", false}}, {kFixed}},
        {"group norm of maps", "GroupNorm", {}, {maps}},
        {"group norm, one group", "GroupNorm", {{"num_groups", Integer{1}}}, {maps}},
        {"group norm of steps", "GroupNorm", {}, {kFixed}},
        {"group norm of real steps", "GroupNorm", {}, {kVaried}},
        {"group norm, not affine", "GroupNorm", {{"affine", false}}, {kVaried}},
    };
}

inline std::vector<BlockCase> structures()
{
    const Shape maps = Shape::maps(4, 3, 2), other = Shape::sequence(std::nullopt, 3);
    return {
        {"multiply maps", "Multiply", {}, {maps, maps}},
        {"multiply sequences", "Multiply", {}, {kVaried, kVaried}},
        {"add sequences", "Add", {}, {kVaried, kVaried}},
        {"concat sequences", "Concat", {}, {kVaried, other}},
        {"concat sequences of fixed length",
         "Concat",
         {{"inputs", Integer{3}}},
         {kFixed, Shape::sequence(5, 2), kFixed}},
        {"flatten of a sequence", "Flatten", {}, {kFixed}},
        {"maps to a sequence", "Reshape", {{"shape", std::string("6x4")}}, {maps}},
        {"a sequence to maps", "Reshape", {{"shape", std::string("2x5x4")}}, {kFixed}},
        {"a vector to maps", "Reshape", {{"shape", std::string("3×2×1")}}, {Shape::vector(6)}},
        {"maps to a vector", "Reshape", {{"shape", std::string("24")}}, {maps}},
        {"pixels as steps", "Permute", {}, {maps}},
        {"rows as steps", "Permute", {{"order", std::string("H,CW")}}, {maps}},
        {"a picture turned over", "Permute", {{"order", std::string("C,W,H")}}, {maps}},
        {"steps and features swapped", "Permute", {{"order", std::string("F,T")}}, {kFixed}},
        worked("linear at each step", "Linear", {{"out_features", Integer{3}}}, {kFixed},
               5 * 8 * 3),
        worked("linear at each real step", "Linear", {{"out_features", Integer{3}}}, {kVaried},
               8 * 3),
    };
}

inline std::vector<BlockCase> groupPorts()
{
    const Shape maps = Shape::maps(4, 3, 2), tokens = Shape::tokens(std::nullopt, 6);
    return {
        {"into a group, maps", "GroupInput", {}, {maps}},
        {"into a group, a vector", "GroupInput", {}, {Shape::vector(6)}},
        {"into a group, real steps", "GroupInput", {}, {kVaried}},
        {"into a group, tokens", "GroupInput", {}, {tokens}},
        {"out of a group, maps", "GroupOutput", {}, {maps}},
        {"out of a group, steps", "GroupOutput", {}, {kFixed}},
        {"out of a group, real steps", "GroupOutput", {}, {kVaried}},
        {"out of a group, tokens", "GroupOutput", {}, {tokens}},
    };
}

inline std::vector<BlockCase> attentions()
{
    const std::string cross = "cross";
    // Four projections of 8 by 8, then Q Kᵀ and the product with V.
    const Integer five = 4 * 8 * 8 * 5 + 2 * 5 * 5 * 8, one = 4 * 8 * 8 + 2 * 8;
    return {
        {"positions", "PositionalEncoding", {}, {kFixed}},
        {"positions, an odd number of features",
         "PositionalEncoding",
         {},
         {Shape::sequence(std::nullopt, 7)}},
        {"learned positions",
         "PositionalEncoding",
         {{"encoding", std::string("learned")}, {"max_length", Integer{6}}},
         {kFixed}},
        {"learned positions, too few",
         "PositionalEncoding",
         {{"encoding", std::string("learned")}, {"max_length", Integer{3}}},
         {kVaried}},
        worked("attention", "MultiheadAttention", {}, {kFixed}, five),
        worked("attention over real steps", "MultiheadAttention", {}, {kVaried}, one),
        worked("attention, causal", "MultiheadAttention", {{"causal", true}}, {kFixed}, five),
        worked("attention, causal over real steps", "MultiheadAttention",
               {{"causal", true}, {"num_heads", Integer{2}}}, {kVaried}, one),
        worked("attention, one head, no bias", "MultiheadAttention",
               {{"num_heads", Integer{1}}, {"bias", false}}, {kVaried}, one),
        worked("attention with drop-out", "MultiheadAttention", {{"dropout", 0.4}}, {kVaried}, one),
        worked("attention to another sequence", "MultiheadAttention", {{"attend", cross}},
               {kFixed, kMemory, kMemory}, 2 * 8 * 8 * 5 + 2 * 8 * 8 * 7 + 2 * 5 * 7 * 8),
        worked("attention to another sequence's real steps", "MultiheadAttention",
               {{"attend", cross}}, {kVaried, kVaried, kVaried}, one),
    };
}

inline std::vector<BlockCase> transformers()
{
    const Parameters small{{"dim_feedforward", Integer{6}}};
    Parameters post = small, gelu = small, causal = small;
    post["norm_first"] = false;
    gelu["activation"] = std::string("gelu");
    causal["causal"] = true;
    const Integer wide = 2 * 8 * 6;
    const Integer one = 4 * 8 * 8 + 2 * 8, five = 4 * 8 * 8 * 5 + 2 * 5 * 5 * 8;
    const Integer toMemory = 2 * 8 * 8 * 5 + 2 * 8 * 8 * 7 + 2 * 5 * 7 * 8;
    const std::string encoder = "TransformerEncoderLayer", decoder = "TransformerDecoderLayer";
    return {
        worked("encoder layer", encoder, gelu, {kFixed}, five + 5 * wide),
        worked("encoder layer over real steps", encoder, small, {kVaried}, one + wide),
        worked("encoder layer, post-norm", encoder, post, {kVaried}, one + wide),
        worked("encoder layer, causal", encoder, causal, {kVaried}, one + wide),
        worked("decoder layer", decoder, small, {kFixed, kMemory}, five + toMemory + 5 * wide),
        worked("decoder layer over real steps", decoder, gelu, {kVaried, kVaried}, 2 * one + wide),
        worked("decoder layer, post-norm", decoder, post, {kVaried, kVaried}, 2 * one + wide),
    };
}

} // namespace attention_cases

inline std::vector<BlockCase> attentionCases()
{
    using namespace attention_cases;
    std::vector<BlockCase> all;
    for (const auto &part : {activations(), normalisations(), structures(), groupPorts(),
                             attentions(), transformers()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}
