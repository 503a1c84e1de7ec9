// Fewer bits: the levels, and that a second time changes nothing.
#include "attack/filter_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/_unique.h>
#include <ATen/ops/rand.h>

#include <QtTest>

#include <algorithm>
#include <random>

using namespace ostrich;

namespace {

at::Tensor rounded(const at::Tensor &x, std::int64_t bits)
{
    for (const auto &filter : attack::createAllFilters()) {
        if (filter->description().name == "bit_depth") return filter->apply(x, {{"bits", bits}});
    }
    return {};
}

} // namespace

class BitDepthTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_x = at::rand({4, 3, 20, 20}, at::make_generator<at::CPUGeneratorImpl>(m_seed));
    }

    void soManyLevelsBlackAndWhiteAmongThem()
    {
        for (std::int64_t bits = 1; bits <= 6; ++bits) {
            const at::Tensor y = rounded(m_x, bits);
            QCOMPARE(std::get<0>(at::_unique(y)).numel(), std::int64_t{1} << bits);
            QVERIFY(y.min().item<double>() == 0.0 && y.max().item<double>() == 1.0);
            const double half = 0.5 / static_cast<double>((1 << bits) - 1);
            QVERIFY((y - m_x).abs().max().item<double>() <= half + 1e-6);
        }
    }

    void aSecondTimeChangesNothing()
    {
        for (std::int64_t bits = 1; bits <= 8; ++bits) {
            const at::Tensor once = rounded(m_x, bits);
            QVERIFY(rounded(once, bits).equal(once));
        }
    }

private:
    std::uint64_t m_seed = 0;
    at::Tensor m_x;
};

QTEST_APPLESS_MAIN(BitDepthTest)
#include "bit_depth_test.moc"
