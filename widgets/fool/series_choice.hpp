// Test series that the network reads rightly, as small cards to choose from.
#pragma once

#include "model/data_model.hpp"

#include <QListWidget>

#include <vector>

namespace ostrich::ui {

struct Session;
class SeriesModel;

class SeriesChoice : public QListWidget {
    Q_OBJECT
public:
    SeriesChoice(Session *session, SeriesModel *model, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override { return QSize(200, 80); }

private:
    void refill();

    Session *m_session;
    SeriesModel *m_model;
    std::vector<SampleRef> m_samples;
    bool m_filling = false;
};

} // namespace ostrich::ui
