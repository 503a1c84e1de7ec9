// The right column of Train for translations: some sentences, what they should be, and what the
// network makes of them.
#pragma once

#include "data/dataset.hpp"
#include "model/background.hpp"

#include <QWidget>

class QLabel;
class QScrollArea;

namespace ostrich::ui {

struct Session;
class SegmentedControl;

class TranslationPanel : public QWidget {
    Q_OBJECT
public:
    explicit TranslationPanel(Session *session, QWidget *parent = nullptr);

private:
    using Sentences = std::vector<std::vector<std::int32_t>>; // token ids

    bool showable() const;
    void refresh();
    void show(const data::Dataset &dataset, data::Split split, const Sentences &translated);
    data::Split split() const;

    Session *m_session;
    SegmentedControl *m_split;
    QLabel *m_empty, *m_table;
    QScrollArea *m_body;
    Background m_translator{1};
};

} // namespace ostrich::ui
