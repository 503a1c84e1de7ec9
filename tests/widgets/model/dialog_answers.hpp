// Answers to the dialogs that stop a test until somebody answers them.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QCompleter>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>

namespace answers {

/// Hands the next modal dialog to `answer`, once it is in front. The result counts the answers.
inline std::shared_ptr<int> next(std::function<void(QDialog *)> answer)
{
    auto given = std::make_shared<int>(0);
    auto *poll = new QTimer(qApp);
    QObject::connect(poll, &QTimer::timeout, poll, [poll, given, answer = std::move(answer)] {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (!dialog || !dialog->isActiveWindow()) return;
        poll->stop();
        poll->deleteLater();
        ++*given;
        answer(dialog);
        if (dialog->isVisible()) dialog->reject(); // no test hangs on what it failed to answer
    });
    poll->start(5);
    return given;
}

/// Types `path` into the next file dialog and takes it.
inline std::shared_ptr<int> file(const QString &path)
{
    return next([path](QDialog *dialog) {
        auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        if (!field) return;
        field->setCompleter(nullptr); // its list would take the keys
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, path);
        QTest::keyClick(dialog, Qt::Key_Return);
    });
}

/// Clicks the button `text` of the next question.
inline std::shared_ptr<int> button(const QString &text)
{
    return next([text](QDialog *dialog) {
        for (QAbstractButton *button : dialog->findChildren<QAbstractButton *>())
            if (button->text() == text) QTest::mouseClick(button, Qt::LeftButton);
    });
}

} // namespace answers
