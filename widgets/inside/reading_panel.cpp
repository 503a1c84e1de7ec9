// Sections of the panel, each hidden while it has nothing to say.
#include "inside/reading_panel.hpp"

#include "fool/probability_bars.hpp"
#include "inside/beam_panel.hpp"
#include "inside/colour_scale.hpp"
#include "inside/write_on_panel.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

enum Page { kReading, kBeam, kWriteOn };

QLabel *richLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    return label;
}

/// As wide as there is room, as high as it needs.
QScrollArea *scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    return area;
}

/// "title ... note", then names with their values at the right, then the text.
QString partHtml(const Reading::Part &part)
{
    const Tokens &t = Theme::instance().tokens();
    const QString row =
        QStringLiteral("<tr><td style='color:%1;padding:2px 0'>%2</td>"
                       "<td align='right' style='padding:2px 0'><b>%3</b></td></tr>");
    QString html = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='0'>");
    if (!part.title.isEmpty())
        html +=
            QStringLiteral("<tr><td style='padding:2px 0 5px 0'><b>%1</b></td><td align='right' "
                           "style='color:%2;padding:2px 0 5px 0'>%3</td></tr>")
                .arg(part.title.toHtmlEscaped(), t.muted.name(), part.note.toHtmlEscaped());
    for (const Reading::Line &line : part.lines)
        html += row.arg(t.muted.name(), line.name.toHtmlEscaped(), line.value.toHtmlEscaped());
    html += QStringLiteral("</table>");
    if (!part.text.isEmpty())
        html += QStringLiteral("<span style='color:%1'>%2</span>").arg(t.muted.name(), part.text);
    return html;
}

} // namespace

ReadingPanel::ReadingPanel(InsideModel *model, Session *session, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_session(session),
      m_facts(richLabel()),
      m_step(richLabel()),
      m_answer(richLabel()),
      m_lookFor(richLabel()),
      m_formula(richLabel()),
      m_bars(new ProbabilityBars({})),
      m_answerBars(new ProbabilityBars({})),
      m_unit(new ColourScale(false, 150)),
      m_signed(new ColourScale(true, 150))
{
    setMinimumWidth(240);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_tabRow = tabs();
    outer->addWidget(m_tabRow);
    m_pages = new QStackedWidget;
    m_pages->addWidget(reading());
    m_pages->addWidget(scrolled(new BeamPanel(model, session)));
    m_pages->addWidget(scrolled(new WriteOnPanel(model, session)));
    outer->addWidget(m_pages, 1);
    connect(&session->project, &ProjectModel::dataChanged, this, &ReadingPanel::followData);
    connect(&session->data, &DataModel::loaded, this, &ReadingPanel::followData);
    for (const auto signal : {&InsideModel::subjectChanged, &InsideModel::resultsChanged,
                              &InsideModel::cursorChanged, &InsideModel::attentionChanged})
        connect(model, signal, this, &ReadingPanel::refresh);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_shown = {};
        m_shownHead.clear();
        refresh();
    });
    followData();
    refresh();
}

QWidget *ReadingPanel::tabs()
{
    auto *row = new QWidget;
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_tabs = new SegmentedControl({tr("Reading"), tr("Writing")}, true);
    m_tabs->setAccessibleName(tr("What the network reads, or how it writes"));
    auto *strip = new QHBoxLayout;
    strip->setContentsMargins(16, 8, 16, 8);
    strip->addWidget(m_tabs);
    strip->addStretch();
    layout->addLayout(strip);
    layout->addWidget(ruledLine());
    connect(m_tabs, &SegmentedControl::currentIndexChanged, this, &ReadingPanel::followData);
    return row;
}

void ReadingPanel::followData()
{
    const auto dataset = m_session->data.dataset();
    const bool translates = dataset && dataset->facts.task == graph::Task::Translate;
    const bool writes = dataset && (translates || writesText(*dataset));
    m_tabRow->setVisible(writes);
    const bool reads = !writes || m_tabs->currentIndex() == 0;
    m_pages->setCurrentIndex(reads ? kReading : translates ? kBeam : kWriteOn);
}

QScrollArea *ReadingPanel::reading()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(0);
    m_formula->setFont(Theme::instance().font(FontRole::Formula));
    m_bars->setWinner(ProbabilityBars::Winner::Accent);
    m_bars->setSorted(false); // the other words together come last
    m_answerBars->setWinner(ProbabilityBars::Winner::Output);
    layout->addWidget(head());
    m_sections[0] = section({bigNumber()});
    m_sections[1] = section({m_facts, m_bars});
    m_sections[2] = section({m_step});
    m_sections[3] = section({m_answer, m_answerBars});
    m_sections[4] = section({m_lookFor, m_formula});
    m_sections[5] = section({honesty()});
    m_sections[6] = section({m_unit, m_signed});
    for (QWidget *each : m_sections) layout->addWidget(each);
    layout->addStretch();
    return scrolled(content);
}

QWidget *ReadingPanel::head()
{
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_icon = new QLabel;
    m_title = new ElidingLabel;
    m_title->setFont(Theme::instance().font(FontRole::BlockTitle));
    m_id = mutedLabel();
    row->addWidget(m_icon);
    row->addWidget(m_title, 1);
    row->addWidget(m_id);
    layout->addLayout(row);
    m_note = mutedLabel();
    layout->addWidget(m_note);
    return head;
}

QWidget *ReadingPanel::bigNumber()
{
    auto *number = new QWidget;
    auto *layout = new QVBoxLayout(number);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_bigTitle = mutedLabel();
    m_big = richLabel();
    m_bigNote = mutedLabel();
    m_bigNote->setWordWrap(true);
    for (QLabel *label : {m_bigTitle, m_big, m_bigNote}) layout->addWidget(label);
    return number;
}

QWidget *ReadingPanel::honesty()
{
    auto *honesty = new QWidget;
    auto *layout = new QVBoxLayout(honesty);
    layout->setContentsMargins(0, 0, 0, 0);
    m_warning = richLabel();
    layout->addWidget(m_warning);
    m_beside = new QPushButton(tr("Lay the gradient beside it"));
    m_beside->setProperty("role", "link");
    m_beside->setCheckable(true);
    m_beside->setCursor(Qt::PointingHandCursor);
    m_beside->setToolTip(tr("Which words the answer really hangs on"));
    connect(m_beside, &QPushButton::toggled, m_model, &InsideModel::setBeside);
    layout->addWidget(m_beside, 0, Qt::AlignLeft);
    return honesty;
}

/// `content` below a line.
QWidget *ReadingPanel::section(std::initializer_list<QWidget *> content)
{
    auto *section = new QWidget;
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 14, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(ruledLine());
    for (QWidget *widget : content) layout->addWidget(widget);
    return section;
}

void ReadingPanel::showHead()
{
    const InsideModel::Entry *entry = m_model->current();
    const QString note = !entry ? QString()
                         : m_model->following()
                             ? tr("Following the training, epoch %1").arg(m_model->epoch())
                             : tr("Weights of epoch %1").arg(m_model->epoch());
    m_note->setText(note);
    const QString now = entry ? QString::fromStdString(entry->id) : QString();
    if (now == m_shownHead) return;
    m_shownHead = now;
    m_title->setText(entry ? entry->name : QString());
    m_id->setText(now);
    m_icon->setPixmap(entry ? Theme::instance().pixmap(entry->icon,
                                                       Theme::instance().category(entry->category),
                                                       20, devicePixelRatioF())
                            : QPixmap());
}

void ReadingPanel::showPart(QLabel *text, ProbabilityBars *bars, const Reading::Part &part)
{
    text->setText(partHtml(part));
    text->setVisible(!part.title.isEmpty() || !part.lines.empty() || !part.text.isEmpty());
    if (!bars) return;
    std::vector<ProbabilityBars::Row> rows;
    for (const Reading::Bar &bar : part.bars) rows.push_back({bar.name, bar.share});
    bars->setVisible(!rows.empty());
    bars->setMinimumHeight(35 * static_cast<int>(rows.size()));
    bars->show(std::move(rows), false);
}

void ReadingPanel::refresh()
{
    showHead();
    const Reading reading = readingOf(*m_model, *m_session);
    if (reading == m_shown) return;
    m_shown = reading;
    m_bigTitle->setText(reading.bigTitle);
    m_big->setText(QStringLiteral("<span style='font-size:24pt;font-weight:600'>%1</span> "
                                  "<span style='font-size:13pt;font-weight:500'>%2</span>")
                       .arg(reading.big.toHtmlEscaped(), reading.unit.toHtmlEscaped()));
    m_bigNote->setText(reading.bigNote);
    showPart(m_facts, m_bars, reading.facts);
    showPart(m_step, nullptr, reading.step);
    showPart(m_answer, m_answerBars, reading.answer);
    m_lookFor->setText(
        QStringLiteral("<p><b>%1</b></p><p>%2</p>").arg(tr("What to look for"), reading.lookFor));
    m_lookFor->setVisible(!reading.lookFor.isEmpty());
    m_formula->setText(
        QString(reading.formula).replace(QStringLiteral(",  "), QStringLiteral("<br>")));
    m_formula->setVisible(!reading.formula.isEmpty());
    const Tokens &t = Theme::instance().tokens();
    m_warning->setText(
        QStringLiteral("<span style='color:%1'>%2</span>").arg(t.warn.name(), reading.warning));
    m_signed->setVisible(reading.signedRange > 0.0f);
    const QString most = QLocale().toString(reading.signedRange, 'g', 2);
    m_signed->setEnds(QStringLiteral("−") + most, most);
    m_unit->setVisible(reading.unitScale);
    const auto told = [](const Reading::Part &part) { return !(part == Reading::Part()); };
    const bool shown[] = {!reading.bigTitle.isEmpty(),
                          told(reading.facts),
                          told(reading.step),
                          told(reading.answer),
                          !reading.lookFor.isEmpty() || !reading.formula.isEmpty(),
                          !reading.warning.isEmpty(),
                          reading.unitScale || reading.signedRange > 0.0f};
    for (std::size_t i = 0; i < std::size(shown); ++i) m_sections[i]->setVisible(shown[i]);
}

} // namespace ostrich::ui
