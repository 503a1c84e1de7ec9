// Two searches in the background, their sentences and the tree of the wider one.
#include "inside/beam_panel.hpp"

#include "data/tokenizer.hpp"
#include "inside/inside_model.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/translation.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

using data::Tokenizer;

constexpr int kWidths[] = {2, 4, 8};

using Ids = std::vector<std::int32_t>;

/// What the encoder reads of the sample, with its end.
Ids sourceOf(const data::Dataset &sample)
{
    Ids ids = sample.split(data::Split::Validation).tokens;
    if (ids.empty() || ids.back() != Tokenizer::kEnd) ids.push_back(Tokenizer::kEnd);
    return ids;
}

std::vector<BeamTree::Node> nodesOf(const train::BeamSearch &search, const Tokenizer &tokenizer)
{
    const std::vector<std::string> pieces = tokenizer.visiblePieces();
    std::vector<BeamTree::Node> nodes;
    for (const train::BeamNode &node : search.nodes) {
        const bool ends = node.token == Tokenizer::kEnd;
        nodes.push_back(
            {node.parent,
             ends ? BeamPanel::tr("end")
                  : QString::fromStdString(pieces.at(static_cast<std::size_t>(node.token))),
             node.logProbability, ends});
    }
    return nodes;
}

Result<BeamPanel::Shown> searched(const engine::ModelHandle &model, const Tokenizer &tokenizer,
                                  const Ids &source, int width, std::stop_token stop)
{
    const auto greedy = train::beamSearch(model, source, 1, stop);
    if (!greedy) return greedy.error();
    const auto beam = train::beamSearch(model, source, width, stop);
    if (!beam) return beam.error();
    const auto text = [&](const train::BeamSearch &search) {
        return QString::fromStdString(tokenizer.decode(search.found.front().ids));
    };
    BeamPanel::Shown shown;
    shown.greedy = text(*greedy);
    shown.greedyScore = greedy->found.front().score;
    shown.best = text(*beam);
    shown.bestScore = beam->found.front().score;
    shown.nodes = nodesOf(*beam, tokenizer);
    return shown;
}

QString scoreText(double score)
{
    return BeamPanel::tr("score %1").arg(logText(score));
}

QPushButton *stepButton(const QString &icon, const QString &help)
{
    auto *button = new QPushButton(Theme::instance().icon(icon), QString());
    button->setProperty("role", "icon");
    button->setToolTip(help);
    button->setAccessibleName(help);
    return button;
}

} // namespace

BeamPanel::BeamPanel(InsideModel *model, Session *session, QWidget *parent)
    : FollowingPanel(model, session, parent)
{
    setBody(body(), 1);
    connect(model, &InsideModel::sampleChanged, this, &BeamPanel::askSoon);
    connect(&Theme::instance(), &Theme::changed, this, &BeamPanel::showAnswers);
}

QWidget *BeamPanel::body()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(sectionTitle(tr("Source")));
    m_source = wrapped(new QLabel);
    layout->addWidget(m_source);
    layout->addWidget(wrapped(mutedLabel(tr("Another one: type it, or choose it, at the left."))));
    layout->addWidget(ruledLine());
    m_answers = wrapped(new QLabel);
    m_answers->setTextFormat(Qt::RichText);
    m_answers->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_answers);
    m_remark = wrapped(mutedLabel());
    layout->addWidget(m_remark);
    layout->addWidget(ruledLine());
    auto *head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("Sentences followed")));
    head->addStretch();
    QStringList widths;
    for (const int width : kWidths) widths << QString::number(width);
    m_width = new SegmentedControl(widths, true);
    m_width->setAccessibleName(tr("Sentences followed"));
    m_width->setCurrentIndex(1);
    connect(m_width, &SegmentedControl::currentIndexChanged, this, &BeamPanel::askSoon);
    head->addWidget(m_width);
    layout->addLayout(head);
    m_tree = new BeamTree;
    connect(m_tree, &BeamTree::stepChanged, this, &BeamPanel::showStep);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(m_tree);
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_tree->setAutoFillBackground(false);
    layout->addWidget(m_scroll);
    layout->addWidget(stepRow());
    layout->addWidget(wrapped(
        mutedLabel(tr("Each column is a step: the likeliest beginnings are kept, all others given "
                      "up. The score is the mean log-probability of a sentence’s words."))));
    layout->addStretch();
    return body;
}

QWidget *BeamPanel::stepRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_back = stepButton(QStringLiteral("left"), tr("One step back (left arrow in the tree)"));
    m_forth = stepButton(QStringLiteral("right"), tr("One step on (right arrow in the tree)"));
    m_stepText = new QLabel;
    m_stepText->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_back);
    layout->addWidget(m_stepText, 1);
    layout->addWidget(m_forth);
    connect(m_back, &QPushButton::clicked, this, [this] { m_tree->setStep(m_tree->step() - 1); });
    connect(m_forth, &QPushButton::clicked, this, [this] { m_tree->setStep(m_tree->step() + 1); });
    return row;
}

int BeamPanel::beamWidth() const
{
    return kWidths[std::clamp(m_width->currentIndex(), 0, 2)];
}

void BeamPanel::ask()
{
    const auto request = writeRequest(*m_session);
    const DatasetHandle sample = m_model->sample();
    if (!request || !sample || !sample->targetTokenizer) {
        m_background.cancel();
        return say(tr("The network has not learned anything yet. Press Play, and see here how it "
                      "chooses its words."));
    }
    if (!showsBody()) say(tr("Translating…"));
    m_background.run([this, request = *request, sample, width = beamWidth(),
                      writer = m_writer](std::stop_token stop) -> Background::Finish {
        const auto model = writer->model(request);
        if (stop.stop_requested()) return {};
        auto found =
            model ? searched(*model, *sample->targetTokenizer, sourceOf(*sample), width, stop)
                  : Result<Shown>(model.error());
        if (stop.stop_requested()) return {};
        return [this, sample, found = std::move(found)] {
            if (found)
                take(*sample, *found);
            else
                say(QString::fromStdString(ostrich::sentence(found.error(), language())));
        };
    });
}

void BeamPanel::take(const data::Dataset &sample, Shown shown)
{
    say({});
    const QString source = QString::fromStdString(
        sample.tokenizer->decode(sample.split(data::Split::Validation).tokens));
    // While it trains the same sentence comes again: the step that is looked at stays.
    const bool stays = source == m_source->text() && m_tree->step() < m_tree->steps();
    const int step = m_tree->step();
    m_source->setText(source);
    m_shown = std::move(shown);
    m_tree->show(m_shown.nodes);
    if (stays) m_tree->setStep(step);
    m_tree->resize(m_tree->sizeHint());
    m_scroll->setFixedHeight(m_tree->sizeHint().height()
                             + m_scroll->horizontalScrollBar()->sizeHint().height());
    if (!stays) m_scroll->horizontalScrollBar()->setValue(0);
    showAnswers();
}

void BeamPanel::showAnswers()
{
    const Tokens &t = Theme::instance().tokens();
    const QString row =
        QStringLiteral("<tr><td style='color:%1;padding-top:4px'>%2</td><td align='right' "
                       "style='color:%1;padding-top:4px'>%3</td></tr>"
                       "<tr><td colspan='2' style='color:%4'><b>%5</b></td></tr>");
    m_answers->setText(
        QStringLiteral("<table width='100%' cellspacing='0' cellpadding='0'>%1%2</table>")
            .arg(row.arg(t.muted.name(), tr("Greedy: word by word"), scoreText(m_shown.greedyScore),
                         t.text.name(), m_shown.greedy.toHtmlEscaped()),
                 row.arg(t.muted.name(), tr("Beam of %1").arg(beamWidth()),
                         scoreText(m_shown.bestScore), t.accent.name(),
                         m_shown.best.toHtmlEscaped())));
    const bool same = m_shown.greedy == m_shown.best;
    m_remark->setText(same ? tr("Both write the same sentence.")
                      : m_shown.bestScore > m_shown.greedyScore
                          ? tr("The beam found a likelier sentence behind a less likely word.")
                          : tr("The beam gave up the greedy sentence on the way."));
}

void BeamPanel::showStep()
{
    m_stepText->setText(tr("step %1 of %2").arg(m_tree->step()).arg(m_tree->steps()));
    m_back->setEnabled(m_tree->step() > 1);
    m_forth->setEnabled(m_tree->step() < m_tree->steps());
    if (m_tree->leader() < 0 || m_tree->step() == m_tree->steps()) return;
    const QRectF box = m_tree->nodeRect(m_tree->leader());
    m_scroll->ensureVisible(static_cast<int>(box.center().x()), 0,
                            static_cast<int>(box.width() / 2) + 40, 0);
}

} // namespace ostrich::ui
