// Rebuilt where its words are others: a group opened, closed, named or repeated anew.
#include "canvas/breadcrumb.hpp"

#include "graph/group.hpp"
#include "model/project_model.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kHeight = 36;
constexpr int kLongestName = 200; // pixels

QString linkStyle()
{
    const Tokens &t = Theme::instance().tokens();
    return QStringLiteral("QToolButton { border: 2px solid transparent; border-radius: 6px; "
                          "padding: 3px 4px 1px 4px; color: %1; background: transparent; }"
                          "QToolButton:hover { background: %2; }"
                          "QToolButton:focus { border-color: %1; }")
        .arg(t.accent.name(), t.hover.name());
}

} // namespace

Breadcrumb::Breadcrumb(ProjectModel *project, QWidget *parent)
    : QWidget(parent), m_project(project), m_row(new QHBoxLayout(this))
{
    setFixedHeight(kHeight);
    setAccessibleName(tr("Open groups"));
    m_row->setContentsMargins(8, 0, 12, 0);
    m_row->setSpacing(2);
    connect(project, &ProjectModel::scopeChanged, this, &Breadcrumb::refresh);
    connect(project, &ProjectModel::networkChanged, this, &Breadcrumb::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &Breadcrumb::rebuild);
    hide();
    refresh();
}

QStringList Breadcrumb::names() const
{
    QStringList names{tr("Network")};
    const graph::Network *around = &m_project->project().network;
    for (const std::string &id : m_project->scope()) {
        const graph::Block *group = around->find(id);
        if (!group || !group->inside) break;
        names << QString::fromStdString(graph::titleOf(*group));
        around = group->inside.get();
    }
    return names;
}

QString Breadcrumb::repetitions() const
{
    std::int64_t times = 1;
    const graph::Network *around = &m_project->project().network;
    for (const std::string &id : m_project->scope()) {
        const graph::Block *group = around->find(id);
        if (!group || !group->inside) break;
        times = std::min(times * graph::repeatOf(*group), graph::kMostBlocks);
        around = group->inside.get();
    }
    return times > 1 ? tr("×%1: you see the first").arg(times) : QString();
}

void Breadcrumb::refresh()
{
    QStringList words = names();
    words << repetitions();
    if (words != m_shown) {
        m_shown = words;
        rebuild();
    }
    setVisible(!m_project->scope().empty());
}

void Breadcrumb::rebuild()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be the one that was clicked
        }
        delete item;
    }
    auto *out = new QToolButton;
    out->setIcon(Theme::instance().icon(QStringLiteral("left"), 16));
    out->setToolTip(tr("Go out of this group (Alt+Up)"));
    out->setAccessibleName(out->toolTip());
    out->setStyleSheet(linkStyle());
    connect(out, &QToolButton::clicked, this, &Breadcrumb::left);
    m_row->addWidget(out);
    const QStringList parts = names();
    for (qsizetype i = 0; i < parts.size(); ++i) addPart(parts[i], static_cast<std::size_t>(i));
    auto *note = new ElidingLabel(repetitions());
    note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QPalette muted = note->palette();
    muted.setColor(QPalette::WindowText, Theme::instance().tokens().muted);
    note->setPalette(muted);
    m_row->addWidget(note, 1);
}

void Breadcrumb::addPart(const QString &name, std::size_t depth)
{
    const auto &scope = m_project->scope();
    const bool last = depth == scope.size();
    const QFont font = Theme::instance().font(last ? FontRole::TextBold : FontRole::Text);
    const QString text = QFontMetrics(font).elidedText(name, Qt::ElideRight, kLongestName);
    if (depth > 0) m_row->addWidget(mutedLabel(QStringLiteral("›")));
    if (last) {
        auto *here = new QLabel(text);
        here->setFont(font);
        here->setContentsMargins(6, 0, 6, 0);
        m_row->addWidget(here);
        return;
    }
    auto *link = new QToolButton;
    link->setText(text);
    link->setFont(font);
    link->setToolTip(name);
    link->setStyleSheet(linkStyle());
    connect(link, &QToolButton::clicked, this, [this, depth] {
        const auto path = m_project->scope();
        m_project->setScope({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth)});
    });
    m_row->addWidget(link);
}

void Breadcrumb::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
}

} // namespace ostrich::ui
