// Layout of the page of one series, and the sentence that says what happened.
#include "fool/series_view.hpp"

#include "findings/figure_button.hpp"
#include "fool/answer_text.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/live_controls.hpp"
#include "fool/loss_plot.hpp"
#include "fool/probability_bars.hpp"
#include "fool/series_chart.hpp"
#include "fool/series_choice.hpp"
#include "fool/series_model.hpp"
#include "fool/series_panel.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 20, kTop = 6; // the strip of the place stands above
constexpr int kSide = 136;             // what stands left and right of the chart
constexpr int kBottomHeight = 176, kAttackWidth = 380;
constexpr int kTitleHeight = 24;             // of a button, whether there is one or not
constexpr int kTicks = 40, kLabelEvery = 10; // of the slider
constexpr int kSnaps = 5;                    // where the handle may rest from tick to tick

QString number(double epsilon)
{
    return QLocale().toString(epsilon, 'g', 3);
}

/// How many values the attack has moved: `x` of the result, which went through the same units.
int changedValues(const attack::AttackResult &result)
{
    return std::transform_reduce(result.x.values.begin(), result.x.values.end(),
                                 result.x_adv.values.begin(), 0, std::plus{}, std::not_equal_to{});
}

/// A part of the bottom row; `save`: how its content is saved, beside its title.
QWidget *titled(const QString &title, QWidget *content, QWidget *save = nullptr)
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(kPadding, 8, kPadding, 8);
    layout->setSpacing(6);
    QLabel *name = sectionTitle(title);
    name->setFixedHeight(kTitleHeight);
    auto *head = new QHBoxLayout;
    head->addWidget(name, 1);
    if (save) head->addWidget(save);
    layout->addLayout(head);
    layout->addWidget(content, 1);
    return part;
}

} // namespace

SeriesView::SeriesView(Session *session, SeriesModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_before(new ProbabilityBars(tr("Before"))),
      m_after(new ProbabilityBars(tr("After"))),
      m_chart(new SeriesChart),
      m_controls(new LiveControls(&model->live())),
      m_slider(new EpsilonSlider),
      m_epsilon(new QLabel),
      m_sentence(new QLabel),
      m_noise(mutedLabel())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, kTop, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(upperPart(), 1);
    layout->addWidget(ruledLine());
    layout->addWidget(bottomRow());
    connectAll();
    showSeries();
}

QWidget *SeriesView::upperPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(kPadding, 0, kPadding, 10);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(kPadding);
    m_before->setFixedWidth(kSide);
    row->addWidget(m_before);
    row->addWidget(m_chart, 1);
    row->addWidget(afterColumn());
    layout->addLayout(row, 1);
    auto *slider = new QHBoxLayout;
    slider->setSpacing(4);
    m_epsilon->setFixedWidth(kSide + kPadding);
    m_epsilon->setTextFormat(Qt::RichText);
    m_slider->setAccessibleName(tr("Epsilon in standard deviations"));
    slider->addWidget(m_epsilon);
    slider->addWidget(m_slider, 1);
    slider->addSpacing(kSide);
    layout->addLayout(slider);
    m_sentence->setFont(Theme::instance().font(FontRole::Sentence));
    m_sentence->setTextFormat(Qt::RichText);
    for (QLabel *line : {m_sentence, m_noise}) {
        line->setAlignment(Qt::AlignCenter);
        line->setWordWrap(true);
        layout->addWidget(line);
    }
    return part;
}

/// What the network says after the attack, and how the attack is watched.
QWidget *SeriesView::afterColumn()
{
    auto *column = new QWidget;
    column->setFixedWidth(kSide);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_after, 1);
    layout->addWidget(m_controls);
    return column;
}

QWidget *SeriesView::bottomRow()
{
    auto *row = new QWidget;
    row->setFixedHeight(kBottomHeight);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *panel = new SeriesPanel(m_session, m_model);
    panel->setFixedWidth(kAttackWidth);
    layout->addWidget(panel);
    layout->addWidget(uprightLine());
    auto *loss = new LossPlot(&m_model->live());
    layout->addWidget(titled(tr("Loss, step by step"), loss, loss->makeSaveButton()), 1);
    layout->addWidget(uprightLine());
    layout->addWidget(
        titled(tr("Series that it reads rightly"), new SeriesChoice(m_session, m_model)), 1);
    return row;
}

void SeriesView::connectAll()
{
    connect(m_slider, &EpsilonSlider::valueChanged, m_model, &SeriesModel::setEpsilon);
    connect(m_controls, &LiveControls::watchWanted, m_model, &SeriesModel::watch);
    connect(m_model, &SeriesModel::seriesChanged, this, &SeriesView::showSeries);
    connect(m_model, &SeriesModel::resultChanged, this, &SeriesView::showAttack);
    connect(m_model, &SeriesModel::optionsChanged, this, &SeriesView::showEpsilon);
    connect(&m_model->flip(), &FlipSearch::changed, this, &SeriesView::showFlip);
    connect(&m_model->live(), &LiveAttack::stepped, this, &SeriesView::showAttack);
    connect(&Theme::instance(), &Theme::changed, this, &SeriesView::showSeries);
}

void SeriesView::showSeries()
{
    showEpsilon();
    const QString obstacle = m_model->obstacle();
    const bool ready = obstacle.isEmpty() && !m_model->series().empty();
    m_slider->setEnabled(ready);
    m_controls->setReady(ready);
    if (ready) return showAttack();
    m_chart->setMessage(obstacle.isEmpty()
                            ? tr("There is no test series that the network reads rightly.")
                            : obstacle);
    for (ProbabilityBars *bars : {m_before, m_after}) bars->show({}, false);
    m_sentence->clear();
    m_noise->clear();
}

ShownAttack SeriesView::shown() const
{
    ShownAttack shown = shownAttack(m_model->live(), m_model->result());
    if (shown.attacked.size() != m_model->series().values.size()) shown.attacked.clear();
    return shown;
}

void SeriesView::showAttack()
{
    if (m_model->series().empty()) return;
    const ShownAttack now = shown();
    const auto nameOf = [this](std::int64_t index) { return m_session->data.className(index); };
    m_chart->setSeries(m_model->series(), now.attacked);
    m_before->show(now.before, nameOf, false);
    m_after->show(now.after, nameOf, now.isWrong);
    showSentences(now);
}

/// Of the result; while an attack is on its way, what it is allowed.
QString SeriesView::size() const
{
    const attack::AttackOptions &options = m_model->options();
    const auto &result = m_model->result();
    const bool isOver = result && !m_model->live().running();
    if (options.norm == attack::Norm::L0)
        return changedText(isOver ? changedValues(*result) : static_cast<int>(options.epsilon));
    const QString bold =
        QStringLiteral("<b>%1</b>").arg(number(isOver ? result->max_norm : options.epsilon));
    switch (options.norm) {
    case attack::Norm::Linf:
        return tr("No value moved by more than %1 σ,").arg(bold);
    case attack::Norm::L2:
        return tr("All moves together are %1 σ long,").arg(bold);
    default:
        return tr("All moves add up to %1 σ,").arg(bold);
    }
}

/// "Only 3 of 97 steps changed,"
QString SeriesView::changedText(int changed) const
{
    if (changed == 0) return tr("Nothing changed,");
    const QString text = m_model->hasOneFeature()
                             ? tr("Only <b>%n of %1</b> steps changed,", nullptr, changed)
                             : tr("Only <b>%n of %1</b> values changed,", nullptr, changed);
    return text.arg(m_model->series().values.size());
}

void SeriesView::showSentences(const ShownAttack &shown)
{
    const DataModel &data = m_session->data;
    const QString from = answerText(data, shown.before), to = answerText(data, shown.after);
    m_noise->clear();
    if (to.isEmpty()) return m_sentence->clear();
    const QString outcome = shown.isWrong
                                ? tr("and the network went from %1 to %2.")
                                      .arg(emphasised(from, false), emphasised(to, true))
                                : tr("and the network still says %1.").arg(emphasised(to, false));
    m_sentence->setText(size() + QLatin1Char(' ') + outcome);
    if (shown.noise.empty()) return;
    const auto winner = [](const std::vector<float> &all) {
        return std::ranges::max_element(all) - all.begin();
    };
    const QString noisy = answerText(data, shown.noise);
    m_noise->setText(winner(shown.noise) == winner(shown.before)
                         ? tr("Random noise of the same size leaves it at %1.").arg(noisy)
                         : tr("Random noise of the same size makes it %1.").arg(noisy));
}

void SeriesView::showEpsilon()
{
    const attack::AttackOptions &options = m_model->options();
    const double largest = m_model->largestEpsilon();
    const bool counts = options.norm == attack::Norm::L0;
    const double step = counts ? std::max(1.0, std::round(largest / kTicks)) : largest / kTicks;
    const int every =
        counts ? std::max(1, static_cast<int>(std::lround(largest / 4.0 / step))) : kLabelEvery;
    m_slider->setScale(largest, step, every, counts ? 1.0 : step / kSnaps, number);
    m_slider->setValue(options.epsilon);
    const QString unit = !counts                    ? QStringLiteral("σ")
                         : m_model->hasOneFeature() ? tr("steps")
                                                    : tr("values");
    const QString tip =
        counts ? tr("How many values the attack may change, however far")
               : tr("How far the attack may go. σ: standard deviations of the training data");
    m_epsilon->setToolTip(tip);
    m_slider->setToolTip(tip);
    m_epsilon->setText(
        QStringLiteral("<span style='font-size:20pt;font-weight:600'>ε = %1</span>"
                       "<span style='font-size:13pt;color:%2'> %3</span>")
            .arg(number(options.epsilon), Theme::instance().tokens().muted.name(), unit));
    showFlip();
}

void SeriesView::showFlip()
{
    const auto flip = m_model->flip().epsilon();
    m_slider->setFlip(flip, flip ? tr("flips at %1").arg(number(*flip)) : QString());
}

} // namespace ostrich::ui
