// The form is made from the filter's own description.
#include "fool/studies/filter_dialog.hpp"

#include "fool/parameter_form.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kWide = 400;

} // namespace

FilterDialog::FilterDialog(const attack::FilterDescription &filter, const QString &network,
                           QWidget *parent)
    : QDialog(parent), m_filter(filter.name), m_form(new ParameterForm)
{
    setWindowTitle(tr("%1 behind a filter").arg(network));
    setMinimumWidth(kWide);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto *title = new QLabel(words(filter.label));
    title->setFont(Theme::instance().font(FontRole::BlockTitle));
    auto *help = mutedLabel(words(filter.help));
    help->setWordWrap(true);
    help->setToolTip(QString::fromStdString(filter.source));
    std::vector<graph::ParameterSpec> specs = filter.parameters;
    specs.push_back(attack::adaptiveOption());
    m_form->show(specs, {});
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    buttons->addButton(tr("Set it beside the others"), QDialogButtonBox::AcceptRole)
        ->setDefault(true);
    for (QWidget *part : {static_cast<QWidget *>(title), static_cast<QWidget *>(help),
                          static_cast<QWidget *>(m_form), static_cast<QWidget *>(buttons)})
        layout->addWidget(part);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

attack::FilterChoice FilterDialog::choice() const
{
    const std::string adaptive = attack::adaptiveOption().name;
    attack::FilterChoice choice{.filter = m_filter, .parameters = m_form->values()};
    if (const auto given = choice.parameters.extract(adaptive); !given.empty())
        choice.adaptive = std::get<bool>(given.mapped());
    return choice;
}

std::optional<attack::FilterChoice> FilterDialog::ask(const attack::FilterDescription &filter,
                                                      const QString &network, QWidget *parent)
{
    FilterDialog dialog(filter, network, parent);
    if (dialog.exec() != QDialog::Accepted) return {};
    return dialog.choice();
}

} // namespace ostrich::ui
