// Three short hints for the first start, dismissable for ever.
#pragma once

#include <QWidget>

class QLabel;

namespace ostrich::ui {

class HintBar : public QWidget {
    Q_OBJECT
public:
    explicit HintBar(QWidget *parent = nullptr);

private:
    void next();
    void show(int hint);
    QLabel *m_text;
    int m_hint = 0;
};

} // namespace ostrich::ui
