// Rows of labels and editors, made from specs alone.
#include "fool/parameter_form.hpp"

#include "theme/controls.hpp"
#include "theme/parameter_editor.hpp"
#include "theme/theme.hpp"

#include <QGridLayout>
#include <QLineEdit>

#include <algorithm>

namespace ostrich::ui {

namespace {

bool sameSpecs(const std::vector<graph::ParameterSpec> &a,
               const std::vector<graph::ParameterSpec> &b)
{
    return std::ranges::equal(a, b, {}, &graph::ParameterSpec::name, &graph::ParameterSpec::name);
}

} // namespace

ParameterForm::ParameterForm(QWidget *parent) : QWidget(parent), m_rows(new QGridLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(12);
    m_rows->setVerticalSpacing(4);
    m_rows->setColumnStretch(0, 1);
}

void ParameterForm::show(const std::vector<graph::ParameterSpec> &specs,
                         const graph::Parameters &values)
{
    if (sameSpecs(specs, m_specs) && values == m_values) return;
    for (QWidget *made : m_made) made->deleteLater();
    m_made.clear();
    m_specs = specs;
    m_values = values;
    int row = 0;
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
        m_rows->addWidget(label, row, 0);
        m_rows->addWidget(editor, row++, 1);
        m_made.push_back(label);
        m_made.push_back(editor);
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
