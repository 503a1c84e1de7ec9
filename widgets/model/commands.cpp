// What each undo command does to the project.
#include "model/commands.hpp"

#include "theme/theme.hpp"

#include <variant>

namespace ostrich::ui {

namespace {

/// `later` after `edit`, as one. Inside a group each is the group's network before and after: what
/// lies between need not be kept.
void append(graph::Edit &edit, const graph::Edit &later)
{
    const auto insideOf = [](const graph::Edit &each) {
        return each.changes.size() == 1 ? std::get_if<graph::SetInside>(&each.changes.front())
                                        : nullptr;
    };
    const graph::SetInside *first = insideOf(edit), *last = insideOf(later);
    if (first && last && first->id == last->id)
        edit.changes = {graph::SetInside{first->id, first->before, last->after}};
    else
        edit.changes.insert(edit.changes.end(), later.changes.begin(), later.changes.end());
}

} // namespace

NetworkCommand::NetworkCommand(ProjectModel *model, graph::Edit edit, const QString &mergeKey,
                               const QString &text)
    : MergingCommand(model, text.isEmpty() ? sentence(edit.name) : text, mergeKey),
      m_edit(std::move(edit)),
      m_scope(model->scope())
{
}

void NetworkCommand::run(const graph::Edit &edit)
{
    [[maybe_unused]] const auto done = graph::apply(edit, m_model->m_project.network);
    assert(done); // ProjectModel::apply tried it; undo and redo only go back and forth
    m_model->followNetwork(m_scope);
}

void NetworkCommand::redo()
{
    run(m_edit);
}

void NetworkCommand::undo()
{
    run(graph::invert(m_edit));
}

bool NetworkCommand::mergeWith(const QUndoCommand *other)
{
    if (!sameKey(other)) return false;
    const auto *later = static_cast<const NetworkCommand *>(other);
    if (later->m_scope != m_scope) return false;
    append(m_edit, later->m_edit);
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
