// The live thumbnails: asks the probe after each edit, each choice of sample and each new snapshot;
// hands out images.
#pragma once

#include "probe/thumbnails.hpp"

#include <QImage>
#include <QObject>
#include <QTimer>

namespace ostrich::ui {

class ProjectModel;
class DataModel;
class RunModel;
class Selection;

class ThumbnailModel : public QObject {
    Q_OBJECT
public:
    ThumbnailModel(ProjectModel *project, DataModel *data, RunModel *run, Selection *selection,
                   QObject *parent = nullptr);
    ~ThumbnailModel() override;

    /// Of a block of the network in view: in the first repetition of the groups around it, and for
    /// a group what its last one puts out at last. Null: nothing yet.
    const probe::Thumbnail *find(const std::string &block) const;

signals:
    void updated();

private:
    void ask();
    ProjectModel *m_project;
    DataModel *m_data;
    RunModel *m_run;
    Selection *m_selection;
    QTimer m_soon; // edits in a burst ask once
    std::uint64_t m_serial = 0;
    std::shared_ptr<const probe::Thumbnails> m_current;
    std::unique_ptr<probe::ThumbnailProbe> m_probe;
};

/// Map `index` of a thumbnail in the theme's colours, one pixel a value, range taken over the whole
/// thumbnail. A picture (Input) is drawn by DataModel::image instead: it keeps its own colours.
QImage mapImage(const probe::Thumbnail &thumbnail, int index);

} // namespace ostrich::ui
