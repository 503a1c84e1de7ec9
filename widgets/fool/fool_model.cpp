// Attacks in the background, newest request wins; the curve on its own thread.
#include "fool/fool_model.hpp"

#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr double kLargestColour = 16.0 / 255.0; // the eye sees more than that in a photograph
constexpr double kLargestGrey = 80.0 / 255.0;   // digits bear more
constexpr double kLargestL2 = 4.0;

std::int64_t classNamed(const graph::DataFacts &facts, std::string_view name)
{
    const auto found = std::find(facts.classNames.begin(), facts.classNames.end(), name);
    return found == facts.classNames.end() ? -1 : found - facts.classNames.begin();
}

} // namespace

FoolModel::FoolModel(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_attacker(2), m_flipper(1), m_sweeper(2)
{
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

bool FoolModel::lacksPictures() const
{
    const auto dataset = m_session->data.dataset();
    return dataset && !dataset->split(data::Split::Test).pictures();
}

QString FoolModel::obstacle() const
{
    const auto dataset = m_session->data.dataset();
    if (lacksPictures())
        return tr("Fool needs pictures: choose digits, animals or your own pictures as data, and "
                  "train on them.");
    if (!m_model && m_session->run.running())
        return tr("The network is still learning. When the run ends, it can be fooled here.");
    if (!m_model && m_session->run.measuring())
        return tr("The run has ended. Its best weights are being measured…");
    if (!m_model || !dataset)
        return tr("Train a network first: press Play. Then come back and fool it.");
    return {};
}

void FoolModel::modelChanged()
{
    const bool firstModel = !m_model;
    m_model = usableModel();
    m_attacker.cancel(); // answers about another picture
    m_flipper.cancel();
    m_result.reset();
    m_flip.reset();
    clearSweep();
    if (m_model && obstacle().isEmpty()) {
        const auto &facts = m_session->data.dataset()->facts;
        if (firstModel) {
            // Dog becomes ostrich where there are both: what the program is named for.
            const std::int64_t ostrich = classNamed(facts, "ostrich");
            m_options.target = ostrich >= 0 ? std::optional(ostrich) : std::nullopt;
            m_options.epsilon = facts.input.size(graph::Axis::C) == 1 ? 40.0 / 255.0 : 8.0 / 255.0;
            emit optionsChanged();
        }
        if (const auto first = suggestions(1); !first.empty()) useSample(first.front());
    } else {
        m_picture = {};
        m_sample.reset();
    }
    emit pictureChanged();
    emit resultChanged();
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

void FoolModel::setPicture(Array picture, std::optional<SampleRef> sample)
{
    m_picture = std::move(picture);
    m_sample = sample;
    m_label.reset();
    if (sample) {
        const auto &labels = m_session->data.dataset()->split(sample->split).labels;
        if (!labels.empty()) m_label = labels[static_cast<std::size_t>(sample->index)];
    }
    m_result.reset();
    emit pictureChanged();
    attackNow();
    findFlip();
}

void FoolModel::useSample(SampleRef sample)
{
    if (const auto dataset = m_session->data.dataset())
        setPicture(dataset->split(sample.split).sample(sample.index), sample);
}

void FoolModel::tell(const Error &error)
{
    emit statusMessage(QString::fromStdString(ostrich::sentence(error, language())), true);
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
    if (m_options.norm == attack::Norm::L2) return kLargestL2;
    return !m_picture.shape.empty() && m_picture.dim(0) == 1 ? kLargestGrey : kLargestColour;
}

void FoolModel::setOptions(const attack::AttackOptions &options)
{
    if (options == m_options) return;
    const bool otherNorm = options.norm != m_options.norm;
    attack::AttackOptions wanted = options;
    if (otherNorm) wanted.epsilon = options.norm == attack::Norm::L2 ? 1.0 : 8.0 / 255.0;
    attack::AttackOptions sameButEpsilon = m_options;
    sameButEpsilon.epsilon = wanted.epsilon;
    const bool otherAttack = sameButEpsilon != wanted;
    m_options = wanted;
    emit optionsChanged();
    attackNow();
    if (otherAttack) {
        clearSweep();
        findFlip();
    }
}

void FoolModel::setEpsilon(double epsilon)
{
    attack::AttackOptions options = m_options;
    options.epsilon = epsilon;
    setOptions(options);
}

void FoolModel::attackNow()
{
    if (!m_model || m_picture.empty()) return;
    m_attacker.run([this, model = m_model, picture = m_picture, label = m_label,
                    options = m_options](std::stop_token stop) -> Background::Finish {
        auto result = attack::attackPicture(model, picture, label, options, stop);
        if (stop.stop_requested()) return {};
        return [this, result = std::move(result)] {
            if (!result) {
                tell(result.error());
                return;
            }
            m_result = *result;
            emit resultChanged();
        };
    });
}

void FoolModel::findFlip()
{
    m_flip.reset();
    emit flipChanged();
    if (!m_model || m_picture.empty()) return;
    const double largest = largestEpsilon();
    m_flipper.run([this, model = m_model, picture = m_picture, label = m_label, options = m_options,
                   largest](std::stop_token stop) -> Background::Finish {
        auto flip =
            attack::flipEpsilon(model, picture, label, options, largest, largest / 160.0, stop);
        if (stop.stop_requested() || !flip) return {};
        return [this, flip = *flip] {
            m_flip = flip;
            emit flipChanged();
        };
    });
}

void FoolModel::startSweep(int pictures)
{
    const auto dataset = m_session->data.dataset();
    if (!m_model || !dataset) return;
    const auto &samples = dataset->split(data::Split::Test);
    std::vector<std::int64_t> indices(
        static_cast<std::size_t>(std::min<std::int64_t>(pictures, samples.count())));
    std::iota(indices.begin(), indices.end(), 0);
    m_sweep.clear();
    m_sweepPictures = static_cast<int>(indices.size());
    m_sweeping = true;
    emit sweepChanged();
    attack::AttackOptions options = m_options;
    options.target.reset(); // the curve asks how often it is right, whatever the wrong answer
    std::vector<double> epsilons;
    for (const double share :
         {0.0, 1.0 / 16, 1.0 / 8, 3.0 / 16, 1.0 / 4, 3.0 / 8, 1.0 / 2, 3.0 / 4, 1.0})
        epsilons.push_back(share * largestEpsilon());
    m_sweeper.run([this, model = m_model, dataset, indices, options,
                   epsilons](std::stop_token stop) -> Background::Finish {
        const auto later = [this](auto &&work) {
            QMetaObject::invokeMethod(this, std::forward<decltype(work)>(work),
                                      Qt::QueuedConnection);
        };
        const auto onPoint = [this, later](const attack::SweepPoint &point) {
            later([this, point] {
                if (!m_sweeping) return;
                m_sweep.push_back(point);
                emit sweepChanged();
            });
        };
        const auto progress = [this, later](double fraction) {
            later([this, fraction] {
                if (m_sweeping) emit sweepProgressed(fraction);
            });
        };
        auto points = attack::sweep(model, dataset->split(data::Split::Test), indices, options,
                                    epsilons, onPoint, progress, stop);
        if (stop.stop_requested()) return {};
        return [this, points = std::move(points)] {
            m_sweeping = false;
            if (points)
                m_sweep = *points;
            else
                tell(points.error());
            emit sweepProgressed(-1.0);
            emit sweepChanged();
        };
    });
}

void FoolModel::cancelSweep()
{
    m_sweeper.cancel();
    m_sweeping = false;
    emit sweepProgressed(-1.0);
    emit sweepChanged();
}

void FoolModel::clearSweep()
{
    if (m_sweeping) cancelSweep();
    m_sweep.clear();
    m_sweepPictures = 0;
    emit sweepChanged();
}

} // namespace ostrich::ui
