// What the window does with files: new, open, save, recover, and the question before work is lost.
#include "window/main_window.hpp"

#include "model/session.hpp"
#include "project/templates.hpp"
#include "theme/theme.hpp"
#include "window/data_dialog.hpp"
#include "window/message_bar.hpp"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace ostrich::ui {

namespace {

constexpr auto kWelcomeTemplate = "residual";

} // namespace

void MainWindow::guarded(std::function<void()> action)
{
    if (!m_session->project.isModified()) {
        action();
        return;
    }
    QMessageBox box(QMessageBox::Question, tr("Unsaved work"),
                    tr("“%1” has work that is not saved.").arg(m_session->project.name()),
                    QMessageBox::NoButton, this);
    auto *saveButton = box.addButton(tr("Save"), QMessageBox::AcceptRole);
    auto *discardButton = box.addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(saveButton);
    box.exec();
    if (box.clickedButton() == discardButton || (box.clickedButton() == saveButton && save()))
        action();
}

void MainWindow::openWelcome()
{
    if (auto welcome = project::newProject(kWelcomeTemplate))
        m_session->project.setProject(std::move(*welcome), {});
    else
        showError(sentence(welcome.error()));
}

void MainWindow::newProject(const QString &templateName)
{
    guarded([this, templateName] {
        auto fresh = project::newProject(templateName.toStdString());
        if (!fresh) return showError(sentence(fresh.error()));
        m_session->project.setProject(std::move(*fresh), {});
        if (const auto &weights = project::findTemplate(templateName.toStdString())->weights)
            m_session->run.importWeights(*weights);
    });
}

bool MainWindow::openFile(const QString &path)
{
    const auto opened = m_session->project.open(path);
    if (!opened) showError(sentence(opened.error()));
    return static_cast<bool>(opened);
}

void MainWindow::open()
{
    guarded([this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Open a project"), {},
                                                          tr("Ostrich projects (*.ostrich)"));
        if (!path.isEmpty()) openFile(path);
    });
}

bool MainWindow::save()
{
    const QString path = m_session->project.filePath();
    if (path.isEmpty()) return saveAs();
    return saveTo(path);
}

bool MainWindow::saveAs()
{
    QFileDialog dialog(this, tr("Save the project"), {}, tr("Ostrich projects (*.ostrich)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("ostrich")); // before it asks whether to overwrite
    dialog.selectFile(m_session->project.name() + QStringLiteral(".ostrich"));
    return dialog.exec() == QDialog::Accepted && saveTo(dialog.selectedFiles().value(0));
}

bool MainWindow::saveTo(const QString &path)
{
    const auto saved = m_session->project.save(path);
    saved ? say(tr("Saved %1.").arg(QFileInfo(path).fileName()), false)
          : showError(sentence(saved.error()));
    return static_cast<bool>(saved);
}

void MainWindow::chooseData()
{
    ProjectModel &project = m_session->project;
    DataDialog dialog(project.project().data, this);
    if (dialog.exec() != QDialog::Accepted) return;
    if (dialog.source() == project.project().data && !m_session->data.dataset())
        project.retryData();
    else
        project.setData(dialog.source());
}

void MainWindow::offerRecovery()
{
    const QString file = ProjectModel::recoverableFile();
    if (file.isEmpty()) return;
    m_errorShown = m_fitOffered = false;
    const auto recover = [this, file] {
        if (const auto done = m_session->project.recover(file); !done)
            showError(sentence(done.error()));
    };
    m_messages->showMessage(tr("Ostrich ended unexpectedly. Your last changes were kept."), false,
                            {{tr("Recover them"), [this, recover] { guarded(recover); }, {}},
                             {tr("Discard them"), [file] { ProjectModel::discard(file); }, {}}});
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->ignore();
    guarded([this, event] {
        m_session->run.discardUnsavedRuns();
        m_session->project.discardAutosave();
        saveLayout();
        event->accept();
    });
}

} // namespace ostrich::ui
