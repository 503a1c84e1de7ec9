// Attacks in the background, newest request wins.
#include "fool/fool_model.hpp"

#include "fool/epsilon_text.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ostrich::ui {

namespace {

constexpr double kLargestColour = 16.0 / 255.0; // the eye sees more than that in a photograph
constexpr double kLargestGrey = 80.0 / 255.0;   // digits bear more
constexpr double kLargestL2 = 4.0, kLargestL1 = 48.0, kLargestL0 = 64.0; // of small pictures
constexpr std::int64_t kSmallPicture = 64; // pixels wide; lengths grow with the width

std::int64_t classNamed(const graph::DataFacts &facts, std::string_view name)
{
    const auto found = std::find(facts.classNames.begin(), facts.classNames.end(), name);
    return found == facts.classNames.end() ? -1 : found - facts.classNames.begin();
}

} // namespace

FoolModel::FoolModel(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_flipper(1), m_sweeper(2)
{
    connect(&m_live, &LiveAttack::ended, this, &FoolModel::takeResult);
    connect(&m_live, &LiveAttack::failed, this, [this](const Error &error) {
        dropResult();
        tell(error);
    });
    connect(&m_live, &LiveAttack::cancelled, this, &FoolModel::dropResult);
    connect(&m_surrogate, &Surrogate::ended, this, &FoolModel::takeSurrogate);
    connect(&session->run, &RunModel::evaluated, this, &FoolModel::modelChanged);
    const auto follow = [this] {
        if (usableModel() != m_model) modelChanged();
    };
    connect(&session->run, &RunModel::stateChanged, this, follow);
    connect(&session->project, &ProjectModel::dataChanged, this, follow);
    connect(&session->data, &DataModel::loaded, this, follow);
}

engine::ModelHandle FoolModel::usableModel() const
{
    const bool usable = m_session->run.sameData() && m_session->data.dataset();
    return usable ? m_session->run.model() : nullptr;
}

bool FoolModel::ready()
{
    const QString why = obstacle();
    if (!why.isEmpty()) emit statusMessage(why, true);
    return why.isEmpty();
}

FoolModel::Reads FoolModel::reads() const
{
    const auto dataset = m_session->data.dataset();
    if (!dataset || dataset->split(data::Split::Test).pictures()) return Reads::Pictures;
    if (dataset->facts.task != graph::Task::Classify) return Reads::Other;
    const graph::Shape &input = dataset->facts.input;
    if (input.isTokens()) return Reads::Sentences;
    return input.isSequence() ? Reads::Series : Reads::Other;
}

QString FoolModel::obstacle() const
{
    switch (reads()) {
    case Reads::Pictures:
        return networkObstacle();
    case Reads::Sentences:
    case Reads::Series:
        return tr("This network reads no pictures: choose digits, animals or your own pictures as "
                  "data, and train on them.");
    case Reads::Other:
        return tr("Fool needs pictures, texts or series with classes: choose some, and train.");
    }
    return {};
}

QString FoolModel::networkObstacle() const
{
    if (!m_model && m_session->run.running())
        return tr("The network is still learning. When the run ends, it can be fooled here.");
    if (!m_model && m_session->run.measuring())
        return tr("The run has ended. Its best weights are being measured…");
    if (!m_model || !m_session->data.dataset())
        return tr("Train a network first: press Play. Then come back and fool it.");
    return {};
}

void FoolModel::modelChanged()
{
    m_model = usableModel();
    if (!m_picture.empty() && !m_sample) m_own = std::move(m_picture);
    m_live.cancel(); // answers about another picture
    m_live.forget();
    m_result.reset();
    m_surrogate.forget();
    forgetFlip();
    clearSweep();
    becomeSubject();
    if (m_model && obstacle().isEmpty()) {
        const auto &facts = m_session->data.dataset()->facts;
        if (facts != m_known) {
            m_known = facts;
            m_own = {};
            // Dog becomes ostrich where there are both: what the program is named for.
            const std::int64_t ostrich = classNamed(facts, "ostrich");
            m_options.target = ostrich >= 0 ? std::optional(ostrich) : std::nullopt;
            m_options.epsilon = usualEpsilon(facts, m_options.norm);
            emit optionsChanged();
        }
        showFirstPicture();
    } else {
        dropPicture();
    }
    emit pictureChanged();
    emit resultChanged();
}

void FoolModel::showFirstPicture()
{
    if (!m_own.empty()) return setPicture(std::exchange(m_own, {}), {});
    const auto first = suggestions(1);
    first.empty() ? dropPicture() : useSample(first.front());
}

std::vector<SampleRef> FoolModel::suggestions(int count) const
{
    std::vector<SampleRef> chosen;
    const auto &evaluation = m_session->run.evaluation(data::Split::Test);
    const auto dataset = m_session->data.dataset();
    if (!evaluation || !dataset) return chosen;
    const std::int64_t dog = classNamed(dataset->facts, "dog");
    const auto add = [&](bool dogs, float surest) {
        std::vector<std::int32_t> seen;
        for (std::size_t i = 0;
             i < evaluation->answers.size() && static_cast<int>(chosen.size()) < count; ++i) {
            const train::Answer &answer = evaluation->answers[i];
            const bool fits = dogs
                                  ? answer.label == dog
                                  : std::find(seen.begin(), seen.end(), answer.label) == seen.end();
            if (answer.label != answer.predicted || answer.confidence < surest || !fits
                || (!dogs && answer.label == dog))
                continue;
            seen.push_back(answer.label);
            chosen.push_back({data::Split::Test, answer.sample});
            if (dogs) return;
        }
    };
    for (const float surest : {0.9f, 0.0f}) { // a poor network is sure of nothing
        if (!chosen.empty()) break;
        if (dog >= 0) add(true, surest);
        add(false, surest);
    }
    return chosen;
}

void FoolModel::dropPicture()
{
    m_picture = {};
    m_sample.reset();
    m_label.reset();
}

void FoolModel::setPicture(Array picture, std::optional<SampleRef> sample)
{
    m_picture = std::move(picture);
    m_sample = sample;
    m_label.reset();
    if (sample) {
        const auto &labels = m_session->data.dataset()->split(sample->split).labels;
        if (!labels.empty()) m_label = labels[static_cast<std::size_t>(sample->index)];
    }
    m_live.forget();
    m_result.reset();
    forgetFlip();
    emit pictureChanged();
    attackNow(true);
}

void FoolModel::useSample(SampleRef sample)
{
    if (const auto dataset = m_session->data.dataset())
        setPicture(dataset->split(sample.split).sample(sample.index), sample);
}

void FoolModel::tell(const Error &error)
{
    emit statusMessage(sentence(error), true);
}

void FoolModel::useFile(const QString &path)
{
    if (!ready()) return;
    auto picture = attack::fitPicture(path.toStdString(), m_session->data.dataset()->facts);
    picture ? setPicture(std::move(*picture), {}) : tell(picture.error());
}

void FoolModel::useImage(const QImage &image)
{
    if (!ready()) return;
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    std::vector<std::uint8_t> bytes;
    bytes.reserve(static_cast<std::size_t>(rgb.width()) * static_cast<std::size_t>(rgb.height())
                  * 3);
    for (int y = 0; y < rgb.height(); ++y) // lines are padded
        bytes.insert(bytes.end(), rgb.constScanLine(y), rgb.constScanLine(y) + rgb.width() * 3);
    auto picture =
        attack::fitPicture(bytes, rgb.width(), rgb.height(), m_session->data.dataset()->facts);
    picture ? setPicture(std::move(*picture), {}) : tell(picture.error());
}

double FoolModel::largestEpsilon() const
{
    const bool any = m_picture.shape.size() == 3;
    const double times =
        any ? std::max(1.0, static_cast<double>(m_picture.dim(2)) / kSmallPicture) : 1.0;
    switch (m_options.norm) {
    case attack::Norm::Linf:
        return any && m_picture.dim(0) == 1 ? kLargestGrey : kLargestColour;
    case attack::Norm::L2:
        return times > 1.0 ? 2.0 * kLargestL2 : kLargestL2;
    case attack::Norm::L1:
        return std::round(times) * kLargestL1;
    case attack::Norm::L0:
        return std::round(times) * kLargestL0;
    }
    return kLargestColour;
}

void FoolModel::setOptions(const attack::AttackOptions &options)
{
    if (options == m_options) return;
    attack::AttackOptions wanted = options;
    if (const auto *described = attack::describedAttack(wanted.attack);
        described && !described->norms.empty()
        && std::ranges::find(described->norms, wanted.norm) == described->norms.end())
        wanted.norm = described->norms.front();
    if (wanted.norm != m_options.norm) {
        const auto dataset = m_session->data.dataset();
        wanted.epsilon = usualEpsilon(dataset ? dataset->facts : graph::DataFacts(), wanted.norm);
    }
    attack::AttackOptions sameButEpsilon = m_options;
    sameButEpsilon.epsilon = wanted.epsilon;
    const bool otherAttack = sameButEpsilon != wanted;
    const auto noiseOf = [](const attack::AttackOptions &of) {
        return std::tuple(of.norm, of.epsilon, of.seed);
    };
    const bool otherNoise = noiseOf(m_options) != noiseOf(wanted);
    m_options = wanted;
    if (otherAttack) {
        forgetFlip();
        clearSweep();
        becomeSubject();
    }
    emit optionsChanged();
    attackNow(otherNoise);
}

void FoolModel::setEpsilon(double epsilon)
{
    attack::AttackOptions options = m_options;
    options.epsilon = epsilon;
    setOptions(options);
}

void FoolModel::setDefence(const std::optional<attack::FilterChoice> &defence)
{
    m_defence = defence;
    forgetFlip();
    clearSweep();
    becomeSubject();
    dropResult(); // of the network without it
    emit optionsChanged();
    attackNow(true);
}

/// The newest other run of the same data.
std::optional<std::filesystem::path> FoolModel::surrogateFolder() const
{
    const RunModel &run = m_session->run;
    if (!run.runProject()) return {};
    for (auto other = run.runs().rbegin(); other != run.runs().rend(); ++other)
        if (other->manifest.summary && other->folder != run.runFolder()
            && other->manifest.project.data == run.runProject()->data)
            return other->folder;
    return {};
}

void FoolModel::becomeSubject()
{
    m_subject = {};
    if (!m_model) return;
    m_subject = attack::Subject(m_model);
    if (m_defence && !lacksPictures()) {
        auto behind = attack::behindFilter(m_subject, *m_defence);
        behind ? void(m_subject = std::move(*behind)) : tell(behind.error());
    }
    const auto folder = usesSurrogate() ? surrogateFolder() : std::nullopt;
    if (!folder) return;
    m_surrogate.read(*folder);
    m_subject.surrogate = m_surrogate.classifier();
}

bool FoolModel::usesSurrogate() const
{
    const auto *described = attack::describedAttack(m_options.attack);
    return described && described->usesSurrogate;
}

void FoolModel::takeSurrogate()
{
    if (!usesSurrogate()) return; // another attack was chosen meanwhile
    becomeSubject();
    attackNow(true);
    if (m_sweepWanted == 0) return;
    m_surrogate.problem() ? cancelSweep() : startSweep(m_sweepWanted);
}

bool FoolModel::canAttack()
{
    if (!m_model || m_picture.empty()) return false;
    const auto &problem = m_surrogate.problem();
    if (!usesSurrogate() || (!m_surrogate.isReading() && !problem)) return true;
    m_live.cancel(); // no attack at hand is of these options
    dropResult();
    if (problem) tell(*problem);
    return false;
}

void FoolModel::dropResult()
{
    m_result.reset();
    emit resultChanged();
}

void FoolModel::attackNow(bool isOther)
{
    if (canAttack())
        m_live.start({m_subject, m_picture, m_label, m_options}, LiveAttack::Pace::Fast, isOther);
}

void FoolModel::watch(LiveAttack::Pace pace)
{
    if (canAttack()) m_live.start({m_subject, m_picture, m_label, m_options}, pace, false);
}

void FoolModel::takeResult(const attack::AttackResult &result)
{
    m_result = result;
    emit resultChanged();
    if (!m_flipKnown) findFlip();
}

void FoolModel::forgetFlip()
{
    m_flipper.cancel();
    m_flipKnown = false;
    m_flip.reset();
    emit flipChanged();
}

/// Only once the attack at hand has ended: it is what is looked at.
void FoolModel::findFlip()
{
    m_flipKnown = true;
    const auto *described = attack::describedAttack(m_options.attack);
    if (!m_model || m_picture.empty() || !described || described->norms.empty()) return;
    const double largest = largestEpsilon();
    m_flipper.run([this, subject = m_subject, picture = m_picture, label = m_label,
                   options = m_options, largest](std::stop_token stop) -> Background::Finish {
        auto flip =
            attack::flipEpsilon(subject, picture, label, options, largest, largest / 160.0, stop);
        if (stop.stop_requested() || !flip) return {};
        return [this, flip = *flip] {
            m_flip = flip;
            emit flipChanged();
        };
    });
}

} // namespace ostrich::ui
