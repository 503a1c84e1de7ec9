// Text files: labelled texts to classify (a table, or a folder with a file for each class), or
// plain text whose next token is asked for.
#include "data/folder.hpp"
#include "data/labelled_texts.hpp"
#include "data/option.hpp"
#include "data/recent.hpp"
#include "data/source.hpp"
#include "data/text_file.hpp"
#include "data/texts.hpp"
#include "data/unicode.hpp"

#include <algorithm>

namespace ostrich::data::text {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShortText = 30; // characters: names and the like are read letter by letter

bool isFolder(const fs::path &path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

/// Whether the file holds labelled lines. A .txt does where columns are named.
bool isTable(const fs::path &path, const graph::Parameters &options)
{
    const fs::path ending = path.extension();
    return ending == ".tsv" || ending == ".csv" || !graph::text(options, "label").empty()
           || !graph::text(options, "text").empty();
}

TokenLevel levelOf(const graph::Parameters &options, TokenLevel otherwise)
{
    return tokenLevelFrom(graph::text(options, "tokens")).value_or(otherwise);
}

/// Specials counted.
std::int64_t vocabularyOf(const graph::Parameters &options, TokenLevel level)
{
    constexpr std::array<std::int64_t, 3> usual{500, 10000, 4000};
    const std::int64_t asked = graph::integer(options, "vocabulary");
    return asked > 0 ? asked : usual[static_cast<std::size_t>(level)];
}

bool areShort(const std::vector<std::string> &texts)
{
    std::size_t characters = 0;
    for (const std::string &text : texts) characters += unicode::codePoints(text).size();
    return characters < kShortText * texts.size();
}

Dataset classify(const LabelledTexts &all, TokenLevel level, const graph::Parameters &options)
{
    const std::int64_t longest = graph::integer(options, "max_length");
    const SplitIndices split = splitTexts(all.labels);
    const auto tokenizer = std::make_shared<const Tokenizer>(
        Tokenizer::fit(level, chosen(all.texts, split[0]), vocabularyOf(options, level)));
    Dataset dataset;
    Coverage train, unseen;
    for (std::size_t which = 0; which < split.size(); ++which)
        dataset.splits[which] = encodeTexts(*tokenizer, all.texts, all.labels, split[which],
                                            longest, which == 0 ? train : unseen);
    dataset.tokenizer = tokenizer;
    dataset.warnings = unknownWarning(unseen);
    if (const std::int64_t cut = train.cut + unseen.cut; cut > 0)
        dataset.warnings.push_back(
            {"data.text_cut", {std::to_string(cut), std::to_string(longest)}});
    dataset.facts.input = graph::Shape::tokens({}, tokenizer->size());
    dataset.facts.classes = std::ssize(all.classNames);
    dataset.facts.classNames = all.classNames;
    dataset.facts.longest = longestOf(dataset.splits);
    return dataset;
}

/// `share` of `text`, on to the next blank: no word is cut in two.
std::size_t placeAt(std::string_view text, double share)
{
    const auto place = static_cast<std::size_t>(share * static_cast<double>(text.size()));
    const std::size_t blank = text.find_first_of(" \n\t", place);
    if (blank != std::string_view::npos) return blank + 1;
    std::size_t start = place; // no blank to come: at least no sign is cut
    while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
    return start;
}

Result<Dataset> continueText(std::string_view text, const fs::path &path,
                             const graph::Parameters &options)
{
    const std::int64_t window = graph::integer(options, "window");
    const TokenLevel level = levelOf(options, TokenLevel::Characters);
    const std::size_t second = placeAt(text, 0.8), third = std::max(second, placeAt(text, 0.9));
    const std::array<std::string, 3> parts{std::string(text.substr(0, second)),
                                           std::string(text.substr(second, third - second)),
                                           std::string(text.substr(third))};
    const auto tokenizer = std::make_shared<const Tokenizer>(
        Tokenizer::fit(level, std::span(parts).first(1), vocabularyOf(options, level)));
    Dataset dataset;
    Coverage unseen;
    for (std::size_t which = 0; which < parts.size(); ++which) {
        const std::vector<std::int32_t> ids = tokenizer->encode(parts[which]);
        if (which > 0) unseen.count(ids);
        dataset.splits[which] = windowsOver(ids, window);
        if (dataset.splits[which].count() == 0)
            return Error{path.string(),
                         {"data.text_short", {std::to_string(window)}},
                         {"data.text_short_hint", {std::to_string(12 * window)}}};
    }
    dataset.tokenizer = tokenizer;
    dataset.warnings = unknownWarning(unseen);
    dataset.facts.input = graph::Shape::tokens(window, tokenizer->size());
    dataset.facts.classes = tokenizer->size();
    dataset.facts.classNames = tokenizer->visiblePieces();
    dataset.facts.task = graph::Task::LabelSteps;
    dataset.facts.longest = window;
    return dataset;
}

Result<Dataset> readAll(const fs::path &path, const graph::Parameters &options)
{
    if (isFolder(path)) {
        const auto all = textsInFolder(path);
        if (!all) return all.error();
        const bool letters = areShort(all->texts);
        return classify(
            *all, levelOf(options, letters ? TokenLevel::Characters : TokenLevel::Words), options);
    }
    if (isTable(path, options)) {
        const auto all =
            textsInTable(path, headerRowFrom(graph::text(options, "header")),
                         {graph::text(options, "label"), graph::text(options, "text")});
        if (!all) return all.error();
        return classify(*all, levelOf(options, TokenLevel::Words), options);
    }
    const auto text = readText(path);
    return text ? continueText(*text, path, options) : text.error();
}

std::vector<graph::ParameterSpec> optionSpecs()
{
    return {choiceOption("header", "auto", {"auto", "0", "1"},
                         {{"Guess", "Deviner"}, {"No", "Non"}, {"Yes", "Oui"}},
                         {"Header", "En-tête"},
                         {"Whether the first row names the columns.",
                          "Si la première ligne nomme les colonnes."}),
            textOption(
                "label", "", {"Label column", "Colonne de classe"},
                {"Name or number (from 0); empty: the column with few values.",
                 "Nom ou numéro (à partir de 0) ; vide : la colonne aux valeurs peu nombreuses."}),
            textOption("text", "", {"Text columns", "Colonnes de texte"},
                       {"Names or numbers, several with commas; empty: all others.",
                        "Noms ou numéros, séparés par des virgules ; vide : toutes les autres."}),
            choiceOption("tokens", "auto", {"auto", "characters", "words", "subwords"},
                         {{"By the text", "Selon le texte"},
                          {"Characters", "Caractères"},
                          {"Words", "Mots"},
                          {"Parts of words", "Parties de mots"}},
                         {"Tokens", "Tokens"},
                         {"What a step is: a character, a word, a part of a word.",
                          "Ce qu'est un pas : un caractère, un mot, une partie de mot."}),
            integerOption(
                "vocabulary", 0, 0, 100000, {"Vocabulary", "Vocabulaire"},
                {"Most tokens to tell apart; 0: 500 characters, 10,000 words, 4,000 parts.",
                 "Nombre maximal de tokens ; 0 : 500 caractères, 10 000 mots, 4 000 parties."}),
            integerOption("max_length", 200, 1, 10000, {"Longest text", "Longueur maximale"},
                          {"Labelled texts are cut after so many tokens.",
                           "Les textes étiquetés sont coupés après ce nombre de tokens."}),
            integerOption("window", 64, 2, 4096, {"Window", "Fenêtre"},
                          {"Plain text: how many tokens the network reads at a time.",
                           "Texte simple : nombre de tokens lus à la fois par le réseau."})};
}

class Text : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "text",
            .label = {"Text files", "Fichiers de texte"},
            .help = {"A .tsv or .csv of labelled texts, a folder with a .txt for each class, or a "
                     ".txt to be continued. Its split is always the same.",
                     "Un .tsv ou .csv de textes étiquetés, un dossier avec un .txt par classe, ou "
                     "un .txt à continuer. Sa répartition est toujours la même."},
            .needsPath = true,
            .pathIsFile = true,
            .pathMayBeFolder = true,
            .pathHelp = {"The file, or the folder with a .txt for each class",
                         "Le fichier, ou le dossier avec un .txt par classe"},
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
        return recentKey(toString(spec),
                         isFolder(path) ? textFilesIn(path) : std::vector<fs::path>{path});
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
    return std::make_unique<Text>();
}

} // namespace ostrich::data::text
