// Series with a class each, from the UCR and UEA archives' files; a _TRAIN file's _TEST sibling is
// the test split.
#include "data/file_cache.hpp"
#include "data/labelled_series.hpp"
#include "data/source.hpp"

#include <algorithm>
#include <array>

namespace ostrich::data::ts {

namespace {

namespace fs = std::filesystem;

/// The test file beside a training file: "GunPoint_TRAIN.ts" has "GunPoint_TEST.ts". Empty: there
/// is none.
fs::path testFileOf(const fs::path &path)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kEndings{
        {{"_TRAIN", "_TEST"}, {"_train", "_test"}, {"_Train", "_Test"}}};
    const std::string stem = path.stem().string();
    for (const auto &[train, test] : kEndings) {
        if (!stem.ends_with(train)) continue;
        const std::string name = stem.substr(0, stem.size() - train.size()) + std::string(test);
        const fs::path file = path.parent_path() / (name + path.extension().string());
        std::error_code unknown;
        if (fs::exists(file, unknown)) return file;
    }
    return {};
}

/// What one name stands for.
struct SeriesSet {
    std::shared_ptr<const LabelledSeries> train;
    std::shared_ptr<const LabelledSeries> test; // null: the training file is split
};

Samples samplesOf(const LabelledSeries &series)
{
    Samples samples;
    samples.sampleShape = {series.features};
    samples.values = series.values;
    samples.starts = series.starts;
    samples.labels = series.labels;
    return samples;
}

graph::DataFacts factsOf(const SeriesSet &set, const fs::path &path)
{
    std::optional<std::int64_t> steps = set.train->commonSteps();
    graph::DataFacts facts;
    facts.longest = set.train->longest();
    if (set.test) {
        if (set.test->commonSteps() != steps) steps.reset();
        facts.longest = std::max(facts.longest, set.test->longest());
    }
    facts.input = graph::Shape::sequence(steps, set.train->features);
    facts.classNames = set.train->classNames;
    facts.classes = std::ssize(facts.classNames);
    facts.title = path.filename().string();
    return facts;
}

class TsSource : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "ts",
            .label = {"Series with a class (file)", "Séries avec classe (fichier)"},
            .help =
                {"A .ts, .tsv or .arff file of the UCR and UEA archives; the _TEST file beside a "
                 "_TRAIN file is the test.",
                 "Un fichier .ts, .tsv ou .arff des archives UCR et UEA ; le fichier _TEST à "
                 "côté d'un fichier _TRAIN sert de test."},
            .needsPath = true,
            .pathIsFile = true,
            .pathHelp = {"The file with the series", "Le fichier des séries"},
            .parameters = {}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec, const graph::Parameters &) const override
    {
        const auto set = open(spec.path);
        if (!set) return set.error();
        return factsOf(*set, spec.path);
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &, std::uint64_t seed,
                         const Progress &progress, std::stop_token) const override
    {
        const auto set = open(spec.path);
        if (!set) return set.error();
        report(progress, 0.5);
        Dataset dataset;
        dataset.facts = factsOf(*set, spec.path);
        std::int64_t filled = set->train->filled;
        if (set->test) {
            filled += set->test->filled;
            splitValidation(samplesOf(*set->train), seed, dataset.splits);
            dataset.splits[2] = samplesOf(*set->test);
        } else {
            splitPool(samplesOf(*set->train), seed, dataset.splits);
        }
        if (filled > 0)
            dataset.warnings.push_back(
                {filled == 1 ? "data.series_filled_one" : "data.series_filled",
                 {std::to_string(filled)}});
        report(progress, 1.0);
        return dataset;
    }

private:
    Result<SeriesSet> open(const fs::path &path) const
    {
        SeriesSet set;
        auto train =
            m_files.get(path, "", [](const fs::path &file) { return readLabelledSeries(file); });
        if (!train) return train.error();
        set.train = *std::move(train);
        if (set.train->classNames.size() < 2)
            return Error{path.string(),
                         {"data.class_alone", {set.train->classNames.front()}},
                         {"data.ts_label_hint", {}}};
        const fs::path testFile = testFileOf(path);
        if (testFile.empty()) return set;
        std::string classes;
        for (const std::string &name : set.train->classNames) classes += name + '\n';
        auto test = m_files.get(testFile, classes, [&](const fs::path &file) {
            return readLabelledSeries(file, set.train->classNames);
        });
        if (!test) return test.error();
        set.test = *std::move(test);
        if (set.test->features != set.train->features)
            return Error{
                testFile.string(),
                {"data.ts_test_features",
                 {std::to_string(set.test->features), std::to_string(set.train->features)}},
                {"data.copy_again_hint", {}}};
        return set;
    }

    mutable FileCache<LabelledSeries> m_files;
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<TsSource>();
}

} // namespace ostrich::data::ts
