// Plans written out in French and in English, and the judgement whether a plan makes sense.
#include "data/grammars/translation_grammar.hpp"

#include "data/grammars/word_list.hpp"

#include <algorithm>

namespace ostrich::data::grammar {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view kHave[] = {"ai", "a", "avons", "ont"};
constexpr std::string_view kWant[] = {"veux", "veut", "voulons", "veulent"};
constexpr std::string_view kCan[] = {"peux", "peut", "pouvons", "peuvent"};
constexpr std::string_view kFrenchFrame = "le la l' les un une des de ce cet cette ces mon ma mes "
                                          "deux trois ne n' pas j' est sont .";
constexpr std::string_view kEnglishFrame = "the a an this these my two three do does did not want "
                                           "wants to can cannot is are .";

bool startsWithVowel(std::string_view word)
{
    constexpr std::string_view kVowels = "aeiou";
    return kVowels.find(word.front()) != std::string_view::npos || word.starts_with("é");
}

std::string_view adjectiveForm(const Adjective &adjective, bool feminine, bool plural,
                               bool beforeVowel)
{
    if (plural) return feminine ? adjective.femininePlural : adjective.masculinePlural;
    if (feminine) return adjective.feminine;
    return beforeVowel ? adjective.beforeVowel : adjective.masculine;
}

std::string_view singularDeterminer(Determiner determiner, bool feminine, bool beforeVowel)
{
    switch (determiner) {
    case Determiner::A:
        return feminine ? "une" : "un";
    case Determiner::This:
        return feminine ? "cette" : beforeVowel ? "cet" : "ce";
    case Determiner::My:
        return feminine && !beforeVowel ? "ma" : "mon";
    default:
        return beforeVowel ? "l'" : feminine ? "la" : "le";
    }
}

/// Before an adjective, "des" becomes "de"; those that stand there begin with no vowel.
std::string_view pluralDeterminer(Determiner determiner, bool beforeAdjective)
{
    switch (determiner) {
    case Determiner::A:
        return beforeAdjective ? "de" : "des";
    case Determiner::This:
        return "ces";
    case Determiner::My:
        return "mes";
    case Determiner::Two:
        return "deux";
    case Determiner::Three:
        return "trois";
    default:
        return "les";
    }
}

Words frenchPhrase(const NounPhrase &phrase)
{
    const Noun &noun = *phrase.noun;
    const std::string_view head = phrase.plural ? noun.plural : noun.singular;
    Words words{head};
    if (phrase.before != nullptr)
        words.insert(words.begin(), adjectiveForm(*phrase.before, noun.feminine, phrase.plural,
                                                  startsWithVowel(head)));
    const bool vowel = startsWithVowel(words.front());
    words.insert(words.begin(), phrase.plural
                                    ? pluralDeterminer(phrase.determiner, phrase.before != nullptr)
                                    : singularDeterminer(phrase.determiner, noun.feminine, vowel));
    if (phrase.behind != nullptr)
        words.push_back(adjectiveForm(*phrase.behind, noun.feminine, phrase.plural, false));
    return words;
}

Words englishPhrase(const NounPhrase &phrase)
{
    Words words{phrase.plural ? phrase.noun->englishPlural : phrase.noun->english};
    for (const Adjective *adjective : {phrase.behind, phrase.before}) {
        if (adjective != nullptr) words.insert(words.begin(), adjective->english);
    }
    std::string_view determiner = "the";
    switch (phrase.determiner) {
    case Determiner::The:
        break;
    case Determiner::A:
        if (phrase.plural) return words;
        determiner = startsWithVowel(words.front()) ? "an" : "a";
        break;
    case Determiner::This:
        determiner = phrase.plural ? "these" : "this";
        break;
    case Determiner::My:
        determiner = "my";
        break;
    case Determiner::Two:
        determiner = "two";
        break;
    case Determiner::Three:
        determiner = "three";
        break;
    }
    words.insert(words.begin(), determiner);
    return words;
}

/// As Verb::present counts.
std::size_t personOf(const Plan &plan)
{
    if (plan.pronoun != nullptr) return static_cast<std::size_t>(plan.pronoun->person);
    return plan.subject.plural ? 3 : 1;
}

bool isFeminine(const Plan &plan)
{
    return plan.pronoun != nullptr ? plan.pronoun->feminine : plan.subject.noun->feminine;
}

void append(Words &words, const Words &more)
{
    words.insert(words.end(), more.begin(), more.end());
}

/// The verb that is conjugated, around which the negation stands, and what follows.
Words frenchPredicate(const Plan &plan)
{
    const std::size_t person = personOf(plan);
    std::string_view finite;
    std::string_view behind;
    if (plan.quality != nullptr) {
        finite = person == 3 ? "sont" : "est";
        behind = adjectiveForm(*plan.quality, isFeminine(plan), person == 3, false);
    } else if (plan.mood == Mood::Present) {
        finite = plan.verb->present[person];
    } else if (plan.mood == Mood::Past) {
        finite = kHave[person];
        behind = plan.verb->participle;
    } else {
        finite = plan.mood == Mood::Want ? kWant[person] : kCan[person];
        behind = plan.verb->infinitive;
    }
    Words words{finite};
    if (plan.negated) words = {startsWithVowel(finite) ? "n'" : "ne", finite, "pas"};
    if (!behind.empty()) words.push_back(behind);
    return words;
}

Words englishPredicate(const Plan &plan)
{
    const std::size_t person = personOf(plan);
    const bool third = person == 1;
    const std::string_view auxiliary = third ? "does" : "do";
    if (plan.quality != nullptr) {
        Words words{third ? "is" : "are"};
        if (plan.negated) words.push_back("not");
        words.push_back(plan.quality->english);
        return words;
    }
    const Verb &verb = *plan.verb;
    switch (plan.mood) {
    case Mood::Past:
        return plan.negated ? Words{"did", "not", verb.english} : Words{verb.englishPast};
    case Mood::Want:
        if (plan.negated) return {auxiliary, "not", "want", "to", verb.english};
        return {third ? "wants" : "want", "to", verb.english};
    case Mood::Can:
        return {plan.negated ? "cannot" : "can", verb.english};
    case Mood::Present:
        break;
    }
    if (plan.negated) return {auxiliary, "not", verb.english};
    return {third ? verb.englishThird : verb.english};
}

std::string sentenceOf(const Words &words)
{
    std::string text;
    for (const std::string_view word : words) text.append(word) += ' ';
    return text + '.';
}

std::int64_t lengthOf(const std::string &sentence)
{
    return 1 + std::ranges::count(sentence, ' ');
}

bool goesWith(const Noun &noun, const NounPhrase &phrase)
{
    for (const Adjective *adjective : {phrase.before, phrase.behind}) {
        if (adjective != nullptr && (adjective->kinds & noun.kinds) == 0) return false;
    }
    return true;
}

/// Whether `phrase` names something of `allowed`, and no other sense of its noun would do as well.
bool isClear(const NounPhrase &phrase, std::uint32_t allowed)
{
    const auto fits = [&](const Noun &noun) {
        return (noun.kinds & allowed) != 0 && goesWith(noun, phrase);
    };
    if (!fits(*phrase.noun)) return false;
    const Words words = frenchPhrase(phrase);
    return std::ranges::none_of(nouns(), [&](const Noun &other) {
        NounPhrase otherwise = phrase;
        otherwise.noun = &other;
        return &other != phrase.noun && fits(other) && frenchPhrase(otherwise) == words;
    });
}

const Adjective *drawAdjective(const Noun &noun, bool before, RandomStream &random)
{
    for (;;) {
        const Adjective &adjective = pick(adjectives(), random);
        if (adjective.before == before && (adjective.kinds & noun.kinds) != 0) return &adjective;
    }
}

/// Whether an adjective of this place goes with the noun at all.
bool hasAdjective(const Noun &noun, bool before)
{
    return std::ranges::any_of(adjectives(), [&](const Adjective &adjective) {
        return adjective.before == before && (adjective.kinds & noun.kinds) != 0;
    });
}

/// Something of `allowed`, clear. Drawn again by itself until it is: were the whole plan drawn
/// again, verbs that take few nouns would hardly ever come.
NounPhrase drawPhrase(std::uint32_t allowed, RandomStream &random)
{
    constexpr Determiner kSingular[] = {Determiner::The, Determiner::The,  Determiner::A,
                                        Determiner::A,   Determiner::This, Determiner::My};
    constexpr Determiner kPlural[] = {Determiner::The,  Determiner::The, Determiner::A,
                                      Determiner::This, Determiner::My,  Determiner::Two,
                                      Determiner::Three};
    for (;;) {
        NounPhrase phrase;
        phrase.noun = &pick(nouns(), random);
        if ((phrase.noun->kinds & allowed) == 0) continue;
        phrase.plural = random.chance(0.35);
        phrase.determiner = phrase.plural ? pick(kPlural, random) : pick(kSingular, random);
        if (random.chance(0.3) && hasAdjective(*phrase.noun, true))
            phrase.before = drawAdjective(*phrase.noun, true, random);
        if (random.chance(0.4) && hasAdjective(*phrase.noun, false))
            phrase.behind = drawAdjective(*phrase.noun, false, random);
        if (isClear(phrase, allowed)) return phrase;
    }
}

/// First the person, each as likely as the others.
const Pronoun *drawPronoun(RandomStream &random)
{
    const auto person = static_cast<int>(random.integer(4));
    for (;;) {
        const Pronoun &pronoun = pick(pronouns(), random);
        if (pronoun.person == person) return &pronoun;
    }
}

Plan drawPlan(RandomStream &random)
{
    Plan plan;
    plan.negated = random.chance(0.25);
    if (random.chance(0.5)) plan.pronoun = drawPronoun(random);
    if (random.chance(0.12)) {
        plan.quality = &pick(adjectives(), random);
        if (plan.pronoun == nullptr) plan.subject = drawPhrase(plan.quality->kinds, random);
        return plan;
    }
    plan.verb = &pick(verbs(), random);
    constexpr Mood kMoods[] = {Mood::Present, Mood::Present, Mood::Past,
                               Mood::Past,    Mood::Want,    Mood::Can};
    plan.mood = pick(kMoods, random);
    if (plan.pronoun == nullptr) plan.subject = drawPhrase(plan.verb->subjects, random);
    if (plan.verb->objects != 0) plan.object = drawPhrase(plan.verb->objects, random);
    if (random.chance(0.25)) plan.adjunct = &pick(adjuncts(), random);
    return plan;
}

bool isClearSubject(const Plan &plan)
{
    if (plan.quality == nullptr) {
        return plan.pronoun != nullptr ? (plan.verb->subjects & Person) != 0
                                       : isClear(plan.subject, plan.verb->subjects);
    }
    if (plan.pronoun == nullptr) return isClear(plan.subject, plan.quality->kinds);
    // "je suis" and "nous sommes" would not tell the adjective's gender.
    return (plan.quality->kinds & Person) != 0 && plan.pronoun->person % 2 == 1;
}

} // namespace

SentencePair write(const Plan &plan)
{
    const Words predicate = frenchPredicate(plan);
    Words french, english;
    if (plan.pronoun != nullptr) {
        const bool elided = plan.pronoun->french == "je" && startsWithVowel(predicate.front());
        french.push_back(elided ? "j'" : plan.pronoun->french);
        english.push_back(plan.pronoun->english);
    } else {
        french = frenchPhrase(plan.subject);
        english = englishPhrase(plan.subject);
    }
    append(french, predicate);
    append(english, englishPredicate(plan));
    if (plan.object) {
        append(french, frenchPhrase(*plan.object));
        append(english, englishPhrase(*plan.object));
    }
    if (plan.adjunct != nullptr) {
        french.push_back(plan.adjunct->french);
        english.push_back(plan.adjunct->english);
    }
    return {sentenceOf(french), sentenceOf(english)};
}

bool isClear(const Plan &plan)
{
    if (!isClearSubject(plan)) return false;
    if (plan.quality != nullptr) return true;
    if (plan.mood == Mood::Past && plan.verb->participle.empty()) return false;
    if (plan.adjunct != nullptr && plan.adjunct->pastOnly && plan.mood != Mood::Past) return false;
    if (!plan.object) return true;
    // French would say "pas de" where English says "no" or "any": another pattern, left out.
    const bool indefinite = plan.object->determiner == Determiner::A;
    return !(plan.negated && indefinite) && isClear(*plan.object, plan.verb->objects);
}

SentencePair drawPair(RandomStream &random)
{
    for (;;) {
        const Plan plan = drawPlan(random);
        if (!isClear(plan)) continue;
        SentencePair pair = write(plan);
        if (lengthOf(pair.french) <= kLongestPair && lengthOf(pair.english) <= kLongestPair)
            return pair;
    }
}

std::vector<std::string> frenchWords()
{
    std::set<std::string> words;
    addWords(kFrenchFrame, words);
    for (const auto &forms : {kHave, kWant, kCan}) words.insert(forms, forms + 4);
    for (const Noun &noun : nouns())
        words.insert({std::string(noun.singular), std::string(noun.plural)});
    for (const Adjective &a : adjectives()) {
        for (const auto form :
             {a.masculine, a.beforeVowel, a.feminine, a.masculinePlural, a.femininePlural})
            words.emplace(form);
    }
    for (const Verb &verb : verbs()) {
        addWords(verb.infinitive, words);
        addWords(verb.participle, words);
        words.insert(std::begin(verb.present), std::end(verb.present));
    }
    for (const Adjunct &adjunct : adjuncts()) addWords(adjunct.french, words);
    for (const Pronoun &pronoun : pronouns()) words.emplace(pronoun.french);
    return {words.begin(), words.end()};
}

std::vector<std::string> englishWords()
{
    std::set<std::string> words;
    addWords(kEnglishFrame, words);
    for (const Noun &noun : nouns()) {
        addWords(noun.english, words);
        addWords(noun.englishPlural, words);
    }
    for (const Adjective &adjective : adjectives()) words.emplace(adjective.english);
    for (const Verb &verb : verbs()) {
        for (const auto form : {verb.english, verb.englishThird, verb.englishPast})
            addWords(form, words);
    }
    for (const Adjunct &adjunct : adjuncts()) addWords(adjunct.english, words);
    for (const Pronoun &pronoun : pronouns()) words.emplace(pronoun.english);
    return {words.begin(), words.end()};
}

} // namespace ostrich::data::grammar
