// Three panels, one in front.
#include "train/answers_panel.hpp"

#include "model/session.hpp"
#include "train/confusion_panel.hpp"
#include "train/forecast_panel.hpp"
#include "train/translation_panel.hpp"

namespace ostrich::ui {

namespace {

enum Page { kConfusion, kForecast, kTranslation };

} // namespace

AnswersPanel::AnswersPanel(Session *session, QWidget *parent)
    : QStackedWidget(parent), m_session(session)
{
    addWidget(new ConfusionPanel(session));
    addWidget(new ForecastPanel(session));
    addWidget(new TranslationPanel(session));
    connect(&session->project, &ProjectModel::dataChanged, this, &AnswersPanel::follow);
    follow();
}

void AnswersPanel::follow()
{
    switch (m_session->project.facts().task) {
    case graph::Task::Classify:
    case graph::Task::LabelSteps:
        return setCurrentIndex(kConfusion);
    case graph::Task::Regress:
        return setCurrentIndex(kForecast);
    case graph::Task::Translate:
        return setCurrentIndex(kTranslation);
    }
}

} // namespace ostrich::ui
