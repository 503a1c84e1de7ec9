// The form of the attack, tied to the model of the series.
#include "fool/series_panel.hpp"

#include "fool/attack_fields.hpp"
#include "fool/attack_form.hpp"
#include "fool/fool_model.hpp"
#include "fool/series_model.hpp"
#include "fool/surrogate_choice.hpp"
#include "model/session.hpp"

#include <QVBoxLayout>

namespace ostrich::ui {

SeriesPanel::SeriesPanel(Session *session, SeriesModel *model, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(model), m_form(new AttackForm)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 20, 8);
    layout->addWidget(m_form);
    layout->addStretch();
    m_form->method().keepToSeries();
    connect(m_form, &AttackForm::changed, model, &SeriesModel::setOptions);
    offerSurrogates(*m_form, model->fool());
    connect(&model->fool(), &FoolModel::networkChanged, this, &SeriesPanel::refresh);
    connect(model, &SeriesModel::optionsChanged, this, &SeriesPanel::refresh);
    connect(model, &SeriesModel::resultChanged, this, &SeriesPanel::refresh);
    connect(model, &SeriesModel::seriesChanged, this, &SeriesPanel::refresh);
    connect(&session->data, &DataModel::loaded, this, &SeriesPanel::fillTargets);
    fillTargets();
}

void SeriesPanel::fillTargets()
{
    m_form->fillTargets(*m_session);
    refresh();
}

void SeriesPanel::refresh()
{
    showSurrogates(*m_form, m_model->fool(), m_model->options());
    m_form->setChoices(m_model->options());
    m_form->showTime(m_model->result());
    setEnabled(!m_model->series().empty());
}

} // namespace ostrich::ui
