// The editor of one described value: spin box, choice, switch or text, made from its spec alone.
#pragma once

#include "graph/parameter.hpp"

#include <QWidget>

#include <functional>

namespace ostrich::ui {

/// What the inspector and the recipe panel put at the right of a label. The tooltip tells the
/// field's name and help.
class ParameterEditor : public QWidget {
    Q_OBJECT
public:
    ParameterEditor(const graph::ParameterSpec &spec, const graph::ParameterValue &value,
                    QWidget *parent = nullptr);

    /// Shows `value` without telling of a change; leaves a field alone that is being typed into
    /// with the same value.
    void setValue(const graph::ParameterValue &value);

signals:
    void valueChanged(const graph::ParameterValue &value); // by Enter, the focus leaving, a step
    void editingFinished();                                // the focus left: stop merging

private:
    void build(const graph::ParameterValue &value);
    void tell(const graph::ParameterValue &value); // unless it is the value already
    void addInteger();
    void addReal();
    void addBoolean();
    void addChoice();
    void addPadding();
    void addSymbolReal();
    /// A field with words to choose from, in which a number may be typed as well.
    void addWordOrNumber(const QStringList &offered,
                         std::function<std::optional<graph::ParameterValue>(const QString &)> read);
    void addText();
    void addList();

    graph::ParameterSpec m_spec;
    graph::ParameterValue m_value; // last shown or told, whatever is being typed
    std::function<void(const graph::ParameterValue &)> m_show;
};

} // namespace ostrich::ui
