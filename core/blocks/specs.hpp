// Short ways to describe a parameter of a block kind.
#pragma once

#include "graph/kind.hpp"

namespace ostrich::blocks {

/// The largest sizes a student may type: generous for a laptop, finite so that no product
/// overflows.
inline constexpr std::int64_t kMaxChannels = 65536;
inline constexpr std::int64_t kMaxKernel = 256;

/// Name, label and help of a parameter.
struct Wording {
    std::string name;
    Words label;
    Words help;
};

graph::ParameterSpec integerSpec(Wording wording, std::int64_t value, std::int64_t minimum,
                                 std::int64_t maximum, std::string unit = {});
graph::ParameterSpec realSpec(Wording wording, double value, double minimum, double maximum);
graph::ParameterSpec booleanSpec(Wording wording, bool value);
/// `choices` name -> label; the first one is the default.
graph::ParameterSpec choiceSpec(Wording wording,
                                const std::vector<std::pair<std::string, Words>> &choices);
graph::ParameterSpec textSpec(Wording wording, std::string value);
graph::ParameterSpec paddingSpec(Wording wording, graph::ParameterValue value);

/// "16 filters": `count` before the word that fits it, in both languages.
Words counted(std::int64_t count, const Words &one, const Words &many);
/// "3×3".
std::string square(std::int64_t side);
/// The same in both languages: figures and terms of the field.
Words same(const std::string &word);

/// The number behind a parameter that may be the symbol "classes"; 1 where the data have no
/// classes.
std::int64_t sizeOrClasses(const graph::Parameters &parameters, const std::string &name,
                           const graph::DataFacts &facts);

} // namespace ostrich::blocks
