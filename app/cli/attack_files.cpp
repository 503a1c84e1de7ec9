// Keeping adversarial pictures.
#include "cli/attack_files.hpp"

#include "attack/answers.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "data/npz.hpp"
#include "data/png.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ostrich::cli {

namespace {

/// A class's name as a part of a file's name.
std::string inFileName(const graph::DataFacts &facts, std::int64_t index)
{
    constexpr std::size_t kLongest = 24;
    std::string name;
    for (const char letter : className(facts, index)) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
                             || (letter >= '0' && letter <= '9');
        name += isPlain ? letter : '_';
        if (name.size() == kLongest) break;
    }
    return name;
}

} // namespace

Array sampleOf(const Array &all, std::size_t index)
{
    Array one{.shape = {all.shape.begin() + 1, all.shape.end()}, .values = {}};
    const std::size_t size = all.values.size() / static_cast<std::size_t>(all.shape[0]);
    const auto begin = all.values.begin() + static_cast<std::ptrdiff_t>(index * size);
    one.values.assign(begin, begin + static_cast<std::ptrdiff_t>(size));
    return one;
}

DrawnNoise drawnNoise(const Array &x, const Array &moved)
{
    Array noise = moved;
    float largest = 0.0F;
    for (std::size_t i = 0; i < noise.values.size(); ++i) {
        noise.values[i] -= x.values[i];
        largest = std::max(largest, std::abs(noise.values[i]));
    }
    for (float &value : noise.values)
        value = 0.5F + (largest > 0.0F ? 0.5F * value / largest : 0.0F);
    return {std::move(noise), largest > 0.0F ? 0.5 / largest : 0.0};
}

Result<void> saveArrays(const attack::AttackResult &result, const std::filesystem::path &file)
{
    return data::saveNpz({{"x", result.x},
                          {"x_adv", result.x_adv},
                          {"y", result.y},
                          {"y_pred", result.y_pred},
                          {"y_adv", result.y_adv}},
                         file);
}

Result<void> savePictures(const attack::Subject &subject, const attack::AttackResult &result,
                          const std::vector<std::int64_t> &indices,
                          const std::filesystem::path &folder)
{
    if (result.x.shape.size() != 4 || (result.x.shape[1] != 1 && result.x.shape[1] != 3))
        return Error{
            folder.string(), {"cli.png_of_pictures", {}}, {"cli.png_of_pictures_hint", {}}};
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) return Error{folder.string(), {"cli.no_folder", {problem.message()}}, {}};
    const auto answers =
        attack::answersOf(subject, attack::quantised(result.x_adv), interruption());
    if (!answers) return answers.error();
    auto list = nlohmann::json::array();
    for (std::size_t i = 0; i < result.y.size(); ++i) {
        const std::string head =
            fmt::format("{:05}-{}", indices[i], inFileName(subject.facts, result.y[i]));
        const std::string before =
            fmt::format("{}-before-{}.png", head, inFileName(subject.facts, result.y_pred[i]));
        const std::string after =
            fmt::format("{}-after-{}.png", head, inFileName(subject.facts, answers->classes[i]));
        const std::string noise = head + "-noise.png";
        const Array x = sampleOf(result.x, i), moved = sampleOf(result.x_adv, i);
        for (const auto &[name, picture] :
             {std::pair(before, x), std::pair(noise, drawnNoise(x, moved).picture),
              std::pair(after, moved)})
            if (auto saved = data::savePng(picture, folder / name); !saved) return saved.error();
        list.push_back({{"index", indices[i]},
                        {"truth", result.y[i]},
                        {"before", {{"file", before}, {"answer", result.y_pred[i]}}},
                        {"noise", {{"file", noise}}},
                        {"after", {{"file", after}, {"answer", answers->classes[i]}}}});
    }
    return writeFile(folder / kPicturesFile, jsonText({{"pictures", list}}, 1) + '\n');
}

} // namespace ostrich::cli
