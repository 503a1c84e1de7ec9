// TorchScript files as networks: answers, slopes, normalisation, threads, and files that are none.
#include "asked_models.hpp"
#include "attack/filter.hpp"
#include "small_models.hpp"

#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>

#pragma push_macro("slots") // Qt's, which names a function in torch
#undef slots
#include <torch/script.h>
#pragma pop_macro("slots")

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <thread>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

std::string words(const Error &error)
{
    return sentence(error, Language::English);
}

} // namespace

class TorchScriptTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        QVERIFY(m_folder.isValid());
        m_facts = small_models::facts(graph::Shape::maps(2, 3, 4), 3);
        m_weight = at::randn({3, 24}, seeded(m_seed));
        m_x = at::rand({5, 2, 3, 4}, seeded(m_seed + 1));
    }

    void itAnswersWithItsLogits()
    {
        const auto subject = attack::openTorchScript({.file = linear()}, m_facts);
        QVERIFY2(subject, subject ? "" : words(subject.error()).c_str());
        QCOMPARE(subject->name, std::string("linear"));
        QVERIFY(subject->facts == m_facts && !subject->model);
        const at::Tensor logits = subject->classifier->logits(m_x);
        QVERIFY((logits - m_x.flatten(1).matmul(m_weight.t())).abs().max().item<double>() < 1e-5);
    }

    void itsOwnNormalisationStandsBeforeIt()
    {
        const auto subject = attack::openTorchScript(
            {.file = linear(), .mean = {0.5F, 0.25F}, .deviation = {0.2F, 0.4F}}, m_facts);
        QVERIFY(subject);
        const at::Tensor mean = at::tensor({0.5F, 0.25F}).view({1, 2, 1, 1});
        const at::Tensor deviation = at::tensor({0.2F, 0.4F}).view({1, 2, 1, 1});
        const at::Tensor expected = ((m_x - mean) / deviation).flatten(1).matmul(m_weight.t());
        QVERIFY((subject->classifier->logits(m_x) - expected).abs().max().item<double>() < 1e-4);
        // Its slope at x is the weight, divided by the deviation.
        const auto wished = options("pgd", Norm::Linf, 0.1, 1, m_seed);
        const at::Tensor slope =
            attack::ascend(batchOf(*subject->classifier, m_x, wished), m_x,
                           [](const at::Tensor &logits) { return logits.select(1, 2); })
                .gradient;
        const at::Tensor row = m_weight[2].view({1, 2, 3, 4}) / deviation;
        QVERIFY((slope - row).abs().max().item<double>() < 1e-5);
    }

    void itIsAskedInEvaluationMode()
    {
        torch::jit::Module module("dropping");
        module.register_parameter("weight", m_weight, false);
        module.register_attribute("training", c10::BoolType::get(), true);
        module.define("def forward(self, x):\n"
                      "    return torch.dropout(torch.matmul(x.flatten(1), self.weight.t()), 0.5, "
                      "self.training)\n");
        const auto subject =
            attack::openTorchScript({.file = saved(module, "dropping.pt")}, m_facts);
        QVERIFY2(subject, subject ? "" : words(subject.error()).c_str());
        const at::Tensor first = subject->classifier->logits(m_x);
        QVERIFY(first.equal(subject->classifier->logits(m_x)) && first.ne(0).all().item<bool>());
    }

    void aFileThatCutsTheWayBackHasNoSlope()
    {
        torch::jit::Module module("cutting");
        module.register_parameter("weight", m_weight, false);
        module.define("def forward(self, x):\n"
                      "    levels = torch.to(x * 255.0, 0)\n" // bytes
                      "    return torch.matmul(torch.to(levels, 6).flatten(1), self.weight.t())\n");
        const auto subject =
            attack::openTorchScript({.file = saved(module, "cut_graph.pt")}, m_facts);
        QVERIFY2(subject, subject ? "" : words(subject.error()).c_str());
        const auto result = attack::attackPicture(
            *subject, Array{.shape = {2, 3, 4}, .values = std::vector<float>(24, 0.5F)}, {},
            options("pgd", Norm::Linf, 0.1, 5, m_seed));
        QVERIFY2(result, result ? "" : words(result.error()).c_str());
        const auto wished = options("pgd", Norm::Linf, 0.1, 1, m_seed);
        const at::Tensor slope =
            attack::ascend(batchOf(*subject->classifier, m_x, wished), m_x,
                           [](const at::Tensor &logits) { return logits.select(1, 2); })
                .gradient;
        QVERIFY(slope.eq(0).all().item<bool>());
    }

    void severalThreadsMayAskAtOnce()
    {
        const auto subject = attack::openTorchScript({.file = linear()}, m_facts);
        QVERIFY(subject);
        const at::Tensor expected = subject->classifier->logits(m_x);
        std::array<bool, 4> same{};
        {
            std::vector<std::jthread> threads;
            for (bool &isSame : same) {
                threads.emplace_back([&] {
                    isSame = true;
                    for (int i = 0; i < 50; ++i)
                        isSame = isSame && subject->classifier->logits(m_x).equal(expected);
                });
            }
        }
        QVERIFY(std::ranges::all_of(same, std::identity()));
    }

    void anAttackWorksOnIt()
    {
        const auto subject = attack::openTorchScript({.file = linear()}, m_facts);
        QVERIFY(subject);
        Array picture{.shape = {2, 3, 4}, .values = std::vector<float>(24, 0.5F)};
        auto wished = options("pgd", Norm::Linf, 0.4, 20, m_seed);
        const auto result = attack::attackPicture(*subject, picture, {}, wished);
        QVERIFY2(result, result ? "" : words(result.error()).c_str());
        QVERIFY(result->max_norm <= 0.4);
    }

    void wrongFilesAreToldInALine_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("part");
        const auto define = [&](const char *name, const char *code) {
            torch::jit::Module module(name);
            module.register_parameter("weight", m_weight, false);
            module.define(code);
            return QString::fromStdString(saved(module, (std::string(name) + ".pt").c_str()));
        };
        QTest::newRow("missing") << m_folder.filePath("nowhere.pt") << "no such file";
        QFile text(m_folder.filePath("words.pt"));
        if (text.open(QIODevice::WriteOnly)) text.write("These are words.");
        text.close();
        QTest::newRow("words") << text.fileName() << "TorchScript";
        QFile cut(m_folder.filePath("cut.pt"));
        QFile whole(QString::fromStdString(linear()));
        if (whole.open(QIODevice::ReadOnly) && cut.open(QIODevice::WriteOnly))
            cut.write(whole.readAll().left(600));
        cut.close();
        QTest::newRow("cut short") << cut.fileName() << "TorchScript";
        QTest::newRow("five classes")
            << define("five", "def forward(self, x):\n    return torch.zeros([x.size(0), 5])\n")
            << "2×5";
        QTest::newRow("maps") << define("maps", "def forward(self, x):\n    return x\n")
                              << "2×2×3×4";
        QTest::newRow("two answers")
            << define("pair", "def forward(self, x):\n    return (x, x)\n") << "Tuple";
        QTest::newRow("other pictures") << define(
            "other",
            "def forward(self, x):\n    return torch.matmul(x.flatten(1), torch.zeros([7, 3]))\n")
                                        << "2×2×3×4";
    }
    void wrongFilesAreToldInALine()
    {
        QFETCH(QString, file);
        QFETCH(QString, part);
        const auto subject = attack::openTorchScript({.file = file.toStdString()}, m_facts);
        QVERIFY(!subject);
        const QString line = QString::fromStdString(words(subject.error()));
        QVERIFY2(line.startsWith(file) && line.contains(part) && !line.contains('\n'),
                 qPrintable(line));
        QVERIFY2(line.size() < file.size() + 300, qPrintable(line));
    }

    void normalisationHasToFitTheChannels()
    {
        const auto three =
            attack::openTorchScript({.file = linear(), .mean = {0.0F, 0.0F, 0.0F}}, m_facts);
        QVERIFY(!three && words(three.error()).starts_with("mean"));
        const auto none =
            attack::openTorchScript({.file = linear(), .deviation = {1.0F, 0.0F}}, m_facts);
        QVERIFY(!none && words(none.error()).starts_with("deviation"));
        const auto device =
            attack::openTorchScript({.file = linear(), .device = "abacus"}, m_facts);
        QVERIFY(!device && words(device.error()).find("abacus") != std::string::npos);
    }

private:
    std::uint64_t m_seed = 0;
    QTemporaryDir m_folder;
    graph::DataFacts m_facts;
    at::Tensor m_weight; // (3, 24)
    at::Tensor m_x;      // (5, 2, 3, 4)

    std::string saved(const torch::jit::Module &module, const char *name) const
    {
        const std::string file = m_folder.filePath(name).toStdString();
        module.save(file);
        return file;
    }

    std::string linear() const
    {
        torch::jit::Module module("linear");
        module.register_parameter("weight", m_weight, false);
        module.define("def forward(self, x):\n"
                      "    return torch.matmul(x.flatten(1), self.weight.t())\n");
        return saved(module, "linear.pt");
    }
};

QTEST_APPLESS_MAIN(TorchScriptTest)
#include "torchscript_test.moc"
