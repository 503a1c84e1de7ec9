// README.md beside an exported network.
#include "export/pytorch_script.hpp"

#include "data/tokenizer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace ostrich::exporting {

namespace {

std::string origin(const Subject &subject)
{
    if (subject.run.empty())
        return fmt::format(
            "It is not trained: `weights.pt` holds the weights that Ostrich's training "
            "would begin with (seed {}).",
            subject.project.recipe.seed);
    return fmt::format("Its weights are those of the best epoch of run {}, trained on `{}`.",
                       subject.run, subject.project.data);
}

/// A table of what the run measured; empty where it has not ended.
std::string figures(const Subject &subject)
{
    if (!subject.summary) return {};
    const train::Summary &summary = *subject.summary;
    std::string text = fmt::format(
        "\n## What Ostrich measured\n\n| | training | validation | test |\n|---|---:|---:|---:|\n"
        "| loss | {:.4f} | {:.4f} | {:.4f} |\n",
        summary.train_loss, summary.val_loss, summary.test_loss);
    if (std::isfinite(summary.test_accuracy))
        text += fmt::format("| accuracy | {:.4f} | {:.4f} | {:.4f} |\n", summary.train_accuracy,
                            summary.val_accuracy, summary.test_accuracy);
    if (!summary.figures.empty()) {
        text += "\n| figure | value |\n|---|---:|\n";
        for (const auto &[name, value] : summary.figures)
            text += fmt::format("| {} | {:.4f} |\n", name, value);
    }
    return text
           + fmt::format("\nBest epoch {} of {}, {:.0f} s of training.\n", summary.best_epoch,
                         summary.epochs, summary.seconds);
}

std::string tokenWords(const Subject &subject)
{
    if (!subject.tokenizer) return {};
    using data::Tokenizer;
    return fmt::format(
        "\n## Token ids\n\nThe tokens of `vocabulary.json`, counted from 0, in the order of "
        "\"pieces\"{}. {} is padding, {} stands for\nwhat the vocabulary does not hold, {} begins "
        "a "
        "text and {} ends it.\n",
        subject.targetTokenizer ? "; what comes out, those of `target_vocabulary.json`" : "",
        std::int32_t{Tokenizer::kPad}, std::int32_t{Tokenizer::kUnknown},
        std::int32_t{Tokenizer::kBegin}, std::int32_t{Tokenizer::kEnd});
}

} // namespace

std::string readme(const Subject &subject, const PytorchModel &model,
                   const std::vector<std::string> &files)
{
    const bool hasData = std::ranges::find(files, "data.npz") != files.end();
    return fmt::format(R"(# {}

A network of {} weights, built with Ostrich, in PyTorch. {}

    pip install -r requirements.txt

    from model import load
    network = load()
    answers = network({})

What goes in and what comes out stands at the head of `model.py`. The network normalises by itself: give
it what the eye sees. To train it by the same recipe:

    python train.py {}
{}{}
## Files

{}
)",
                       subject.name, subject.parameters, origin(subject),
                       model.arguments.front()
                           + (model.arguments.front() == "source" ? ", target" : ""),
                       hasData ? "data.npz" : "DATA.npz", figures(subject), tokenWords(subject),
                       fmt::format("- `{}`", fmt::join(files, "`\n- `")));
}

} // namespace ostrich::exporting
