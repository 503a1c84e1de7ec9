// The network canvas: blocks, wires, errors with their repairs. Shows the project model, sends
// edits to it.
#pragma once

#include "model/block_mime.hpp"

#include <QGraphicsView>

#include <memory>
#include <string>

class QMenu;

namespace ostrich::ui {

struct Session;

class CanvasView : public QGraphicsView {
    Q_OBJECT
public:
    explicit CanvasView(Session *session, QWidget *parent = nullptr);
    ~CanvasView() override;

    double zoom() const;
    /// The blocks whose weights the selected one can use, as actions that make it do so.
    void fillWeights(QMenu *menu);

public slots:
    void zoomIn();
    void zoomOut();
    void zoomToActualSize();
    void fit();
    void tidy();
    void copy(); // the selection as text on the clipboard
    void cut();
    void paste(); // text from the clipboard, at the pointer
    void duplicate();
    void removeSelected(); // the selected wires, else the selected blocks
    void selectAll();
    void beginWire();                   // from the selected block, by keyboard (W)
    void selectNextWire();              // of the selected block (Shift+W)
    void openQuickAdd();                // the search at the pointer (space)
    void addBlock(const QString &kind); // in the middle of the view, spliced after the selected
                                        // block where it fits

    // Of the selected blocks, or the selected one.
    void foldSelected(); // into one group
    void unfoldSelected();
    void openUpSelected(); // a block made of smaller ones into a group of them
    void renameSelected();
    void enterSelected();
    void leaveGroup();

signals:
    void zoomChanged(double zoom);
    void renameWanted(); // of the selected group

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ostrich::ui
