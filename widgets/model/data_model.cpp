// Loading the project's data in the background, and drawing samples.
#include "model/data_model.hpp"

#include "data/source.hpp"
#include "model/project_model.hpp"
#include "theme/theme.hpp"

#include <QPainter>

#include <algorithm>
#include <set>

namespace ostrich::ui {

namespace {

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
                m_progress = 1.0;
                emit loaded();
            } else {
                m_error = QString::fromStdString(ostrich::sentence(dataset.error(), language()));
                emit failed(m_error);
            }
        };
    });
}

QImage DataModel::image(const SampleRef &sample) const
{
    if (!m_dataset) return {};
    const data::Samples &samples = m_dataset->split(sample.split);
    if (sample.index < 0 || sample.index >= samples.count()) return {};
    const Array values = samples.sample(sample.index);
    return samples.pictures() ? toImage(values) : pointImage(values, m_dataset->statistics);
}

QString DataModel::className(std::int64_t index) const
{
    const auto &names = m_dataset ? m_dataset->facts.classNames : m_project->facts().classNames;
    if (index < 0 || index >= static_cast<std::int64_t>(names.size()))
        return QString::number(index);
    const QString name = QString::fromStdString(names[static_cast<std::size_t>(index)]);
    // The built-in animals speak the window's language; classes of the user's own files stay as
    // they are.
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
    };
    const auto found = known.find(name);
    return found == known.end() ? name : tr(found->second);
}

std::vector<SampleRef> DataModel::showcase(int count) const
{
    std::vector<SampleRef> chosen;
    if (!m_dataset) return chosen;
    const data::Samples &samples = m_dataset->split(data::Split::Validation);
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
