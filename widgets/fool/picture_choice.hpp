// Which picture is attacked: a few test pictures, and a button for one's own.
#pragma once

#include "model/data_model.hpp"

#include <QWidget>

#include <optional>
#include <vector>

class QToolButton;

namespace ostrich::ui {

struct Session;
class FoolModel;

class PictureChoice : public QWidget {
    Q_OBJECT
public:
    PictureChoice(Session *session, FoolModel *model, QWidget *parent = nullptr);

signals:
    void openWanted();
    void pasteWanted();
    void shootWanted();

private:
    void refresh();
    void another(); // a random test picture
    Session *m_session;
    FoolModel *m_model;
    std::vector<QToolButton *> m_buttons;
    std::vector<SampleRef> m_samples;
    std::optional<std::int64_t> m_target; // when they were chosen
};

} // namespace ostrich::ui
