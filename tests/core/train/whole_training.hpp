// A recipe followed to its end, for tests that look at what came of it.
#pragma once

#include "train/run.hpp"
#include "train/trainer.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <utility>

namespace whole_training {

using namespace ostrich;

/// What is there; the test program ends with the error's words where there is none.
template <typename T>
T value(Result<T> result)
{
    if (!result) qFatal("%s", sentence(result.error(), Language::English).c_str());
    return std::move(*result);
}

/// Plays `setup` to the end of its recipe, in its folder.
inline void follow(const train::TrainerSetup &setup)
{
    const auto trainer = value(train::Trainer::create(setup));
    trainer->play();
    while (trainer->state() != train::State::Finished) {
        if (trainer->state() == train::State::Failed) qFatal("the training failed");
        trainer->waitForEvents(std::chrono::milliseconds(100));
    }
}

/// The network with its best weights at the end of the recipe.
inline engine::ModelHandle trained(train::TrainerSetup setup)
{
    QTemporaryDir home;
    setup.runFolder = home.filePath("run").toStdString();
    follow(setup);
    return value(train::loadModel(value(train::openRun(setup.runFolder))));
}

} // namespace whole_training
