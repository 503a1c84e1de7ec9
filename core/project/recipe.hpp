// How a network is trained: a plain value with JSON, and its fields described for the window and
// the command line.
#pragma once

#include "base/result.hpp"
#include "graph/parameter.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace ostrich::project {

struct Recipe {
    std::string optimizer = "adam"; // sgd, adam, adamw
    double learning_rate = 1e-3;
    double momentum = 0.9; // sgd
    bool nesterov = false; // sgd
    double weight_decay = 0.0;
    std::string schedule = "constant"; // constant, cosine, one-cycle
    std::int64_t warmup_steps = 0;
    std::int64_t batch_size = 64;
    std::int64_t epochs = 20;
    std::int64_t max_steps = 0; // 0: no limit
    double max_seconds = 0.0;   // 0: no limit
    double label_smoothing = 0.0;
    double clip_norm = 0.0; // 0: no clipping
    bool early_stopping = true;
    std::int64_t patience = 5;
    std::string precision = "auto"; // auto, fp32, bf16
    std::uint64_t seed = 1;

    // Training against attacks: train/defences/NAME.cpp. Lengths in epsilon's units: [0, 1] for
    // pictures, training standard deviations for points and series.
    std::string defence = "none"; // none, adversarial, fast, trades, gaussian, masked
    double defence_epsilon = 0.2;
    std::string defence_norm = "linf"; // linf, l2
    std::int64_t defence_steps = 7;
    double defence_beta = 6.0;          // trades
    double defence_sigma = 0.25;        // gaussian
    double defence_temperature = 100.0; // masked

    bool operator==(const Recipe &) const = default;
};

/// Every field in the order above: type, range, choices, label and help in both languages.
const std::vector<graph::ParameterSpec> &recipeFields();
/// The field means something beside the others' values: momentum with SGD, epsilon with a defence
/// that takes one.
bool applies(const Recipe &recipe, const std::string &field);
graph::ParameterValue recipeValue(const Recipe &recipe, const std::string &field);
/// Checked against recipeFields(). The text form is what `--set recipe.FIELD=TEXT` gives. Errors
/// name the field.
Result<void> setRecipeValue(Recipe &recipe, const std::string &field,
                            const graph::ParameterValue &value);
Result<void> setRecipeText(Recipe &recipe, const std::string &field, const std::string &text);

nlohmann::json toJson(const Recipe &recipe);
Result<Recipe> recipeFromJson(const nlohmann::json &json);

} // namespace ostrich::project
