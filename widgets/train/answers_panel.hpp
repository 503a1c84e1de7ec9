// The right column of Train: what the trained network answers, by what its data ask.
#pragma once

#include <QStackedWidget>

namespace ostrich::ui {

struct Session;

/// Classes: the confusion matrix. Numbers: the forecast plot. Another sentence: translations.
class AnswersPanel : public QStackedWidget {
    Q_OBJECT
public:
    explicit AnswersPanel(Session *session, QWidget *parent = nullptr);

private:
    void follow();
    Session *m_session;
};

} // namespace ostrich::ui
