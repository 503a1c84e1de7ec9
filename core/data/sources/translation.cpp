// French sentences and their English translation from a grammar, to be translated word by word out
// of order.
#include "data/grammars/translation_grammar.hpp"
#include "data/option.hpp"
#include "data/source.hpp"
#include "data/texts.hpp"

#include <unordered_set>

namespace ostrich::data::translation {

namespace {

std::shared_ptr<const Tokenizer> vocabulary(std::vector<std::string> words)
{
    return std::make_shared<const Tokenizer>(Tokenizer::of(TokenLevel::Words, std::move(words)));
}

void add(const Dataset &dataset, const grammar::SentencePair &pair, Samples &samples)
{
    std::vector<std::int32_t> source = dataset.tokenizer->encode(pair.french);
    std::vector<std::int32_t> target = dataset.targetTokenizer->encode(pair.english);
    source.push_back(Tokenizer::kEnd);
    target.insert(target.begin(), Tokenizer::kBegin);
    target.push_back(Tokenizer::kEnd);
    samples.tokens.insert(samples.tokens.end(), source.begin(), source.end());
    samples.starts.push_back(std::ssize(samples.tokens));
    samples.targets.add(target);
}

class Translation : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "translation",
            .label = {"French to English (generated)", "Du français à l'anglais (généré)"},
            .help = {"Short sentences with agreement, elision, adjectives that change place and "
                     "words of two senses.",
                     "De courtes phrases avec accords, élisions, adjectifs qui changent de place "
                     "et mots à deux sens."},
            .needsPath = false,
            .pathHelp = {},
            .parameters = {
                integerOption("count", 12000, 100, 100000, {"Pairs", "Paires"},
                              {"Number of pairs, split 80/10/10; no French sentence comes twice.",
                               "Nombre de paires, réparties 80/10/10 ; aucune phrase française "
                               "n'est répétée."})}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &, const graph::Parameters &) const override
    {
        const auto french = vocabulary(grammar::frenchWords());
        const auto english = vocabulary(grammar::englishWords());
        graph::DataFacts facts;
        facts.input = graph::Shape::tokens({}, french->size());
        facts.classes = english->size();
        facts.classNames = english->visiblePieces();
        facts.title = "data.title_translation";
        facts.task = graph::Task::Translate;
        facts.longest = grammar::kLongestPair + 1; // kEnd; in front of the target, kBegin
        facts.target = {graph::Shape::tokens({}, english->size()), grammar::kLongestPair + 1};
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        Dataset dataset;
        dataset.facts = *facts(spec, options);
        dataset.tokenizer = vocabulary(grammar::frenchWords());
        dataset.targetTokenizer = vocabulary(grammar::englishWords());
        RandomStream random(seed, "translation/sentences");
        std::unordered_set<std::string> seen;
        Samples pool;
        pool.starts.push_back(0);
        const std::int64_t count = graph::integer(options, "count");
        while (pool.count() < count && !stop.stop_requested()) {
            const grammar::SentencePair pair = grammar::drawPair(random);
            if (seen.insert(pair.french).second) add(dataset, pair, pool);
        }
        splitPool(pool, seed, dataset.splits);
        report(progress, 1.0);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Translation>();
}

} // namespace ostrich::data::translation
