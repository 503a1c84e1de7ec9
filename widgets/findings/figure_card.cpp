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

/// What a menu saves: the drawing that the card had when the menu opened. The card may go while the
/// menu or a dialog is open; then nobody is told.
struct Shot {
    DrawingPtr drawing;
    int width = 0;
    QPointer<FigureCard> card;
};

void tell(const Shot &shot, const QString &text, bool isError)
{
    if (shot.card) emit shot.card->statusMessage(text, isError);
}

void save(const Shot &shot, QWidget *window, const QString &ending, const QString &filter)
{
    QString path = QFileDialog::getSaveFileName(
        window, FigureCard::tr("Save the figure"),
        QString::fromStdString(shot.drawing->key()) + QLatin1Char('.') + ending, filter);
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive))
        path += QLatin1Char('.') + ending;
    const QString problem = exportFigure(*shot.drawing, path, shot.width);
    tell(shot, problem.isEmpty() ? FigureCard::tr("Saved %1.").arg(path) : problem,
         !problem.isEmpty());
}

void copy(const Shot &shot)
{
    QApplication::clipboard()->setImage(figureImage(*shot.drawing, shot.width, screenInk(), 2.0));
    tell(shot, FigureCard::tr("The figure is on the clipboard."), false);
}

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
    : QFrame(parent),
      m_view(new DrawingView(std::move(drawing))),
      m_title(new ElidingLabel(m_view->drawing()->title())),
      m_export(new QToolButton)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, 6, kPadding, kBelow);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    m_title->setFont(Theme::instance().font(FontRole::TextBold));
    head->addWidget(m_title, 1);
    m_export->setIcon(Theme::instance().icon(QStringLiteral("dots"), 16));
    m_export->setAutoRaise(true);
    m_export->setFixedSize(28, 24);
    m_export->setToolTip(tr("Save or copy this figure"));
    m_export->setAccessibleName(m_export->toolTip());
    m_export->setFocusPolicy(Qt::StrongFocus);
    connect(m_export, &QToolButton::clicked, this,
            [this] { openMenu(m_export->mapToGlobal(m_export->rect().bottomLeft())); });
    head->addWidget(m_export);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
}

void FigureCard::setDrawing(DrawingPtr drawing)
{
    m_title->setText(drawing->title());
    m_view->setDrawing(std::move(drawing));
}

int FigureCard::heightForWidth(int width) const
{
    return kHead + 4 + m_view->heightForWidth(width - 2 * kPadding) + kBelow;
}

/// Of the window: it outlives the card.
QMenu *FigureCard::makeMenu()
{
    auto *menu = new QMenu(window());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Shot shot{m_view->drawing(), m_view->width(), this};
    const auto add = [&](const QString &text, const QString &ending, const QString &filter) {
        menu->addAction(text, menu, [shot, owner = QPointer<QWidget>(window()), ending, filter] {
            save(shot, owner, ending, filter);
        });
    };
    add(tr("Save as PNG…"), QStringLiteral("png"), tr("PNG pictures (*.png)"));
    add(tr("Save as PDF…"), QStringLiteral("pdf"), tr("PDF files (*.pdf)"));
    add(tr("Save as SVG…"), QStringLiteral("svg"), tr("SVG drawings (*.svg)"));
    add(tr("Save the numbers as CSV…"), QStringLiteral("csv"), tr("CSV tables (*.csv)"));
    menu->addSeparator();
    menu->addAction(tr("Copy the picture"), menu, [shot] { copy(shot); });
    return menu;
}

void FigureCard::openMenu(const QPoint &globalPos)
{
    makeMenu()->popup(globalPos);
}

void FigureCard::contextMenuEvent(QContextMenuEvent *event)
{
    openMenu(event->globalPos());
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
