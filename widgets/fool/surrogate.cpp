// Reading the weights of a run.
#include "fool/surrogate.hpp"

#include "train/run.hpp"

namespace ostrich::ui {

Surrogate::Surrogate(QObject *parent) : QObject(parent) {}

void Surrogate::read(const std::filesystem::path &folder)
{
    if (folder == m_folder) return;
    forget();
    m_folder = folder;
    m_isReading = true;
    m_background.run([this, folder](std::stop_token) -> Background::Finish {
        const auto run = train::openRun(folder);
        auto model = run ? train::loadModel(*run) : Result<engine::ModelHandle>(run.error());
        return [this, model = std::move(model)] {
            m_isReading = false;
            if (model)
                m_classifier = attack::Subject(*model).classifier;
            else
                m_problem = model.error();
            emit ended();
        };
    });
}

void Surrogate::forget()
{
    m_background.cancel();
    m_folder.clear();
    m_classifier = {};
    m_problem.reset();
    m_isReading = false;
}

} // namespace ostrich::ui
