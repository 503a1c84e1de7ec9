// Layout of the comparison.
#include "train/compare_view.hpp"

#include "curves/overlay_plot.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/compare_controls.hpp"
#include "train/compare_table.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 20;

} // namespace

CompareView::CompareView(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_note(mutedLabel()),
      m_title(sectionTitle({})),
      m_verdict(new QLabel),
      m_empty(mutedLabel()),
      m_accuracies(new SegmentedControl({tr("loss"), tr("accuracy")}, true)),
      m_errors(new SegmentedControl({tr("loss"), tr("error")}, true)),
      m_legend(new OverlayLegend),
      m_plot(new OverlayPlot),
      m_table(new CompareTable),
      m_body(body())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(0);
    layout->addWidget(head());
    auto *controls = new CompareControls(session);
    controls->setContentsMargins(kPadding, 4, kPadding, 10);
    layout->addWidget(controls);
    layout->addWidget(ruledLine());
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(kPadding, 24, kPadding, 24);
    layout->addWidget(m_empty);
    layout->addWidget(m_body, 1);
    layout->addStretch();
    for (const SegmentedControl *choice : {m_accuracies, m_errors})
        connect(choice, &SegmentedControl::currentIndexChanged, this, &CompareView::refresh);
    connect(&session->compare, &CompareModel::changed, this, &CompareView::refresh);
    connect(&session->compare, &CompareModel::liveGrew, this, &CompareView::grow);
    connect(&Theme::instance(), &Theme::changed, this, &CompareView::refresh);
    refresh();
}

QWidget *CompareView::head()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(kPadding, 8, kPadding, 4);
    layout->setSpacing(8);
    layout->addWidget(sectionTitle(tr("Comparison")));
    layout->addWidget(m_note);
    layout->addStretch();
    auto *back = new QPushButton(tr("Back to the run"));
    back->setProperty("role", "link");
    connect(back, &QPushButton::clicked, &m_session->compare, &CompareModel::close);
    layout->addWidget(back);
    return row;
}

QWidget *CompareView::body()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(kPadding, 8, kPadding, 0);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    head->addWidget(m_title);
    head->addWidget(mutedLabel(tr("by epoch")));
    head->addStretch();
    head->addWidget(m_accuracies);
    head->addWidget(m_errors);
    layout->addLayout(head);
    layout->addWidget(m_legend);
    layout->addWidget(m_plot, 1);
    layout->addSpacing(6);
    layout->addWidget(m_table);
    m_verdict->setWordWrap(true);
    layout->addWidget(m_verdict);
    m_plot->setMinimumHeight(140);
    m_plot->setAccessibleName(tr("Curves of the ticked runs"));
    return body;
}

void CompareView::refresh()
{
    const CompareModel &model = m_session->compare;
    if (!model.shown()) return; // nobody sees it
    m_groups = compareGroups(model);
    const Measure measure = measureOf(m_groups);
    m_empty->setVisible(model.ticked().size() < 2 && !model.training());
    m_empty->setText(
        tr("Tick two or more runs in the list to compare them: click their boxes, click them with "
           "Ctrl held down, or press the space bar. Or train the same task with four kinds of "
           "network, at equal parameters."));
    m_body->setVisible(!m_groups.empty());
    m_accuracies->setVisible(measure.isShare);
    m_errors->setVisible(!measure.isShare);
    if (m_groups.empty()) {
        m_note->setText({});
        return;
    }
    m_note->setText(tr("%n network(s)", nullptr, static_cast<int>(m_groups.size()))
                    + QStringLiteral(", ")
                    + tr("%n run(s)", nullptr, static_cast<int>(model.ticked().size())));
    QStringList names;
    for (const CompareGroup &group : m_groups) names << group.name;
    m_legend->show(names);
    drawCurves(measure);
    m_table->show(m_groups, measure);
    const Verdict verdict = verdictOf(m_groups, measure);
    const Tokens &t = Theme::instance().tokens();
    m_verdict->setText(verdict.text);
    m_verdict->setVisible(!verdict.text.isEmpty());
    m_verdict->setStyleSheet(
        QStringLiteral("color: %1").arg((verdict.warns ? t.warn : t.muted).name()));
}

void CompareView::grow()
{
    const CompareModel &model = m_session->compare;
    if (!model.shown()) return;
    const auto &live = model.live();
    const auto own = std::ranges::find_if(m_groups, [&live](const CompareGroup &group) {
        return live && group.live && group.live->folder == live->folder
               && group.live->manifest == live->manifest;
    });
    if (own == m_groups.end()) return refresh(); // another than before
    own->live->epochs = live->epochs;
    drawCurves(measureOf(m_groups));
}

void CompareView::drawCurves(const Measure &measure)
{
    const bool ofLoss = (measure.isShare ? m_accuracies : m_errors)->currentIndex() == 0;
    m_title->setText(ofLoss            ? tr("Validation loss")
                     : measure.isShare ? tr("Validation accuracy")
                                       : tr("Validation error"));
    const auto other = measure.isShare ? CompareQuantity::Accuracy : CompareQuantity::Error;
    m_plot->show(overlaySeries(m_groups, ofLoss ? CompareQuantity::Loss : other),
                 !ofLoss && measure.isShare);
}

} // namespace ostrich::ui
