// The data set of the project, loaded in the background, and its pictures.
#pragma once

#include "data/dataset.hpp"
#include "model/background.hpp"
#include "model/sample_words.hpp"

#include <QImage>
#include <QObject>

#include <memory>
#include <optional>

class QPainter;

namespace ostrich::ui {

class ProjectModel;

struct SampleRef {
    data::Split split = data::Split::Validation;
    std::int64_t index = 0;
    bool operator==(const SampleRef &) const = default;
};

/// How the samples are drawn: as square pictures, as lines over time, or as words.
enum class SampleStyle { Square, Lines, Words };

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

    SampleStyle style() const;
    /// The sample as it is drawn: pictures pixel by pixel; points as a small dot in their plane;
    /// sequences as a small card.
    QImage image(const SampleRef &sample) const;
    /// A sequence drawn `size` large: its lines, or its words with the answer beside them.
    QImage card(const SampleRef &sample, const QSizeF &size, qreal pixelRatio) const;
    /// A text as it reads; empty where the sample is none.
    QString text(const SampleRef &sample) const;
    /// The sample's words in order; none where it has none.
    std::vector<StepWord> stepWords(const SampleRef &sample) const;
    /// What the decoder of a translation is asked to write.
    std::vector<StepWord> targetWords(const SampleRef &sample) const;
    /// The sample's labelled steps, where they are few.
    std::vector<std::int64_t> askedSteps(const SampleRef &sample) const;
    /// What is asked of the sample, and right: "cat", "A at step 22", "0.42", a sentence.
    QString answer(const SampleRef &sample) const;
    QString className(std::int64_t index) const; // translated where it is one of ours
    /// The first `count` samples of the validation split, one of each class first; of forecasts,
    /// some from all over it.
    std::vector<SampleRef> showcase(int count) const;

signals:
    void progressed(double fraction);
    void loaded(); // dataset() is there
    void failed(const QString &text);

private:
    void reload();
    const data::Samples *samplesOf(const SampleRef &sample) const; // null: not there
    QString stepAnswer(const data::Samples &samples, std::int64_t index) const;
    void paintWords(QPainter &painter, const QRectF &box, const SampleRef &sample) const;
    ProjectModel *m_project;
    Background m_background;
    std::shared_ptr<const data::Dataset> m_dataset;
    SampleWords m_words;
    std::string m_source;
    std::uint64_t m_seed = 0;
    QString m_error;
    double m_progress = 0.0;
};

/// (C, H, W) in [0, 1] to a picture: grey or RGB.
QImage toImage(const Array &picture);

} // namespace ostrich::ui
