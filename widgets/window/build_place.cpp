// Layout of Build: two rows of panels, each of which can be dragged wider, hidden and restored.
#include "window/build_place.hpp"

#include "canvas/canvas_view.hpp"
#include "curves/live_strip.hpp"
#include "inspector/data_panel.hpp"
#include "inspector/inspector.hpp"
#include "model/session.hpp"
#include "palette/palette.hpp"
#include "window/hint_bar.hpp"

#include <QSplitter>
#include <QVBoxLayout>

namespace ostrich::ui {

BuildPlace::BuildPlace(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_palette(new Palette),
      m_canvas(new CanvasView(session)),
      m_inspector(new Inspector(session)),
      m_strip(new LiveStrip(session)),
      m_data(nullptr),
      m_upper(new QSplitter),
      m_lower(new QSplitter),
      m_rows(new QSplitter(Qt::Vertical))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *data = new DataPanel(session, DataPanel::Detail::Samples);
    m_data = data;
    auto *centre = new QWidget;
    auto *centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->setSpacing(0);
    centreLayout->addWidget(new HintBar);
    centreLayout->addWidget(m_canvas, 1);
    for (QWidget *panel : {static_cast<QWidget *>(m_palette), centre, m_inspector})
        m_upper->addWidget(panel);
    for (QWidget *panel : {m_strip, m_data}) m_lower->addWidget(panel);
    m_rows->addWidget(m_upper);
    m_rows->addWidget(m_lower);
    for (QSplitter *splitter : {m_upper, m_lower, m_rows}) splitter->setHandleWidth(1);
    m_upper->setCollapsible(1, false); // never the canvas
    m_rows->setCollapsible(0, false);
    m_upper->setStretchFactor(1, 1);
    m_lower->setStretchFactor(0, 1);
    m_rows->setStretchFactor(0, 1);
    layout->addWidget(m_rows);
    resetLayout();
    connect(m_palette, &Palette::blockActivated, m_canvas, &CanvasView::addBlock);
    connect(data, &DataPanel::sourceWanted, this, &BuildPlace::sourceWanted);
}

QWidget *BuildPlace::panelWidget(Panel panel) const
{
    switch (panel) {
    case Panel::Palette:
        return m_palette;
    case Panel::Inspector:
        return m_inspector;
    case Panel::Curves:
        return m_strip;
    case Panel::Data:
        return m_data;
    }
    return nullptr;
}

bool BuildPlace::panelShown(Panel panel) const
{
    return !panelWidget(panel)->isHidden();
}

void BuildPlace::showPanel(Panel panel, bool shown)
{
    panelWidget(panel)->setVisible(shown);
    m_lower->setVisible(panelShown(Panel::Curves) || panelShown(Panel::Data));
}

void BuildPlace::resetLayout()
{
    for (const Panel panel : {Panel::Palette, Panel::Inspector, Panel::Curves, Panel::Data})
        showPanel(panel, true);
    m_upper->setSizes({192, 824, 264});
    m_lower->setSizes({1016, 264});
    m_rows->setSizes({552, 168});
}

} // namespace ostrich::ui
