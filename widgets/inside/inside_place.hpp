// The place Inside: what to look at and the sample at the left, the look in the middle, how to read
// it at the right.
#pragma once

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QStackedWidget;

namespace ostrich::ui {

struct Session;
class InsideModel;
class InsidePage;
class Panels;
class ProbabilityBars;
class SegmentedControl;

class InsidePlace : public QWidget {
    Q_OBJECT
public:
    explicit InsidePlace(Session *session, QWidget *parent = nullptr);

    InsideModel *model() { return m_model; }
    Panels *panels() { return m_panels; }
    QString hint() const; // for the status row

signals:
    void hintChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *leftColumn();
    QWidget *middleColumn();
    QWidget *answerPart();
    void addPage(InsidePage *page);
    InsidePage *page() const; // of the look at hand
    void showSubject();
    void showTabs();
    void showSample();
    void showResults();
    void showAnswer();

    Session *m_session;
    InsideModel *m_model;
    Panels *m_panels;
    SegmentedControl *m_tabs = nullptr;
    QWidget *m_strip = nullptr, *m_tabsHolder = nullptr, *m_answerPart = nullptr;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_message = nullptr, *m_sampleTitle = nullptr, *m_sampleNote = nullptr,
           *m_answerTitle = nullptr, *m_trouble = nullptr;
    QLineEdit *m_text = nullptr;
    ProbabilityBars *m_answer = nullptr;
    std::vector<InsidePage *> m_all;
    QStringList m_tabNames;
    bool m_filling = false;
};

} // namespace ostrich::ui
