// Opinions about films from a grammar: for or against, by the order of the words.
#include "data/grammars/sentiment_grammar.hpp"
#include "data/option.hpp"
#include "data/source.hpp"
#include "data/texts.hpp"

#include <numeric>
#include <unordered_set>

namespace ostrich::data::sentiment {

namespace {

Tokenizer vocabulary()
{
    return Tokenizer::of(TokenLevel::Words, grammar::opinionWords());
}

class Sentiment : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "sentiment",
            .label = {"Film opinions (generated)", "Avis sur des films (générés)"},
            .help = {"Sentences for or against a film, with negation and concession: counting the "
                     "words is not enough.",
                     "Des phrases pour ou contre un film, avec négation et concession : compter "
                     "les mots ne suffit pas."},
            .needsPath = false,
            .pathHelp = {},
            .parameters = {
                integerOption("count", 8000, 100, 100000, {"Sentences", "Phrases"},
                              {"Number of sentences, split 80/10/10; none comes twice.",
                               "Nombre de phrases, réparties 80/10/10 ; aucune n'est répétée."})}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &, const graph::Parameters &) const override
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::tokens({}, vocabulary().size());
        facts.classes = 2;
        facts.classNames = {"negative", "positive"};
        facts.title = "data.title_sentiment";
        facts.longest = grammar::kLongestOpinion;
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        Dataset dataset;
        dataset.facts = *facts(spec, options);
        dataset.tokenizer = std::make_shared<const Tokenizer>(vocabulary());
        RandomStream random(seed, "sentiment/sentences");
        std::unordered_set<std::string> seen;
        std::vector<std::string> texts;
        std::vector<std::int32_t> labels;
        const std::int64_t count = graph::integer(options, "count");
        while (std::ssize(texts) < count && !stop.stop_requested()) {
            const auto label = static_cast<std::int32_t>(texts.size() % 2);
            std::string text = grammar::drawOpinion(label == 1, random);
            if (!seen.insert(text).second) continue;
            texts.push_back(std::move(text));
            labels.push_back(label);
        }
        std::vector<std::int64_t> all(texts.size());
        std::iota(all.begin(), all.end(), std::int64_t{0});
        Coverage coverage;
        splitPool(
            encodeTexts(*dataset.tokenizer, texts, labels, all, grammar::kLongestOpinion, coverage),
            seed, dataset.splits);
        report(progress, 1.0);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Sentiment>();
}

} // namespace ostrich::data::sentiment
