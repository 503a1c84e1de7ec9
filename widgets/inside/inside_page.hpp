// One way to show what the probes tell: the middle of Inside for one family of looks.
#pragma once

#include "inside/reading.hpp"

#include <QWidget>

namespace ostrich::ui {

class InsidePage : public QWidget {
    Q_OBJECT
public:
    explicit InsidePage(InsideModel *model, QWidget *parent = nullptr)
        : QWidget(parent), m_model(model)
    {
    }
    virtual bool shows(Look look) const = 0;
    /// What stands at the right of the tabs while the page is in front; null: nothing.
    virtual QWidget *choices() { return nullptr; }
    /// Takes what the model has now; called only in front.
    virtual void refresh() = 0;

protected:
    InsideModel *m_model;
};

} // namespace ostrich::ui
