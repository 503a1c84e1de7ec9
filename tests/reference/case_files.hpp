// The files of one case: arrays by name in case.npz, text, and an end at the first error.
#pragma once

#include "base/file.hpp"
#include "data/npz.hpp"
#include "engine/model_torch.hpp"
#include "export/pytorch_weights.hpp"
#include "project/recipe.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

inline constexpr int kReferenceSteps = 10;

/// SGD with momentum, gentle enough that rounding does not grow from step to step.
inline ostrich::project::Recipe referenceRecipe()
{
    ostrich::project::Recipe recipe;
    recipe.optimizer = "sgd";
    recipe.learning_rate = 0.01;
    return recipe;
}

/// Says what is wrong and ends the program.
inline void check(const ostrich::Result<void> &result)
{
    if (result) return;
    std::fprintf(stderr, "%s\n", sentence(result.error(), ostrich::Language::English).c_str());
    std::exit(1);
}

template <typename T>
T checked(ostrich::Result<T> result)
{
    if (!result) check(ostrich::Result<void>(result.error()));
    return *std::move(result);
}

/// Makes the folder where it is missing.
inline void writeText(const std::filesystem::path &file, const std::string &text)
{
    std::filesystem::create_directories(file.parent_path());
    check(ostrich::writeFile(file, text));
}

/// Arrays to come into an .npz file; whole numbers travel as float32.
class CaseFile {
public:
    void add(const std::string &name, const at::Tensor &tensor)
    {
        m_entries.push_back({name, ostrich::engine::toArray(tensor)});
    }
    void add(const std::string &name, std::vector<float> values)
    {
        const auto count = std::ssize(values);
        m_entries.push_back({name, ostrich::Array{{count}, std::move(values)}});
    }
    void save(const std::filesystem::path &file) const
    {
        std::filesystem::create_directories(file.parent_path());
        check(ostrich::data::saveNpz(m_entries, file));
    }

private:
    std::vector<ostrich::data::NpzEntry> m_entries;
};
