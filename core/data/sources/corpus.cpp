// Little stories from a grammar, to be continued character by character.
#include "data/grammars/story_grammar.hpp"
#include "data/option.hpp"
#include "data/source.hpp"
#include "data/texts.hpp"

#include <unordered_set>

namespace ostrich::data::corpus {

namespace {

Tokenizer alphabet()
{
    std::vector<std::string> characters;
    for (const char c : grammar::storyCharacters()) characters.emplace_back(1, c);
    return Tokenizer::of(TokenLevel::Characters, std::move(characters));
}

class Corpus : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "corpus",
            .label = {"Little stories (generated)", "Petites histoires (générées)"},
            .help = {"Simple English stories; the next character is asked for.",
                     "Des histoires simples en anglais ; on demande le caractère suivant."},
            .needsPath = false,
            .pathHelp = {},
            .parameters = {
                integerOption("count", 400000, 10000, 5000000, {"Characters", "Caractères"},
                              {"Length of the text, split 80/10/10 story by story.",
                               "Longueur du texte, réparti 80/10/10 histoire par histoire."}),
                integerOption("window", 64, 2, 512, {"Window", "Fenêtre"},
                              {"How many characters the network reads at a time.",
                               "Nombre de caractères lus à la fois par le réseau."})}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        const Tokenizer characters = alphabet();
        graph::DataFacts facts;
        facts.longest = graph::integer(options, "window");
        facts.input = graph::Shape::tokens(facts.longest, characters.size());
        facts.classes = characters.size();
        facts.classNames = characters.visiblePieces();
        facts.title = "data.title_corpus";
        facts.task = graph::Task::LabelSteps;
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        Dataset dataset;
        dataset.facts = *facts(spec, options);
        dataset.tokenizer = std::make_shared<const Tokenizer>(alphabet());
        RandomStream random(seed, "corpus/stories");
        std::unordered_set<std::string> seen;
        constexpr std::array<double, 3> kShares{0.8, 0.1, 0.1};
        for (std::size_t split = 0; split < kShares.size(); ++split) {
            const auto length = static_cast<std::size_t>(
                kShares[split] * static_cast<double>(graph::integer(options, "count")));
            std::string text;
            while (text.size() < length && !stop.stop_requested()) {
                const std::string story = grammar::drawStory(random);
                if (seen.insert(story).second) text += story;
            }
            dataset.splits[split] =
                windowsOver(dataset.tokenizer->encode(text), dataset.facts.longest);
        }
        report(progress, 1.0);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Corpus>();
}

} // namespace ostrich::data::corpus
