// Fool's pages, and what is opened and saved there.
#include "fool/fool_place.hpp"

#include "fool/camera_dialog.hpp"
#include "fool/fool_model.hpp"
#include "fool/honesty.hpp"
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
#include <QImageReader>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

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
    layout->addWidget(m_choice);
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
    connect(m_studies, &StudyModel::findingsChanged, this, &FoolPlace::refreshButtons);
    connect(m_sentences, &SentenceModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_series, &SeriesModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(&m_session->data, &DataModel::loaded, this, &FoolPlace::followData);
    connect(m_studies, &StudyModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_studiesPage, &StudiesPage::statusMessage, this, &FoolPlace::statusMessage);
}

/// The first page shows what the data are made of.
void FoolPlace::followData()
{
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
    refreshButtons();
    emit pageChanged();
}

void FoolPlace::refreshButtons()
{
    m_save->setVisible(!m_model->lacksPictures());
    m_save->setEnabled(m_model->result().has_value());
    m_report->setEnabled(m_model->result() || !m_model->sweep().empty()
                         || m_studies->hasFindings());
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
    for (const QByteArray &format : QImageReader::supportedImageFormats())
        patterns << QStringLiteral("*.") + QString::fromLatin1(format);
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
    if (!m_model->result()) return;
    // While one chooses a name, another attack may begin.
    const QImage picture =
        toImage(Array{m_model->picture().shape, m_model->result()->x_adv.values});
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the attacked picture"),
                                     QStringLiteral("fooled.png"), tr("PNG pictures (*.png)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) path += QLatin1String(".png");
    const bool saved = picture.save(path, "PNG");
    emit statusMessage(saved ? tr("Saved %1.").arg(path)
                             : tr("%1 could not be written. Choose another folder.").arg(path),
                       !saved);
}

void FoolPlace::saveReport()
{
    // While one chooses a name, another attack may begin.
    const Report report = reportOf(*m_session, *m_model, *m_honesty, *m_studies);
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
