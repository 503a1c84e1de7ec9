// The place Fool in a window of the design's size, over a session of its own.
#pragma once

#include "../model/own_home.hpp"
#include "../model/seen.hpp"
#include "../model/small_training.hpp"
#include "fool/fool_place.hpp"

#include <QApplication>

#include <memory>

namespace fool {

using namespace ostrich;
using namespace ostrich::ui;

constexpr QSize kDesigned(1280, 720); // of a window of 1280x800

/// What a test of a page of Fool stands on: opened in initTestCase(), closed in cleanupTestCase().
class OpenPlace {
public:
    bool open()
    {
        m_session = std::make_unique<Session>();
        m_place = std::make_unique<FoolPlace>(m_session.get());
        m_place->resize(kDesigned);
        m_place->show();
        return QTest::qWaitForWindowActive(m_place.get());
    }
    void close()
    {
        m_place.reset();
        m_session.reset();
    }
    Session &session() const { return *m_session; }
    FoolPlace &place() const { return *m_place; }
    /// Whether a network is there that has learned the data at hand.
    bool isTrained() const { return session().run.model() && session().run.sameData(); }

private:
    std::unique_ptr<Session> m_session;
    std::unique_ptr<FoolPlace> m_place;
};

/// main() of such a test.
template <typename Test>
int run(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace fool
