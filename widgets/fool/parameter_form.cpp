// Rows of labels and editors, made from specs alone.
#include "fool/parameter_form.hpp"

#include "theme/controls.hpp"
#include "theme/parameter_editor.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

bool sameSpecs(const std::vector<graph::ParameterSpec> &a,
               const std::vector<graph::ParameterSpec> &b)
{
    return std::ranges::equal(a, b, {}, &graph::ParameterSpec::name, &graph::ParameterSpec::name);
}

} // namespace

ParameterForm::ParameterForm(QWidget *parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
}

void ParameterForm::show(const std::vector<graph::ParameterSpec> &specs,
                         const graph::Parameters &values)
{
    if (sameSpecs(specs, m_specs) && values == m_values) return;
    for (QWidget *made : m_made) made->deleteLater();
    m_made.clear();
    m_specs = specs;
    m_values = values;
    for (const graph::ParameterSpec &spec : specs) {
        const auto known = values.find(spec.name);
        auto *label = new ElidingLabel(words(spec.label));
        auto *editor =
            new ParameterEditor(spec, known == values.end() ? spec.defaultValue : known->second);
        label->setToolTip(words(spec.help));
        editor->setAccessibleName(words(spec.label));
        connect(editor, &ParameterEditor::valueChanged, this,
                [this, spec](const graph::ParameterValue &value) { take(spec, value); });
        for (QLineEdit *line : editor->findChildren<QLineEdit *>())
            line->setCursorPosition(0); // a long text shows its beginning
        auto *row = new QWidget;        // of its own: a wide editor takes no other label's room
        auto *inside = new QHBoxLayout(row);
        inside->setContentsMargins(0, 0, 0, 0);
        inside->setSpacing(12);
        inside->addWidget(label, 1);
        inside->addWidget(editor);
        m_rows->addWidget(row);
        m_made.push_back(row);
    }
}

void ParameterForm::take(const graph::ParameterSpec &spec, const graph::ParameterValue &value)
{
    if (value == spec.defaultValue)
        m_values.erase(spec.name);
    else
        m_values[spec.name] = value;
    emit changed();
}

} // namespace ostrich::ui
