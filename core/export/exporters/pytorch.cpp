// PyTorch: a folder with the network as text, its weights, and a script that trains it.
#include "base/file.hpp"
#include "base/json.hpp"
#include "data/tokenizer.hpp"
#include "export/exporter.hpp"
#include "export/pytorch_script.hpp"
#include "export/pytorch_weights.hpp"

namespace ostrich::exporting::pytorch {

namespace {

class Pytorch final : public Exporter {
public:
    const ExporterDescription &description() const override
    {
        static const ExporterDescription description{
            .name = "pytorch",
            .label = {"PyTorch", "PyTorch"},
            .help = {"A folder with model.py, its weights and a training script.",
                     "Un dossier avec model.py, ses poids et un script d'entraînement."},
        };
        return description;
    }

    Result<std::vector<std::string>> write(const Subject &subject,
                                           const std::filesystem::path &folder) const override
    {
        const PytorchModel model =
            pytorchModel(subject.project.network, subject.facts, subject.name);
        const char *const start = subject.initial ? "initial.pt" : "weights.pt";
        std::vector<std::string> files;
        Result<void> done;
        const auto put = [&](const std::string &name, const auto &writer) {
            if (!done) return;
            done = writer(folder / name);
            files.push_back(name);
        };
        const auto text = [](std::string content) {
            return [content = std::move(content)](const std::filesystem::path &file) {
                return writeFile(file, content);
            };
        };
        const auto weights = [&](const engine::SnapshotHandle &snapshot) {
            return [&](const std::filesystem::path &file) {
                return savePytorchWeights(snapshot, model.names, file, model.ties);
            };
        };
        put("model.py", text(model.text));
        put("weights.pt", weights(subject.weights));
        if (subject.initial) put(start, weights(subject.initial));
        put("train.py", text(trainingScript(subject, model, start)));
        if (subject.dataset)
            put("data.npz", [&](const std::filesystem::path &file) {
                return data::saveNpz(trainingArrays(*subject.dataset), file);
            });
        if (subject.tokenizer)
            put("vocabulary.json", text(jsonText(subject.tokenizer->toJson(), 1) + "\n"));
        if (subject.targetTokenizer)
            put("target_vocabulary.json",
                text(jsonText(subject.targetTokenizer->toJson(), 1) + "\n"));
        put("requirements.txt", text("torch==2.13.0\nnumpy\n"));
        put("README.md", text(readme(subject, model, files)));
        if (!done) return done.error();
        return files;
    }
};

} // namespace

std::unique_ptr<Exporter> create()
{
    return std::make_unique<Pytorch>();
}

} // namespace ostrich::exporting::pytorch
