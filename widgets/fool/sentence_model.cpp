// Searches in the background; what they find on the way comes as values.
#include "fool/sentence_model.hpp"

#include "data/tokenizer.hpp"
#include "data/words.hpp"
#include "fool/fool_model.hpp"
#include "model/session.hpp"
#include "model/typed_text.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <utility>

namespace ostrich::ui {

namespace {

constexpr std::int64_t kShort = 12; // words: a sentence that one takes in at a glance

bool isWord(std::int32_t id)
{
    return id >= data::Tokenizer::kSpecials;
}

std::vector<std::int32_t> idsOf(const data::Samples &samples, std::int64_t index)
{
    const auto first = samples.tokens.begin() + samples.starts[static_cast<std::size_t>(index)];
    return {first, first + samples.steps(index)};
}

} // namespace

SentenceModel::SentenceModel(Session *session, FoolModel *fool, QObject *parent)
    : QObject(parent), m_session(session), m_fool(fool)
{
    connect(fool, &FoolModel::pictureChanged, this, &SentenceModel::follow);
    connect(&session->run, &RunModel::stateChanged, this, [this] {
        if (!m_network) emit sentenceChanged(); // it may say something else of what to do
    });
}

QString SentenceModel::obstacle() const
{
    return m_fool->networkObstacle();
}

/// The network at hand may be another one.
void SentenceModel::follow()
{
    const bool isMine = m_fool->reads() == FoolModel::Reads::Sentences;
    const engine::ModelHandle network = isMine ? m_fool->subject().model : nullptr;
    if (network == m_network) return;
    if (!m_sample && !m_text.isEmpty()) m_own = m_text;
    m_network = network;
    if (!network) return becomeSentence({}, {}, {});
    if (const auto &facts = m_session->data.dataset()->facts; facts != m_known) {
        m_known = facts;
        m_own.clear();
        m_target.reset(); // of other classes
        emit optionsChanged();
    }
    if (!m_own.isEmpty()) return read(std::exchange(m_own, {}));
    const auto first = suggestions(1);
    first.empty() ? becomeSentence({}, {}, {}) : useSample(first.front());
}

int SentenceModel::unknown() const
{
    return static_cast<int>(std::ranges::count(m_ids, data::Tokenizer::kUnknown));
}

std::vector<SampleRef> SentenceModel::suggestions(int count) const
{
    const auto dataset = m_session->data.dataset();
    const auto &evaluation = m_session->run.evaluation(data::Split::Test);
    if (!m_network || !dataset || !evaluation || dataset->facts.classes < 1) return {};
    const data::Samples &samples = dataset->split(data::Split::Test);
    std::vector<std::vector<SampleRef>> byClass(static_cast<std::size_t>(dataset->facts.classes));
    for (const bool isShort : {true, false})
        for (const train::Answer &answer : evaluation->answers) {
            auto &known = byClass[static_cast<std::size_t>(answer.label)];
            if (answer.label != answer.predicted || std::ssize(known) >= count
                || (samples.steps(answer.sample) <= kShort) != isShort)
                continue;
            known.push_back({data::Split::Test, answer.sample});
        }
    std::vector<SampleRef> chosen;
    for (std::size_t turn = 0; turn < static_cast<std::size_t>(count); ++turn)
        for (const auto &known : byClass)
            if (turn < known.size() && std::ssize(chosen) < count) chosen.push_back(known[turn]);
    return chosen;
}

void SentenceModel::setText(const QString &text)
{
    if (text != m_text) read(text);
}

void SentenceModel::read(const QString &text)
{
    const auto dataset = m_session->data.dataset();
    becomeSentence(text, {},
                   dataset ? typedIds(*dataset, text.trimmed().toStdString())
                           : std::vector<std::int32_t>());
}

bool SentenceModel::isCut() const
{
    const auto dataset = m_session->data.dataset();
    return dataset && !m_sample && ui::isCut(*dataset, m_text.trimmed().toStdString());
}

QStringList SentenceModel::wordsOf() const
{
    const auto dataset = m_session->data.dataset();
    if (!dataset || !dataset->tokenizer) return {};
    const auto pieces = dataset->tokenizer->visiblePieces();
    std::vector<std::string> typed; // where each word is one id
    if (!m_sample && dataset->tokenizer->level() == data::TokenLevel::Words)
        typed = data::splitWords(m_text.trimmed().toStdString());
    QStringList words;
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
        if (m_ids[i] != data::Tokenizer::kUnknown)
            words << QString::fromStdString(pieces.at(static_cast<std::size_t>(m_ids[i])));
        else
            words << (i < typed.size() ? QString::fromStdString(typed[i]) : tr("unknown"));
    }
    return words;
}

void SentenceModel::useSample(const SampleRef &sample)
{
    if (const auto dataset = m_session->data.dataset())
        becomeSentence(m_session->data.text(sample), sample,
                       idsOf(dataset->split(sample.split), sample.index));
}

void SentenceModel::becomeSentence(QString text, std::optional<SampleRef> sample,
                                   std::vector<std::int32_t> ids)
{
    m_text = std::move(text);
    m_sample = sample;
    m_ids = std::move(ids);
    m_words = wordsOf();
    m_before.clear();
    forget();
    emit sentenceChanged();
    askBefore();
}

QString SentenceModel::trouble() const
{
    if (m_ids.empty()) return tr("Type a sentence, or choose one below.");
    if (std::ranges::none_of(m_ids, isWord))
        return tr("The network knows none of these words: use those of the sentences below.");
    return m_problem;
}

void SentenceModel::setParameters(const graph::Parameters &parameters)
{
    if (parameters == m_parameters) return;
    m_parameters = parameters;
    forget();
    emit optionsChanged();
}

void SentenceModel::setTarget(std::optional<std::int64_t> target)
{
    if (target == m_target) return;
    m_target = target;
    forget();
    emit optionsChanged();
}

/// What was found is of another sentence, or was looked for otherwise.
void SentenceModel::forget()
{
    m_searcher.cancel();
    ++m_serial;
    m_problem.clear();
    m_found.clear();
    m_result.reset();
    m_running = m_stopped = false;
    emit resultChanged();
}

void SentenceModel::askBefore()
{
    m_asker.cancel();
    if (!m_network || !trouble().isEmpty()) return;
    Array x{.shape = {1, std::ssize(m_ids)}, .values = {m_ids.begin(), m_ids.end()}};
    m_asker.run(
        [this, network = m_network, x = std::move(x)](std::stop_token stop) -> Background::Finish {
            auto answer = engine::probabilities(network, x);
            if (stop.stop_requested()) return {};
            return [this, answer = std::move(answer)] {
                if (!answer) return fail(answer.error());
                m_before = answer->values;
                emit resultChanged();
            };
        });
}

void SentenceModel::start()
{
    const QString why = obstacle().isEmpty() ? trouble() : obstacle();
    const auto dataset = m_session->data.dataset();
    if (!why.isEmpty() || !m_network || !dataset) return emit statusMessage(why, true);
    forget();
    m_running = true;
    emit resultChanged();
    std::optional<std::int64_t> label;
    if (m_sample)
        label = dataset->split(m_sample->split).labels[static_cast<std::size_t>(m_sample->index)];
    m_searcher.run([this, network = m_network, ids = m_ids, label, serial = m_serial,
                    pieces = dataset->tokenizer->visiblePieces(),
                    options = attack::wordOptions(m_parameters, m_target)](
                       std::stop_token stop) -> Background::Finish {
        const attack::WordWatcher watcher = [this, serial](std::int64_t,
                                                           const attack::WordResult &soFar) {
            const auto tell = [this, serial, soFar] {
                if (serial != m_serial) return;
                m_found.push_back(soFar);
                emit resultChanged();
            };
            QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
        };
        auto result = attack::attackWords(network, ids, pieces, data::Tokenizer::kSpecials, label,
                                          options, stop, watcher);
        return
            [this, result = std::move(result)] { result ? take(*result) : fail(result.error()); };
    });
}

void SentenceModel::cancel()
{
    if (!m_running) return;
    m_searcher.cancel();
    ++m_serial;
    m_running = false;
    m_stopped = true;
    emit resultChanged();
}

void SentenceModel::take(attack::WordResult result)
{
    m_running = false;
    m_result = std::move(result);
    emit resultChanged();
}

void SentenceModel::fail(const Error &error)
{
    m_running = false;
    m_problem = sentence(error);
    emit statusMessage(m_problem, true);
    emit resultChanged();
}

const attack::WordResult *SentenceModel::newest() const
{
    if (m_result) return &*m_result;
    return m_found.empty() ? nullptr : &m_found.back();
}

std::int64_t SentenceModel::watchedClass() const
{
    if (m_target) return *m_target;
    return m_before.empty() ? 0 : std::ranges::max_element(m_before) - m_before.begin();
}

} // namespace ostrich::ui
