// The place Fool: one picture, sentence or series and its attack, or studies of what a network
// bears.
#pragma once

#include "attack/threat.hpp"
#include "model/background.hpp"

#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace ostrich::attack {
struct Answers;
}

namespace ostrich::ui {

struct ReportSources;
struct Session;
class FoolModel;
class Honesty;
class SegmentedControl;
class SentenceModel;
class SeriesModel;
class StudiesPage;
class StudyModel;

class FoolPlace : public QWidget {
    Q_OBJECT
public:
    explicit FoolPlace(Session *session, QWidget *parent = nullptr);

    FoolModel *model() { return m_model; }
    Honesty *honesty() { return m_honesty; }
    StudyModel *studies() { return m_studies; }
    SentenceModel *sentences() { return m_sentences; }
    SeriesModel *series() { return m_series; }
    enum class Page { Sample, Studies }; // Sample: one picture, sentence or series
    void setPage(Page page);
    Page page() const;
    /// Shows the study of that name.
    void showStudy(const std::string &name);
    bool canSavePicture() const;
    bool canSaveReport() const;

public slots:
    void openPicture();
    void pastePicture();
    void shootPicture();
    void savePicture();
    void saveReport();

signals:
    void statusMessage(const QString &text, bool isError);
    void pageChanged();
    void savableChanged(); // canSavePicture(), canSaveReport()
    /// Long work: its fraction, negative when it ends. `FoolModel::cancelSweep` cancels.
    void progressed(double fraction);
    /// A project with pictures is asked for, by the name of its template.
    void templateWanted(const QString &name);

private:
    QWidget *strip();
    void connectAll();
    void refreshButtons();
    void followData();
    void giveSample(); // to studies of a single one
    void drawMap();
    bool ready();
    ReportSources sources() const;
    /// An attacked picture, and what the network that it was made for says of it.
    struct Attacked {
        attack::Subject subject;
        attack::AttackResult result;
    };
    void verify(const QString &path, Attacked attacked);
    QString verdict(const QString &path, const attack::AttackResult &result,
                    const attack::Answers &rounded) const;

    Session *m_session;
    FoolModel *m_model;
    Honesty *m_honesty;
    StudyModel *m_studies;
    SentenceModel *m_sentences;
    SeriesModel *m_series;
    StudiesPage *m_studiesPage;
    SegmentedControl *m_choice;
    QStackedWidget *m_pages, *m_samples; // m_samples: of whatever the data are
    QWidget *m_picture, *m_sentence, *m_seriesView;
    QPushButton *m_save, *m_report;
    Background m_verifier; // last: joins first
};

} // namespace ostrich::ui
