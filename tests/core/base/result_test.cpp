// Results: a value or the error, moved through without copies.
#include "base/result.hpp"

#include <QtTest>

#include <memory>

using namespace ostrich;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0) return Error{"number", {"test.odd", {std::to_string(number)}}, {}};
    return number / 2;
}

} // namespace

class ResultTest : public QObject {
    Q_OBJECT

private slots:
    void holdsTheValueOrTheError()
    {
        QVERIFY(static_cast<bool>(half(4)));
        QCOMPARE(*half(4), 2);
        const auto failed = half(3);
        QVERIFY(!failed);
        QCOMPARE(failed.error().where, std::string("number"));
        QCOMPARE(failed.error().what, (Message{"test.odd", {"3"}}));
    }

    void movesWhatCannotBeCopied()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
        const std::unique_ptr<int> taken = *std::move(result);
        QCOMPARE(*taken, 5);
    }

    void voidResultsAreFineUnlessTheySayOtherwise()
    {
        const Result<void> fine;
        QVERIFY(static_cast<bool>(fine));
        const Result<void> failed = Error{"x", {"test.failed", {}}, {}};
        QVERIFY(!failed);
        QCOMPARE(failed.error().what.id, std::string("test.failed"));
    }
};

QTEST_APPLESS_MAIN(ResultTest)
#include "result_test.moc"
