// Pairs of sentences to translate, from a table: one column the source, another the target.
#include "data/folder.hpp"
#include "data/option.hpp"
#include "data/recent.hpp"
#include "data/source.hpp"
#include "data/table.hpp"
#include "data/text_file.hpp"
#include "data/texts.hpp"
#include "data/words.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace ostrich::data::pairs {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFewestPairs = 10;

struct Pairs {
    std::vector<std::string> sources, targets;
    std::vector<std::int64_t> groups; // pairs with the same source have the same number
    std::int64_t left = 0;            // out: too long or half empty
};

std::string joinedTokens(const std::vector<std::string> &tokens)
{
    std::string text;
    for (const std::string &token : tokens) text += token + ' ';
    return text;
}

Result<Pairs> readPairs(const fs::path &path, const graph::Parameters &options)
{
    const char separator = path.extension() == ".csv" ? '\0' : '\t';
    const auto table = readTable(path, headerRowFrom(graph::text(options, "header")), separator);
    if (!table) return table.error();
    if (table->columns() < 2)
        return lineError(path, table->lines.front(),
                         separator == '\t' ? "data.pairs_no_tab" : "data.text_one_column", {},
                         {"data.pairs_hint", {}});
    const auto source = columnOf(*table, graph::text(options, "source"), path);
    if (!source) return source.error();
    const auto target = columnOf(*table, graph::text(options, "target"), path);
    if (!target) return target.error();
    if (*source == *target)
        return Error{path.string(), {"data.pairs_same_column", {}}, {"data.pairs_hint", {}}};

    Pairs pairs;
    std::unordered_map<std::string, std::int64_t> groups;
    std::set<std::pair<std::int64_t, std::string>> seen;
    const auto longest = static_cast<std::size_t>(graph::integer(options, "max_length"));
    for (const auto &row : table->rows) {
        const auto from = splitWords(row[*source]), to = splitWords(row[*target]);
        if (from.empty() || to.empty() || from.size() > longest || to.size() > longest) {
            ++pairs.left;
            continue;
        }
        const std::int64_t group =
            groups.emplace(joinedTokens(from), std::ssize(groups)).first->second;
        if (!seen.emplace(group, joinedTokens(to)).second) continue; // the same pair again
        pairs.sources.push_back(row[*source]);
        pairs.targets.push_back(row[*target]);
        pairs.groups.push_back(group);
    }
    if (groups.size() < kFewestPairs)
        return Error{path.string(),
                     {"data.pairs_few", {std::to_string(groups.size())}},
                     {"data.pairs_few_hint", {std::to_string(kFewestPairs)}}};
    return pairs;
}

Samples encodePairs(const Dataset &dataset, const Pairs &pairs,
                    const std::vector<std::int64_t> &indices, Coverage &source, Coverage &target)
{
    Samples samples;
    samples.starts.push_back(0);
    for (const std::int64_t index : indices) {
        const auto i = static_cast<std::size_t>(index);
        std::vector<std::int32_t> from = dataset.tokenizer->encode(pairs.sources[i]);
        std::vector<std::int32_t> to = dataset.targetTokenizer->encode(pairs.targets[i]);
        source.count(from);
        target.count(to);
        from.push_back(Tokenizer::kEnd);
        to.insert(to.begin(), Tokenizer::kBegin);
        to.push_back(Tokenizer::kEnd);
        samples.tokens.insert(samples.tokens.end(), from.begin(), from.end());
        samples.starts.push_back(std::ssize(samples.tokens));
        samples.targets.add(to);
    }
    return samples;
}

/// The most tokens that the decoder reads: all of a target but its kEnd.
std::int64_t longestTarget(const std::array<Samples, 3> &splits)
{
    std::int64_t longest = 0;
    for (const Samples &samples : splits) {
        for (std::int64_t i = 0; i < samples.count(); ++i)
            longest = std::max(longest, std::ssize(samples.targets.row(i)) - 1);
    }
    return longest;
}

void describe(Dataset &dataset)
{
    dataset.facts.input = graph::Shape::tokens({}, dataset.tokenizer->size());
    dataset.facts.classes = dataset.targetTokenizer->size();
    dataset.facts.classNames = dataset.targetTokenizer->visiblePieces();
    dataset.facts.task = graph::Task::Translate;
    dataset.facts.longest = longestOf(dataset.splits);
    dataset.facts.target = {graph::Shape::tokens({}, dataset.targetTokenizer->size()),
                            longestTarget(dataset.splits)};
}

Result<Dataset> readAll(const fs::path &path, const graph::Parameters &options)
{
    const auto pairs = readPairs(path, options);
    if (!pairs) return pairs.error();
    const SplitIndices split = splitGroups(pairs->groups);
    const TokenLevel level =
        tokenLevelFrom(graph::text(options, "tokens")).value_or(TokenLevel::Words);
    const auto fit = [&](const std::vector<std::string> &texts) {
        return std::make_shared<const Tokenizer>(
            Tokenizer::fit(level, chosen(texts, split[0]), graph::integer(options, "vocabulary")));
    };
    Dataset dataset;
    dataset.tokenizer = fit(pairs->sources);
    dataset.targetTokenizer = fit(pairs->targets);
    std::array<Coverage, 3> source, target;
    for (std::size_t which = 0; which < split.size(); ++which)
        dataset.splits[which] =
            encodePairs(dataset, *pairs, split[which], source[which], target[which]);
    describe(dataset);
    Coverage unseen;
    for (const Coverage *coverage : {&source[1], &source[2], &target[1], &target[2]}) {
        unseen.tokens += coverage->tokens;
        unseen.unknown += coverage->unknown;
    }
    dataset.warnings = unknownWarning(unseen);
    if (pairs->left > 0)
        dataset.warnings.push_back(
            {"data.pairs_left_out",
             {std::to_string(pairs->left), std::to_string(graph::integer(options, "max_length"))}});
    return dataset;
}

std::vector<graph::ParameterSpec> optionSpecs()
{
    return {textOption("source", "0", {"Source column", "Colonne source"},
                       {"Name or number (from 0) of the sentence to translate.",
                        "Nom ou numéro (à partir de 0) de la phrase à traduire."}),
            textOption("target", "1", {"Target column", "Colonne cible"},
                       {"Name or number (from 0) of its translation.",
                        "Nom ou numéro (à partir de 0) de sa traduction."}),
            choiceOption("header", "0", {"auto", "0", "1"},
                         {{"Guess", "Deviner"}, {"No", "Non"}, {"Yes", "Oui"}},
                         {"Header", "En-tête"},
                         {"Whether the first row names the columns.",
                          "Si la première ligne nomme les colonnes."}),
            choiceOption("tokens", "words", {"words", "subwords", "characters"},
                         {{"Words", "Mots"},
                          {"Parts of words", "Parties de mots"},
                          {"Characters", "Caractères"}},
                         {"Tokens", "Tokens"},
                         {"What a step is: a word, a part of a word, a character.",
                          "Ce qu'est un pas : un mot, une partie de mot, un caractère."}),
            integerOption("vocabulary", 10000, 10, 100000, {"Vocabulary", "Vocabulaire"},
                          {"Most tokens to tell apart, for each language.",
                           "Nombre maximal de tokens, pour chaque langue."}),
            integerOption("max_length", 40, 2, 1000, {"Longest sentence", "Longueur maximale"},
                          {"Pairs with more words on one side are left out.",
                           "Les paires qui ont plus de mots d'un côté sont écartées."})};
}

class PairsSource : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "pairs",
            .label = {"Sentence pairs", "Paires de phrases"},
            .help = {"A file with a sentence and its translation in each line, a tab between them. "
                     "Its split is always the same, by source sentence.",
                     "Un fichier avec une phrase et sa traduction par ligne, séparées par une "
                     "tabulation. Sa répartition est toujours la même, par phrase source."},
            .needsPath = true,
            .pathIsFile = true,
            .pathHelp = {"The file with the pairs", "Le fichier des paires"},
            .parameters = optionSpecs()};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec,
                                   const graph::Parameters &options) const override
    {
        return recentFacts(keyOf(spec), [&] { return read(spec, options); });
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options, std::uint64_t,
                         const Progress &progress, std::stop_token) const override
    {
        auto dataset = recentData(keyOf(spec), [&] { return read(spec, options); });
        report(progress, 1.0);
        return dataset;
    }

private:
    static std::string keyOf(const SourceSpec &spec)
    {
        const fs::path path = spec.path;
        return recentKey(toString(spec), std::span(&path, 1));
    }

    static Result<Dataset> read(const SourceSpec &spec, const graph::Parameters &options)
    {
        Result<Dataset> dataset = readAll(spec.path, options);
        if (dataset) dataset->facts.title = folderName(spec.path);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<PairsSource>();
}

} // namespace ostrich::data::pairs
