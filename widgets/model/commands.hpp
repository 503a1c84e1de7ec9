// Undo commands over the project's values: one class per kind of value, each a few lines.
#pragma once

#include "model/project_model.hpp"

#include <QUndoCommand>

namespace ostrich::ui {

/// Commands with the same non-empty key in a row become one.
class MergingCommand : public QUndoCommand {
public:
    MergingCommand(ProjectModel *model, const QString &text, QString mergeKey)
        : QUndoCommand(text), m_model(model), m_mergeKey(std::move(mergeKey))
    {
    }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }

protected:
    bool sameKey(const QUndoCommand *other) const
    {
        const auto *merging = dynamic_cast<const MergingCommand *>(other);
        return merging && merging->m_mergeKey == m_mergeKey;
    }
    ProjectModel *m_model;

private:
    QString m_mergeKey;
};

class NetworkCommand : public MergingCommand {
public:
    /// `edit` is one of the whole network. Undo and redo bring into view what was when it was made.
    /// `text`: its name in the undo menu; empty: the edit's own.
    NetworkCommand(ProjectModel *model, graph::Edit edit, const QString &mergeKey,
                   const QString &text = {});
    void redo() override;
    void undo() override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    void run(const graph::Edit &edit);
    graph::Edit m_edit;
    std::vector<std::string> m_scope;
};

class RecipeCommand : public MergingCommand {
public:
    RecipeCommand(ProjectModel *model, project::Recipe after, const QString &text,
                  const QString &mergeKey);
    void redo() override;
    void undo() override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    void set(const project::Recipe &recipe);
    project::Recipe m_before, m_after;
};

class DataCommand : public MergingCommand {
public:
    DataCommand(ProjectModel *model, std::string after, const QString &text);
    void redo() override;
    void undo() override;

private:
    void set(const std::string &source);
    std::string m_before, m_after;
};

} // namespace ostrich::ui
