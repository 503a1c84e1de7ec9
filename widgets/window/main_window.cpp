// Assembly of the window.
#include "window/main_window.hpp"

#include "canvas/canvas_view.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_place.hpp"
#include "fool/sentence_model.hpp"
#include "fool/series_model.hpp"
#include "fool/studies/study_model.hpp"
#include "inside/inside_place.hpp"
#include "project/templates.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/train_place.hpp"
#include "window/build_place.hpp"
#include "window/data_dialog.hpp"
#include "window/fool_work.hpp"
#include "window/message_bar.hpp"
#include "window/status_row.hpp"
#include "window/transport.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

void paintPanel(QWidget *widget)
{
    widget->setAutoFillBackground(true);
    const auto paint = [widget] {
        QPalette palette = widget->palette();
        palette.setColor(QPalette::Window, Theme::instance().tokens().panel);
        widget->setPalette(palette);
    };
    paint();
    QObject::connect(&Theme::instance(), &Theme::changed, widget, paint);
}

QString foolHint(FoolPlace &fool)
{
    if (fool.page() == FoolPlace::Page::Studies)
        return fool.studies()->networks().empty()
                   ? QString()
                   : MainWindow::tr("Choose a study, tick its networks and run it: what it has "
                                    "found so far is shown as it goes on.");
    if (fool.model()->reads() == FoolModel::Reads::Sentences)
        return fool.sentences()->obstacle().isEmpty()
                   ? MainWindow::tr("Type a sentence or choose one; Enter looks for the fewest "
                                    "words that change the answer.")
                   : QString();
    if (fool.model()->reads() == FoolModel::Reads::Series)
        return fool.series()->obstacle().isEmpty()
                   ? MainWindow::tr("Drag ε: the chart and the bars follow.")
                   : QString();
    return fool.model()->obstacle().isEmpty()
               ? MainWindow::tr(
                     "Drag ε: the picture, the bars and the marked point on the curve follow.")
               : QString();
}

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent),
      m_session(std::make_unique<Session>()),
      m_menu(new QMenu(this)),
      m_bird(new QToolButton),
      m_name(new ElidingLabel),
      m_unsaved(new QLabel),
      m_places(nullptr),
      m_device(new QToolButton),
      m_stack(new QStackedWidget),
      m_messages(new MessageBar),
      m_build(new BuildPlace(m_session.get())),
      m_train(new TrainPlace(m_session.get())),
      m_inside(new InsidePlace(m_session.get())),
      m_fool(new FoolPlace(m_session.get())),
      m_status(new StatusRow)
{
    resize(1280, 800);
    setMinimumSize(960, 640);
    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(topBar());
    layout->addWidget(ruledLine());
    layout->addWidget(m_messages);
    for (QWidget *place : {static_cast<QWidget *>(m_build), static_cast<QWidget *>(m_train),
                           static_cast<QWidget *>(m_inside), static_cast<QWidget *>(m_fool)})
        m_stack->addWidget(place);
    layout->addWidget(m_stack, 1);
    layout->addWidget(ruledLine());
    layout->addWidget(m_status);
    setCentralWidget(central);
    paintPanel(central);
    addActions();
    connectModels();
    refreshTitle();
    refreshStatus();
}

MainWindow::~MainWindow()
{
    // They look at the session to their end, and it goes with our members: before QWidget's
    // children.
    while (auto *child = findChild<QWidget *>({}, Qt::FindDirectChildrenOnly)) delete child;
}

QWidget *MainWindow::topBar()
{
    auto *bar = new QWidget;
    bar->setFixedHeight(51);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 0, 16, 0);
    layout->setSpacing(16);
    auto *brand = new QWidget;
    brand->setFixedWidth(176);
    auto *brandLayout = new QHBoxLayout(brand);
    brandLayout->setContentsMargins(0, 0, 0, 0);
    brandLayout->setSpacing(8);
    m_bird->setIcon(Theme::instance().icon(QStringLiteral("logo"), 28));
    m_bird->setIconSize(QSize(28, 28));
    m_bird->setFixedSize(36, 36);
    m_bird->setAutoRaise(true);
    m_bird->setPopupMode(QToolButton::InstantPopup);
    m_bird->setMenu(m_menu);
    m_bird->setStyleSheet(QStringLiteral(
        "QToolButton::menu-indicator { image: none; } QToolButton { border: none; }"));
    m_bird->setToolTip(tr("Menu: files, edit, run, view (F10)"));
    m_bird->setAccessibleName(tr("Menu"));
    m_name->setFont(Theme::instance().font(FontRole::TextBold));
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_unsaved->setFixedSize(8, 8);
    m_unsaved->setToolTip(tr("There are changes that are not saved"));
    brandLayout->addWidget(m_bird);
    brandLayout->addWidget(m_name);
    brandLayout->addWidget(m_unsaved);
    brandLayout->addStretch();
    layout->addWidget(brand);
    m_places = new SegmentedControl({tr("Build"), tr("Train"), tr("Inside"), tr("Fool")});
    layout->addWidget(m_places);
    layout->addWidget(new Transport(m_session.get()), 1);
    m_device->setPopupMode(QToolButton::InstantPopup);
    m_device->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_device->setIcon(Theme::instance().icon(QStringLiteral("cpu"), 16));
    m_device->setFixedHeight(28);
    m_device->setToolTip(tr("Where the network is trained"));
    layout->addWidget(m_device);
    return bar;
}

void MainWindow::connectModels()
{
    connect(m_places, &SegmentedControl::currentIndexChanged, m_stack,
            &QStackedWidget::setCurrentIndex);
    connect(m_stack, &QStackedWidget::currentChanged, this, &MainWindow::refreshStatus);
    ProjectModel *project = &m_session->project;
    connect(project, &ProjectModel::fileChanged, this, &MainWindow::refreshTitle);
    connect(project, &ProjectModel::networkChanged, this, &MainWindow::refreshStatus);
    connect(project, &ProjectModel::recipeChanged, this, &MainWindow::refreshStatus);
    connect(project, &ProjectModel::statusMessage, this, &MainWindow::say);
    connect(project, &ProjectModel::fittingOffered, this, &MainWindow::offerFitting);
    connect(project, &ProjectModel::networkChanged, this, &MainWindow::dropOldOffer);
    connect(project, &ProjectModel::replaced, this, [this] {
        if (m_errorShown || m_fitOffered) m_messages->hide(); // it told of the former one
        m_fitOffered = false;
        m_session->selection.setBlocks({});
        QTimer::singleShot(0, m_build->canvas(), &CanvasView::fit);
    });
    connect(&m_session->data, &DataModel::loaded, this, [this] {
        const auto samples = m_session->data.showcase(1);
        m_session->selection.setSample(samples.empty() ? SampleRef() : samples.front());
        refreshStatus();
    });
    connect(&m_session->data, &DataModel::failed, this, &MainWindow::showError);
    RunModel *run = &m_session->run;
    connect(run, &RunModel::failed, this, &MainWindow::showError);
    connect(run, &RunModel::statusMessage, this, &MainWindow::say);
    connect(run, &RunModel::stateChanged, this, &MainWindow::refreshStatus);
    connect(run, &RunModel::evaluated, this, &MainWindow::refreshStatus);
    connect(run, &RunModel::stateChanged, this, &MainWindow::dropOldError);
    connect(run, &RunModel::measured, this,
            [this, run](double fraction) { m_status->showWork(run, fraction); });
    connect(run, &RunModel::finished, this, [this] { say(outcomeText(), false); });
    connect(m_build, &BuildPlace::sourceWanted, this, &MainWindow::chooseData);
    connect(m_train, &TrainPlace::sourceWanted, this, &MainWindow::chooseData);
    connect(m_fool, &FoolPlace::statusMessage, this, &MainWindow::say);
    connect(m_fool, &FoolPlace::templateWanted, this, &MainWindow::newProject);
    showFoolWork(m_fool, m_status);
    connect(m_fool->studies(), &StudyModel::networksChanged, this, &MainWindow::refreshStatus);
    connect(m_fool, &FoolPlace::pageChanged, this, &MainWindow::refreshStatus);
    connect(m_inside, &InsidePlace::hintChanged, this, &MainWindow::refreshStatus);
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::refreshTitle);
}

void MainWindow::setPlace(Place place)
{
    m_places->setCurrentIndex(static_cast<int>(place));
}

MainWindow::Place MainWindow::place() const
{
    return static_cast<Place>(m_stack->currentIndex());
}

void MainWindow::refreshTitle()
{
    const ProjectModel &project = m_session->project;
    setWindowTitle(QStringLiteral("%1[*] – Ostrich").arg(project.name()));
    setWindowModified(project.isModified());
    m_name->setText(project.name());
    const Tokens &t = Theme::instance().tokens();
    m_unsaved->setStyleSheet(
        QStringLiteral("background:%1;border-radius:4px").arg(t.accent.name()));
    m_unsaved->setVisible(project.isModified());
    m_device->setStyleSheet(QStringLiteral("QToolButton { border: 1px solid %1; border-radius: "
                                           "14px; padding: 0 10px; background: %2; }"
                                           "QToolButton:focus { border: 2px solid %3; } "
                                           "QToolButton::menu-indicator { image: none; }")
                                .arg(t.border.name(), t.panel.name(), t.accent.name()));
}

void MainWindow::refreshStatus()
{
    const graph::Analysis &analysis = m_session->project.wholeAnalysis();
    if (!analysis.problems.empty()) {
        m_status->setLasting(
            tr("%n problem(s): %1", nullptr, static_cast<int>(analysis.problems.size()))
                .arg(sentence(analysis.problems.front().message)),
            StatusRow::Tone::Wrong);
        return;
    }
    const QString outcome = outcomeText();
    if (place() == Place::Train && !outcome.isEmpty())
        m_status->setLasting(outcome, StatusRow::Tone::Good);
    else if (place() == Place::Inside)
        m_status->setLasting(m_inside->hint(), StatusRow::Tone::Quiet);
    else if (place() == Place::Fool)
        m_status->setLasting(foolHint(*m_fool), StatusRow::Tone::Quiet);
    else
        m_status->setLasting(sizeText(), StatusRow::Tone::Quiet);
}

QString MainWindow::sizeText() const
{
    const ProjectModel &project = m_session->project;
    const graph::Analysis &analysis = project.wholeAnalysis();
    const std::int64_t batch = project.project().recipe.batch_size;
    const double megabytes = static_cast<double>(graph::trainingBytes(analysis, batch)) / 1e6;
    return QStringList{
        tr("%n block(s)", nullptr, static_cast<int>(project.project().network.blocks.size())),
        tr("%1 parameters").arg(count(analysis.parameters)),
        tr("%1 multiply-adds").arg(count(analysis.multiplyAdds, true)),
        tr("%1 MB at batch %2").arg(count(std::llround(megabytes))).arg(batch)}
        .join(QStringLiteral(" · "));
}

QString MainWindow::outcomeText() const
{
    const auto &done = m_session->run.summary();
    if (!done) return {};
    if (done->stopped_by == "early_stopping")
        return tr("Validation loss had not improved for %n epoch(s). The weights of epoch %1 are "
                  "restored.",
                  nullptr, static_cast<int>(done->epochs - done->best_epoch))
            .arg(done->best_epoch);
    if (done->stopped_by == train::kImported)
        return tr("The weights come from a file: they were trained elsewhere.");
    if (done->best_epoch == 0) return tr("Stopped within the first epoch.");
    return tr("The run has ended. The weights of epoch %1 are restored.").arg(done->best_epoch);
}

void MainWindow::say(const QString &text, bool isError)
{
    m_status->tell(text, isError ? StatusRow::Tone::Wrong : StatusRow::Tone::Good);
}

void MainWindow::showError(const QString &text)
{
    m_fitOffered = false;
    m_errorShown = true;
    m_errorBlocks = !m_session->run.canPlay();
    m_messages->showMessage(text, true);
}

/// Why Play slept, once it has woken; how the last run failed, once another begins.
void MainWindow::dropOldError()
{
    const RunModel &run = m_session->run;
    if (!m_errorShown || !(run.running() || (m_errorBlocks && run.canPlay()))) return;
    m_errorShown = false;
    m_messages->hide();
}

/// Other data have come to which the network can be made to fit.
void MainWindow::offerFitting()
{
    const project::Fitted fitting = m_session->project.fitting();
    QStringList changes;
    for (const Message &change : fitting.changes) changes << sentence(change);
    const graph::Shape &input = m_session->project.facts().input;
    const QString data = input.isTokens()     ? tr("These data are words.")
                         : input.isSequence() ? tr("These data are sequences of numbers.")
                         : input.isMaps()     ? tr("These data are pictures.")
                                              : tr("These data are rows of numbers.");
    const int count = static_cast<int>(changes.size());
    const QString cure = count == 1
                             ? tr("The network fits them with one change: %1.").arg(changes.front())
                             : tr("The network fits them with %n change(s).", nullptr, count);
    m_errorShown = false;
    m_messages->showMessage(data + QLatin1Char(' ') + cure, false,
                            {{tr("Fit the network"), [this] { m_session->project.fit(); },
                              changes.join(QLatin1Char('\n'))}});
    m_fitOffered = true;
}

/// The network fits by itself now: changed by hand, or other data undone.
void MainWindow::dropOldOffer()
{
    if (!m_fitOffered || !m_session->project.wholeAnalysis().ok()) return;
    m_fitOffered = false;
    m_messages->hide();
}

} // namespace ostrich::ui
