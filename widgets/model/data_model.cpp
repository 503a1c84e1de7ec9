// Loading the project's data in the background, and drawing samples.
#include "model/data_model.hpp"

#include "data/source.hpp"
#include "data/tokenizer.hpp"
#include "model/project_model.hpp"
#include "model/sequence_painting.hpp"
#include "theme/theme.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <set>

namespace ostrich::ui {

namespace {

constexpr QSizeF kSmallCard(72, 33);
constexpr double kCardPadding = 6.0;
constexpr double kChipHeight = 20.0;
constexpr std::size_t kMostWords = 8; // of an answer with one for each step

QImage pointImage(const Array &point, const data::Statistics &statistics)
{
    constexpr int kSize = 33;
    QImage image(kSize, kSize, QImage::Format_RGB32);
    image.fill(Theme::instance().tokens().canvas);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().tokens().accent);
    const auto place = [&](std::size_t axis) {
        if (axis >= point.values.size() || axis >= statistics.mean.size()) return kSize / 2.0;
        const double deviations =
            (point.values[axis] - statistics.mean[axis]) / statistics.deviation[axis];
        return kSize / 2.0 + std::clamp(deviations, -2.5, 2.5) * (kSize / 6.0);
    };
    painter.drawEllipse(QPointF(place(0), kSize - place(1)), 3, 3);
    return image;
}

} // namespace

DataModel::DataModel(ProjectModel *project, QObject *parent)
    : QObject(parent), m_project(project), m_background(2)
{
    connect(project, &ProjectModel::dataChanged, this, &DataModel::reload);
    connect(project, &ProjectModel::recipeChanged, this, [this] {
        if (m_project->project().recipe.seed != m_seed) reload();
    });
}

bool DataModel::loading() const
{
    return !m_dataset && m_error.isEmpty() && !m_source.empty();
}

void DataModel::reload()
{
    const std::string source = m_project->dataSource();
    const std::uint64_t seed = m_project->project().recipe.seed;
    if (source == m_source && seed == m_seed && (m_dataset || loading())) return;
    m_source = source;
    m_seed = seed;
    m_dataset.reset();
    m_error.clear();
    m_progress = 0.0;
    emit progressed(0.0);
    m_background.run([this, source, seed](std::stop_token stop) -> Background::Finish {
        const auto tell = [this](double fraction) {
            QMetaObject::invokeMethod(
                this, [this, fraction] { emit progressed(m_progress = fraction); },
                Qt::QueuedConnection);
        };
        const auto dataset = data::load(source, seed, tell, stop);
        if (stop.stop_requested()) return {};
        return [this, dataset] {
            if (dataset) {
                m_dataset = *dataset;
                m_words = SampleWords(**dataset);
                m_progress = 1.0;
                emit loaded();
            } else {
                m_error = sentence(dataset.error());
                emit failed(m_error);
            }
        };
    });
}

QImage DataModel::image(const SampleRef &sample) const
{
    const data::Samples *samples = samplesOf(sample);
    if (!samples) return {};
    if (samples->sequences()) return card(sample, kSmallCard, 1.0);
    const Array values = samples->sample(sample.index);
    return samples->pictures() ? toImage(values) : pointImage(values, m_dataset->statistics);
}

const data::Samples *DataModel::samplesOf(const SampleRef &sample) const
{
    if (!m_dataset) return nullptr;
    const data::Samples &samples = m_dataset->split(sample.split);
    return sample.index >= 0 && sample.index < samples.count() ? &samples : nullptr;
}

SampleStyle DataModel::style() const
{
    if (!m_dataset || !m_dataset->split(data::Split::Validation).sequences())
        return SampleStyle::Square;
    return m_words.any() ? SampleStyle::Words : SampleStyle::Lines;
}

QImage DataModel::card(const SampleRef &sample, const QSizeF &size, qreal pixelRatio) const
{
    const data::Samples *samples = samplesOf(sample);
    if (!samples || !samples->sequences()) return {};
    QImage card((size * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    card.setDevicePixelRatio(pixelRatio);
    card.fill(Qt::transparent);
    QPainter painter(&card);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &t = Theme::instance().tokens();
    const QRectF box = QRectF(QPointF(0, 0), size).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(t.canvas);
    painter.drawRoundedRect(box, 4, 4);
    if (style() == SampleStyle::Words) {
        paintWords(painter, box.adjusted(kCardPadding, 0, -kCardPadding, 0), sample);
        return card;
    }
    std::span<const float> ahead;
    // Dots go on with the first line where there is no other.
    if (!samples->answers.empty() && samples->valuesPerSample() == 1) {
        const std::size_t width =
            samples->answers.size() / static_cast<std::size_t>(samples->count());
        ahead = std::span(samples->answers)
                    .subspan(static_cast<std::size_t>(sample.index) * width, width);
    }
    paintSequence(painter, box.adjusted(2, 2, -2, -2), samples->sample(sample.index), ahead);
    return card;
}

/// The words, and at the right what is asked, in as many lines as there is room for.
void DataModel::paintWords(QPainter &painter, const QRectF &box, const SampleRef &sample) const
{
    const Theme &theme = Theme::instance();
    const bool isText = m_dataset->tokenizer != nullptr;
    const graph::Task task = m_dataset->facts.task;
    QString answer;
    if (task == graph::Task::Classify || (task == graph::Task::LabelSteps && !isText))
        answer = this->answer(sample).section(QLatin1Char(' '), 0, 0);
    painter.setFont(theme.font(FontRole::TextBold));
    const QFontMetricsF bold(painter.font());
    const double room = std::min(bold.horizontalAdvance(answer), box.width() * 0.35);
    painter.setPen(theme.tokens().text);
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                     bold.elidedText(answer, Qt::ElideRight, room + 1.0));
    const double width = box.width() - (answer.isEmpty() ? 0.0 : room + 8.0);
    painter.setFont(theme.font(FontRole::Text));
    const double line = isText ? QFontMetricsF(painter.font()).height() : kChipHeight;
    const double lines = std::max(1.0, std::floor((box.height() - 2.0) / line));
    const QRectF middle(box.left(), box.center().y() - lines * line / 2, width, lines * line);
    if (!isText) {
        paintChips(painter, middle.adjusted(0, 0, 0, 1), stepWords(sample), kChipHeight - 1.0);
        return;
    }
    QString words = text(sample);
    if (task == graph::Task::Translate) words += QStringLiteral(" → ") + this->answer(sample);
    paintText(painter, middle, words);
}

std::vector<StepWord> DataModel::stepWords(const SampleRef &sample) const
{
    const data::Samples *samples = samplesOf(sample);
    return samples ? m_words.steps(*samples, sample.index) : std::vector<StepWord>();
}

std::vector<StepWord> DataModel::targetWords(const SampleRef &sample) const
{
    const data::Samples *samples = samplesOf(sample);
    return samples ? m_words.target(*samples, sample.index) : std::vector<StepWord>();
}

std::vector<std::int64_t> DataModel::askedSteps(const SampleRef &sample) const
{
    const data::Samples *samples = samplesOf(sample);
    return samples ? m_words.asked(*samples, sample.index) : std::vector<std::int64_t>();
}

QString DataModel::text(const SampleRef &sample) const
{
    const data::Samples *samples = samplesOf(sample);
    if (!samples || !m_dataset->tokenizer || !samples->sequences()) return {};
    const std::int64_t first = samples->starts[static_cast<std::size_t>(sample.index)];
    const auto ids = std::span(samples->tokens)
                         .subspan(static_cast<std::size_t>(first),
                                  static_cast<std::size_t>(samples->steps(sample.index)));
    return QString::fromStdString(m_dataset->tokenizer->decode(ids))
        .replace(QStringLiteral("<unknown>"), tr("<unknown>"));
}

QString DataModel::stepAnswer(const data::Samples &samples, std::int64_t index) const
{
    const std::int64_t first = samples.starts[static_cast<std::size_t>(index)];
    QStringList names;
    std::int64_t step = 0;
    for (std::int64_t i = 0; i < samples.steps(index); ++i) {
        const std::int32_t label = samples.stepLabels[static_cast<std::size_t>(first + i)];
        if (label == data::kNoLabel) continue;
        names << className(label);
        step = i;
    }
    if (names.size() == 1) return tr("%1 at step %2").arg(names.front()).arg(step);
    const bool all = names.size() <= static_cast<qsizetype>(kMostWords);
    if (!all) names = names.mid(0, static_cast<qsizetype>(kMostWords)) << QStringLiteral("…");
    return names.join(QLatin1Char(' '));
}

QString DataModel::answer(const SampleRef &sample) const
{
    const data::Samples *samples = samplesOf(sample);
    if (!samples) return {};
    const auto at = static_cast<std::size_t>(sample.index);
    switch (m_dataset->facts.task) {
    case graph::Task::Classify:
        return at < samples->labels.size() ? className(samples->labels[at]) : QString();
    case graph::Task::LabelSteps:
        return samples->stepLabels.empty() ? QString() : stepAnswer(*samples, sample.index);
    case graph::Task::Regress: {
        QStringList numbers;
        const std::size_t width =
            samples->answers.size() / static_cast<std::size_t>(samples->count());
        for (std::size_t i = 0; i < std::min(width, kMostWords); ++i)
            numbers << figure(static_cast<double>(samples->answers[at * width + i]));
        if (width > kMostWords) numbers << QStringLiteral("…");
        return numbers.join(QLatin1Char(' '));
    }
    case graph::Task::Translate:
        return QString::fromStdString(
            m_dataset->targetTokenizer->decode(samples->targets.row(sample.index)));
    }
    return {};
}

QString DataModel::className(std::int64_t index) const
{
    const auto &names = m_dataset ? m_dataset->facts.classNames : m_project->facts().classNames;
    if (index < 0 || index >= static_cast<std::int64_t>(names.size()))
        return QString::number(index);
    const QString name = QString::fromStdString(names[static_cast<std::size_t>(index)]);
    // Classes of ours speak the window's language; those of the user's own files stay as they are.
    static const std::map<QString, const char *> known = {
        {QStringLiteral("dog"), QT_TR_NOOP("dog")},
        {QStringLiteral("cat"), QT_TR_NOOP("cat")},
        {QStringLiteral("ostrich"), QT_TR_NOOP("ostrich")},
        {QStringLiteral("horse"), QT_TR_NOOP("horse")},
        {QStringLiteral("elephant"), QT_TR_NOOP("elephant")},
        {QStringLiteral("flamingo"), QT_TR_NOOP("flamingo")},
        {QStringLiteral("fish"), QT_TR_NOOP("fish")},
        {QStringLiteral("turtle"), QT_TR_NOOP("turtle")},
        {QStringLiteral("butterfly"), QT_TR_NOOP("butterfly")},
        {QStringLiteral("owl"), QT_TR_NOOP("owl")},
        {QStringLiteral("negative"), QT_TR_NOOP("negative")},
        {QStringLiteral("positive"), QT_TR_NOOP("positive")},
        {QStringLiteral("sine"), QT_TR_NOOP("sine")},
        {QStringLiteral("square"), QT_TR_NOOP("square")},
        {QStringLiteral("saw"), QT_TR_NOOP("saw")},
        {QStringLiteral("triangle"), QT_TR_NOOP("triangle")},
        {QStringLiteral("chirp"), QT_TR_NOOP("chirp")},
        {QStringLiteral("bursts"), QT_TR_NOOP("bursts")},
    };
    const auto found = known.find(name);
    return found == known.end() ? name : tr(found->second);
}

std::vector<SampleRef> DataModel::showcase(int count) const
{
    std::vector<SampleRef> chosen;
    if (!m_dataset) return chosen;
    const data::Samples &samples = m_dataset->split(data::Split::Validation);
    if (samples.labels.empty()) {
        // Neighbours of a forecast are all but the same.
        const std::int64_t total = samples.count();
        const std::int64_t stride = m_dataset->facts.task == graph::Task::Regress
                                        ? std::max<std::int64_t>(total / count, 1)
                                        : 1;
        for (std::int64_t i = 0; i < total && std::ssize(chosen) < count; i += stride)
            chosen.push_back({data::Split::Validation, i});
        return chosen;
    }
    std::set<std::int32_t> seen;
    std::vector<SampleRef> rest;
    for (std::int64_t i = 0; i < std::min<std::int64_t>(samples.count(), 2000); ++i) {
        const SampleRef sample{data::Split::Validation, i};
        if (seen.insert(samples.labels[static_cast<std::size_t>(i)]).second)
            chosen.push_back(sample);
        else if (rest.size() < static_cast<std::size_t>(count))
            rest.push_back(sample);
    }
    chosen.insert(chosen.end(), rest.begin(), rest.end());
    chosen.resize(std::min(chosen.size(), static_cast<std::size_t>(count)));
    return chosen;
}

QImage toImage(const Array &picture)
{
    if (picture.shape.size() != 3) return {};
    const auto channels = picture.dim(0);
    const int height = static_cast<int>(picture.dim(1)), width = static_cast<int>(picture.dim(2));
    const std::size_t plane = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width)
                                   + static_cast<std::size_t>(x);
            const auto level = [&](std::size_t channel) {
                const float value = picture.values[channel * plane + at];
                return static_cast<int>(std::clamp(value, 0.0f, 1.0f) * 255.0f + 0.5f);
            };
            line[x] = channels >= 3 ? qRgb(level(0), level(1), level(2))
                                    : qRgb(level(0), level(0), level(0));
        }
    }
    return image;
}

} // namespace ostrich::ui
