// Weights from elsewhere: each tensor to its place, or one line that says why not; and the
// published ImageNet network against the logits of its original implementation.
#include "train/imported_run.hpp"

#include "base/json.hpp"
#include "data/source.hpp"
#include "engine/model_torch.hpp"
#include "train/prediction.hpp"
#include "train/run_files.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

using namespace ostrich;
namespace fs = std::filesystem;

namespace {

/// Two convolutions of the same shape, so that their order matters.
const char *const kNetwork = R"({"blocks":[
    {"id":"input_1","kind":"Input"},
    {"id":"conv_1","kind":"Conv2d","parameters":{"out_channels":3,"bias":false}},
    {"id":"batch_norm_1","kind":"BatchNorm2d"},
    {"id":"conv_2","kind":"Conv2d","parameters":{"out_channels":3,"bias":false}},
    {"id":"flatten_1","kind":"Flatten"},
    {"id":"linear_1","kind":"Linear","parameters":{"out_features":"classes"}},
    {"id":"output_1","kind":"Output"}],
  "wires":[{"from":"input_1.y","to":"conv_1.x"},{"from":"conv_1.y","to":"batch_norm_1.x"},
    {"from":"batch_norm_1.y","to":"conv_2.x"},{"from":"conv_2.y","to":"flatten_1.x"},
    {"from":"flatten_1.y","to":"linear_1.x"},{"from":"linear_1.y","to":"output_1.x"}]})";

const fs::path kImageNet = fs::path(OSTRICH_SHARED_DATA) / "imagenet";

std::string lineOf(const Error &error)
{
    return sentence(error, Language::English);
}

} // namespace

class ImportedRunTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;

    fs::path folder(const char *name) const { return fs::path(m_home.path().toStdString()) / name; }

    static train::Manifest manifest()
    {
        train::Manifest manifest;
        manifest.project.network = *graph::networkFromJson(*parseJson(kNetwork, "test"));
        manifest.project.data = "menagerie?classes=dog,cat&train=20&validation=10&test=10";
        manifest.facts = *data::factsOf(manifest.project.data);
        manifest.statistics = {{0.5F, 0.4F, 0.3F}, {0.2F, 0.3F, 0.4F}};
        return manifest;
    }

    static engine::ModelHandle model(const train::Manifest &manifest, std::uint64_t seed)
    {
        return *engine::compile(
            manifest.project.network,
            {.facts = manifest.facts, .statistics = manifest.statistics, .seed = seed});
    }

    /// The weights of another seed under other names.
    static train::ForeignWeights renamed(const engine::ModelHandle &from,
                                         const std::map<std::string, std::string> &blocks)
    {
        auto tensors = std::make_shared<engine::Snapshot>();
        const engine::SnapshotHandle snapshot = engine::snapshotOf(from);
        for (const auto &[name, tensor] : snapshot->tensors) {
            const std::size_t dot = name.rfind('.');
            const auto known = blocks.find(name.substr(0, dot));
            const std::string block = known == blocks.end() ? name.substr(0, dot) : known->second;
            tensors->tensors[block + name.substr(dot)] = tensor;
        }
        return {"their.pth", tensors, {}};
    }

    static Array somePictures()
    {
        Array x{{2, 3, 32, 32}, {}};
        for (std::size_t i = 0; i < 2 * 3 * 32 * 32; ++i)
            x.values.push_back(static_cast<float>(i % 97) / 97.0F);
        return x;
    }

    /// Whether the run answers as `original` does.
    static bool answersAs(const train::Run &run, const engine::ModelHandle &original)
    {
        const auto opened = train::openRun(run.folder);
        const auto loaded = opened ? train::loadModel(*opened) : opened.error();
        if (!loaded) return false;
        return engine::probabilities(*loaded, somePictures())->values
               == engine::probabilities(original, somePictures())->values;
    }

private slots:
    void ourOwnNamesAreTakenAsTheyAre()
    {
        const auto original = model(manifest(), 7);
        const auto run = train::importRun(manifest(), renamed(original, {}), folder("own names"));
        QVERIFY2(bool(run), run ? "" : lineOf(run.error()).c_str());
        QVERIFY(answersAs(*run, original));
    }

    void aRunOfImportedWeightsIsATrainedOne()
    {
        const auto original = model(manifest(), 7);
        const auto made =
            train::importRun(manifest(), renamed(original, {}), folder("runs") / "001");
        QVERIFY(bool(made));
        const auto runs = train::listRuns(folder("runs"));
        QCOMPARE(runs.size(), std::size_t{1});
        const train::Run &run = runs.front();
        QVERIFY(train::hasWeights(run) && !train::canResume(run));
        QVERIFY(run.manifest.summary.has_value());
        QCOMPARE(run.manifest.summary->stopped_by, std::string("imported"));
        QCOMPARE(run.manifest.summary->epochs, 0);
        QCOMPARE(run.manifest.summary->parameters, original->parameterCount());
        QVERIFY(std::isnan(run.manifest.summary->test_accuracy)); // nobody has measured it
        QVERIFY(run.manifest.statistics == manifest().statistics);
        QVERIFY(!run.manifest.started.empty() && !run.manifest.torch_version.empty());
        QVERIFY(bool(train::loadData(run))); // whatever the data hold
        // The folder is taken.
        QVERIFY(!train::importRun(manifest(), renamed(original, {}), folder("runs") / "001"));
    }

    void namesOfAnotherProgramAreFollowed()
    {
        const auto original = model(manifest(), 7);
        // Crossed on purpose: by shape alone the convolutions would be swapped.
        const std::map<std::string, std::string> blocks{
            {"conv_1", "z.conv"}, {"batch_norm_1", "bn"}, {"conv_2", "a.conv"}, {"linear_1", "fc"}};
        train::ForeignWeights weights = renamed(original, blocks);
        weights.blocks = blocks;
        const auto run = train::importRun(manifest(), weights, folder("named"));
        QVERIFY2(bool(run), run ? "" : lineOf(run.error()).c_str());
        QVERIFY(answersAs(*run, original));
    }

    /// As torch.nn.Sequential and the counters of its batch norms name them; half precision.
    void withoutNamesTheShapesTell()
    {
        const auto original = model(manifest(), 7);
        train::ForeignWeights weights = renamed(original, {{"conv_1", "features.2"},
                                                           {"batch_norm_1", "features.3"},
                                                           {"conv_2", "features.10"},
                                                           {"linear_1", "classifier"}});
        auto tensors = std::make_shared<engine::Snapshot>(*weights.tensors);
        tensors->tensors["features.3.num_batches_tracked"] = at::full({}, 12, at::kLong);
        for (const char *conv : {"features.2.weight", "features.10.weight"}) {
            at::Tensor &tensor = tensors->tensors.at(conv);
            tensor = tensor.to(at::kHalf).to(at::kDouble);
        }
        weights.tensors = tensors;
        const auto run = train::importRun(manifest(), weights, folder("by shape"));
        QVERIFY2(bool(run), run ? "" : lineOf(run.error()).c_str());
        const auto taken = engine::loadWeights((run->folder / "best.safetensors").string());
        QVERIFY(bool(taken));
        for (const auto &[ours, theirs] : {std::pair("conv_1.weight", "features.2.weight"),
                                           {"conv_2.weight", "features.10.weight"}})
            QVERIFY((*taken)->tensors.at(ours).equal(tensors->tensors.at(theirs).to(at::kFloat)));
    }

    void whatDoesNotFitIsSaidWithBothShapes_data()
    {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QList<qint64>>("shape");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("another shape") << "conv_1.weight" << QList<qint64>{8, 3, 3, 3}
                                       << QStringList{"conv_1.weight", "3×3×3×3", "8×3×3×3"};
        QTest::newRow("one too few")
            << "linear_1.bias" << QList<qint64>{} << QStringList{"linear_1.bias", "(2)"};
        QTest::newRow("one too many")
            << "conv_1.bias" << QList<qint64>{3} << QStringList{"conv_1.bias", "(3)"};
        QTest::newRow("a layer too many")
            << "extra.weight" << QList<qint64>{5, 5} << QStringList{"extra.weight", "5×5"};
    }
    void whatDoesNotFitIsSaidWithBothShapes()
    {
        QFETCH(QString, tensor);
        QFETCH(QList<qint64>, shape);
        QFETCH(QStringList, parts);
        train::ForeignWeights weights = renamed(model(manifest(), 7), {});
        auto tensors = std::make_shared<engine::Snapshot>(*weights.tensors);
        tensors->tensors.erase(tensor.toStdString());
        if (!shape.empty())
            tensors->tensors[tensor.toStdString()] =
                at::zeros(std::vector<std::int64_t>(shape.begin(), shape.end()));
        weights.tensors = tensors;
        const auto run = train::importRun(manifest(), weights, folder("misfit"));
        QVERIFY(!run);
        const QString line = QString::fromStdString(lineOf(run.error()));
        QVERIFY2(line.startsWith("their.pth: ") && !line.contains('\n'), qPrintable(line));
        for (const QString &part : parts) QVERIFY2(line.contains(part), qPrintable(line));
        QVERIFY2(!line.contains("train."), qPrintable(line));
        QVERIFY(!fs::exists(folder("misfit")));
    }

    void publishedWeightsAreChecked()
    {
        const QByteArray cache = qgetenv("XDG_CACHE_HOME");
        qputenv("XDG_CACHE_HOME", m_home.path().toUtf8());
        const project::PublishedWeights &published =
            *project::findTemplate("efficientnet-lite0")->weights;
        const auto missing = train::publishedWeights(published);
        fs::create_directories(project::weightsFolder());
        std::ofstream(project::weightsFolder() / published.file) << "another file";
        const auto others = train::publishedWeights(published);
        qputenv("XDG_CACHE_HOME", cache);
        QVERIFY(!missing && !others);
        QVERIFY(lineOf(missing.error()).find("bash app/run") != std::string::npos);
        QCOMPARE(others.error().what.id, std::string("train.weights_others"));
    }

    void theRealNetworkAnswersAsTheOriginal()
    {
        if (!fs::exists(kImageNet)) QSKIP("the shared data are not here");
        const project::Template &lite = *project::findTemplate("efficientnet-lite0");
        const auto weights = train::publishedWeights(*lite.weights);
        if (!weights && weights.error().what.id == "train.weights_not_here")
            QSKIP("the published weights are not here: bash app/fetch-weights");
        QVERIFY2(bool(weights), weights ? "" : lineOf(weights.error()).c_str());
        const auto project = project::newProject(lite.name);
        const auto run =
            train::importPublished(*project, *lite.weights, *weights, folder("lite.runs"));
        QVERIFY2(bool(run), run ? "" : lineOf(run.error()).c_str());
        const auto network = train::loadModel(*run);
        QVERIFY(bool(network));

        std::ifstream file(kImageNet / "logits.json");
        const auto expected = nlohmann::json::parse(file);
        const std::map<std::string, std::string> best{{"dog", "beagle"},
                                                      {"cat", "tabby"},
                                                      {"ostrich", "ostrich"},
                                                      {"pizza", "pizza"},
                                                      {"shuttle", "space shuttle"}};
        double worst = 0.0;
        for (const auto &[picture, name] : best) {
            const std::string png = picture + "-224.png";
            const auto answer = train::predict(run->manifest, *network, (kImageNet / png).string());
            QVERIFY2(bool(answer), png.c_str());
            QCOMPARE(answer->top.front().name, name);
            const auto theirs = expected.at(png).get<std::vector<double>>();
            QCOMPARE(answer->logits.size(), theirs.size());
            for (std::size_t i = 0; i < theirs.size(); ++i)
                worst = std::max(worst, std::abs(answer->logits[i] - theirs[i]));
        }
        QVERIFY2(worst < 1e-3, std::to_string(worst).c_str());
    }
};

QTEST_APPLESS_MAIN(ImportedRunTest)
#include "imported_run_test.moc"
