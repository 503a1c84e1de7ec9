// "Sample": the first samples of the validation split as chips, words or small pictures, each with
// its answer.
#pragma once

#include "model/data_model.hpp"

#include <QListWidget>

namespace ostrich::ui {

struct Session;
class InsideModel;

class SampleList : public QListWidget {
    Q_OBJECT
public:
    SampleList(InsideModel *model, Session *session, QWidget *parent = nullptr);

    /// One row; a picture where there are no words.
    struct Row {
        SampleRef sample;
        QStringList chips;
        QString text, answer;
        QImage picture;
    };
    const Row *row(int index) const;

private:
    void reload();
    void follow(); // the selection
    Row rowFor(const SampleRef &sample) const;

    InsideModel *m_model;
    Session *m_session;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::vector<Row> m_rows;
    bool m_filling = false;
};

} // namespace ostrich::ui
