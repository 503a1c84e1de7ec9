// Fool's pages, and what is opened and saved there.
#include "fool/fool_place.hpp"

#include "attack/answers.hpp"
#include "data/picture_endings.hpp"
#include "findings/figure_button.hpp"
#include "fool/answer_text.hpp"
#include "fool/camera_dialog.hpp"
#include "fool/fool_model.hpp"
#include "fool/honesty.hpp"
#include "fool/network_choice.hpp"
#include "fool/picture_view.hpp"
#include "fool/report.hpp"
#include "fool/sentence_model.hpp"
#include "fool/sentence_view.hpp"
#include "fool/series_model.hpp"
#include "fool/series_view.hpp"
#include "fool/studies/studies_page.hpp"
#include "fool/studies/study_model.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

FoolPlace::FoolPlace(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(new FoolModel(session, this)),
      m_honesty(new Honesty(session, m_model, this)),
      m_studies(new StudyModel(session, this)),
      m_sentences(new SentenceModel(session, m_model, this)),
      m_series(new SeriesModel(session, m_model, this)),
      m_studiesPage(new StudiesPage(session, m_studies)),
      m_choice(new SegmentedControl({tr("One picture"), tr("Studies")}, true)),
      m_pages(new QStackedWidget),
      m_samples(new QStackedWidget),
      m_sentence(new SentenceView(session, m_sentences)),
      m_seriesView(new SeriesView(session, m_series)),
      m_save(new QPushButton(tr("Save PNG…"))),
      m_report(new QPushButton(tr("Report…")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(strip());
    auto *picture = new PictureView(session, m_model, m_honesty);
    m_picture = picture;
    for (QWidget *page : {m_picture, m_sentence, m_seriesView}) m_samples->addWidget(page);
    m_pages->addWidget(m_samples);
    m_pages->addWidget(m_studiesPage);
    layout->addWidget(m_pages, 1);
    connect(picture, &PictureView::openWanted, this, &FoolPlace::openPicture);
    connect(picture, &PictureView::pasteWanted, this, &FoolPlace::pastePicture);
    connect(picture, &PictureView::shootWanted, this, &FoolPlace::shootPicture);
    connect(picture, &PictureView::templateWanted, this, &FoolPlace::templateWanted);
    connect(picture, &PictureView::mapWanted, this, &FoolPlace::drawMap);
    connectAll();
    followData();
}

QWidget *FoolPlace::strip()
{
    auto *row = new QWidget;
    row->setFixedHeight(40);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(20, 4, 20, 4);
    layout->setSpacing(8);
    m_choice->setAccessibleName(tr("What is looked at"));
    for (QPushButton *button : {m_save, m_report}) button->setProperty("role", "ghost");
    m_save->setToolTip(tr("Saves the attacked picture, pixel by pixel"));
    m_report->setToolTip(
        tr("Saves what was found as a report: the picture, the curve, the checks, the studies"));
    auto *network = new NetworkChoice(m_session, m_model); // studies have a list of theirs
    connect(network, &NetworkChoice::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_pages, &QStackedWidget::currentChanged, network,
            [this, network] { network->setVisible(page() == Page::Sample); });
    layout->addWidget(m_choice);
    layout->addWidget(network);
    layout->addStretch();
    layout->addWidget(m_save);
    layout->addWidget(m_report);
    return row;
}

void FoolPlace::connectAll()
{
    connect(m_choice, &SegmentedControl::currentIndexChanged, m_pages,
            &QStackedWidget::setCurrentIndex);
    connect(m_pages, &QStackedWidget::currentChanged, this, &FoolPlace::pageChanged);
    connect(m_save, &QPushButton::clicked, this, &FoolPlace::savePicture);
    connect(m_report, &QPushButton::clicked, this, &FoolPlace::saveReport);
    connect(m_model, &FoolModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_model, &FoolModel::sweepProgressed, this, &FoolPlace::progressed);
    connect(m_model, &FoolModel::resultChanged, this, &FoolPlace::refreshButtons);
    connect(m_model, &FoolModel::pictureChanged, this, &FoolPlace::refreshButtons);
    connect(m_model, &FoolModel::sweepChanged, this, &FoolPlace::refreshButtons);
    connect(m_model, &FoolModel::pictureChanged, this, &FoolPlace::giveSample);
    connect(m_series, &SeriesModel::seriesChanged, this, &FoolPlace::giveSample);
    connect(m_studies, &StudyModel::findingsChanged, this, &FoolPlace::refreshButtons);
    connect(m_studies, &StudyModel::stateChanged, this, &FoolPlace::refreshButtons);
    connect(m_sentences, &SentenceModel::resultChanged, this, &FoolPlace::refreshButtons);
    connect(m_series, &SeriesModel::resultChanged, this, &FoolPlace::refreshButtons);
    for (FigureButton *save : m_samples->findChildren<FigureButton *>())
        connect(save, &FigureButton::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_sentences, &SentenceModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_series, &SeriesModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(&m_session->data, &DataModel::loaded, this, &FoolPlace::followData);
    connect(m_studies, &StudyModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_studiesPage, &StudiesPage::statusMessage, this, &FoolPlace::statusMessage);
}

/// The first page shows what the data are made of.
void FoolPlace::followData()
{
    m_verifier.cancel(); // its classes are others
    switch (m_model->reads()) {
    case FoolModel::Reads::Sentences:
        m_choice->setItemText(0, tr("One sentence"));
        m_samples->setCurrentWidget(m_sentence);
        break;
    case FoolModel::Reads::Series:
        m_choice->setItemText(0, tr("One series"));
        m_samples->setCurrentWidget(m_seriesView);
        break;
    case FoolModel::Reads::Pictures:
    case FoolModel::Reads::Other: // where it is said what Fool needs
        m_choice->setItemText(0, tr("One picture"));
        m_samples->setCurrentWidget(m_picture);
        break;
    }
    giveSample();
    refreshButtons();
    emit pageChanged();
}

void FoolPlace::giveSample()
{
    const bool isSeries = m_model->reads() == FoolModel::Reads::Series;
    robustness::StudySample sample{isSeries ? m_series->series() : m_model->picture(),
                                   isSeries ? std::nullopt : m_model->label()};
    if (sample.x.empty()) return m_studies->setSample({});
    const auto dataset = m_session->data.dataset();
    if (const auto &shown = m_series->sample(); isSeries && shown && dataset)
        sample.label = dataset->split(shown->split).labels[static_cast<std::size_t>(shown->index)];
    m_studies->setSample(sample);
}

/// Under the attack that stands beside the picture, on the network that it attacks.
void FoolPlace::drawMap()
{
    const auto &all = robustness::studies();
    const auto map =
        std::ranges::find_if(all, [](const auto &study) { return study->description().single; });
    if (map == all.end()) return;
    const robustness::StudyDescription &study = (*map)->description();
    const ScriptNetwork &file = m_model->file();
    m_studies->askAlone(file.subject() ? std::optional(file.choice()) : std::nullopt,
                        m_model->defence());
    m_studies->takeAttack(m_model->options());
    showStudy(study.name);
    if (m_studies->obstacle(study).isEmpty()) m_studies->run(study.name);
}

void FoolPlace::refreshButtons()
{
    m_save->setVisible(!m_model->lacksPictures());
    m_save->setEnabled(canSavePicture());
    m_report->setEnabled(canSaveReport());
    emit savableChanged();
}

bool FoolPlace::canSavePicture() const
{
    return m_model->result().has_value();
}

ReportSources FoolPlace::sources() const
{
    return {*m_session, *m_model, *m_honesty, *m_studies, *m_sentences, *m_series};
}

bool FoolPlace::canSaveReport() const
{
    return hasReport(sources());
}

void FoolPlace::setPage(Page page)
{
    m_choice->setCurrentIndex(static_cast<int>(page));
}

FoolPlace::Page FoolPlace::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void FoolPlace::showStudy(const std::string &name)
{
    setPage(Page::Studies);
    m_studiesPage->showStudy(name);
}

/// False: told why nothing can be fooled yet.
bool FoolPlace::ready()
{
    const QString why = m_model->obstacle();
    if (!why.isEmpty()) emit statusMessage(why, true);
    return why.isEmpty();
}

void FoolPlace::openPicture()
{
    if (!ready()) return;
    QStringList patterns;
    for (const std::string_view ending : data::pictureEndings())
        patterns << QStringLiteral("*.") + QString::fromUtf8(ending.data(), std::ssize(ending));
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a picture"), {}, tr("Pictures (%1)").arg(patterns.join(QLatin1Char(' '))));
    if (path.isEmpty()) return;
    setPage(Page::Sample);
    m_model->useFile(path);
}

void FoolPlace::pastePicture()
{
    if (!ready()) return;
    setPage(Page::Sample);
    const QMimeData *clipboard = QApplication::clipboard()->mimeData();
    if (clipboard && clipboard->hasImage())
        m_model->useImage(qvariant_cast<QImage>(clipboard->imageData()));
    else
        emit statusMessage(
            tr("There is no picture on the clipboard. Copy one, then paste it here."), true);
}

void FoolPlace::shootPicture()
{
    if (!ready()) return;
    auto *dialog = new CameraDialog(this);
    connect(dialog, &CameraDialog::accepted, this, [this, dialog] {
        setPage(Page::Sample);
        m_model->useImage(dialog->picture());
    });
    dialog->open();
}

void FoolPlace::savePicture()
{
    if (!canSavePicture())
        return emit statusMessage(tr("No picture has been attacked yet: there is none to save."),
                                  true);
    // While one chooses a name, another attack may begin.
    const Attacked attacked{m_model->subject(), *m_model->result()};
    const QImage picture = toImage(Array{m_model->picture().shape, attacked.result.x_adv.values});
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the attacked picture"),
                                     QStringLiteral("fooled.png"), tr("PNG pictures (*.png)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) path += QLatin1String(".png");
    const bool saved = picture.save(path, "PNG");
    emit statusMessage(saved ? tr("Saved %1.").arg(path)
                             : tr("%1 could not be written. Choose another folder.").arg(path),
                       !saved);
    if (saved) verify(path, attacked);
}

/// The file keeps 8 bits of each colour, the attack had more: asks whether it fools all the same.
void FoolPlace::verify(const QString &path, Attacked attacked)
{
    m_verifier.run(
        [this, path, attacked = std::move(attacked)](std::stop_token stop) -> Background::Finish {
            auto rounded =
                attack::answersOf(attacked.subject, attack::quantised(attacked.result.x_adv), stop);
            if (stop.stop_requested()) return {};
            return [this, path, result = attacked.result, rounded = std::move(rounded)] {
                if (rounded) return emit statusMessage(verdict(path, result, *rounded), false);
                emit statusMessage(tr("Saved %1, but the network could not be asked about it: %2")
                                       .arg(path, sentence(rounded.error())),
                                   true);
            };
        });
}

QString FoolPlace::verdict(const QString &path, const attack::AttackResult &result,
                           const attack::Answers &rounded) const
{
    const QString says = answerText(m_session->data, rounded.probabilities.values);
    const std::int64_t now = rounded.classes.front(), before = result.y_pred.front(),
                       after = result.y_adv.front();
    if (after == before) return tr("Saved %1. With 8 bits the network says %2.").arg(path, says);
    if (now == before)
        return tr("Saved %1. With 8 bits it no longer fools the network, which says %2 again.")
            .arg(path, says);
    return now == after ? tr("Saved %1. With 8 bits, too, the network says %2.").arg(path, says)
                        : tr("Saved %1. With 8 bits the network is fooled otherwise: it says %2.")
                              .arg(path, says);
}

void FoolPlace::saveReport()
{
    if (!canSaveReport())
        return emit statusMessage(
            tr("There is nothing to report yet: fool something, or run a study."), true);
    // While one chooses a name, another attack may begin.
    const Report report = reportOf(sources());
    const QString pdf = tr("PDF files (*.pdf)"), html = tr("Web pages (*.html)");
    QString chosen = pdf;
    QString path = QFileDialog::getSaveFileName(
        this, tr("Save a report"), m_session->project.name() + QStringLiteral("-report.pdf"),
        pdf + QStringLiteral(";;") + html, &chosen);
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)
        && !path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive))
        path += chosen == html ? QStringLiteral(".html") : QStringLiteral(".pdf");
    const QString problem = writeReport(report, path);
    emit statusMessage(problem.isEmpty() ? tr("Saved %1.").arg(path) : problem, !problem.isEmpty());
}

} // namespace ostrich::ui
