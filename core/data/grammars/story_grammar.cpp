// The words of the stories, and their scenes one after the other.
#include "data/grammars/story_grammar.hpp"

#include "data/grammars/word_list.hpp"

#include <fmt/format.h>

namespace ostrich::data::grammar {

namespace {

using Phrase = std::string_view;

struct Name {
    Phrase name;
    bool feminine;
};

constexpr Name kNames[] = {{"Milo", false},  {"Anna", true}, {"Oscar", false},  {"Lily", true},
                           {"Felix", false}, {"Rosa", true}, {"Hugo", false},   {"Clara", true},
                           {"Jack", false},  {"Emma", true}, {"Victor", false}, {"Zoe", true}};
constexpr Phrase kAnimals[] = {"fox",  "hare", "owl",    "badger",   "mouse", "hedgehog",
                               "duck", "frog", "beaver", "squirrel", "goat",  "ostrich"};
constexpr Phrase kTraits[] = {"little", "brave", "quiet", "curious", "sleepy", "cheerful", "shy"};
constexpr Phrase kHomes[] = {
    "near the river",       "under an old oak", "at the edge of the wood", "behind the mill",
    "in a small red house", "on a green hill",  "beside the quiet lake"};
constexpr Phrase kThings[] = {"red kite",   "silver key",  "wooden boat",
                              "blue scarf", "golden bell", "paper star",
                              "round drum", "warm hat",    "yellow ball"};
constexpr Phrase kPlaces[] = {"the bridge", "the garden", "the old tower", "the market",
                              "the mill",   "the forest", "the harbour",   "the well"};
constexpr Phrase kHides[] = {"under a heap of leaves", "behind a big stone", "in the tall grass",
                             "between two barrels",    "in an empty nest",   "on a low branch"};
constexpr Phrase kMornings[] = {"One morning",     "One day",       "One quiet evening",
                                "Early in spring", "On a cold day", "Just after breakfast"};
constexpr Phrase kWeather[] = {"it was raining",        "the sun was shining",
                               "the wind was strong",   "snow was falling",
                               "there was a thick fog", "the birds were singing"};
constexpr Phrase kFeelings[] = {"sad", "worried", "angry", "a little afraid", "very tired"};
constexpr Phrase kJoys[] = {"happy", "glad", "proud", "full of joy"};
constexpr Phrase kPresents[] = {"a piece of cake", "three ripe apples", "a jar of honey",
                                "a cup of tea",    "some warm bread",   "a bowl of nuts"};

struct Story {
    Name hero, friendly;
    Phrase animal, friendAnimal, thing, first, second;

    Phrase he() const { return hero.feminine ? "she" : "he"; }
    Phrase heCapital() const { return hero.feminine ? "She" : "He"; }
    Phrase his() const { return hero.feminine ? "her" : "his"; }
    Phrase friendHe() const { return friendly.feminine ? "she" : "he"; }
};

/// One of `items` that is not `other`.
template <typename T, std::size_t Count>
T another(const T (&items)[Count], const T &other, RandomStream &random)
{
    const std::size_t place = static_cast<std::size_t>(&pick(items, random) - items);
    return items[place] == other ? items[(place + 1) % Count] : items[place];
}

bool operator==(const Name &a, const Name &b)
{
    return a.name == b.name;
}

Story drawCast(RandomStream &random)
{
    Story story;
    story.hero = pick(kNames, random);
    story.friendly = another(kNames, story.hero, random);
    story.animal = pick(kAnimals, random);
    story.friendAnimal = another(kAnimals, story.animal, random);
    story.thing = pick(kThings, random);
    story.first = pick(kPlaces, random);
    story.second = another(kPlaces, story.first, random);
    return story;
}

Phrase articleOf(Phrase noun)
{
    return Phrase("aeiou").find(noun.front()) == Phrase::npos ? "a" : "an";
}

// Draws stand in statements of their own: within one call their order is the compiler's.

std::string opening(const Story &story, RandomStream &random)
{
    const Phrase trait = pick(kTraits, random);
    const Phrase home = pick(kHomes, random);
    std::string text = fmt::format("Once there was a {} {} named {}. {} lived {}", trait,
                                   story.animal, story.hero.name, story.heCapital(), home);
    const std::string friendly = fmt::format("{}, {} {}", story.friendly.name,
                                             articleOf(story.friendAnimal), story.friendAnimal);
    if (random.chance(0.5))
        return text + fmt::format(" with {} best friend {}.\n", story.his(), friendly);
    return text
           + fmt::format(". {} best friend was {}.\n", story.hero.feminine ? "Her" : "His",
                         friendly);
}

std::string loss(const Story &story, RandomStream &random)
{
    const Phrase morning = pick(kMornings, random);
    const Phrase weather = pick(kWeather, random);
    std::string text = fmt::format("{} {}, and {} could not find {} {}. ", morning, weather,
                                   story.hero.name, story.his(), story.thing);
    if (random.chance(0.6))
        text += fmt::format("{} was {}. ", story.heCapital(), pick(kFeelings, random));
    return text
           + fmt::format("{} looked {}, but there was nothing.\n", story.heCapital(),
                         pick(kHides, random));
}

std::string talk(const Story &story, RandomStream &random)
{
    std::string text = fmt::format("\"Have you seen my {}?\" {} asked. ", story.thing, story.he());
    if (random.chance(0.5))
        text += fmt::format("\"No,\" said {}, \"but we can look at {}.\"\n", story.friendly.name,
                            story.first);
    else
        text += fmt::format("\"Perhaps it is at {},\" said {}. \"Let us go and see!\"\n",
                            story.first, story.friendly.name);
    return text;
}

std::string search(const Story &story, RandomStream &random)
{
    std::string text = fmt::format("They went to {} together. ", story.first);
    if (random.chance(0.5)) {
        const std::string thing = random.chance(0.5) ? fmt::format("The {}", story.thing) : "It";
        text += fmt::format("{} was not there, so they walked on to {}. ", thing, story.second);
    }
    const Phrase finder = random.chance(0.5) ? story.hero.name : story.friendly.name;
    const Phrase hide = pick(kHides, random);
    return text
           + fmt::format("At last {} looked {}, and there was the {}!\n", finder, hide,
                         story.thing);
}

std::string ending(const Story &story, RandomStream &random)
{
    const Phrase present = pick(kPresents, random);
    const Phrase joy = pick(kJoys, random);
    std::string text = fmt::format("{} was {}. ", story.hero.name, joy);
    if (random.chance(0.5))
        text += fmt::format("\"Thank you,\" {} said, and gave {} {}. ", story.he(),
                            story.friendly.name, present);
    else
        text +=
            fmt::format("\"What would I do without you?\" {} said. {} laughed, and {} shared {} "
                        "with {}. ",
                        story.he(), story.friendly.name, story.friendHe(), present,
                        story.hero.feminine ? "her" : "him");
    text += fmt::format("That night {} slept well, and the {} lay beside {} bed.\n",
                        story.hero.name, story.thing, story.his());
    return text;
}

} // namespace

std::string drawStory(RandomStream &random)
{
    const Story story = drawCast(random);
    std::string text = opening(story, random);
    text += loss(story, random);
    text += talk(story, random);
    text += search(story, random);
    return text + ending(story, random) + "\n";
}

std::string storyCharacters()
{
    return "\n !\",.?ACEFHIJLMNOPRSTVWZabcdefghijklmnopqrstuvwxy";
}

} // namespace ostrich::data::grammar
