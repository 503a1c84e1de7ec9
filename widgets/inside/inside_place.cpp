// Layout of Inside, and what is shown when.
#include "inside/inside_place.hpp"

#include "fool/probability_bars.hpp"
#include "inside/attention_page.hpp"
#include "inside/block_list.hpp"
#include "inside/embedding_page.hpp"
#include "inside/maps_page.hpp"
#include "inside/reading_panel.hpp"
#include "inside/recurrent_page.hpp"
#include "inside/sample_list.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/panels.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

QHBoxLayout *headRow(QLabel *title, QLabel *note)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 10, 16, 8);
    row->addWidget(title);
    row->addStretch();
    if (note) row->addWidget(note);
    return row;
}

} // namespace

InsidePlace::InsidePlace(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(new InsideModel(session, this)),
      m_panels(new Panels(QStringLiteral("inside"), this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *splitter = new QSplitter;
    auto *left = leftColumn();
    auto *reading = new ReadingPanel(m_model, session);
    for (QWidget *column : {left, middleColumn(), static_cast<QWidget *>(reading)})
        splitter->addWidget(column);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(1, false);
    layout->addWidget(splitter);
    m_panels->addSplitter(splitter, {232, 756, 292});
    m_panels->addPanel(QStringLiteral("look"), tr("Look at"), left);
    m_panels->addPanel(QStringLiteral("reading"), tr("Reading"), reading);
    connect(m_model, &InsideModel::subjectChanged, this, &InsidePlace::showSubject);
    connect(m_model, &InsideModel::sampleChanged, this, &InsidePlace::showSample);
    connect(m_model, &InsideModel::resultsChanged, this, &InsidePlace::showResults);
    connect(m_model, &InsideModel::cursorChanged, this, &InsidePlace::showAnswer);
    connect(m_model, &InsideModel::attentionChanged, this, &InsidePlace::showResults);
    showSubject();
    showSample();
}

QWidget *InsidePlace::leftColumn()
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(headRow(sectionTitle(tr("Look at")), nullptr));
    layout->addWidget(new BlockList(m_model));
    layout->addSpacing(8);
    layout->addWidget(ruledLine());
    m_sampleTitle = sectionTitle(tr("Sample"));
    m_sampleNote = mutedLabel(tr("validation"));
    layout->addLayout(headRow(m_sampleTitle, m_sampleNote));
    m_text = new QLineEdit;
    m_text->setPlaceholderText(tr("Type a sentence…"));
    m_text->setAccessibleName(tr("A sentence of your own"));
    m_text->setClearButtonEnabled(true);
    connect(m_text, &QLineEdit::textEdited, m_model, &InsideModel::setText);
    auto *typed = new QHBoxLayout;
    typed->setContentsMargins(16, 0, 16, 8);
    typed->addWidget(m_text);
    layout->addLayout(typed);
    layout->addWidget(new SampleList(m_model, m_session), 1);
    m_answerPart = answerPart();
    layout->addWidget(m_answerPart);
    return column;
}

QWidget *InsidePlace::answerPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(0);
    auto *hint = mutedLabel(tr("Drag a letter of the input row, or click it, to change it: the "
                               "answer follows."));
    hint->setObjectName(QStringLiteral("editHint"));
    hint->setWordWrap(true);
    hint->setContentsMargins(16, 8, 16, 8);
    layout->addWidget(hint);
    layout->addWidget(ruledLine());
    m_answerTitle = sectionTitle({});
    layout->addLayout(headRow(m_answerTitle, nullptr));
    m_answer = new ProbabilityBars({});
    m_answer->setWinner(ProbabilityBars::Winner::Output);
    auto *bars = new QHBoxLayout;
    bars->setContentsMargins(16, 0, 16, 0);
    bars->addWidget(m_answer);
    layout->addLayout(bars);
    return part;
}

QWidget *InsidePlace::middleColumn()
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_strip = new QWidget;
    m_strip->setFixedHeight(47);
    auto *strip = new QHBoxLayout(m_strip);
    strip->setContentsMargins(20, 0, 20, 0);
    strip->setSpacing(12);
    m_tabsHolder = new QWidget;
    auto *holder = new QHBoxLayout(m_tabsHolder);
    holder->setContentsMargins(0, 0, 0, 0);
    strip->addWidget(m_tabsHolder);
    strip->addStretch();
    layout->addWidget(m_strip);
    layout->addWidget(ruledLine());
    m_trouble = mutedLabel();
    m_trouble->setWordWrap(true);
    m_trouble->setContentsMargins(20, 8, 20, 0);
    layout->addWidget(m_trouble);
    m_pages = new QStackedWidget;
    layout->addWidget(m_pages, 1);
    m_message = mutedLabel();
    m_message->setFont(Theme::instance().font(FontRole::Sentence));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(80);
    m_pages->addWidget(m_message);
    addPage(new RecurrentPage(m_model));
    addPage(new AttentionPage(m_model));
    addPage(new MapsPage(m_model));
    addPage(new EmbeddingPage(m_model, m_session));
    return column;
}

void InsidePlace::addPage(InsidePage *page)
{
    m_all.push_back(page);
    m_pages->addWidget(page);
    if (QWidget *choices = page->choices()) m_strip->layout()->addWidget(choices);
}

InsidePage *InsidePlace::page() const
{
    if (!m_model->obstacle().isEmpty() || !m_model->current()) return nullptr;
    const auto found = std::ranges::find_if(
        m_all, [this](const InsidePage *page) { return page->shows(m_model->look()); });
    return found == m_all.end() ? nullptr : *found;
}

void InsidePlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model->setActive(true);
    showSubject();
}

void InsidePlace::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model->setActive(false);
}

void InsidePlace::showTabs()
{
    const auto looks = m_model->looks();
    QStringList names;
    for (const Look look : looks) names << nameOf(look);
    m_filling = true;
    if (names != m_tabNames) {
        m_tabNames = names;
        if (m_tabs) m_tabs->deleteLater();
        m_tabs = names.isEmpty() ? nullptr : new SegmentedControl(names, true);
        if (m_tabs) {
            m_tabs->setAccessibleName(tr("How to look"));
            m_tabsHolder->layout()->addWidget(m_tabs);
            connect(m_tabs, &SegmentedControl::currentIndexChanged, this, [this](int index) {
                if (m_filling) return;
                m_model->setLook(m_model->looks()[static_cast<std::size_t>(index)]);
            });
        }
    }
    const auto chosen = std::ranges::find(looks, m_model->look());
    if (m_tabs && chosen != looks.end())
        m_tabs->setCurrentIndex(static_cast<int>(chosen - looks.begin()));
    m_filling = false;
}

void InsidePlace::showSubject()
{
    showTabs();
    InsidePage *shown = page();
    const QString obstacle = m_model->obstacle();
    m_message->setText(!obstacle.isEmpty()            ? obstacle
                       : m_model->trouble().isEmpty() ? tr("Looking inside…")
                                                      : m_model->trouble());
    m_strip->setVisible(shown);
    for (InsidePage *each : m_all)
        if (QWidget *choices = each->choices()) choices->setVisible(each == shown);
    m_pages->setCurrentWidget(shown ? static_cast<QWidget *>(shown) : m_message);
    m_text->setVisible(m_model->takesText());
    m_sampleTitle->setText(m_model->takesText() ? tr("Sentence") : tr("Sample"));
    showResults();
    emit hintChanged();
}

void InsidePlace::showSample()
{
    if (!m_model->edited()) m_text->clear();
    m_sampleNote->setText(m_model->edited() ? tr("changed") : tr("validation"));
    if (auto *hint = findChild<QLabel *>(QStringLiteral("editHint")))
        hint->setVisible(!m_model->steps().choices.empty() && !m_model->steps().tokens);
    showResults();
}

void InsidePlace::showResults()
{
    m_trouble->setText(m_model->trouble());
    m_trouble->setVisible(page() && !m_model->trouble().isEmpty());
    if (InsidePage *shown = page()) shown->refresh();
    if (m_model->obstacle().isEmpty() && !m_model->current())
        m_message->setText(m_model->trouble().isEmpty() ? tr("Looking inside…")
                                                        : m_model->trouble());
    showAnswer();
}

void InsidePlace::showAnswer()
{
    const std::vector<float> row = m_model->answerRow();
    const bool classes = m_model->sample() && !row.empty()
                         && (m_model->sample()->facts.task == graph::Task::Classify
                             || m_model->sample()->facts.task == graph::Task::LabelSteps);
    m_answer->parentWidget()->setVisible(classes && m_model->obstacle().isEmpty());
    if (!classes) return;
    const int step = m_model->answerStep();
    m_answerTitle->setText(step >= 0 ? tr("Answer at step %1").arg(step) : tr("Answer"));
    std::vector<ProbabilityBars::Row> bars;
    for (std::size_t i = 0; i < row.size(); ++i)
        bars.push_back(
            {answerName(*m_model->sample(), m_session->data, static_cast<std::int64_t>(i)),
             row[i]});
    const auto right = rightAnswer(*m_model->sample());
    const auto best = std::ranges::max_element(row) - row.begin();
    m_answer->show(std::move(bars), !m_model->edited() && right && *right != best);
    m_answer->setFixedHeight(m_answer->sizeHint().height());
}

QString InsidePlace::hint() const
{
    if (!m_model->obstacle().isEmpty()) return {};
    switch (m_model->look()) {
    case Look::Gates:
    case Look::States:
        return tr(
            "Move over the maps, or use the arrow keys: the figures of each step stand at the "
            "right.");
    case Look::Memory:
        return tr("How much the answer changes with the input k steps back, over many samples.");
    case Look::Lines:
    case Look::Map:
    case Look::LinesAndMap:
        return tr(
            "Hover a word to see its lines alone. Click a word below, or a row of the map, to "
            "choose who looks.");
    default:
        return {};
    }
}

} // namespace ostrich::ui
