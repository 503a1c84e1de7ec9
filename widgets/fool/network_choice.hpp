// The field "Network": which one is attacked. A run that is chosen here is shown everywhere; a
// TorchScript file is attacked in Fool alone.
#pragma once

#include <QWidget>

class QComboBox;

namespace ostrich::ui {

struct Session;
class FoolModel;

class NetworkChoice : public QWidget {
    Q_OBJECT
public:
    NetworkChoice(Session *session, FoolModel *model, QWidget *parent = nullptr);
    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    void statusMessage(const QString &text, bool isError);

private:
    void refresh();
    bool addFile(); // false: there is none
    int addRuns();  // the place of that at hand; -1: it is none of these
    void add(const QString &text, int kind, const QString &folder = {});
    void take(int index);
    void openFile(); // asks first
    Session *m_session;
    FoolModel *m_model;
    QComboBox *m_box;
};

} // namespace ostrich::ui
