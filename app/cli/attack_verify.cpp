// ostrich-cli attack --verify: are the kept pictures what they are said to be?
#include "attack/answers.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "cli/attack_answers.hpp"
#include "cli/attack_files.hpp"
#include "cli/interrupt.hpp"
#include "data/fitted_picture.hpp"
#include "data/npz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ostrich::cli {

namespace {

constexpr std::uintmax_t kLargestList = 1 << 28;
constexpr double kRounding = 1e-6; // the files are in single precision

/// What was kept, and what it is said to do.
struct Kept {
    Array x, x_adv;                             // (N, C, H, W) in [0, 1]
    std::vector<std::int64_t> y, y_pred, y_adv; // truth, answers before and after
};

Error notKept(const std::filesystem::path &file)
{
    return {file.string(), {"cli.verify_file", {}}, {"attack.unlike_arrays_hint", {}}};
}

Result<Kept> keptArrays(const std::filesystem::path &file)
{
    auto entries = data::loadNpz(file);
    if (!entries) return entries.error();
    Kept kept;
    int found = 0;
    for (data::NpzEntry &entry : *entries) {
        for (const auto &[name, place] : {std::pair("x", &kept.x), {"x_adv", &kept.x_adv}}) {
            auto *array = std::get_if<Array>(&entry.values);
            if (entry.name != name || !array) continue;
            *place = std::move(*array);
            ++found;
        }
        for (const auto &[name, place] :
             {std::pair("y", &kept.y), {"y_pred", &kept.y_pred}, {"y_adv", &kept.y_adv}}) {
            auto *list = std::get_if<std::vector<std::int64_t>>(&entry.values);
            if (entry.name != name || !list) continue;
            *place = std::move(*list);
            ++found;
        }
    }
    const bool isWhole = found == 5 && !kept.y.empty() && kept.y_pred.size() == kept.y.size()
                         && kept.y_adv.size() == kept.y.size();
    if (!isWhole) return notKept(file);
    return kept;
}

Result<void> append(Array &all, const std::filesystem::path &file, const graph::DataFacts &facts)
{
    const auto picture = data::fitPicture(file.string(), facts);
    if (!picture) return picture.error();
    if (all.shape.empty()) {
        all.shape = picture->shape;
        all.shape.insert(all.shape.begin(), 0);
    }
    ++all.shape[0];
    all.values.insert(all.values.end(), picture->values.begin(), picture->values.end());
    return {};
}

/// Adds one entry of pictures.json.
Result<void> append(Kept &kept, const nlohmann::json &entry, const std::filesystem::path &folder,
                    const graph::DataFacts &facts)
{
    const auto isNumber = [](const nlohmann::json &object, const char *key) {
        return object.contains(key) && object[key].is_number_integer();
    };
    const auto isPicture = [&](const char *key) {
        return entry.contains(key) && entry[key].is_object() && isNumber(entry[key], "answer")
               && entry[key].contains("file") && entry[key]["file"].is_string();
    };
    if (!entry.is_object() || !isNumber(entry, "truth") || !isPicture("before")
        || !isPicture("after"))
        return notKept(folder / kPicturesFile);
    kept.y.push_back(entry["truth"].get<std::int64_t>());
    for (const auto &[key, array, answers] :
         {std::tuple("before", &kept.x, &kept.y_pred), {"after", &kept.x_adv, &kept.y_adv}}) {
        const std::filesystem::path name = entry[key]["file"].get<std::string>();
        if (name != name.filename()) return notKept(folder / kPicturesFile); // of this folder alone
        if (auto read = append(*array, folder / name, facts); !read) return read.error();
        answers->push_back(entry[key]["answer"].get<std::int64_t>());
    }
    return {};
}

Result<Kept> keptPictures(const std::filesystem::path &folder, const graph::DataFacts &facts)
{
    const std::filesystem::path file = folder / kPicturesFile;
    const auto text = readFile(file, kLargestList);
    if (!text) return text.error();
    const auto json = parseJson(*text, file.string());
    if (!json) return json.error();
    if (!json->is_object() || !json->contains("pictures") || !(*json)["pictures"].is_array()
        || (*json)["pictures"].empty())
        return notKept(file);
    Kept kept;
    for (const nlohmann::json &entry : (*json)["pictures"])
        if (auto added = append(kept, entry, folder, facts); !added) return added.error();
    return kept;
}

/// Pictures that were said to fool the network and do not, or lie beyond `epsilon`.
std::int64_t broken(const Kept &kept, const attack::Verification &found,
                    std::optional<double> epsilon, attack::Norm norm)
{
    std::int64_t count = 0;
    const std::vector<double> lengths = attack::distances(kept.x, kept.x_adv, norm);
    for (std::size_t i = 0; i < kept.y.size(); ++i) {
        const bool wasFooled = kept.y_pred[i] == kept.y[i] && kept.y_adv[i] != kept.y[i];
        const bool isFooled = found.before[i] == kept.y[i] && found.after[i] != kept.y[i];
        count += (wasFooled && !isFooled)
                 || (epsilon && lengths[i] > *epsilon * (1.0 + kRounding) + kRounding);
    }
    return count;
}

} // namespace

int verifyFiles(const attack::Subject &subject, const std::filesystem::path &saved,
                attack::Norm norm, std::optional<double> epsilon, const Context &context)
{
    std::error_code ignored;
    const bool isFolder = std::filesystem::is_directory(saved, ignored);
    const auto kept = isFolder ? keptPictures(saved, subject.facts) : keptArrays(saved);
    if (!kept) return fail(context, kept.error());
    if (isFolder) epsilon.reset(); // 8 bits may have rounded away from it
    const auto found =
        attack::verified(subject, kept->x, kept->x_adv, kept->y, norm, interruption());
    if (!found) {
        Error error = found.error();
        error.where = saved.string();
        return failAttack(context, error);
    }
    const std::int64_t wrong = broken(*kept, *found, epsilon, norm);
    const auto samples = std::ssize(kept->y);
    if (context.json)
        printLine({{"samples", samples},
                   {"fooled", found->fooled},
                   {"fooled_quantised", found->fooled_quantised},
                   {"max_norm", found->max_norm},
                   {"max_norm_quantised", found->max_norm_quantised},
                   {"accuracy_quantised", found->accuracy_quantised},
                   {"broken_claims", wrong}});
    else
        print(text(context, wrong == 0 ? "cli.verified" : "cli.not_verified",
                   {std::to_string(samples), std::to_string(found->fooled),
                    std::to_string(found->fooled_quantised), fmt::format("{:.5g}", found->max_norm),
                    fmt::format("{:.5g}", found->max_norm_quantised),
                    percent(found->accuracy_quantised), std::to_string(wrong)}));
    return wrong == 0 ? kDone : kAnswerIsNo;
}

} // namespace ostrich::cli
