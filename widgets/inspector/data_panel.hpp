// The data of the project: where they come from, the three splits, and samples to choose from.
#pragma once

#include <QWidget>

#include <memory>

namespace ostrich::ui {

struct Session;

class DataPanel : public QWidget {
    Q_OBJECT
public:
    enum class Detail { Samples, Counts }; // Build shows samples, Train the counts
    DataPanel(Session *session, Detail detail, QWidget *parent = nullptr);
    ~DataPanel() override;

signals:
    void sourceWanted(); // the title was clicked: choose other data

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ostrich::ui
