// What starts a comparison, and while it is trained how far it is and how to end it.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedLayout;

namespace ostrich::ui {

struct Session;
class ElidingLabel;

class CompareControls : public QWidget {
    Q_OBJECT
public:
    explicit CompareControls(Session *session, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillStart();
    QWidget *progressRow();
    void refreshPossible();
    void chooseWords(); // short ones where the row is narrow
    void refreshProgress();

    Session *m_session;
    QStackedLayout *m_rows;
    QPushButton *m_readers, *m_more, *m_cancel;
    QWidget *m_start;
    QSpinBox *m_seeds;
    QLabel *m_seedsLabel;
    ElidingLabel *m_text;
    QProgressBar *m_bar;
};

} // namespace ostrich::ui
