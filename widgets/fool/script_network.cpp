// Opening the file, and what it says of the test pictures.
#include "fool/script_network.hpp"

#include "attack/answers.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ostrich::ui {

namespace {

Result<std::vector<train::Answer>> firstAnswers(const attack::Subject &subject,
                                                const data::Samples &samples, std::stop_token stop)
{
    std::vector<std::int64_t> indices(
        static_cast<std::size_t>(std::min(ScriptNetwork::kAsked, samples.count())));
    std::iota(indices.begin(), indices.end(), 0);
    std::vector<train::Answer> answers;
    if (indices.empty() || samples.labels.empty()) return answers;
    const auto said = attack::answersOf(subject, samples, indices, std::move(stop));
    if (!said) return said.error();
    const auto classes = static_cast<std::size_t>(said->probabilities.dim(1));
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const auto predicted = static_cast<std::size_t>(said->classes[i]);
        const auto label = static_cast<std::size_t>(samples.labels[i]);
        const float *probabilities = said->probabilities.values.data() + i * classes;
        answers.push_back({.label = samples.labels[i],
                           .predicted = static_cast<std::int32_t>(predicted),
                           .confidence = probabilities[predicted],
                           .labelProbability = probabilities[label],
                           .sample = static_cast<std::int32_t>(i)});
    }
    return answers;
}

} // namespace

ScriptNetwork::ScriptNetwork(QObject *parent) : QObject(parent) {}

void ScriptNetwork::open(const attack::TorchScriptChoice &choice,
                         std::shared_ptr<const data::Dataset> dataset)
{
    m_isOpening = true;
    m_background.run([this, choice,
                      dataset = std::move(dataset)](std::stop_token stop) -> Background::Finish {
        auto subject = attack::openTorchScript(choice, dataset->facts);
        auto answers = subject ? firstAnswers(*subject, dataset->split(data::Split::Test), stop)
                               : Result<std::vector<train::Answer>>(subject.error());
        if (stop.stop_requested()) return {};
        return [this, choice, subject = std::move(subject), answers = std::move(answers), dataset] {
            m_isOpening = false;
            if (!answers) {
                emit failed(answers.error());
                return;
            }
            m_subject = *subject;
            m_choice = choice;
            m_answers = *answers;
            m_dataset = dataset;
            emit opened();
        };
    });
}

void ScriptNetwork::forget()
{
    m_background.cancel();
    m_isOpening = false;
    m_subject.reset();
    m_answers.clear();
    m_dataset.reset();
}

} // namespace ostrich::ui
