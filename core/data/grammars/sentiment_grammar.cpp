// Clauses first, then the sentences that they are put into.
#include "data/grammars/sentiment_grammar.hpp"

#include "data/grammars/word_list.hpp"

namespace ostrich::data::grammar {

namespace {

using Phrase = std::string_view;

constexpr Phrase kSingular[] = {"the film",   "the plot",       "the story",      "the music",
                                "the script", "the dialogue",   "the ending",     "the opening",
                                "the pace",   "the humour",     "the editing",    "the camera work",
                                "the cast",   "the first half", "the last scene", "the soundtrack",
                                "the set",    "the love story"};
constexpr Phrase kPlural[] = {"the actors",     "the characters", "the jokes",  "the songs",
                              "the costumes",   "the effects",    "the fights", "the dances",
                              "the landscapes", "the twists",     "the voices"};
constexpr Phrase kAdjectives[2][32] = {
    {"bad",      "dull",     "awful",    "boring",      "clumsy",    "weak",     "silly",
     "tedious",  "terrible", "flat",     "stale",       "cold",      "empty",    "ugly",
     "tired",    "messy",    "annoying", "forgettable", "poor",      "dreadful", "lifeless",
     "confused", "shallow",  "noisy",    "childish",    "pointless", "painful",  "sloppy",
     "wooden",   "bland",    "chaotic",  "unbearable"},
    {"good",    "wonderful", "brilliant", "funny",     "moving",     "charming",  "clever",
     "lovely",  "superb",    "gripping",  "beautiful", "delightful", "original",  "fresh",
     "warm",    "touching",  "elegant",   "memorable", "strong",     "excellent", "lively",
     "subtle",  "witty",     "inventive", "graceful",  "tender",     "daring",    "splendid",
     "radiant", "poetic",    "thrilling", "perfect"}};
constexpr Phrase kDegrees[] = {"very",   "really",       "quite",     "truly",     "so",
                               "rather", "particularly", "extremely", "incredibly"};
constexpr Phrase kLiked[2][5] = {{"hated", "disliked", "regretted", "endured", "despised"},
                                 {"loved", "enjoyed", "admired", "adored", "liked"}};
constexpr Phrase kLike[2][4] = {{"hate", "dislike", "regret", "despise"},
                                {"love", "enjoy", "admire", "like"}};
constexpr Phrase kDenials[] = {"i do not think that", "nobody can say that", "it is not true that",
                               "i would never say that"};
constexpr Phrase kConcessions[] = {"although", "even if", "even though"};
/// Words of the frames below that no list holds.
constexpr Phrase kFrameWords = "is are not never far from at all i did , . but and it they in the "
                               "end yet";

struct Subject {
    Phrase words;
    bool plural = false;
};

Subject drawSubject(RandomStream &random)
{
    if (random.chance(0.35)) return {pick(kPlural, random), true};
    return {pick(kSingular, random), false};
}

/// "very good": the adjective of this opinion, half of the time with a degree.
std::string drawQuality(bool positive, RandomStream &random)
{
    std::string words;
    if (random.chance(0.45)) words.append(pick(kDegrees, random)) += ' ';
    return words.append(pick(kAdjectives[positive], random));
}

std::string plainClause(bool positive, RandomStream &random)
{
    const Subject subject = drawSubject(random);
    std::string words;
    if (random.chance(0.25))
        return words.append("i ").append(pick(kLiked[positive], random)) + ' '
               + std::string(subject.words);
    words.append(subject.words).append(subject.plural ? " are " : " is ");
    return words + drawQuality(positive, random);
}

/// A clause of this opinion in words of the other one.
std::string negatedClause(bool positive, RandomStream &random)
{
    const Subject subject = drawSubject(random);
    std::string words;
    if (random.chance(0.25))
        return words.append("i did not ").append(pick(kLike[!positive], random)) + ' '
               + std::string(subject.words);
    words.append(subject.words).append(subject.plural ? " are " : " is ");
    if (random.chance(0.2))
        return words + "far from " + std::string(pick(kAdjectives[!positive], random));
    if (random.chance(0.25)) return words + "never " + drawQuality(!positive, random);
    words += "not " + drawQuality(!positive, random);
    return random.chance(0.4) ? words + " at all" : words;
}

/// A denial in front: one negation turns round, two of them cancel out.
std::string deniedClause(bool positive, RandomStream &random)
{
    std::string words(pick(kDenials, random));
    words += ' ';
    return words
           + (random.chance(0.5) ? plainClause(!positive, random)
                                 : negatedClause(!positive, random));
}

std::string drawClause(bool positive, RandomStream &random)
{
    return random.chance(0.7) ? plainClause(positive, random) : negatedClause(positive, random);
}

/// Two clauses of different opinions, of which the second, or the one without "although", decides.
std::string concession(bool positive, RandomStream &random)
{
    const std::string decides = drawClause(positive, random);
    const std::string yields = drawClause(!positive, random);
    if (random.chance(0.4))
        return yields + " , but " + (random.chance(0.2) ? "in the end " : "") + decides;
    if (random.chance(0.2)) return yields + " , and yet " + decides;
    const std::string opening(pick(kConcessions, random));
    if (random.chance(0.5)) return opening + ' ' + yields + " , " + decides;
    return decides + " , " + opening + ' ' + yields;
}

/// "the plot is not dull , it is clever".
std::string contrast(bool positive, RandomStream &random)
{
    const Subject subject = drawSubject(random);
    std::string words(subject.words);
    words += subject.plural ? " are not " : " is not ";
    words += drawQuality(!positive, random);
    words += subject.plural ? " , they are " : " , it is ";
    return words + drawQuality(positive, random);
}

std::string drawSentence(bool positive, RandomStream &random)
{
    const double kind = random.uniform();
    if (kind < 0.38) return concession(positive, random);
    if (kind < 0.48) return contrast(positive, random);
    if (kind < 0.64) {
        const std::string first = plainClause(positive, random);
        return first + " , and " + plainClause(positive, random);
    }
    if (kind < 0.90) return plainClause(positive, random);
    if (kind < 0.95) return negatedClause(positive, random);
    return deniedClause(positive, random);
}

} // namespace

std::string drawOpinion(bool positive, RandomStream &random)
{
    return drawSentence(positive, random) + " .";
}

std::vector<std::string> opinionWords()
{
    std::set<std::string> words;
    const auto addAll = [&words](std::span<const Phrase> phrases) {
        for (const Phrase phrase : phrases) addWords(phrase, words);
    };
    for (const auto &phrases :
         {std::span<const Phrase>(kSingular), std::span<const Phrase>(kPlural),
          std::span<const Phrase>(kDegrees), std::span<const Phrase>(kDenials),
          std::span<const Phrase>(kConcessions)})
        addAll(phrases);
    for (const bool positive : {false, true}) {
        addAll(kAdjectives[positive]);
        addAll(kLiked[positive]);
        addAll(kLike[positive]);
    }
    addWords(kFrameWords, words);
    return {words.begin(), words.end()};
}

} // namespace ostrich::data::grammar
