// Asking the probe at the right moments, and colouring what it answers.
#include "model/thumbnail_model.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"
#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "model/run_model.hpp"
#include "model/selection.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr std::chrono::milliseconds kBurst{15};

/// The block itself, or the last output of a group: "group_1.2.y".
std::string shownBlock(const graph::Network &network, const std::string &id)
{
    const graph::Block *block = network.find(id);
    if (!block || !block->inside) return id;
    const auto outputs =
        graph::portsOf(*block->inside, graph::Role::GroupOutput, blocks::Registry::instance());
    if (outputs.empty()) return id;
    return id + '.' + std::to_string(graph::repeatOf(*block) - 1) + '.' + outputs.back();
}

} // namespace

ThumbnailModel::ThumbnailModel(ProjectModel *project, DataModel *data, RunModel *run,
                               Selection *selection, QObject *parent)
    : QObject(parent), m_project(project), m_data(data), m_run(run), m_selection(selection)
{
    m_probe = std::make_unique<probe::ThumbnailProbe>([this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (auto fresh = m_probe->take()) {
                    m_current = std::move(fresh);
                    emit updated();
                }
            },
            Qt::QueuedConnection);
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(kBurst);
    connect(&m_soon, &QTimer::timeout, this, &ThumbnailModel::ask);
    const auto soon = [this] {
        if (!m_soon.isActive()) m_soon.start();
    };
    connect(project, &ProjectModel::networkChanged, this, soon);
    connect(data, &DataModel::loaded, this, soon);
    connect(run, &RunModel::snapshotChanged, this, soon);
    connect(selection, &Selection::sampleChanged, this, soon);
}

ThumbnailModel::~ThumbnailModel()
{
    m_probe.reset(); // joins before anything it calls goes
}

const probe::Thumbnail *ThumbnailModel::find(const std::string &block) const
{
    if (!m_current) return nullptr;
    const auto found = m_current->blocks.find(graph::prefixOf(m_project->scope())
                                              + shownBlock(m_project->network(), block));
    return found == m_current->blocks.end() ? nullptr : &found->second;
}

void ThumbnailModel::ask()
{
    const auto dataset = m_data->dataset();
    if (!dataset) return;
    const SampleRef sample = m_selection->sample();
    const data::Samples &samples = dataset->split(sample.split);
    if (sample.index < 0 || sample.index >= samples.count()) return;
    probe::ThumbnailRequest request;
    request.serial = ++m_serial;
    request.network = m_project->project().network;
    request.facts = dataset->facts;
    request.statistics = m_run->statistics().value_or(dataset->statistics);
    request.seed = m_project->project().recipe.seed;
    request.sample = samples.sample(sample.index);
    if (dataset->facts.task == graph::Task::Translate) {
        // The decoder's ids, as a batch of this one alone.
        const std::int64_t index = sample.index;
        request.target = data::batchOf(samples, {&index, 1}).target;
        request.target.shape.erase(request.target.shape.begin());
    }
    request.snapshot = m_run->snapshot();
    m_probe->request(std::move(request));
}

QImage mapImage(const probe::Thumbnail &thumbnail, int index)
{
    const Array &values = thumbnail.values;
    const bool maps = values.shape.size() == 3;
    const int height = maps ? static_cast<int>(values.dim(1)) : 1;
    const int width =
        maps ? static_cast<int>(values.dim(2)) : static_cast<int>(values.values.size());
    float largest = 0.0f;
    for (const float value : values.values) largest = std::max(largest, std::abs(value));
    const float scale = largest > 0.0f ? 1.0f / largest : 0.0f;
    const Theme &theme = Theme::instance();
    const std::size_t start = static_cast<std::size_t>(index) * static_cast<std::size_t>(height)
                              * static_cast<std::size_t>(width);
    if (start + static_cast<std::size_t>(height) * static_cast<std::size_t>(width)
        > values.values.size())
        return {};
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const float value =
                values.values[start + static_cast<std::size_t>(y) * static_cast<std::size_t>(width)
                              + static_cast<std::size_t>(x)]
                * scale;
            line[x] = thumbnail.isSigned ? theme.signedColour(value) : theme.unitColour(value);
        }
    }
    return image;
}

} // namespace ostrich::ui
