// The form of the attack, from the registry of attacks.
#include "fool/attack_panel.hpp"

#include "fool/fool_model.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

AttackPanel::AttackPanel(Session *session, FoolModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_method(new QComboBox),
      m_target(new QComboBox),
      m_steps(new QSpinBox),
      m_count(new QSpinBox),
      m_norm(new SegmentedControl({QStringLiteral("L∞"), QStringLiteral("L2")}, true)),
      m_time(mutedLabel()),
      m_restart(new QPushButton(tr("Random start"))),
      m_all(new QPushButton),
      m_save(new QPushButton(tr("Save PNG…")))
{
    build();
    fillTargets();
    refresh();
    connect(m_method, &QComboBox::currentIndexChanged, this, &AttackPanel::change);
    connect(m_target, &QComboBox::currentIndexChanged, this, &AttackPanel::change);
    connect(m_steps, &QSpinBox::valueChanged, this, &AttackPanel::change);
    connect(m_norm, &SegmentedControl::currentIndexChanged, this, &AttackPanel::change);
    connect(m_restart, &QPushButton::clicked, this, [this] {
        attack::AttackOptions options = m_model->options();
        ++options.seed;
        m_model->setOptions(options);
    });
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_model->sweeping() ? m_model->cancelSweep() : m_model->startSweep(m_count->value());
    });
    connect(m_save, &QPushButton::clicked, this, &AttackPanel::saveWanted);
    connect(model, &FoolModel::optionsChanged, this, &AttackPanel::refresh);
    connect(model, &FoolModel::resultChanged, this, &AttackPanel::refresh);
    connect(model, &FoolModel::sweepChanged, this, &AttackPanel::refresh);
    connect(model, &FoolModel::pictureChanged, this, &AttackPanel::refresh);
    connect(&session->data, &DataModel::loaded, this, &AttackPanel::fillTargets);
}

void AttackPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 20, 8);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("Attack")));
    head->addStretch();
    head->addWidget(m_time);
    layout->addLayout(head);
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    for (const attack::AttackDescription &d : attack::attacks()) {
        m_method->addItem(words(d.label), QString::fromStdString(d.name));
        m_method->setItemData(m_method->count() - 1,
                              words(d.help) + QLatin1Char('\n') + QString::fromStdString(d.source),
                              Qt::ToolTipRole);
    }
    m_steps->setRange(1, 1000);
    m_steps->setSuffix(QLatin1Char(' ') + tr("steps"));
    m_steps->setFixedWidth(124);
    auto *method = new QHBoxLayout;
    method->setSpacing(8);
    method->addWidget(m_method, 1);
    method->addWidget(m_steps);
    m_count->setRange(10, 100'000);
    m_count->setValue(200);
    m_count->setSingleStep(100);
    m_count->setFixedWidth(92);
    m_count->setToolTip(tr("Over how many test pictures the curve is measured"));
    m_count->setAccessibleName(m_count->toolTip());
    m_restart->setToolTip(tr("The same attack from another random start"));
    m_norm->setToolTip(tr("L∞ bounds each pixel's change, L2 the length of all changes together"));
    const std::pair<QString, QWidget *> rows[] = {{tr("Norm"), m_norm}, {tr("Target"), m_target}};
    form->addWidget(mutedLabel(tr("Method")), 0, 0);
    form->addLayout(method, 0, 1);
    int row = 1;
    for (const auto &[label, field] : rows) {
        form->addWidget(mutedLabel(label), row, 0);
        field == m_norm ? form->addWidget(field, row, 1, Qt::AlignLeft)
                        : form->addWidget(field, row, 1);
        field->setAccessibleName(label);
        ++row;
    }
    form->addWidget(mutedLabel(tr("Pictures")), row, 0);
    auto *curve = new QHBoxLayout;
    curve->setSpacing(8);
    curve->addWidget(m_count);
    curve->addWidget(m_all, 1);
    form->addLayout(curve, row, 1);
    layout->addLayout(form);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_restart);
    buttons->addWidget(m_save);
    buttons->addStretch();
    layout->addLayout(buttons);
    layout->addStretch();
}

void AttackPanel::fillTargets()
{
    const QScopedValueRollback filling(m_filling, true);
    m_target->clear();
    m_target->addItem(tr("any other class"), -1);
    const auto &names = m_session->project.facts().classNames;
    for (std::size_t i = 0; i < names.size(); ++i)
        m_target->addItem(m_session->data.className(static_cast<std::int64_t>(i)),
                          static_cast<int>(i));
    if (const auto dataset = m_session->data.dataset())
        m_count->setMaximum(static_cast<int>(
            std::max<std::int64_t>(10, dataset->split(data::Split::Test).count())));
    refresh();
}

void AttackPanel::refresh()
{
    const QScopedValueRollback filling(m_filling, true);
    const attack::AttackOptions &options = m_model->options();
    m_method->setCurrentIndex(m_method->findData(QString::fromStdString(options.attack)));
    m_steps->setValue(static_cast<int>(options.steps));
    m_norm->setCurrentIndex(options.norm == attack::Norm::L2 ? 1 : 0);
    m_target->setCurrentIndex(
        m_target->findData(options.target ? static_cast<int>(*options.target) : -1));
    const auto &all = attack::attacks();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto &d) { return d.name == options.attack; });
    m_steps->setEnabled(found != all.end() && found->usesSteps);
    m_target->setEnabled(found != all.end() && found->usesGradient);
    const auto &result = m_model->result();
    m_time->setText(result ? tr("%1 s").arg(QLocale().toString(result->seconds, 'f',
                                                               result->seconds < 0.1 ? 2 : 1))
                           : QString());
    const bool ready = m_model->obstacle().isEmpty();
    for (QWidget *field : {static_cast<QWidget *>(m_restart), static_cast<QWidget *>(m_all),
                           static_cast<QWidget *>(m_count)})
        field->setEnabled(ready);
    m_save->setEnabled(ready && result.has_value());
    m_all->setText(m_model->sweeping() ? tr("Cancel") : tr("Draw the curve"));
}

void AttackPanel::change()
{
    if (m_filling) return;
    attack::AttackOptions options = m_model->options();
    options.attack = m_method->currentData().toString().toStdString();
    options.steps = m_steps->value();
    options.norm = m_norm->currentIndex() == 1 ? attack::Norm::L2 : attack::Norm::Linf;
    const int target = m_target->currentData().toInt();
    options.target = target >= 0 ? std::optional<std::int64_t>(target) : std::nullopt;
    m_model->setOptions(options);
}

} // namespace ostrich::ui
