// Test sentences that the network reads rightly, to begin with.
#pragma once

#include "model/data_model.hpp"

#include <QListWidget>

#include <vector>

namespace ostrich::ui {

struct Session;
class SentenceModel;

class SentenceChoice : public QListWidget {
    Q_OBJECT
public:
    SentenceChoice(Session *session, SentenceModel *model, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override { return QSize(200, 60); }

private:
    void refill();
    void follow();

    Session *m_session;
    SentenceModel *m_model;
    std::vector<SampleRef> m_samples;
    bool m_filling = false;
};

} // namespace ostrich::ui
