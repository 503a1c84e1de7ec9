// What kinds say when shapes do not fit, and how they propose to mend it.
#include "blocks/block_kind.hpp"

#include <QTest>

using namespace ostrich;
using graph::Misfit;
using graph::Parameters;
using graph::Shape;

namespace {

using Integer = std::int64_t;

std::optional<Misfit> misfitOf(const std::string &kindName, const Parameters &parameters,
                               const std::vector<Shape> &inputs, graph::DataFacts facts = {})
{
    const blocks::BlockKind &kind = *blocks::Registry::instance().find(kindName);
    const auto inferred =
        kind.infer(inputs, graph::withDefaults(parameters, kind.description().parameters), facts);
    const auto *misfit = std::get_if<Misfit>(&inferred);
    return misfit ? std::optional(*misfit) : std::nullopt;
}

/// Both languages have the sentence, and every argument found its place.
bool isSaid(const Message &message)
{
    const std::string en = sentence(message, Language::English),
                      fr = sentence(message, Language::French);
    return en != fr && !en.starts_with("blocks.") && en.find('{') == std::string::npos
           && fr.find('{') == std::string::npos;
}

} // namespace

class MisfitTest : public QObject {
    Q_OBJECT

private slots:
    void linearAsksForAFlatten()
    {
        const auto misfit = misfitOf("Linear", {}, {Shape::maps(32, 7, 7)});
        QVERIFY(misfit);
        QCOMPARE(sentence(misfit->message, Language::English),
                 std::string("Linear expects a flat vector, it gets 32×7×7."));
        QCOMPARE(
            sentence(misfit->reason, Language::English),
            std::string("Linear reads one row of F features per sample; here come 32 maps of 7×7. "
                        "Flatten makes 32·7·7 = 1568 features of them."));
        QCOMPARE(misfit->expected, std::string("N×F"));
        QVERIFY(misfit->repair == graph::Repair(graph::InsertBefore{"x", "Flatten", {}}));
    }

    void groupsMustDivide()
    {
        const auto misfit =
            misfitOf("Conv2d", {{"groups", Integer{4}}, {"out_channels", Integer{9}}},
                     {Shape::maps(6, 8, 8)});
        QVERIFY(misfit
                && misfit->repair == graph::Repair(graph::ChangeParameter{"groups", Integer{3}}));
    }

    void addNamesBothShapesAndProjects()
    {
        const auto misfit = misfitOf("Add", {}, {Shape::maps(16, 28, 28), Shape::maps(32, 14, 14)});
        QVERIFY(misfit);
        QCOMPARE(misfit->message.arguments,
                 (std::vector<std::string>{"Add", "16×28×28", "32×14×14"}));
        const Parameters projection{
            {"out_channels", Integer{32}}, {"kernel_size", Integer{1}}, {"stride", Integer{2}}};
        QVERIFY(misfit->repair == graph::Repair(graph::InsertBefore{"a", "Conv2d", projection}));
        // The repair leads to the very shape of the other side, odd sizes included.
        for (const Integer side : {28, 27}) {
            const Shape from = Shape::maps(16, side, side),
                        to = Shape::maps(32, (side + 1) / 2, (side + 1) / 2);
            const auto odd = misfitOf("Add", {}, {to, from});
            const auto insert = std::get<graph::InsertBefore>(odd->repair);
            QCOMPARE(insert.port, std::string("b"));
            const blocks::BlockKind &conv = *blocks::Registry::instance().find("Conv2d");
            const auto shapes = conv.infer(
                {from}, graph::withDefaults(insert.parameters, conv.description().parameters), {});
            QVERIFY(std::get<0>(shapes)[0] == to);
        }
        const auto vectors = misfitOf("Add", {}, {Shape::vector(5), Shape::vector(8)});
        QVERIFY(
            vectors->repair
            == graph::Repair(graph::InsertBefore{"a", "Linear", {{"out_features", Integer{8}}}}));
        QVERIFY(std::holds_alternative<std::monostate>(
            misfitOf("Add", {}, {Shape::vector(5), Shape::maps(1, 2, 2)})->repair));
    }

    void outputWantsTheClasses()
    {
        graph::DataFacts facts;
        facts.classes = 10;
        const auto count = misfitOf("Output", {}, {Shape::vector(128)}, facts);
        QVERIFY(count
                && count->repair
                       == graph::Repair(
                           graph::ChangeUpstream{"x", "out_features", std::string("classes")}));
        const auto maps = misfitOf("Output", {}, {Shape::maps(10, 1, 1)}, facts);
        QVERIFY(maps && maps->repair == graph::Repair(graph::InsertBefore{"x", "Flatten", {}}));
        QVERIFY(!misfitOf("Output", {}, {Shape::vector(10)}, facts));
        QVERIFY(!misfitOf("Output", {}, {Shape::vector(3)}, {}));
    }

    void inputHoldsTheDataAgainstItsShape()
    {
        graph::DataFacts facts;
        facts.input = Shape::maps(1, 28, 28);
        const auto shape = [&](const char *text) {
            return misfitOf("Input", {{"shape", std::string(text)}}, {}, facts);
        };
        for (const char *fine : {"data", "1x28x28", "1×28×28"}) QVERIFY2(!shape(fine), fine);
        for (const char *wrong : {"3x28x28", "784", "", "x", "1x28", "1x28x28x1", "0x28x28",
                                  "-1x28x28", "1x28x28 ", "1x28x99999999999999999999", "photo"}) {
            const auto misfit = shape(wrong);
            QVERIFY2(misfit && isSaid(misfit->message) && isSaid(misfit->reason), wrong);
            QVERIFY(misfit->repair
                    == graph::Repair(graph::ChangeParameter{"shape", std::string("data")}));
        }
    }

    void everyMisfitIsSaidInBothLanguages()
    {
        const Shape maps = Shape::maps(3, 4, 4), row = Shape::vector(5);
        const Shape sequence{{{graph::Axis::N, {}}, {graph::Axis::T, {}}, {graph::Axis::F, 3}}};
        const std::vector<std::optional<Misfit>> all{
            misfitOf("Conv2d", {}, {row}),
            misfitOf("Conv2d", {}, {sequence}),
            misfitOf("Linear", {}, {Shape::tokens({}, 9)}),
            misfitOf("Flatten", {}, {sequence}),
            misfitOf("Concat", {}, {sequence, Shape::tokens({}, 9)}),
            misfitOf("BatchNorm2d", {}, {row}),
            misfitOf("MaxPool2d", {}, {row}),
            misfitOf("AvgPool2d", {}, {row}),
            misfitOf("AdaptiveAvgPool2d", {}, {row}),
            misfitOf("Conv2d", {{"kernel_size", Integer{5}}, {"padding", std::string("valid")}},
                     {maps}),
            misfitOf("MaxPool2d", {{"kernel_size", Integer{5}}}, {maps}),
            misfitOf("MaxPool2d", {{"padding", Integer{2}}}, {maps}),
            misfitOf("Conv2d", {{"groups", Integer{2}}}, {maps}),
            misfitOf("Concat", {}, {maps, row}),
            misfitOf("Concat", {}, {maps, Shape::maps(3, 8, 8)}),
            misfitOf("Add", {}, {maps, row}),
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::string at = std::to_string(i);
            QVERIFY2(all[i] && isSaid(all[i]->message), at.c_str());
            QVERIFY2(all[i]->reason.empty() || isSaid(all[i]->reason), at.c_str());
        }
    }

    void absurdSizesAreRefusedNotOverflown()
    {
        const Integer most = 65536;
        const Shape huge = Shape::maps(most, most, 16);
        for (const auto &misfit : {
                 misfitOf("Conv2d", {{"out_channels", most}, {"kernel_size", Integer{255}}},
                          {huge}),
                 misfitOf("Conv2d", {{"out_channels", most}, {"kernel_size", Integer{1}}}, {huge}),
                 misfitOf("Linear", {{"out_features", most}}, {Shape::vector(most * most)}),
                 misfitOf("AdaptiveAvgPool2d", {{"output_size", Integer{1024}}},
                          {Shape::maps(most * most, 1, 1)}),
             }) {
            QVERIFY(misfit);
            QVERIFY(isSaid(misfit->message));
            QVERIFY(std::holds_alternative<std::monostate>(misfit->repair));
        }
    }
};

QTEST_APPLESS_MAIN(MisfitTest)
#include "misfit_test.moc"
