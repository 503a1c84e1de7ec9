// Drawing a set on all cores, and its cache file: one text line that says what is in it, a
// checksum, the bytes.
#include "data/drawn_pictures.hpp"

#include "base/file.hpp"
#include "base/random.hpp"
#include "data/checksum.hpp"
#include "data/option.hpp"
#include "data/parallel.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxSetBytes = std::int64_t{3} << 29;       // 1.5 GiB
constexpr std::uintmax_t kMaxCacheBytes = std::uintmax_t{1} << 30; // older files make room
constexpr int kCacheVersion = 1;

/// Where each sample of a split comes from.
struct Plan {
    std::vector<std::int32_t> labels;
    std::vector<std::uint64_t> seeds;
};

Plan planOf(const DrawnSet &set, Split split)
{
    const auto count = static_cast<std::size_t>(set.counts[static_cast<std::size_t>(split)]);
    const std::string stem = set.source + "/" + std::string(name(split)) + "/";
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    RandomStream random(set.seed, stem + "order");
    random.shuffle(std::span(order));

    Plan plan;
    const std::size_t classes = set.classNames.size();
    for (const std::size_t i : order) {
        const std::size_t label = i % classes;
        plan.labels.push_back(static_cast<std::int32_t>(label));
        plan.seeds.push_back(
            hashSeed(set.seed, stem + set.classNames[label] + "/" + std::to_string(i / classes)));
    }
    return plan;
}

std::int64_t sampleBytes(const DrawnSet &set)
{
    return set.sampleShape[0] * set.sampleShape[1] * set.sampleShape[2];
}

std::int64_t totalCount(const DrawnSet &set)
{
    return set.counts[0] + set.counts[1] + set.counts[2];
}

/// Interleaved pixels into planes.
void intoPlanes(const cv::Mat &picture, std::int64_t channels, std::uint8_t *out)
{
    const auto pixels = static_cast<std::int64_t>(picture.total());
    for (int row = 0; row < picture.rows; ++row) {
        const std::uint8_t *in = picture.ptr<std::uint8_t>(row);
        for (int column = 0; column < picture.cols; ++column, ++out) {
            for (std::int64_t channel = 0; channel < channels; ++channel)
                out[channel * pixels] = *in++;
        }
    }
}

std::vector<std::uint8_t> drawOne(const DrawnSet &set, std::size_t label, std::uint64_t seed)
{
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(sampleBytes(set)));
    intoPlanes(set.draw(label, seed), set.sampleShape[0], bytes.data());
    return bytes;
}

/// What the file must hold. One picture of each class is drawn for it: a changed pen shows in no
/// file's name.
std::string cacheKey(const DrawnSet &set)
{
    std::uint64_t hand = hashBytes(set.artwork.data(), set.artwork.size());
    for (std::size_t label = 0; label < set.classNames.size(); ++label) {
        const std::vector<std::uint8_t> specimen = drawOne(set, label, 1);
        hand = hashBytes(specimen.data(), specimen.size(), hand);
    }
    return fmt::format("ostrich-pictures {} {} {} {} seed={} hand={:016x} classes={}\n",
                       kCacheVersion, set.source, fmt::join(set.sampleShape, "x"),
                       fmt::join(set.counts, "+"), set.seed, hand, joined(set.classNames));
}

fs::path cacheFile(const DrawnSet &set, const std::string &key)
{
    const std::uint64_t id = hashBytes(key.data(), key.size());
    return cacheFolder() / "pictures" / fmt::format("{}-{:016x}.bin", set.source, id);
}

std::optional<std::string> readCache(const fs::path &file, const std::string &key, std::size_t size)
{
    std::uint64_t checksum = 0;
    const std::size_t start = key.size() + sizeof checksum;
    auto content = readFile(file, start + size);
    if (!content || content->size() != start + size || !content->starts_with(key)) return {};
    std::memcpy(&checksum, content->data() + key.size(), sizeof checksum);
    if (checksum != hashBytes(content->data() + start, size)) return {};
    std::error_code ignored;
    fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
    return content->substr(start);
}

/// Removes the sets that were used longest ago until the rest is small enough.
void makeRoom(const fs::path &folder, std::uintmax_t incoming)
{
    struct Entry {
        fs::file_time_type used;
        std::uintmax_t size;
        fs::path path;
    };
    std::vector<Entry> entries;
    std::error_code error;
    std::uintmax_t total = incoming;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code gone;
        const std::uintmax_t size = it->file_size(gone);
        if (gone || it->path().extension() != ".bin") continue;
        entries.push_back({it->last_write_time(gone), size, it->path()});
        total += size;
    }
    std::ranges::sort(entries, {}, &Entry::used);
    for (const Entry &entry : entries) {
        if (total <= kMaxCacheBytes) return;
        if (fs::remove(entry.path, error)) total -= entry.size;
    }
}

void writeCache(const fs::path &file, const std::string &key, const std::string &pictures)
{
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    makeRoom(file.parent_path(), pictures.size());
    const std::uint64_t checksum = hashBytes(pictures.data(), pictures.size());
    std::string content;
    content.reserve(key.size() + sizeof checksum + pictures.size());
    content += key;
    content.append(reinterpret_cast<const char *>(&checksum), sizeof checksum);
    content += pictures;
    // Without a cache the pictures are drawn again next time: nothing that a user has to know.
    static_cast<void>(static_cast<bool>(writeFile(file, content)));
}

/// All pictures of all splits, one after the other; nothing when stopped.
std::optional<std::string> drawAll(const DrawnSet &set, const std::array<Plan, 3> &plans,
                                   const Progress &progress, const std::stop_token &stop)
{
    const std::int64_t size = sampleBytes(set);
    std::string pictures(static_cast<std::size_t>(totalCount(set) * size), '\0');
    auto *out = reinterpret_cast<std::uint8_t *>(pictures.data());
    const auto draw = [&](std::int64_t index) {
        std::size_t split = 0;
        std::int64_t inSplit = index;
        while (inSplit >= set.counts[split]) inSplit -= set.counts[split++];
        const auto i = static_cast<std::size_t>(inSplit);
        intoPlanes(
            set.draw(static_cast<std::size_t>(plans[split].labels[i]), plans[split].seeds[i]),
            set.sampleShape[0], out + index * size);
    };
    if (!forEachIndex(totalCount(set), draw, progress, stop)) return {};
    return pictures;
}

std::vector<std::string> listed(const std::string &list)
{
    std::vector<std::string> items;
    std::istringstream stream(list);
    for (std::string item; std::getline(stream, item, ',');) {
        const std::size_t first = item.find_first_not_of(' ');
        const std::size_t last = item.find_last_not_of(' ');
        items.push_back(first == std::string::npos ? "" : item.substr(first, last - first + 1));
    }
    return items;
}

} // namespace

Result<std::array<Samples, 3>> drawnPictures(const DrawnSet &set, const Progress &progress,
                                             const std::stop_token &stop)
{
    const std::int64_t size = sampleBytes(set);
    if (totalCount(set) * size > kMaxSetBytes)
        return Error{set.source,
                     {"data.too_large", {std::to_string(totalCount(set) * size >> 20)}},
                     {"data.too_large_hint", {}}};
    std::array<Plan, 3> plans;
    for (const Split split : {Split::Train, Split::Validation, Split::Test})
        plans[static_cast<std::size_t>(split)] = planOf(set, split);

    const std::string key = cacheKey(set);
    const fs::path file = cacheFile(set, key);
    auto pictures = readCache(file, key, static_cast<std::size_t>(totalCount(set) * size));
    if (!pictures) {
        pictures = drawAll(set, plans, progress, stop);
        if (!pictures) return Error{set.source, {"data.cancelled", {}}, {}};
        writeCache(file, key, *pictures);
    }
    std::array<Samples, 3> splits;
    auto position = pictures->begin();
    for (std::size_t split = 0; split < splits.size(); ++split) {
        splits[split].sampleShape = set.sampleShape;
        const auto end = position + static_cast<std::ptrdiff_t>(set.counts[split] * size);
        splits[split].bytes.assign(position, end);
        splits[split].labels = std::move(plans[split].labels);
        position = end;
    }
    report(progress, 1.0);
    return splits;
}

Result<std::vector<std::size_t>> chosenClasses(const std::string &list,
                                               const std::vector<std::string> &all,
                                               const std::string &where)
{
    std::vector<bool> chosen(all.size(), list.empty() || list == "all");
    for (const std::string &item : list == "all" ? std::vector<std::string>{} : listed(list)) {
        const auto found = std::ranges::find(all, item);
        if (found == all.end())
            return Error{
                where, {"data.class_unknown", {item}}, {"data.class_unknown_hint", {joined(all)}}};
        chosen[static_cast<std::size_t>(found - all.begin())] = true;
    }
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (chosen[i]) indices.push_back(i);
    }
    if (indices.size() < 2)
        return Error{
            where, {"data.class_alone", {list}}, {"data.class_unknown_hint", {joined(all)}}};
    return indices;
}

std::vector<graph::ParameterSpec> countOptions(std::array<std::int64_t, 3> defaults)
{
    return {integerOption("train", defaults[0], 10, 200000,
                          {"Training pictures", "Images d'entraînement"},
                          {"How many pictures the network learns from.",
                           "Nombre d'images sur lesquelles le réseau apprend."}),
            integerOption("validation", defaults[1], 10, 200000,
                          {"Validation pictures", "Images de validation"},
                          {"How many pictures choose the best epoch.",
                           "Nombre d'images qui choisissent la meilleure époque."}),
            integerOption("test", defaults[2], 10, 200000, {"Test pictures", "Images de test"},
                          {"How many pictures are kept for the final figure.",
                           "Nombre d'images gardées pour le résultat final."})};
}

std::array<std::int64_t, 3> countsOf(const graph::Parameters &options)
{
    return {graph::integer(options, "train"), graph::integer(options, "validation"),
            graph::integer(options, "test")};
}

graph::ParameterSpec classesOption()
{
    return textOption("classes", "all", {"Classes", "Classes"},
                      {"Names separated by commas; all for every class.",
                       "Noms séparés par des virgules ; all pour toutes les classes."});
}

} // namespace ostrich::data
