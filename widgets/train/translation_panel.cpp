// Greedy translations of the first sentences of a split, made in the background.
#include "train/translation_panel.hpp"

#include "data/tokenizer.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/translation.hpp"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 16;
constexpr std::int64_t kSentences = 12;

QString escaped(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

/// `ids` as text, the words marked that stand elsewhere in `wanted`, or not at all.
QString compared(const data::Tokenizer &tokenizer, std::span<const std::int32_t> ids,
                 std::span<const std::int32_t> wanted)
{
    const QString error = Theme::instance().tokens().error.name();
    const auto agree =
        static_cast<std::size_t>(std::ranges::mismatch(ids, wanted).in1 - ids.begin());
    const std::string right = tokenizer.decode(ids.first(agree));
    const std::string whole = tokenizer.decode(ids);
    // The joint of both parts is as the whole text has it.
    const std::string rest = whole.starts_with(right) ? whole.substr(right.size()) : whole;
    const std::string begun = whole.starts_with(right) ? right : std::string();
    return escaped(begun)
           + QStringLiteral("<span style='color:%1'>%2</span>").arg(error, escaped(rest));
}

} // namespace

TranslationPanel::TranslationPanel(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_split(new SegmentedControl({tr("validation"), tr("test")}, true)),
      m_empty(mutedLabel()),
      m_table(new QLabel),
      m_body(new QScrollArea)
{
    setMinimumWidth(240);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(kPadding, 0, kPadding, 0);
    head->addWidget(sectionTitle(tr("Translations")));
    head->addStretch();
    head->addWidget(m_split);
    layout->addLayout(head);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(kPadding, 0, kPadding, 0);
    layout->addWidget(m_empty);
    m_table->setWordWrap(true);
    m_table->setTextFormat(Qt::RichText);
    m_table->setAlignment(Qt::AlignTop);
    m_table->setContentsMargins(kPadding, 0, kPadding, 8);
    m_table->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_body->setWidgetResizable(true);
    m_body->setFrameShape(QFrame::NoFrame);
    m_body->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setWidget(m_table);
    m_body->viewport()->setAutoFillBackground(false);
    m_table->setAutoFillBackground(false);
    layout->addWidget(m_body, 1);
    layout->addStretch();
    connect(m_split, &SegmentedControl::currentIndexChanged, this, &TranslationPanel::refresh);
    connect(&session->run, &RunModel::evaluated, this, &TranslationPanel::refresh);
    const auto follow = [this] {
        if (!showable()) refresh();
    };
    connect(&session->run, &RunModel::stateChanged, this, follow);
    connect(&session->project, &ProjectModel::dataChanged, this, follow);
    connect(&session->data, &DataModel::loaded, this, &TranslationPanel::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &TranslationPanel::refresh);
    refresh();
}

data::Split TranslationPanel::split() const
{
    return m_split->currentIndex() == 1 ? data::Split::Test : data::Split::Validation;
}

bool TranslationPanel::showable() const
{
    const auto dataset = m_session->data.dataset();
    return m_session->run.model() && m_session->run.sameData() && dataset
           && dataset->facts.task == graph::Task::Translate;
}

void TranslationPanel::refresh()
{
    m_body->hide();
    m_empty->show();
    m_translator.cancel();
    if (!showable()) {
        m_empty->setText(tr("When a run has ended, this shows some sentences, what they should be "
                            "in the other language, and what the network makes of them."));
        return;
    }
    m_empty->setText(tr("Translating some sentences…"));
    m_translator.run([this, model = m_session->run.model(), dataset = m_session->data.dataset(),
                      split = split()](std::stop_token stop) -> Background::Finish {
        const data::Samples &samples = dataset->split(split);
        std::vector<std::int64_t> indices(
            static_cast<std::size_t>(std::min(kSentences, samples.count())));
        std::iota(indices.begin(), indices.end(), std::int64_t{0});
        auto translated = train::translate(model, samples, indices, {}, stop);
        if (stop.stop_requested()) return {};
        return [this, dataset, split, translated = std::move(translated)] {
            if (translated)
                show(*dataset, split, *translated);
            else
                m_empty->setText(
                    QString::fromStdString(ostrich::sentence(translated.error(), language())));
        };
    });
}

void TranslationPanel::show(const data::Dataset &dataset, data::Split split,
                            const Sentences &translated)
{
    const Tokens &t = Theme::instance().tokens();
    const data::Samples &samples = dataset.split(split);
    const data::Tokenizer &writer = *dataset.targetTokenizer;
    const QString line = QStringLiteral("<tr><td width='24%' style='color:%1'>%2</td>"
                                        "<td>%3</td></tr>");
    QString rows;
    for (std::size_t i = 0; i < translated.size(); ++i) {
        const auto index = static_cast<std::int64_t>(i);
        const auto row = samples.targets.row(index); // kBegin, ids, kEnd
        const auto wanted = row.subspan(1, row.size() - 2);
        const bool exact = std::ranges::equal(wanted, translated[i]);
        const QString muted = t.muted.name();
        rows += QStringLiteral("<tr><td colspan='2' style='padding-top:8px'><b>%1</b></td></tr>")
                    .arg(m_session->data.text({split, index}).toHtmlEscaped());
        rows += line.arg(muted, tr("should be"), escaped(writer.decode(wanted)));
        rows += line.arg(muted, tr("is"),
                         exact ? QStringLiteral("<span style='color:%1'>✓ %2</span>")
                                     .arg(t.ok.name(), escaped(writer.decode(translated[i])))
                               : compared(writer, translated[i], wanted));
    }
    m_table->setText(QStringLiteral("<table width='100%' cellspacing='0'>%1</table>").arg(rows));
    m_empty->hide();
    m_body->show();
}

} // namespace ostrich::ui
