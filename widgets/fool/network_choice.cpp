// The list of networks, and the way to a file.
#include "fool/network_choice.hpp"

#include "fool/fool_model.hpp"
#include "fool/studies/torchscript_dialog.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QStandardItemModel>

#include <algorithm>
#include <iterator>

namespace ostrich::ui {

namespace {

constexpr int kShortest = 14, kWidest = 260; // letters, pixels
/// What an item stands for.
constexpr int kRun = 0, kFile = 1, kOpen = 2;
constexpr int kKindRole = Qt::UserRole, kFolderRole = Qt::UserRole + 1;

} // namespace

NetworkChoice::NetworkChoice(Session *session, FoolModel *model, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(model), m_box(new QComboBox)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->setSpacing(8);
    auto *label = mutedLabel(tr("Network"));
    label->setBuddy(m_box);
    m_box->setAccessibleName(label->text());
    m_box->setMinimumContentsLength(kShortest);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_box->setMaximumWidth(kWidest);
    m_box->installEventFilter(this);
    layout->addWidget(label);
    layout->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this, &NetworkChoice::take);
    connect(model, &FoolModel::networkChanged, this, &NetworkChoice::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &NetworkChoice::refresh);
    connect(&session->data, &DataModel::loaded, this, &NetworkChoice::refresh);
    refresh();
}

/// The keys that step through a closed list open it: each step would load a run, the last one open
/// a dialog.
bool NetworkChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_box && event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    constexpr int kSteps[] = {Qt::Key_Up,       Qt::Key_Down, Qt::Key_PageUp,
                              Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End};
    const bool isStep =
        watched == m_box && event->type() == QEvent::KeyPress
        && std::ranges::find(kSteps, static_cast<QKeyEvent *>(event)->key()) != std::end(kSteps);
    if (!isStep) return QWidget::eventFilter(watched, event);
    m_box->showPopup();
    return true;
}

void NetworkChoice::refresh()
{
    const QSignalBlocker blocker(m_box);
    m_box->clear();
    m_box->setPlaceholderText(m_model->runs().empty() ? tr("none yet") : tr("choose one"));
    m_box->setToolTip(tr("Which network is fooled: one of the runs of these data, or a file"));
    const bool hasFile = addFile();
    const int atHand = addRuns();
    if (!m_model->lacksPictures() && m_session->data.dataset()) {
        if (m_box->count() > 0) m_box->insertSeparator(m_box->count());
        add(tr("TorchScript file…"), kOpen);
    }
    m_box->setCurrentIndex(hasFile ? 0 : atHand);
    m_box->setEnabled(m_box->count() > 0);
}

void NetworkChoice::add(const QString &text, int kind, const QString &folder)
{
    m_box->addItem(text);
    m_box->setItemData(m_box->count() - 1, kind, kKindRole);
    m_box->setItemData(m_box->count() - 1, folder, kFolderRole);
}

/// The one at hand, or on its way.
bool NetworkChoice::addFile()
{
    const ScriptNetwork &file = m_model->file();
    if (!file.isOpening() && !file.subject()) return false;
    add(file.isOpening() ? tr("opening…") : m_model->networkName(), kFile);
    return true;
}

int NetworkChoice::addRuns()
{
    const RunModel &run = m_session->run;
    const auto *items = qobject_cast<QStandardItemModel *>(m_box->model());
    int atHand = -1;
    for (const auto &folder : m_model->runs()) {
        const int index = m_box->count();
        add(m_model->runName(folder), kRun, QString::fromStdString(folder.string()));
        if (folder == run.runFolder()) atHand = index;
        if (!run.running()) continue;
        items->item(index)->setEnabled(false);
        items->item(index)->setToolTip(tr("A network is learning: pause it first."));
    }
    return atHand;
}

void NetworkChoice::take(int index)
{
    const int kind = m_box->itemData(index, kKindRole).toInt();
    const QString folder = m_box->itemData(index, kFolderRole).toString();
    if (kind == kRun) m_model->chooseRun(folder.toStdString());
    refresh(); // what is chosen stays what is shown
    if (kind == kOpen) openFile();
}

void NetworkChoice::openFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a TorchScript file"), {},
                                     tr("TorchScript files (*.pt *.pth *.ts);;All files (*)"));
    const auto dataset = m_session->data.dataset();
    if (path.isEmpty() || !dataset) return;
    const auto chosen = TorchScriptDialog::ask(path, dataset->facts, this);
    if (!chosen) return;
    const auto &names = chosen->classNames;
    if (names.empty() || names == dataset->facts.classNames)
        m_model->chooseFile(chosen->program);
    else
        emit statusMessage(
            tr("%1 answers in other classes, or in another order of them, than these pictures "
               "have: what is right and what is wrong could not be told.")
                .arg(QFileInfo(path).fileName()),
            true);
}

} // namespace ostrich::ui
