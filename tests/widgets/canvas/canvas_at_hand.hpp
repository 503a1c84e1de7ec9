// A canvas on a LeNet, and what a hand does to it.
#pragma once

#include "canvas/canvas_view.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_scene.hpp"
#include "graph/layout.hpp"
#include "model/session.hpp"
#include "project/templates.hpp"

#include <QTest>

namespace ostrich::ui {

class CanvasAtHand {
public:
    CanvasAtHand()
    {
        view.resize(824, 552);
        view.show();
        auto lenet = project::newProject("lenet");
        lenet->data = "glyphs?train=50&validation=50&test=50";
        project().setProject(std::move(*lenet), {});
        project().apply(
            graph::tidy(network(), blocks::Registry::instance(), project().facts(), 824));
        view.fit();
        view.zoomToActualSize();
        view.setFocus();
    }

    ProjectModel &project() { return session.project; }
    const graph::Network &network() { return project().network(); }
    CanvasScene &scene() { return *static_cast<CanvasScene *>(view.scene()); }
    QPoint at(const QPointF &scenePoint) { return view.mapFromScene(scenePoint); }
    QPoint at(const std::string &block) { return at(scene().body(block).center()); }
    void select(const std::string &block) { session.selection.setBlocks({block}); }
    bool wired(const std::string &from, const std::string &to)
    {
        for (const graph::Wire &wire : network().wires)
            if (wire.from.block == from && wire.to.block == to) return true;
        return false;
    }
    std::string add(const char *kind, double x, double y)
    {
        project().apply(
            graph::addBlock(network(), *blocks::Registry::instance().find(kind), {x, y}));
        return network().blocks.back().id;
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view, key, modifiers);
    }
    /// An event of the mouse with `held` buttons down.
    void mouse(QEvent::Type type, const QPoint &where, Qt::MouseButton button,
               Qt::MouseButtons held)
    {
        QMouseEvent event(type, where, view.viewport()->mapToGlobal(where), button, held, {});
        QCoreApplication::sendEvent(view.viewport(), &event);
    }
    void press(const QPoint &where, Qt::MouseButton button = Qt::LeftButton,
               Qt::MouseButtons held = Qt::LeftButton)
    {
        mouse(QEvent::MouseButtonPress, where, button, held);
    }
    void moveTo(const QPoint &where, Qt::MouseButtons held = Qt::LeftButton)
    {
        mouse(QEvent::MouseMove, where, Qt::NoButton, held);
    }
    void release(const QPoint &where, Qt::MouseButton button = Qt::LeftButton,
                 Qt::MouseButtons held = {})
    {
        mouse(QEvent::MouseButtonRelease, where, button, held);
    }

    Session session;
    CanvasView view{&session};
};

} // namespace ostrich::ui
