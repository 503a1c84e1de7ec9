// The menu of a figure. It holds its drawing: figure and button may go while it is open; then
// nobody is told.
#include "findings/figure_button.hpp"

#include "findings/export_figure.hpp"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QPointer>

namespace ostrich::ui {

namespace {

using ButtonPtr = QPointer<FigureButton>;

void tell(const ButtonPtr &button, const QString &text, bool isError)
{
    if (button) emit button->statusMessage(text, isError);
}

void save(const FigureButton::Shot &shot, const ButtonPtr &button, QWidget *window,
          const QString &ending, const QString &filter)
{
    QString path = QFileDialog::getSaveFileName(
        window, FigureButton::tr("Save the figure"),
        QString::fromStdString(shot.drawing->key()) + QLatin1Char('.') + ending, filter);
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive))
        path += QLatin1Char('.') + ending;
    const QString problem = exportFigure(*shot.drawing, path, shot.width);
    tell(button, problem.isEmpty() ? FigureButton::tr("Saved %1.").arg(path) : problem,
         !problem.isEmpty());
}

void copy(const FigureButton::Shot &shot, const ButtonPtr &button)
{
    QApplication::clipboard()->setImage(figureImage(*shot.drawing, shot.width, screenInk(), 2.0));
    tell(button, FigureButton::tr("The figure is on the clipboard."), false);
}

} // namespace

FigureButton::FigureButton(Source source, QWidget *parent)
    : QToolButton(parent), m_source(std::move(source))
{
    setIcon(Theme::instance().icon(QStringLiteral("dots"), 16));
    setAutoRaise(true);
    setFixedSize(28, 24);
    setToolTip(tr("Save or copy this figure"));
    setAccessibleName(toolTip());
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this,
            [this] { openMenu(mapToGlobal(rect().bottomLeft())); });
}

void FigureButton::alsoOn(QWidget *figure)
{
    figure->installEventFilter(this);
}

bool FigureButton::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ContextMenu || !isEnabled())
        return QToolButton::eventFilter(watched, event);
    openMenu(static_cast<QContextMenuEvent *>(event)->globalPos());
    return true;
}

/// Of the window: it outlives the button.
QMenu *FigureButton::makeMenu(const Shot &shot)
{
    auto *menu = new QMenu(window());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const ButtonPtr button(this);
    const auto add = [&](const QString &text, const QString &ending, const QString &filter) {
        menu->addAction(text, menu,
                        [shot, button, owner = QPointer<QWidget>(window()), ending, filter] {
                            save(shot, button, owner, ending, filter);
                        });
    };
    add(tr("Save as PNG…"), QStringLiteral("png"), tr("PNG pictures (*.png)"));
    add(tr("Save as PDF…"), QStringLiteral("pdf"), tr("PDF files (*.pdf)"));
    add(tr("Save as SVG…"), QStringLiteral("svg"), tr("SVG drawings (*.svg)"));
    add(tr("Save the numbers as CSV…"), QStringLiteral("csv"), tr("CSV tables (*.csv)"));
    menu->addSeparator();
    menu->addAction(tr("Copy the picture"), menu, [shot, button] { copy(shot, button); });
    return menu;
}

void FigureButton::openMenu(const QPoint &globalPos)
{
    if (const Shot shot = m_source(); shot.drawing) makeMenu(shot)->popup(globalPos);
}

} // namespace ostrich::ui
