// A message with actions across the top of the place: for what needs an answer but no dialog.
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace ostrich::ui {

class MessageBar : public QWidget {
    Q_OBJECT
public:
    struct Action {
        QString text;
        std::function<void()> run; // the bar closes first
        QString tip = {};
    };
    explicit MessageBar(QWidget *parent = nullptr);
    void showMessage(const QString &text, bool isError, std::vector<Action> actions = {});

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QHBoxLayout *m_buttons;
    bool m_isError = false;
};

} // namespace ostrich::ui
