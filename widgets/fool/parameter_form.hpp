// A form of described values: a label and an editor for each.
#pragma once

#include "graph/parameter.hpp"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace ostrich::ui {

class ParameterForm : public QWidget {
    Q_OBJECT
public:
    explicit ParameterForm(QWidget *parent = nullptr);

    /// `values` that are missing are shown with their defaults.
    void show(const std::vector<graph::ParameterSpec> &specs, const graph::Parameters &values);
    const graph::Parameters &values() const { return m_values; } // those that are not the default
    bool isEmpty() const { return m_specs.empty(); }

signals:
    void changed();

private:
    void take(const graph::ParameterSpec &spec, const graph::ParameterValue &value);
    QVBoxLayout *m_rows;
    std::vector<QWidget *> m_made;
    std::vector<graph::ParameterSpec> m_specs;
    graph::Parameters m_values;
};

} // namespace ostrich::ui
