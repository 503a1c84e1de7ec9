// Layout of Build: two rows of panels, around the canvas.
#include "window/build_place.hpp"

#include "canvas/breadcrumb.hpp"
#include "canvas/canvas_view.hpp"
#include "curves/live_strip.hpp"
#include "inspector/data_panel.hpp"
#include "inspector/inspector.hpp"
#include "model/session.hpp"
#include "palette/palette.hpp"
#include "theme/panels.hpp"
#include "window/hint_bar.hpp"

#include <QSplitter>
#include <QVBoxLayout>

namespace ostrich::ui {

BuildPlace::BuildPlace(Session *session, QWidget *parent)
    : QWidget(parent),
      m_palette(new Palette),
      m_canvas(new CanvasView(session)),
      m_panels(new Panels(QStringLiteral("build"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *inspector = new Inspector(session);
    auto *strip = new LiveStrip(session);
    auto *data = new DataPanel(session, DataPanel::Detail::Samples);
    auto *upper = new QSplitter;
    for (QWidget *panel :
         {static_cast<QWidget *>(m_palette), centre(session), static_cast<QWidget *>(inspector)})
        upper->addWidget(panel);
    auto *lower = new QSplitter;
    lower->addWidget(strip);
    lower->addWidget(data);
    auto *rows = new QSplitter(Qt::Vertical);
    rows->addWidget(upper);
    rows->addWidget(lower);
    upper->setCollapsible(1, false); // never the canvas
    rows->setCollapsible(0, false);
    upper->setStretchFactor(1, 1);
    lower->setStretchFactor(0, 1);
    rows->setStretchFactor(0, 1);
    layout->addWidget(rows);
    m_panels->addSplitter(upper, {192, 824, 264});
    m_panels->addSplitter(lower, {1016, 264});
    m_panels->addSplitter(rows, {552, 168});
    m_panels->addPanel(QStringLiteral("palette"), tr("Palette"), m_palette);
    m_panels->addPanel(QStringLiteral("inspector"), tr("Inspector"), inspector);
    m_panels->addPanel(QStringLiteral("curves"), tr("Curves"), strip);
    m_panels->addPanel(QStringLiteral("data"), tr("Data"), data);
    connect(m_palette, &Palette::blockActivated, m_canvas, &CanvasView::addBlock);
    connect(m_canvas, &CanvasView::renameWanted, inspector, &Inspector::editName);
    connect(&session->project, &ProjectModel::scopeChanged, m_palette,
            [this, session] { m_palette->setInGroup(!session->project.scope().empty()); });
    connect(data, &DataPanel::sourceWanted, this, &BuildPlace::sourceWanted);
}

QWidget *BuildPlace::centre(Session *session)
{
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new HintBar);
    auto *breadcrumb = new Breadcrumb(&session->project);
    connect(breadcrumb, &Breadcrumb::left, m_canvas, [this] {
        m_canvas->leaveGroup();
        m_canvas->setFocus(); // the bar may be gone
    });
    layout->addWidget(breadcrumb);
    layout->addWidget(m_canvas, 1);
    return centre;
}

} // namespace ostrich::ui
