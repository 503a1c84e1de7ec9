// A text that the network writes on, token by token: a beginning, a temperature, and what comes
// next as bars. Follows the training.
#pragma once

#include "inside/following_panel.hpp"
#include "inside/writer.hpp"
#include "model/background.hpp"

#include <QStringList>

#include <span>

class QPlainTextEdit;
class QPushButton;
class QSlider;
class QSpinBox;

namespace ostrich::ui {

class NextTokenBars;

class WriteOnPanel : public FollowingPanel {
    Q_OBJECT
public:
    WriteOnPanel(InsideModel *model, Session *session, QWidget *parent = nullptr);

    bool writing() const { return m_writing; }

private:
    QWidget *body();
    QWidget *writeRow();
    double temperature() const;
    std::vector<std::int32_t> ids() const; // of the whole text
    void takeSample();                     // its text is the beginning
    void textEdited();
    void temperatureMoved();
    void ask() override; // for what comes next
    void writeOrStop();
    void write();
    void stop();
    void take(int serial, std::int32_t token, std::vector<float> logits);
    void begin(std::vector<std::int32_t> ids);
    QString added(std::int32_t token);
    void append(std::int32_t token);
    void showLogits(std::vector<float> logits);
    void markWritten();
    void setWriting(bool writing);

    QLabel *m_note, *m_heatText, *m_markNote;
    QPlainTextEdit *m_text;
    QSlider *m_heat;
    QPushButton *m_write;
    QSpinBox *m_count;
    NextTokenBars *m_bars;
    DatasetHandle m_whole; // whose tokens are named
    QStringList m_names;
    std::vector<std::int32_t> m_ids; // behind which the next token is appended
    std::string m_decoded;           // those
    int m_begun = 0;                 // where in the text the network took over
    bool m_writing = false, m_inserting = false;
    int m_serial = 0; // of the writing at hand; what belongs to an older one is dropped
    std::uint64_t m_seed = 0;
    std::shared_ptr<Writer> m_writer = std::make_shared<Writer>();
    Background m_background{1};
};

} // namespace ostrich::ui
