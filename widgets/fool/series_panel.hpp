// The attack on a series: what an attack on any sample has, in the words of series.
#pragma once

#include <QWidget>

namespace ostrich::ui {

struct Session;
class AttackForm;
class SeriesModel;

class SeriesPanel : public QWidget {
    Q_OBJECT
public:
    SeriesPanel(Session *session, SeriesModel *model, QWidget *parent = nullptr);

private:
    void fillTargets();
    void refresh();

    Session *m_session;
    SeriesModel *m_model;
    AttackForm *m_form;
};

} // namespace ostrich::ui
