// Layout of the page of one sentence, and the words that say what happened.
#include "fool/sentence_view.hpp"

#include "data/tokenizer.hpp"
#include "findings/figure_button.hpp"
#include "fool/probability_bars.hpp"
#include "fool/sentence_choice.hpp"
#include "fool/sentence_findings.hpp"
#include "fool/sentence_model.hpp"
#include "fool/sentence_panel.hpp"
#include "fool/sentence_rows.hpp"
#include "fool/sentence_steps.hpp"
#include "fool/sentence_text.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 20, kTop = 6; // the strip of the place stands above
constexpr int kSide = 136;             // what stands left and right of the words
constexpr int kBottomHeight = 243, kPanelWidth = 300, kChoiceWidth = 400;

std::vector<float> floats(const std::vector<double> &values)
{
    return {values.begin(), values.end()};
}

} // namespace

SentenceView::SentenceView(Session *session, SentenceModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_text(new QLineEdit),
      m_fool(new QPushButton(tr("Fool it"))),
      m_save(new FigureButton(
          [this] { return FigureButton::Shot{drawingOf(exchangesTable(*m_model))}; })),
      m_rows(new SentenceRows),
      m_before(new ProbabilityBars(tr("Before"))),
      m_after(new ProbabilityBars(tr("After"))),
      m_sentence(new QLabel),
      m_note(mutedLabel())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, kTop, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(typedRow());
    layout->addWidget(middle(), 1);
    layout->addWidget(ruledLine());
    layout->addWidget(bottomRow());
    connectAll();
    showSentence();
}

QWidget *SentenceView::typedRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(kPadding, 0, kPadding, 0);
    layout->setSpacing(12);
    m_text->setPlaceholderText(tr("Type a sentence…"));
    m_text->setAccessibleName(tr("The sentence to be fooled"));
    m_text->setClearButtonEnabled(true);
    m_fool->setProperty("role", "accent");
    m_fool->setToolTip(tr("Looks for the fewest words whose exchange changes the answer"));
    layout->addWidget(m_text, 1);
    layout->addWidget(m_fool);
    m_save->setToolTip(tr("Save or copy the exchanged words"));
    m_save->setAccessibleName(m_save->toolTip());
    m_save->alsoOn(m_rows);
    layout->addWidget(m_save);
    return row;
}

QWidget *SentenceView::middle()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(kPadding, 16, kPadding, 14);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(kPadding);
    for (ProbabilityBars *bars : {m_before, m_after}) bars->setFixedWidth(kSide);
    row->addWidget(m_before);
    row->addWidget(m_rows, 1);
    row->addWidget(m_after);
    layout->addLayout(row, 1);
    m_sentence->setFont(Theme::instance().font(FontRole::Sentence));
    m_sentence->setTextFormat(Qt::RichText);
    for (QLabel *line : {m_sentence, m_note}) {
        line->setAlignment(Qt::AlignCenter);
        line->setWordWrap(true);
        layout->addWidget(line);
    }
    return part;
}

QWidget *SentenceView::bottomRow()
{
    auto *row = new QWidget;
    row->setFixedHeight(kBottomHeight);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *panel = new SentencePanel(m_session, m_model);
    panel->setFixedWidth(kPanelWidth);
    layout->addWidget(panel);
    layout->addWidget(uprightLine());
    layout->addWidget(new SentenceSteps(m_session, m_model), 3);
    layout->addWidget(uprightLine());
    auto *choice = new QWidget;
    choice->setMaximumWidth(kChoiceWidth);
    auto *column = new QVBoxLayout(choice);
    column->setContentsMargins(0, 10, 0, 8);
    column->setSpacing(6);
    auto *title = sectionTitle(tr("Sentences that it reads rightly"));
    title->setContentsMargins(kPadding, 0, kPadding, 0);
    column->addWidget(title);
    column->addWidget(new SentenceChoice(m_session, m_model), 1);
    layout->addWidget(choice, 2);
    return row;
}

void SentenceView::connectAll()
{
    connect(m_text, &QLineEdit::textEdited, m_model, &SentenceModel::setText);
    connect(m_text, &QLineEdit::returnPressed, m_model, &SentenceModel::start);
    connect(m_fool, &QPushButton::clicked, this,
            [this] { m_model->running() ? m_model->cancel() : m_model->start(); });
    connect(m_model, &SentenceModel::sentenceChanged, this, &SentenceView::showSentence);
    connect(m_model, &SentenceModel::resultChanged, this, &SentenceView::showResult);
    connect(&Theme::instance(), &Theme::changed, this, &SentenceView::showResult);
}

void SentenceView::showSentence()
{
    if (m_text->text() != m_model->text()) {
        m_text->setText(m_model->text());
        m_text->setCursorPosition(0);
    }
    showResult();
}

void SentenceView::showResult()
{
    const bool ready = m_model->obstacle().isEmpty();
    const bool fits = ready && m_model->trouble().isEmpty();
    m_text->setEnabled(ready);
    m_fool->setText(m_model->running() ? tr("Cancel") : tr("Fool it"));
    m_fool->setEnabled(fits);
    m_save->setEnabled(fits && m_model->newest() && !m_model->newest()->changes.empty());
    if (fits) {
        showWords();
    } else {
        m_rows->setMessage(ready ? m_model->trouble() : m_model->obstacle());
    }
    showAnswers();
    m_sentence->setText(fits ? outcomeText(m_session->data, *m_model) : QString());
    m_note->setText(fits ? noteText(*m_model) : QString());
}

void SentenceView::showWords()
{
    const QStringList &read = m_model->words();
    const std::vector<std::int32_t> &ids = m_model->ids();
    std::vector<SentenceRows::Word> words;
    for (qsizetype i = 0; i < read.size(); ++i)
        words.push_back(
            {read[i], read[i], ids[static_cast<std::size_t>(i)] == data::Tokenizer::kUnknown});
    const attack::WordResult *newest = m_model->newest();
    if (newest)
        for (const attack::WordChange &change : newest->changes)
            words.at(static_cast<std::size_t>(change.step)).after =
                QString::fromStdString(change.to);
    m_rows->setWords(std::move(words), newest != nullptr);
}

void SentenceView::showAnswers()
{
    const auto nameOf = [this](std::int64_t index) { return m_session->data.className(index); };
    m_before->show(m_model->before(), nameOf, false);
    const attack::WordResult *newest = m_model->newest();
    m_after->show(newest ? floats(newest->after) : std::vector<float>(), nameOf,
                  newest && newest->y_adv != newest->y_pred);
}

} // namespace ostrich::ui
