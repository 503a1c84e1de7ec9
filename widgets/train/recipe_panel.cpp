// The recipe's form, from recipeFields() alone.
#include "train/recipe_panel.hpp"

#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/parameter_editor.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>

namespace ostrich::ui {

namespace {

/// Shown before "More settings" is pressed: what a first course touches.
const std::set<std::string> kFirst = {"optimizer", "learning_rate", "schedule",       "batch_size",
                                      "epochs",    "weight_decay",  "early_stopping", "patience"};

/// How a network is made hard to fool stands apart, below all the rest.
const std::string kDefence = "defence";

bool isDefence(const std::string &field)
{
    return field.starts_with(kDefence);
}

} // namespace

RecipePanel::RecipePanel(Session *session, QWidget *parent)
    : QScrollArea(parent), m_session(session)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(240);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(4);
    layout->addWidget(sectionTitle(tr("Recipe")));
    for (const graph::ParameterSpec &spec : project::recipeFields()) {
        if (spec.name == kDefence) {
            m_defenceTitle = sectionTitle(tr("Against attacks"));
            m_defenceTitle->setContentsMargins(0, 8, 0, 0);
            layout->addWidget(m_defenceTitle);
        }
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto *label = new ElidingLabel(words(spec.label));
        auto *editor = new ParameterEditor(
            spec, project::recipeValue(session->project.project().recipe, spec.name));
        label->setBuddy(editor);
        line->addWidget(label, 1);
        line->addWidget(editor);
        row->setMinimumHeight(30);
        layout->addWidget(row);
        m_editors[spec.name] = editor;
        m_rows[spec.name] = row;
        connect(editor, &ParameterEditor::valueChanged, this,
                [this, name = spec.name](const graph::ParameterValue &value) {
                    m_session->project.setRecipeValue(name, value);
                });
        connect(editor, &ParameterEditor::editingFinished, &session->project,
                &ProjectModel::finishMerge);
    }
    auto *more = new QPushButton(tr("More settings"));
    more->setProperty("role", "link");
    connect(more, &QPushButton::clicked, this, [this, more] {
        m_all = !m_all;
        more->setText(m_all ? tr("Fewer settings") : tr("More settings"));
        refresh();
    });
    layout->addWidget(more, 0, Qt::AlignLeft);
    m_note = mutedLabel();
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    layout->addStretch();
    setWidget(page);
    viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    connect(&session->project, &ProjectModel::recipeChanged, this, &RecipePanel::refresh);
    connect(&session->project, &ProjectModel::dataChanged, this, &RecipePanel::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &RecipePanel::refresh);
    refresh();
}

void RecipePanel::refresh()
{
    const project::Recipe &recipe = m_session->project.project().recipe;
    // What no attack knows how to push has no defence either, unless one is set already.
    const graph::DataFacts &facts = m_session->project.facts();
    const bool hasDefence = (facts.task == graph::Task::Classify && !facts.input.isTokens())
                            || recipe.defence != "none";
    for (const auto &[name, editor] : m_editors) {
        editor->setValue(project::recipeValue(recipe, name));
        const bool offered = isDefence(name) ? hasDefence : m_all || kFirst.contains(name);
        m_rows[name]->setVisible(offered && project::applies(recipe, name));
    }
    m_defenceTitle->setVisible(hasDefence);
    m_note->setText(
        m_session->run.running()
            ? tr("The learning rate changes at once; any other change starts a new run.")
            : tr("A change starts a new run; the old one stays."));
}

} // namespace ostrich::ui
