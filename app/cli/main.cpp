// ostrich-cli: the table of verbs, usage errors on one line, and the last net for exceptions.
#include "cli/answer.hpp"
#include "cli/usage.hpp"
#include "cli/verb.hpp"

#include <CLI/Error.hpp>
#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>

#include <array>
#include <csignal>
#include <cstdio>
#include <span>
#include <string_view>

namespace {

using namespace ostrich::cli;

const std::array kVerbs{
    Verb{"kinds",
         {"List the block kinds and their parameters", "Lister les blocs et leurs paramètres"},
         declareKinds},
    Verb{"datasets",
         {"List the data sources and their options",
          "Lister les sources de données et leurs options"},
         declareDatasets},
    Verb{"new", {"Make a starter project", "Créer un projet de départ"}, declareNew},
    Verb{"import",
         {"Make a trained run of a network and a file of weights",
          "Faire un essai entraîné d'un réseau et d'un fichier de poids"},
         declareImport},
    Verb{"check",
         {"Tell a network's shapes, sizes and problems",
          "Donner les formes, les tailles et les problèmes d'un réseau"},
         declareCheck},
    Verb{"train", {"Train a network", "Entraîner un réseau"}, declareTrain},
    Verb{"eval", {"Measure a trained network", "Mesurer un réseau entraîné"}, declareEval},
    Verb{"compare",
         {"Train several networks with several seeds and compare them",
          "Entraîner plusieurs réseaux avec plusieurs graines et les comparer"},
         declareCompare},
    Verb{"attack",
         {"Try to fool a trained network", "Essayer de tromper un réseau entraîné"},
         declareAttack},
    Verb{"export",
         {"Write a network for another program", "Écrire un réseau pour un autre programme"},
         declareExport},
    Verb{"predict",
         {"Ask a trained network about a picture, a text or a series",
          "Interroger un réseau entraîné sur une image, un texte ou une série"},
         declarePredict},
    Verb{"probe",
         {"Look inside a trained network", "Regarder à l'intérieur d'un réseau entraîné"},
         declareProbe},
    Verb{"weights",
         {"List what a file of weights holds", "Lister ce que contient un fichier de poids"},
         declareWeights},
    Verb{"bench",
         {"Measure the speed of reference networks", "Mesurer la vitesse de réseaux de référence"},
         declareBench},
    Verb{"selfcheck",
         {"Check every block kind on this machine", "Vérifier chaque bloc sur cette machine"},
         declareSelfcheck},
    Verb{"doctor",
         {"Tell what this machine has and what would make it faster",
          "Dire ce qu'a cette machine et ce qui la rendrait plus rapide"},
         declareDoctor},
};

/// --json and --lang decide how a usage error is told, so they are looked for before the arguments
/// are parsed.
Context lookAhead(std::span<char *const> arguments)
{
    Context context;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        const bool isLast = i + 1 == arguments.size();
        if (argument == "--json") context.json = true;
        if (argument == "--lang=fr"
            || (argument == "--lang" && !isLast && std::string_view(arguments[i + 1]) == "fr"))
            context.language = ostrich::Language::French;
    }
    return context;
}

int runVerb(int argc, char **argv, const Context &context)
{
    const bool french = context.language == ostrich::Language::French;
    CLI::App app(french ? "Ostrich en ligne de commande : tout ce qui n'a pas besoin d'écran."
                        : "Ostrich on the command line: everything that needs no screen.",
                 "ostrich-cli");
    app.require_subcommand(1);
    app.fallthrough();
    bool json = false;
    std::string language;
    app.add_flag("--json", json, french ? "Réponses en JSON" : "Answers as JSON");
    app.add_option("--lang", language, french ? "Langue : en ou fr" : "Language: en or fr")
        ->check(CLI::IsMember({"en", "fr"}));
    app.set_version_flag("--version", "ostrich-cli " OSTRICH_VERSION);

    std::vector<std::pair<CLI::App *, Work>> verbs;
    for (const Verb &verb : kVerbs) {
        CLI::App *sub = app.add_subcommand(verb.name, verb.help.in(context.language));
        sub->fallthrough();
        verbs.emplace_back(sub, verb.declare(*sub, context));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &help) {
        return app.exit(help);
    } catch (const CLI::ParseError &error) {
        return fail(context, usageError(app, error));
    }
    for (const auto &[sub, work] : verbs) {
        if (sub->parsed()) return work();
    }
    return kBadInput; // cannot be: one verb is required
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_DFL); // "ostrich-cli ... | head" ends quietly
    const Context context = lookAhead({argv, static_cast<std::size_t>(argc)});
    try {
        return runVerb(argc, argv, context);
    } catch (const std::exception &exception) {
        return fail(context,
                    {"internal", {"cli.internal", {exception.what()}}, {"cli.internal_hint", {}}},
                    kInternalError);
    } catch (...) {
        return fail(context, {"internal", {"cli.internal", {"?"}}, {"cli.internal_hint", {}}},
                    kInternalError);
    }
}
