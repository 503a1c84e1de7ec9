// The entries themselves. No French word here begins with an h, which may be mute or not.
#include "data/grammars/translation_lexicon.hpp"

namespace ostrich::data::grammar {

namespace {

constexpr Noun kNouns[] = {
    {"avocat", "avocats", false, "lawyer", "lawyers", Person},
    {"roi", "rois", false, "king", "kings", Person},
    {"reine", "reines", true, "queen", "queens", Person},
    {"étudiante", "étudiantes", true, "student", "students", Person},
    {"enfant", "enfants", false, "child", "children", Person},
    {"médecin", "médecins", false, "doctor", "doctors", Person},
    {"voisine", "voisines", true, "neighbour", "neighbours", Person},
    {"ami", "amis", false, "friend", "friends", Person},
    {"voleur", "voleurs", false, "thief", "thieves", Person},
    {"chat", "chats", false, "cat", "cats", Animal},
    {"chien", "chiens", false, "dog", "dogs", Animal},
    {"souris", "souris", true, "mouse", "mice", Animal},
    {"oiseau", "oiseaux", false, "bird", "birds", Bird},
    {"avocat", "avocats", false, "avocado", "avocados", Fruit},
    {"pomme", "pommes", true, "apple", "apples", Fruit},
    {"gâteau", "gâteaux", false, "cake", "cakes", Food},
    {"glace", "glaces", true, "ice cream", "ice creams", Food},
    {"lentille", "lentilles", true, "lentil", "lentils", Food},
    {"lentille", "lentilles", true, "lens", "lenses", Lens},
    {"glace", "glaces", true, "mirror", "mirrors", Fragile},
    {"lampe", "lampes", true, "lamp", "lamps", Fragile},
    {"assiette", "assiettes", true, "plate", "plates", Fragile},
    {"clé", "clés", true, "key", "keys", Thing},
    {"maison", "maisons", true, "house", "houses", Thing},
    {"voiture", "voitures", true, "car", "cars", Vehicle},
    {"vélo", "vélos", false, "bike", "bikes", Vehicle},
    {"livre", "livres", false, "book", "books", Readable},
    {"lettre", "lettres", true, "letter", "letters", Readable},
    {"livre", "livres", true, "pound", "pounds", Coin},
    {"pièce", "pièces", true, "coin", "coins", Coin},
    {"pièce", "pièces", true, "room", "rooms", Room},
    {"film", "films", false, "film", "films", Film},
    {"chapeau", "chapeaux", false, "hat", "hats", Clothes},
    {"robe", "robes", true, "dress", "dresses", Clothes},
    {"vol", "vols", false, "flight", "flights", Flight},
    {"vol", "vols", false, "theft", "thefts", Theft},
};

constexpr std::uint32_t kColoured = kAnimals | kGoods | Room;

constexpr Adjective kAdjectives[] = {
    {"petit", "petit", "petite", "petits", "petites", "small", true, kAllKinds & ~(Flight | Theft)},
    {"grand", "grand", "grande", "grands", "grandes", "big", true, kAllKinds & ~(Flight | Coin)},
    {"vieux", "vieil", "vieille", "vieux", "vieilles", "old", true,
     Person | kAnimals | Thing | Fragile | Vehicle | Readable | Film | Clothes | Coin},
    {"beau", "bel", "belle", "beaux", "belles", "beautiful", true,
     kAnimals | kGoods | Film | Coin | Room},
    {"jeune", "jeune", "jeune", "jeunes", "jeunes", "young", true, Person | kAnimals},
    {"rouge", "rouge", "rouge", "rouges", "rouges", "red", false, kColoured},
    {"noir", "noir", "noire", "noirs", "noires", "black", false, kColoured},
    {"vert", "vert", "verte", "verts", "vertes", "green", false, kColoured},
    {"blanc", "blanc", "blanche", "blancs", "blanches", "white", false, kColoured},
    {"mûr", "mûr", "mûre", "mûrs", "mûres", "ripe", false, Fruit},
    {"célèbre", "célèbre", "célèbre", "célèbres", "célèbres", "famous", false,
     Person | Readable | Film | Theft},
    {"intelligent", "intelligent", "intelligente", "intelligents", "intelligentes", "clever", false,
     Person | kAnimals},
};

constexpr Verb kVerbs[] = {
    {"dormir",
     {"dors", "dort", "dormons", "dorment"},
     "dormi",
     "sleep",
     "sleeps",
     "slept",
     Person | kAnimals,
     0},
    {"chanter",
     {"chante", "chante", "chantons", "chantent"},
     "chanté",
     "sing",
     "sings",
     "sang",
     Person | Bird,
     0},
    {"partir",
     {"pars", "part", "partons", "partent"},
     "",
     "leave",
     "leaves",
     "",
     Person | kAnimals,
     0},
    {"voler", {"vole", "vole", "volons", "volent"}, "volé", "fly", "flies", "flew", Bird, 0},
    {"voler",
     {"vole", "vole", "volons", "volent"},
     "volé",
     "steal",
     "steals",
     "stole",
     Person,
     kGoods | Coin},
    {"manger",
     {"mange", "mange", "mangeons", "mangent"},
     "mangé",
     "eat",
     "eats",
     "ate",
     Person | kAnimals,
     kFoods},
    {"acheter",
     {"achète", "achète", "achetons", "achètent"},
     "acheté",
     "buy",
     "buys",
     "bought",
     Person,
     kGoods | Animal},
    {"vendre",
     {"vends", "vend", "vendons", "vendent"},
     "vendu",
     "sell",
     "sells",
     "sold",
     Person,
     kGoods},
    {"voir",
     {"vois", "voit", "voyons", "voient"},
     "vu",
     "see",
     "sees",
     "saw",
     Person | kAnimals,
     Person | kAnimals | kGoods | Film | Coin | Room},
    {"chercher",
     {"cherche", "cherche", "cherchons", "cherchent"},
     "cherché",
     "look for",
     "looks for",
     "looked for",
     Person | kAnimals,
     kAllKinds & ~Theft},
    {"lire", {"lis", "lit", "lisons", "lisent"}, "lu", "read", "reads", "read", Person, Readable},
    {"regarder",
     {"regarde", "regarde", "regardons", "regardent"},
     "regardé",
     "watch",
     "watches",
     "watched",
     Person | kAnimals,
     Person | kAnimals | Film},
    {"appeler",
     {"appelle", "appelle", "appelons", "appellent"},
     "appelé",
     "call",
     "calls",
     "called",
     Person,
     Person | Animal},
    {"casser",
     {"casse", "casse", "cassons", "cassent"},
     "cassé",
     "break",
     "breaks",
     "broke",
     Person | Animal,
     Fragile},
    {"réserver",
     {"réserve", "réserve", "réservons", "réservent"},
     "réservé",
     "book",
     "books",
     "booked",
     Person,
     Flight | Room},
    {"manquer",
     {"manque", "manque", "manquons", "manquent"},
     "manqué",
     "miss",
     "misses",
     "missed",
     Person,
     Flight | Film},
    {"signaler",
     {"signale", "signale", "signalons", "signalent"},
     "signalé",
     "report",
     "reports",
     "reported",
     Person,
     Theft},
    {"porter",
     {"porte", "porte", "portons", "portent"},
     "porté",
     "wear",
     "wears",
     "wore",
     Person,
     Clothes | Lens},
};

constexpr Adjunct kAdjuncts[] = {
    {"aujourd'hui", "today", false},
    {"hier", "yesterday", true},
    {"dans le jardin", "in the garden", false},
    {"dans la cuisine", "in the kitchen", false},
    {"au marché", "at the market", false},
    {"à la gare", "at the station", false},
};

constexpr Pronoun kPronouns[] = {
    {"je", "i", 0, false},      {"il", "he", 1, false},      {"elle", "she", 1, true},
    {"nous", "we", 2, false},   {"ils", "they", 3, false},   {"elles", "they", 3, true},
    {"paul", "paul", 1, false}, {"marie", "marie", 1, true},
};

} // namespace

std::span<const Noun> nouns()
{
    return kNouns;
}

std::span<const Adjective> adjectives()
{
    return kAdjectives;
}

std::span<const Verb> verbs()
{
    return kVerbs;
}

std::span<const Adjunct> adjuncts()
{
    return kAdjuncts;
}

std::span<const Pronoun> pronouns()
{
    return kPronouns;
}

} // namespace ostrich::data::grammar
