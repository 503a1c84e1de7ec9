// The form of the attack, from the registries of attacks and filters.
#include "fool/attack_panel.hpp"

#include "fool/attack_form.hpp"
#include "fool/fool_model.hpp"
#include "fool/surrogate_choice.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCheckBox>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

AttackPanel::AttackPanel(Session *session, FoolModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_form(new AttackForm),
      m_count(new QSpinBox),
      m_defence(new QComboBox),
      m_adaptive(new QCheckBox(tr("adaptive"))),
      m_all(new QPushButton)
{
    build();
    fillDefences();
    connectAll();
    fillTargets();
}

void AttackPanel::connectAll()
{
    connect(m_form, &AttackForm::changed, m_model, &FoolModel::setOptions);
    connect(m_form, &AttackForm::defenceChanged, m_model, &FoolModel::setDefence);
    offerSurrogates(*m_form, *m_model);
    connect(m_defence, &QComboBox::activated, this, &AttackPanel::changeDefence);
    connect(m_adaptive, &QCheckBox::clicked, this, &AttackPanel::changeDefence);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_model->sweeping() ? m_model->cancelSweep() : m_model->startSweep(m_count->value());
    });
    connect(m_model, &FoolModel::optionsChanged, this, &AttackPanel::refresh);
    connect(m_model, &FoolModel::resultChanged, this,
            [this] { m_form->showTime(m_model->result()); });
    connect(m_model, &FoolModel::sweepChanged, this, &AttackPanel::refresh);
    connect(m_model, &FoolModel::pictureChanged, this, &AttackPanel::refresh);
    connect(&m_session->data, &DataModel::loaded, this, &AttackPanel::fillTargets);
    connect(m_model, &FoolModel::networkChanged, this, &AttackPanel::refresh);
}

void AttackPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 20, 8);
    m_count->setRange(10, 100'000);
    m_count->setValue(200);
    m_count->setSingleStep(100);
    m_count->setToolTip(tr("Over how many test pictures the curve is measured"));
    m_all->setFixedWidth(168);
    m_form->more().setToolTip(
        tr("Random starts, and what this attack and this defence can be told"));
    m_adaptive->setToolTip(
        tr("Adaptive: the attack knows of the defence and sees past it (it takes its slope for 1: "
           "Athalye et al. 2018).\nOtherwise it takes the slope that there is, which may be zero: "
           "the mistake that makes a broken defence look good."));
    m_form->addRow(tr("Defence"), m_defence, m_adaptive);
    m_form->addRow(tr("Pictures"), m_count, m_all);
    layout->addWidget(m_form);
    layout->addStretch();
}

void AttackPanel::fillDefences()
{
    m_defence->setMinimumContentsLength(6);
    m_defence->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_defence->addItem(tr("none"));
    for (const attack::FilterDescription &d : attack::filters()) {
        m_defence->addItem(words(d.label), QString::fromStdString(d.name));
        m_defence->setItemData(m_defence->count() - 1,
                               words(d.help) + QLatin1Char('\n') + QString::fromStdString(d.source),
                               Qt::ToolTipRole);
    }
    m_defence->setToolTip(tr("What cleans the picture before the network sees it"));
    m_adaptive->setChecked(true);
}

void AttackPanel::fillTargets()
{
    m_form->fillTargets(*m_session);
    if (const auto dataset = m_session->data.dataset())
        m_count->setMaximum(static_cast<int>(
            std::max<std::int64_t>(10, dataset->split(data::Split::Test).count())));
    refresh();
}

void AttackPanel::refresh()
{
    const auto &defence = m_model->defence();
    showSurrogates(*m_form, *m_model, m_model->options());
    m_form->setChoices(m_model->options(), defence);
    m_form->showTime(m_model->result());
    m_defence->setCurrentIndex(
        defence ? m_defence->findData(QString::fromStdString(defence->filter)) : 0);
    m_adaptive->setVisible(defence.has_value());
    if (defence) m_adaptive->setChecked(defence->adaptive);
    setEnabled(!m_model->lacksPictures());
    const bool ready = m_model->obstacle().isEmpty();
    m_form->setReady(ready);
    const QString why = ready ? m_model->sweepObstacle() : QString();
    m_all->setEnabled(ready && why.isEmpty());
    m_all->setToolTip(why);
    m_count->setEnabled(m_all->isEnabled());
    m_all->setText(m_model->sweeping() ? tr("Cancel") : tr("Draw the curve"));
}

void AttackPanel::changeDefence()
{
    const std::string filter = m_defence->currentData().toString().toStdString();
    if (filter.empty()) return m_model->setDefence({});
    auto defence = m_model->defence();
    if (!defence || defence->filter != filter) defence = attack::FilterChoice{.filter = filter};
    defence->adaptive = m_adaptive->isChecked();
    m_model->setDefence(defence);
}

} // namespace ostrich::ui
