// The network canvas: blocks, wires, errors with their repairs. Shows the project model, sends edits to it.
#pragma once

#include "model/block_mime.hpp"

#include <QGraphicsView>

#include <memory>
#include <string>

namespace ostrich::ui {

struct Session;

class CanvasView : public QGraphicsView {
    Q_OBJECT
public:
    explicit CanvasView(Session *session, QWidget *parent = nullptr);
    ~CanvasView() override;

    double zoom() const;

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
    void removeSelected();
    void selectAll();
    void openQuickAdd(); // the search at the pointer (space)
    void addBlock(const QString &kind); // in the middle of the view, spliced after the selected block where it fits

signals:
    void zoomChanged(double zoom);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ostrich::ui
