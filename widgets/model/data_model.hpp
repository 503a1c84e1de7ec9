// The data set of the project, loaded in the background, and its pictures.
#pragma once

#include "data/dataset.hpp"
#include "model/background.hpp"

#include <QImage>
#include <QObject>

#include <memory>
#include <optional>

namespace ostrich::ui {

class ProjectModel;

struct SampleRef {
    data::Split split = data::Split::Validation;
    std::int64_t index = 0;
    bool operator==(const SampleRef &) const = default;
};

class DataModel : public QObject {
    Q_OBJECT
public:
    explicit DataModel(ProjectModel *project, QObject *parent = nullptr);

    std::shared_ptr<const data::Dataset> dataset() const
    {
        return m_dataset;
    } // null: loading or failed
    QString errorText() const { return m_error; }
    double progress() const { return m_progress; }
    bool loading() const;

    /// The sample as it is drawn: pictures pixel by pixel; points as a small dot in their plane.
    QImage image(const SampleRef &sample) const;
    QString className(std::int64_t index) const; // translated where it is one of ours
    /// The first `count` samples of the validation split, one of each class first.
    std::vector<SampleRef> showcase(int count) const;

signals:
    void progressed(double fraction);
    void loaded(); // dataset() is there
    void failed(const QString &text);

private:
    void reload();
    ProjectModel *m_project;
    Background m_background;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::string m_source;
    std::uint64_t m_seed = 0;
    QString m_error;
    double m_progress = 0.0;
};

/// (C, H, W) in [0, 1] to a picture: grey or RGB.
QImage toImage(const Array &picture);

} // namespace ostrich::ui
