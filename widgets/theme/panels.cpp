// Hiding, tearing off and remembering panels.
#include "theme/panels.hpp"

#include "theme/theme.hpp"

#include <QEvent>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

Panels::Panels(const QString &place, QWidget *parent) : QObject(parent), m_place(place) {}

Panels::~Panels()
{
    for (Panel &panel : m_panels)
        if (panel.window) delete panel.window; // the place is going: nothing to come back to
}

void Panels::addSplitter(QSplitter *splitter, const QList<int> &sizes)
{
    splitter->setHandleWidth(1);
    splitter->setSizes(sizes);
    connect(splitter, &QSplitter::splitterMoved, this, &Panels::save);
    m_rows.push_back({splitter, sizes});
}

void Panels::addPanel(const QString &name, const QString &title, QWidget *widget)
{
    m_panels.push_back({name, title, widget, {}, {}});
}

Panels::Panel *Panels::find(const QString &name)
{
    const auto found = std::ranges::find(m_panels, name, &Panel::name);
    return found == m_panels.end() ? nullptr : &*found;
}

bool Panels::isShown(const QString &name) const
{
    const auto found = std::ranges::find(m_panels, name, &Panel::name);
    return found != m_panels.end() && !found->widget->isHidden();
}

bool Panels::isTornOff(const QString &name) const
{
    const auto found = std::ranges::find(m_panels, name, &Panel::name);
    return found != m_panels.end() && found->window;
}

void Panels::setShown(const QString &name, bool shown)
{
    Panel *panel = find(name);
    if (!panel || shown == isShown(name)) return;
    if (!shown) putBack(*panel);
    panel->widget->setVisible(shown);
    hideEmptyRows();
    // Dragged together to nothing before it was hidden: back to where it began.
    for (const Row &row : m_rows)
        if (const int i = row.splitter->indexOf(panel->widget);
            shown && i >= 0 && row.splitter->sizes().at(i) == 0)
            row.splitter->setSizes(row.sizes);
    save();
}

void Panels::setTornOff(const QString &name, bool tornOff)
{
    Panel *panel = find(name);
    if (!panel || tornOff == isTornOff(name)) return;
    if (tornOff)
        tearOff(*panel);
    else
        putBack(*panel);
    hideEmptyRows();
    save();
}

void Panels::tearOff(Panel &panel)
{
    auto *splitter = qobject_cast<QSplitter *>(panel.widget->parentWidget());
    if (!splitter) return;
    const QSize size = panel.widget->size();
    const QPoint corner = panel.widget->mapToGlobal(QPoint(24, 24));
    panel.gap = new QWidget;
    splitter->replaceWidget(splitter->indexOf(panel.widget), panel.gap);
    panel.gap->hide();
    panel.window = new QWidget(splitter->window(), Qt::Tool);
    panel.window->setWindowTitle(panel.title);
    auto *layout = new QVBoxLayout(panel.window);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(panel.widget);
    panel.widget->show();
    panel.window->installEventFilter(this);
    panel.window->setGeometry(QRect(corner, size.expandedTo(QSize(240, 180))));
    panel.window->show();
}

void Panels::putBack(Panel &panel)
{
    if (!panel.window || !panel.gap) return;
    auto *splitter = qobject_cast<QSplitter *>(panel.gap->parentWidget());
    QWidget *window = panel.window;
    panel.window = nullptr;
    window->removeEventFilter(this);
    delete splitter->replaceWidget(splitter->indexOf(panel.gap), panel.widget);
    panel.widget->show();
    window->hide();
    window->deleteLater();
    for (const Row &row : m_rows)
        if (row.splitter == splitter) splitter->setSizes(row.sizes);
}

void Panels::hideEmptyRows()
{
    for (const Row &row : m_rows) {
        bool any = false;
        for (int i = 0; i < row.splitter->count(); ++i)
            any = any || !row.splitter->widget(i)->isHidden();
        row.splitter->setVisible(any);
    }
}

void Panels::reset()
{
    for (Panel &panel : m_panels) {
        putBack(panel);
        panel.widget->show();
    }
    hideEmptyRows();
    for (const Row &row : m_rows) row.splitter->setSizes(row.sizes);
    save();
}

void Panels::save() const
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("layout/") + m_place);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        settings.setValue(QStringLiteral("row%1").arg(i), m_rows[i].splitter->saveState());
    for (const Panel &panel : m_panels) {
        settings.setValue(panel.name + QStringLiteral("/shown"), isShown(panel.name));
        settings.setValue(panel.name + QStringLiteral("/torn_off"), isTornOff(panel.name));
    }
}

void Panels::restore()
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("layout/") + m_place);
    // Read all before anything is changed: each change saves.
    std::vector<QByteArray> states;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        states.push_back(settings.value(QStringLiteral("row%1").arg(i)).toByteArray());
    std::vector<std::pair<bool, bool>> looks;
    for (const Panel &panel : m_panels)
        looks.emplace_back(settings.value(panel.name + QStringLiteral("/shown"), true).toBool(),
                           settings.value(panel.name + QStringLiteral("/torn_off")).toBool());
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (!states[i].isEmpty()) m_rows[i].splitter->restoreState(states[i]);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        setShown(m_panels[i].name, looks[i].first);
        if (looks[i].first) setTornOff(m_panels[i].name, looks[i].second);
    }
}

/// A window of its own that is closed gives its panel back.
bool Panels::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close)
        for (const Panel &panel : m_panels)
            if (panel.window == watched) {
                event->ignore();
                setTornOff(panel.name, false);
                return true;
            }
    return QObject::eventFilter(watched, event);
}

} // namespace ostrich::ui
