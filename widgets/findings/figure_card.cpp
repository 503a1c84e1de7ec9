// Cards of figures, and what can be done with them.
#include "findings/figure_card.hpp"

#include "findings/export_figure.hpp"
#include "theme/controls.hpp"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QMenu>
#include <QPointer>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>
#include <qcustomplot.h>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 16, kHead = 32, kBelow = 14;

} // namespace

DrawingView::DrawingView(DrawingPtr drawing, QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setDrawing(std::move(drawing));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DrawingView::setDrawing(DrawingPtr drawing)
{
    m_drawing = std::move(drawing);
    if (m_drawing) setAccessibleName(m_drawing->title());
    // Who reads the screen hears the numbers.
    setAccessibleDescription(m_drawing ? m_drawing->csv() : QString());
    updateGeometry();
    update();
}

int DrawingView::heightForWidth(int width) const
{
    return m_drawing ? m_drawing->heightFor(width) : 0;
}

QSize DrawingView::sizeHint() const
{
    return {320, heightForWidth(std::max(width(), 320))};
}

bool DrawingView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_drawing) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = m_drawing->tipAt(help->pos(), size());
        tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return QWidget::event(event);
}

void DrawingView::paintEvent(QPaintEvent *)
{
    if (!m_drawing) return;
    QCPPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_drawing->paint(painter, size(), screenInk());
}

FigureCard::FigureCard(DrawingPtr drawing, QWidget *parent)
    : QFrame(parent), m_view(new DrawingView(std::move(drawing))), m_export(new QToolButton)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, 6, kPadding, kBelow);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    auto *title = new ElidingLabel(m_view->drawing()->title());
    title->setFont(Theme::instance().font(FontRole::TextBold));
    head->addWidget(title, 1);
    m_export->setIcon(Theme::instance().icon(QStringLiteral("dots"), 16));
    m_export->setAutoRaise(true);
    m_export->setFixedSize(28, 24);
    m_export->setToolTip(tr("Save or copy this figure"));
    m_export->setAccessibleName(m_export->toolTip());
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFocusPolicy(Qt::StrongFocus);
    m_export->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    m_export->setMenu(makeMenu());
    head->addWidget(m_export);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
}

int FigureCard::heightForWidth(int width) const
{
    return kHead + 4 + m_view->heightForWidth(width - 2 * kPadding) + kBelow;
}

QMenu *FigureCard::makeMenu()
{
    auto *menu = new QMenu(this);
    const auto add = [&](const QString &text, const QString &ending, const QString &filter) {
        menu->addAction(text, this, [this, ending, filter] { save(ending, filter); });
    };
    add(tr("Save as PNG…"), QStringLiteral("png"), tr("PNG pictures (*.png)"));
    add(tr("Save as PDF…"), QStringLiteral("pdf"), tr("PDF files (*.pdf)"));
    add(tr("Save as SVG…"), QStringLiteral("svg"), tr("SVG drawings (*.svg)"));
    add(tr("Save the numbers as CSV…"), QStringLiteral("csv"), tr("CSV tables (*.csv)"));
    menu->addSeparator();
    menu->addAction(tr("Copy the picture"), this, &FigureCard::copy);
    return menu;
}

void FigureCard::save(const QString &ending, const QString &filter)
{
    // While one chooses a name, newer findings may take this card's place.
    const QPointer<FigureCard> alive(this);
    const DrawingPtr drawing = m_view->drawing();
    const int width = m_view->width();
    QString path = QFileDialog::getSaveFileName(
        window(), tr("Save the figure"),
        QString::fromStdString(drawing->key()) + QLatin1Char('.') + ending, filter);
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive))
        path += QLatin1Char('.') + ending;
    const QString problem = exportFigure(*drawing, path, width);
    if (!alive) return;
    emit statusMessage(problem.isEmpty() ? tr("Saved %1.").arg(path) : problem, !problem.isEmpty());
}

void FigureCard::copy()
{
    QApplication::clipboard()->setImage(
        figureImage(*m_view->drawing(), m_view->width(), screenInk(), 2.0));
    emit statusMessage(tr("The figure is on the clipboard."), false);
}

void FigureCard::contextMenuEvent(QContextMenuEvent *event)
{
    m_export->menu()->popup(event->globalPos());
}

void FigureCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace ostrich::ui
