// What is looked at, and how, in a line; lines below it, then the map, the heads at its right.
#include "inside/attention_page.hpp"

#include "fool/probability_bars.hpp"
#include "inside/attention_lines.hpp"
#include "inside/attention_map.hpp"
#include "inside/colour_scale.hpp"
#include "inside/maps_grid.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr QSize kHead(70, 48);

QScrollArea *scrolling(QWidget *content, bool sideways)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    if (sideways)
        area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    else
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

} // namespace

AttentionPage::AttentionPage(InsideModel *model, QWidget *parent)
    : InsidePage(model, parent),
      m_lines(new AttentionLines),
      m_map(new AttentionMap),
      m_heads(new MapsGrid(kHead, 2, true)),
      m_gradient(new ProbabilityBars({})),
      m_scale(new ColourScale(false, 96)),
      m_choices(new QWidget),
      m_rule(ruledLine()),
      m_lower(new QWidget),
      m_target(new SegmentedControl({tr("the source"), tr("itself")}, true)),
      m_rollout(new QCheckBox(tr("Rollout: all layers together"))),
      m_targetLabel(mutedLabel(tr("Looks at"))),
      m_layerLabel(mutedLabel(tr("Layer"))),
      m_headsTitle(sectionTitle({})),
      m_note(mutedLabel()),
      m_head(new QComboBox)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_ways = waysPart();
    layout->addWidget(m_ways);
    m_linesPart = linesPart();
    layout->addWidget(m_linesPart);
    layout->addWidget(m_rule);
    auto *lower = new QHBoxLayout(m_lower);
    lower->setContentsMargins(20, 6, 8, 8);
    lower->setSpacing(16);
    lower->addWidget(mapPart(), 1);
    m_side = headsPart();
    lower->addWidget(m_side);
    layout->addWidget(m_lower, 1);
    buildChoices();
    const auto chooseRow = [this](int row) { m_model->setAttention(m_model->head(), row); };
    connect(m_lines, &AttentionLines::rowChosen, this, chooseRow);
    connect(m_map, &AttentionMap::rowChosen, this, chooseRow);
    connect(m_heads, &MapsGrid::tileChosen, this, [this](int head) {
        m_model->setRollout(false);
        m_model->setAttention(head, m_model->row());
    });
    connect(&Theme::instance(), &Theme::changed, this, &AttentionPage::refresh);
}

QWidget *AttentionPage::waysPart()
{
    auto *part = new QWidget;
    auto *layout = new QHBoxLayout(part);
    layout->setContentsMargins(24, 10, 24, 0);
    layout->setSpacing(12);
    layout->addWidget(m_targetLabel);
    m_target->setAccessibleName(m_targetLabel->text());
    m_target->setToolTip(
        tr("A decoder looks at the sentence to translate, and at the words that it "
           "has written so far."));
    layout->addWidget(m_target);
    layout->addStretch();
    m_rollout->setToolTip(tr("What is left of each word behind the last layer (Abnar and Zuidema "
                             "2020), instead of one head of one layer"));
    layout->addWidget(m_rollout);
    connect(m_target, &SegmentedControl::currentIndexChanged, this, [this](int index) {
        if (!m_filling) m_model->setAtItself(index == 1);
    });
    connect(m_rollout, &QCheckBox::toggled, this, [this](bool on) {
        if (!m_filling) m_model->setRollout(on);
    });
    return part;
}

QWidget *AttentionPage::linesPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(24, 12, 24, 6);
    auto *area = scrolling(m_lines, true);
    area->setFixedHeight(254 + area->horizontalScrollBar()->sizeHint().height());
    layout->addWidget(area);
    return part;
}

QWidget *AttentionPage::mapPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("Attention, in per cent")));
    head->addStretch();
    m_scale->setEnds(QStringLiteral("0"), QStringLiteral("100"));
    head->addWidget(m_scale);
    layout->addLayout(head);
    layout->addWidget(m_map, 1);
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    return part;
}

QWidget *AttentionPage::headsPart()
{
    auto *part = new QWidget;
    part->setFixedWidth(220);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_headsTitle);
    m_heads->setAccessibleName(tr("Heads"));
    layout->addWidget(scrolling(m_heads, false), 1);
    layout->addWidget(m_gradient);
    m_gradient->setWinner(ProbabilityBars::Winner::Accent);
    return part;
}

void AttentionPage::buildChoices()
{
    auto *layout = new QHBoxLayout(m_choices);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_layerLabel);
    layout->addWidget(mutedLabel(tr("Head")));
    m_head->setAccessibleName(tr("Head"));
    m_head->setMinimumWidth(72);
    layout->addWidget(m_head);
    connect(m_head, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (!m_filling)
            m_model->setAttention(index < m_head->count() - 1 ? index : -1, m_model->row());
    });
}

std::vector<std::string> AttentionPage::layers() const
{
    std::vector<std::string> same;
    const graph::Block *block = m_model->block();
    if (!block) return same;
    for (const InsideModel::Entry &entry : m_model->blocks()) {
        const graph::Block *other = m_model->block(entry.id);
        if (entry.offers && other && other->kind == block->kind) same.push_back(entry.id);
    }
    return same;
}

/// One layer has nothing to be put together with, and what is no decoder one way to look.
void AttentionPage::showWays(const AttentionSeen &seen)
{
    const bool rolls = seen.rolls && m_layers.size() > 1;
    m_filling = true;
    m_target->setCurrentIndex(m_model->atItself() ? 1 : 0);
    m_rollout->setChecked(m_model->rollout());
    m_filling = false;
    m_target->setVisible(seen.both);
    m_targetLabel->setVisible(seen.both);
    m_rollout->setVisible(rolls);
    m_ways->setVisible(seen.both || rolls);
    m_head->setEnabled(!seen.rolled);
    if (m_layer) m_layer->setEnabled(!seen.rolled);
}

/// Layers are the blocks of this kind: choosing one chooses the block, for all places.
void AttentionPage::showLayers()
{
    const auto now = layers();
    if (now != m_layers) {
        m_layers = now;
        delete m_layer;
        QStringList names;
        for (std::size_t i = 0; i < now.size(); ++i) names << QString::number(i + 1);
        m_layer = new SegmentedControl(names, true);
        m_layer->setAccessibleName(tr("Layer"));
        static_cast<QHBoxLayout *>(m_choices->layout())->insertWidget(1, m_layer);
        connect(m_layer, &SegmentedControl::currentIndexChanged, this, [this](int index) {
            if (!m_filling) m_model->setBlock(m_layers[static_cast<std::size_t>(index)]);
        });
    }
    const auto chosen =
        std::ranges::find(m_layers, m_model->current() ? m_model->current()->id : std::string());
    m_filling = true;
    if (m_layer && chosen != m_layers.end())
        m_layer->setCurrentIndex(static_cast<int>(chosen - m_layers.begin()));
    m_filling = false;
    m_layerLabel->setVisible(m_layers.size() > 1);
    if (m_layer) m_layer->setVisible(m_layers.size() > 1);
}

void AttentionPage::showHeads(const AttentionSeen &seen)
{
    m_filling = true;
    if (m_head->count() != seen.heads + 1) {
        m_head->clear();
        for (int i = 0; i < seen.heads; ++i) m_head->addItem(QString::number(i + 1));
        m_head->addItem(tr("mean"));
    }
    const int head = std::min(m_model->head(), seen.heads - 1);
    m_head->setCurrentIndex(head < 0 ? seen.heads : head);
    m_filling = false;
    std::vector<MapsGrid::Tile> tiles;
    for (int i = 0; i < seen.heads; ++i)
        tiles.push_back({attentionImage(headOf(seen.layer, i)), tr("head %1").arg(i + 1)});
    m_heads->setTiles(std::move(tiles));
    m_heads->setChosen(seen.rolled ? -1 : head);
    const auto chosen =
        std::ranges::find(m_layers, m_model->current() ? m_model->current()->id : std::string());
    m_headsTitle->setText(m_layers.size() > 1 && chosen != m_layers.end()
                              ? tr("Heads of layer %1").arg(chosen - m_layers.begin() + 1)
                              : tr("Heads"));
}

void AttentionPage::showTitles(const AttentionSeen &seen)
{
    if (seen.both && seen.itself) {
        m_lines->setTitles(tr("Looked at"), tr("the words written so far"), tr("Looks"),
                           tr("the same words, each asking"));
        m_note->setText(tr("Rows: the word that looks. Columns: the words it looks at."));
    } else if (seen.written) {
        m_lines->setTitles(tr("Source"), tr("what is read"), tr("Target"),
                           tr("what is written, one word at a time"));
        m_note->setText(tr("Rows: the word written. Columns: the words read."));
    } else {
        m_lines->setTitles(tr("Looked at"), tr("the words read"), tr("Looks"),
                           tr("the same words, each asking"));
        m_note->setText(tr("Rows: the word that looks. Columns: the words it looks at."));
    }
}

/// Which words the answer hangs on, as shares of their sum.
void AttentionPage::showGradient(const AttentionSeen &seen)
{
    const Array *parts = m_model->beside() ? m_model->array("integrated_gradients") : nullptr;
    const bool fits =
        parts && parts->values.size() == static_cast<std::size_t>(seen.columns.size());
    m_gradient->setVisible(fits);
    if (!fits) return;
    double sum = 0.0;
    for (const float part : parts->values) sum += std::abs(part);
    std::vector<ProbabilityBars::Row> rows;
    for (qsizetype i = 0; i < seen.columns.size(); ++i)
        rows.push_back(
            {seen.columns[i],
             sum > 0 ? std::abs(parts->values[static_cast<std::size_t>(i)]) / sum : 0.0});
    m_gradient->setTitle(tr("The answer hangs on"));
    m_gradient->show(std::move(rows), false);
    m_gradient->setFixedHeight(m_gradient->sizeHint().height());
}

void AttentionPage::refresh()
{
    const Look look = m_model->look();
    m_linesPart->setVisible(look != Look::Map);
    m_rule->setVisible(look == Look::LinesAndMap);
    m_lower->setVisible(look != Look::Lines || m_model->beside());
    const AttentionSeen seen = attentionSeen(*m_model);
    showLayers();
    showWays(seen);
    showHeads(seen);
    showTitles(seen);
    showGradient(seen);
    const int row =
        std::clamp<int>(m_model->row(), 0, std::max(0, static_cast<int>(seen.rows.size()) - 1));
    if (!seen.rows.isEmpty() && row != m_model->row())
        return m_model->setAttention(m_model->head(), row); // comes back here
    m_lines->show(seen.columns, seen.rows, seen.weights);
    m_lines->setRow(row);
    m_map->show(seen.rows, seen.columns, seen.weights);
    m_map->setRow(row);
}

} // namespace ostrich::ui
