// The right column of Train.
#include "train/confusion_panel.hpp"

#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/confusion_matrix.hpp"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 16;
constexpr std::size_t kMostClasses = 40; // more cells than that nobody reads

} // namespace

ConfusionPanel::ConfusionPanel(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_split(new SegmentedControl({tr("validation"), tr("test")}, true)),
      m_matrix(new ConfusionMatrix),
      m_body(new QScrollArea),
      m_empty(mutedLabel()),
      m_cellTitle(sectionTitle({})),
      m_cellNote(mutedLabel()),
      m_mistakesTitle(sectionTitle(tr("Surest mistakes"))),
      m_matrixLine(ruledLine()),
      m_cellLine(ruledLine()),
      m_cell(new PictureRow(session, 2)),
      m_mistakes(new PictureRow(session, 1))
{
    setMinimumWidth(240);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(kPadding, 0, kPadding, 0);
    head->addWidget(sectionTitle(tr("Confusion")));
    head->addStretch();
    head->addWidget(m_split);
    layout->addLayout(head);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(kPadding, 0, kPadding, 0);
    m_empty->setText(tr("When a run has ended, this shows which classes the network mixes up, with "
                        "the pictures behind "
                        "each cell."));
    layout->addWidget(m_empty);
    layout->addWidget(scrolledBody(), 1);
    layout->addStretch();
    connect(m_split, &SegmentedControl::currentIndexChanged, this, &ConfusionPanel::refresh);
    connect(m_matrix, &ConfusionMatrix::cellChosen, this, &ConfusionPanel::showCell);
    connect(&session->run, &RunModel::evaluated, this, &ConfusionPanel::refresh);
    const auto follow = [this] { // what stands here stays, with its chosen cell
        if (showable() == m_body->isHidden()) refresh();
    };
    connect(&session->run, &RunModel::stateChanged, this, follow);
    connect(&session->project, &ProjectModel::dataChanged, this, follow);
    connect(&session->data, &DataModel::loaded, this, follow);
    refresh();
}

/// Everything below the title; what is higher than the place scrolls.
QWidget *ConfusionPanel::scrolledBody()
{
    auto *page = new QWidget;
    auto *body = new QVBoxLayout(page);
    body->setSpacing(6);
    body->addWidget(m_matrix);
    body->addWidget(m_matrixLine);
    m_cellTitle->setWordWrap(true);
    body->addWidget(m_cellTitle);
    body->addWidget(m_cell);
    m_cellNote->setWordWrap(true);
    body->addWidget(m_cellNote);
    body->addWidget(m_cellLine);
    body->addWidget(m_mistakesTitle);
    body->addWidget(m_mistakes);
    body->addStretch();
    m_body->setWidgetResizable(true);
    m_body->setFrameShape(QFrame::NoFrame);
    m_body->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setWidget(page);
    m_body->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    // The bar takes its room from the padding: the matrix is as wide with it as without, or its
    // height would call the bar and send it away again.
    const QScrollBar *bar = m_body->verticalScrollBar();
    const auto pad = [body, bar](int, int highest) {
        const int taken = highest > 0 ? bar->sizeHint().width() : 0;
        body->setContentsMargins(kPadding, 0, std::max(0, kPadding - taken), 8);
    };
    pad(0, 0);
    connect(bar, &QScrollBar::rangeChanged, this, pad);
    return m_body;
}

data::Split ConfusionPanel::split() const
{
    return m_split->currentIndex() == 1 ? data::Split::Test : data::Split::Validation;
}

bool ConfusionPanel::showable() const
{
    return m_session->run.evaluation(split()) && m_session->run.sameData()
           && m_session->data.dataset();
}

void ConfusionPanel::refresh()
{
    const auto &evaluation = m_session->run.evaluation(split());
    const bool shown = showable();
    m_body->setVisible(shown);
    m_empty->setVisible(!shown);
    if (!shown) return;
    QStringList names;
    for (std::size_t i = 0; i < evaluation->confusion.size(); ++i)
        names << m_session->data.className(static_cast<std::int64_t>(i));
    const bool readable = !names.isEmpty() && evaluation->confusion.size() <= kMostClasses;
    m_matrix->setVisible(readable);
    m_matrixLine->setVisible(readable);
    m_cellLine->setVisible(readable);
    m_cellTitle->setVisible(readable);
    int truth = -1;
    if (readable) {
        m_matrix->setMatrix(evaluation->confusion, names);
        const auto worst = m_matrix->worstCell();
        truth = worst.first;
        if (truth >= 0)
            m_matrix->select(truth, worst.second);
        else
            m_cellTitle->setText(tr("No mistakes at all."));
    }
    m_cell->setVisible(truth >= 0);
    m_cellNote->setVisible(truth >= 0);
    showMistakes();
}

PictureRow::Item ConfusionPanel::itemOf(const train::Answer &answer, const QString &caption) const
{
    const SampleRef sample{split(), answer.sample};
    const bool byStep = m_session->project.facts().task == graph::Task::LabelSteps;
    return {sample, byStep ? tr("%1, step %2").arg(caption).arg(answer.step) : caption};
}

void ConfusionPanel::showCell(int truth, int predicted)
{
    const auto &evaluation = m_session->run.evaluation(split());
    std::vector<PictureRow::Item> items;
    std::int64_t ofClass = 0, inCell = 0;
    for (const train::Answer &answer : evaluation->answers) {
        ofClass += answer.label == truth;
        if (answer.label != truth || answer.predicted != predicted) continue;
        ++inCell;
        if (static_cast<int>(items.size()) < m_cell->capacity())
            items.push_back(itemOf(answer, probabilityText(answer.confidence)));
    }
    const QString trueName = m_session->data.className(truth),
                  readName = m_session->data.className(predicted);
    m_cellTitle->setText(
        tr("%1 × “%2” read as “%3”, of %4").arg(inCell).arg(trueName, readName).arg(ofClass));
    m_cellNote->setText(tr("The figure is its confidence in “%1”.").arg(readName));
    m_cell->show(std::move(items));
}

void ConfusionPanel::showMistakes()
{
    const auto &answers = m_session->run.evaluation(split())->answers;
    std::vector<std::size_t> wrong;
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (answers[i].label != answers[i].predicted) wrong.push_back(i);
    std::sort(wrong.begin(), wrong.end(), [&](std::size_t a, std::size_t b) {
        return answers[a].confidence > answers[b].confidence;
    });
    std::vector<PictureRow::Item> items;
    for (const std::size_t i : wrong) {
        if (static_cast<int>(items.size()) == m_mistakes->capacity()) break;
        const QString caption =
            QStringLiteral("%1 → %2").arg(m_session->data.className(answers[i].label),
                                          m_session->data.className(answers[i].predicted));
        items.push_back(itemOf(answers[i], caption));
    }
    m_mistakesTitle->setVisible(!items.empty());
    m_mistakes->show(std::move(items));
}

} // namespace ostrich::ui
