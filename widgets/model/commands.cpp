// What each undo command does to the project.
#include "model/commands.hpp"

#include "theme/theme.hpp"

namespace ostrich::ui {

NetworkCommand::NetworkCommand(ProjectModel *model, graph::Edit edit, const QString &mergeKey,
                               const QString &text)
    : MergingCommand(model, text.isEmpty() ? sentence(edit.name) : text, mergeKey),
      m_edit(std::move(edit))
{
}

void NetworkCommand::redo()
{
    [[maybe_unused]] const auto done = graph::apply(m_edit, m_model->m_project.network);
    assert(done); // ProjectModel::apply tried it; undo and redo only go back and forth
    m_model->analyse();
    emit m_model->networkChanged();
}

void NetworkCommand::undo()
{
    [[maybe_unused]] const auto done =
        graph::apply(graph::invert(m_edit), m_model->m_project.network);
    assert(done);
    m_model->analyse();
    emit m_model->networkChanged();
}

bool NetworkCommand::mergeWith(const QUndoCommand *other)
{
    if (!sameKey(other)) return false;
    const graph::Edit &later = static_cast<const NetworkCommand *>(other)->m_edit;
    m_edit.changes.insert(m_edit.changes.end(), later.changes.begin(), later.changes.end());
    setText(other->text()); // it may name the value
    return true;
}

RecipeCommand::RecipeCommand(ProjectModel *model, project::Recipe after, const QString &text,
                             const QString &mergeKey)
    : MergingCommand(model, text, mergeKey),
      m_before(model->m_project.recipe),
      m_after(std::move(after))
{
}

void RecipeCommand::set(const project::Recipe &recipe)
{
    m_model->m_project.recipe = recipe;
    emit m_model->recipeChanged();
}

void RecipeCommand::redo()
{
    set(m_after);
}

void RecipeCommand::undo()
{
    set(m_before);
}

bool RecipeCommand::mergeWith(const QUndoCommand *other)
{
    if (!sameKey(other)) return false;
    m_after = static_cast<const RecipeCommand *>(other)->m_after;
    return true;
}

DataCommand::DataCommand(ProjectModel *model, std::string after, const QString &text)
    : MergingCommand(model, text, {}), m_before(model->m_project.data), m_after(std::move(after))
{
}

void DataCommand::set(const std::string &source)
{
    m_model->m_project.data = source;
    m_model->readFacts();
    m_model->analyse();
    emit m_model->dataChanged();
    emit m_model->networkChanged();
}

void DataCommand::redo()
{
    set(m_after);
}

void DataCommand::undo()
{
    set(m_before);
}

} // namespace ostrich::ui
