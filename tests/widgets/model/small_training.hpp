// Projects that train in a blink, and waiting for what a session does in the background.
#pragma once

#include "model/session.hpp"
#include "project/templates.hpp"

#include <QTest>

namespace small {

using namespace ostrich;
using namespace ostrich::ui;

// ms: work goes on behind other programs, which may take both cores for a while.
constexpr int kPatience = 150'000;

inline const char *const kDigits = "glyphs?test=120&train=300&validation=100";

/// A starter project with few data and epochs.
inline project::Project project(const std::string &templateName, const std::string &data,
                                std::int64_t epochs)
{
    project::Project project = *project::newProject(templateName);
    project.data = data;
    project.recipe.epochs = epochs;
    project.recipe.early_stopping = false;
    project.recipe.precision = "fp32";
    return project;
}

/// Points of two spirals through a small perceptron: hundreds of epochs a second.
inline project::Project spirals(std::int64_t epochs)
{
    return project("mlp", "spirals", epochs);
}

inline bool waitForData(Session &session)
{
    return QTest::qWaitFor([&] { return session.data.dataset() != nullptr; }, kPatience);
}

inline bool waitForEpochs(Session &session, std::size_t count)
{
    return QTest::qWaitFor([&] { return session.run.epochs().size() >= count; }, kPatience);
}

/// Until the run has ended and its best model has answered validation and test.
inline bool waitForModel(Session &session)
{
    return QTest::qWaitFor(
        [&] {
            return session.run.model() && session.run.evaluation(data::Split::Test).has_value();
        },
        kPatience);
}

/// Puts `project` on the table, unsaved, and trains it to its end.
inline bool train(Session &session, project::Project project)
{
    session.project.setProject(std::move(project), {});
    if (!waitForData(session)) return false;
    session.run.play();
    return waitForModel(session);
}

} // namespace small
