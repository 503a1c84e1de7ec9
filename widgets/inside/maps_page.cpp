// Which arrays become tiles, which become rows.
#include "inside/maps_page.hpp"

#include "inside/maps_grid.hpp"
#include "inside/step_chart.hpp"
#include "inside/step_choice.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kMostTiles = 256;
constexpr QSize kLarge(208, 208), kMiddle(96, 96), kSmall(56, 56);

/// Few maps are drawn large.
QSize tileSize(int count)
{
    return count <= 4 ? kLarge : count <= 32 ? kMiddle : kSmall;
}

/// (T) as a column, so that it is drawn as one row of the chart.
Array asColumn(const Array &values)
{
    return {{static_cast<std::int64_t>(values.values.size()), 1}, values.values};
}

/// Values of each map divided by their largest, so that every one uses all colours.
void normalise(std::vector<float> &values, std::size_t from, std::size_t size)
{
    float most = 0.0f;
    for (std::size_t i = from; i < from + size; ++i) most = std::max(most, std::abs(values[i]));
    if (most <= 0.0f) return;
    for (std::size_t i = from; i < from + size; ++i) values[i] /= most;
}

} // namespace

MapsPage::MapsPage(InsideModel *model, QWidget *parent)
    : InsidePage(model, parent),
      m_title(sectionTitle({})),
      m_note(mutedLabel()),
      m_area(new QScrollArea),
      m_grid(new MapsGrid(kMiddle, 0, false)),
      m_chart(new StepChart)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(m_grid);
    m_area->viewport()->setAutoFillBackground(false);
    m_grid->setAutoFillBackground(false);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_chart, 1);
    connect(m_chart, &StepChart::cursorMoved, model, &InsideModel::setCursor);
    connect(m_chart, &StepChart::choiceMade, model, &InsideModel::changeStep);
    connect(m_chart, &StepChart::choiceWanted, this, [this](int step) {
        openStepChoice(m_chart, m_chart->chipRect(step).toRect(), m_model->steps(), step,
                       [this, step](int choice) { m_model->changeStep(step, choice); });
    });
    connect(model, &InsideModel::cursorChanged, this,
            [this] { m_chart->setCursor(m_model->cursor()); });
    connect(&Theme::instance(), &Theme::changed, this, &MapsPage::refresh);
}

bool MapsPage::shows(Look look) const
{
    return look == Look::Activations || look == Look::Filters || look == Look::Saliency;
}

void MapsPage::showTiles(const QString &title, const Array &values,
                         const std::vector<QString> &captions, std::optional<MapsGrid::Tile> first)
{
    m_area->setVisible(true);
    m_chart->setVisible(false);
    m_title->setText(title);
    const int count = static_cast<int>(std::min<std::int64_t>(values.dim(0), kMostTiles));
    const auto images = mapImages(values.values, count, static_cast<int>(values.dim(1)),
                                  static_cast<int>(values.dim(2)));
    std::vector<MapsGrid::Tile> tiles;
    if (first) tiles.push_back(std::move(*first));
    for (std::size_t i = 0; i < images.size(); ++i)
        tiles.push_back({images[i], i < captions.size() ? captions[i] : QString()});
    m_grid->setTileSize(tileSize(static_cast<int>(tiles.size())));
    m_grid->setTiles(std::move(tiles));
}

void MapsPage::showRows(const QString &title, std::vector<HeatRow> rows)
{
    m_area->setVisible(false);
    m_chart->setVisible(true);
    m_title->setText(title);
    m_chart->setSteps(m_model->steps());
    m_chart->setCursor(m_model->cursor());
    m_chart->setRows(std::move(rows), {});
}

void MapsPage::showActivations()
{
    const InsideModel::Entry *entry = m_model->current();
    const Array *values = entry ? m_model->array(entry->id) : nullptr;
    if (!values) return showTiles(tr("Activations"), {{0, 1, 1}, {}}, {});
    if (values->shape.size() == 3) {
        m_note->setText(
            tr("%n map(s) of %1×%2 for this sample.", nullptr, static_cast<int>(values->dim(0)))
                .arg(values->dim(2))
                .arg(values->dim(1)));
        return showTiles(tr("Activations"), *values, {});
    }
    const float most = largestMagnitude(*values);
    const bool isSigned = std::ranges::any_of(values->values, [](float v) { return v < 0.0f; });
    const bool alongSteps =
        values->shape.size() == 2
        && values->dim(0) == static_cast<std::int64_t>(m_model->steps().steps.size());
    if (alongSteps) {
        m_note->setText(tr("%n value(s) at each step.", nullptr, static_cast<int>(values->dim(1))));
        return showRows(tr("Activations"), {{entry->name, QString(), *values, isSigned, most}});
    }
    // A vector or another sequence: cells in rows of at most 32.
    const std::int64_t size = static_cast<std::int64_t>(values->values.size());
    const std::int64_t columns =
        values->shape.size() == 2 ? values->dim(1) : std::min<std::int64_t>(size, 32);
    Array cells{{1, (size + columns - 1) / columns, columns}, values->values};
    cells.values.resize(static_cast<std::size_t>(cells.dim(1) * columns), 0.0f);
    m_note->setText(tr("%n value(s) for this sample.", nullptr, static_cast<int>(size)));
    showTiles(tr("Activations"), cells, {});
}

/// A kernel over C channels is C maps; with one or three channels each filter is one tile, with
/// more their mean.
void MapsPage::showFilters()
{
    const Array &weight = m_model->weights();
    m_note->clear();
    if (weight.shape.size() < 3) return showTiles(tr("Filters"), {{0, 1, 1}, {}}, {});
    const bool flat = weight.shape.size() == 3; // over time: (K, C, L)
    const std::int64_t filters = weight.dim(0), channels = weight.dim(1);
    if (flat) {
        m_note->setText(tr("%n filter(s): channels downwards, time to the right.", nullptr,
                           static_cast<int>(filters)));
        return showTiles(tr("Filters"), weight, {});
    }
    const std::int64_t height = weight.dim(2), width = weight.dim(3);
    const auto size = static_cast<std::size_t>(height * width);
    Array mean{{filters, height, width},
               std::vector<float>(static_cast<std::size_t>(filters) * size, 0.0f)};
    for (std::size_t f = 0; f < static_cast<std::size_t>(filters); ++f)
        for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c)
            for (std::size_t i = 0; i < size; ++i)
                mean.values[f * size + i] +=
                    weight.values[(f * static_cast<std::size_t>(channels) + c) * size + i]
                    / static_cast<float>(channels);
    m_note->setText(channels == 1 ? tr("%n filter(s) of %1×%2.", nullptr, static_cast<int>(filters))
                                        .arg(width)
                                        .arg(height)
                                  : tr("%n filter(s) of %1×%2, each the mean over its %3 channels.",
                                       nullptr, static_cast<int>(filters))
                                        .arg(width)
                                        .arg(height)
                                        .arg(channels));
    showTiles(tr("Filters"), mean, {});
}

void MapsPage::showSaliency()
{
    const Array *gradient = m_model->array("saliency");
    const Array *parts = m_model->array("integrated_gradients");
    m_note->clear();
    if (!gradient || !parts) return showTiles(tr("What mattered"), {{0, 1, 1}, {}}, {});
    if (gradient->shape.size() != 2) {
        showRows(tr("What mattered"), {{tr("Gradient"), tr("how much"), asColumn(*gradient), false,
                                        largestMagnitude(*gradient)},
                                       {tr("Integrated"), tr("for or against"), asColumn(*parts),
                                        true, largestMagnitude(*parts)}});
        return;
    }
    const auto size = gradient->values.size();
    const data::Samples &samples = m_model->sample()->split(data::Split::Validation);
    Array tiles{{0, gradient->dim(0), gradient->dim(1)}, {}};
    std::vector<QString> captions;
    const auto add = [&](const Array &values, const QString &caption) {
        tiles.values.insert(tiles.values.end(), values.values.begin(), values.values.end());
        normalise(tiles.values, tiles.values.size() - size, size);
        captions.push_back(caption);
        ++tiles.shape[0];
    };
    add(*gradient, tr("gradient"));
    add(*parts, tr("integrated gradients"));
    if (const Array *cam = m_model->array("grad_cam"); cam && cam->values.size() == size)
        add(*cam, tr("Grad-CAM"));
    showTiles(tr("What mattered"), tiles, captions,
              MapsGrid::Tile{toImage(samples.sample(0)), tr("the picture")});
}

void MapsPage::refresh()
{
    switch (m_model->look()) {
    case Look::Filters:
        showFilters();
        break;
    case Look::Saliency:
        showSaliency();
        break;
    default:
        showActivations();
        break;
    }
    m_note->setVisible(!m_note->text().isEmpty());
}

} // namespace ostrich::ui
