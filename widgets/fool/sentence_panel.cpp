// The form of the exchange of words: its fields are those that the attack describes.
#include "fool/sentence_panel.hpp"

#include "fool/answer_text.hpp"
#include "fool/attack_fields.hpp"
#include "fool/parameter_form.hpp"
#include "fool/sentence_model.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ostrich::ui {

SentencePanel::SentencePanel(Session *session, SentenceModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_target(new ClassBox),
      m_form(new ParameterForm),
      m_time(mutedLabel())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 20, 8);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("Exchange of words")));
    head->addStretch();
    head->addWidget(m_time);
    layout->addLayout(head);
    auto *target = new QHBoxLayout;
    target->setSpacing(12);
    target->addWidget(new QLabel(tr("Target")));
    target->addWidget(m_target, 1);
    m_target->setAccessibleName(tr("Target"));
    m_target->setToolTip(tr("What the sentence should be taken for"));
    layout->addLayout(target);
    layout->addWidget(m_form);
    layout->addStretch();
    connect(m_target, &ClassBox::chosen, this,
            [this] { m_model->setTarget(m_target->chosenClass()); });
    connect(m_form, &ParameterForm::changed, this,
            [this] { m_model->setParameters(m_form->values()); });
    connect(model, &SentenceModel::optionsChanged, this, &SentencePanel::refresh);
    connect(model, &SentenceModel::resultChanged, this, &SentencePanel::refresh);
    connect(&session->data, &DataModel::loaded, this, &SentencePanel::fillTargets);
    fillTargets();
}

void SentencePanel::fillTargets()
{
    m_target->fillWithClasses(*m_session);
    refresh();
}

void SentencePanel::refresh()
{
    m_target->setClass(m_model->target());
    m_form->show(attack::wordParameters(), m_model->parameters());
    const auto &result = m_model->result();
    m_time->setText(result ? secondsText(result->seconds) : QString());
}

} // namespace ostrich::ui
