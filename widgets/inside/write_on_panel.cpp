// Drawing tokens in the background; the temperature shapes the bars without asking the network.
#include "inside/write_on_panel.hpp"

#include "data/tokenizer.hpp"
#include "inside/inside_model.hpp"
#include "inside/next_token_bars.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "train/prediction.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ostrich::ui {

namespace {

using data::Tokenizer;

constexpr double kHeatStep = 0.05;
constexpr int kHottest = 40, kPlain = 20; // in steps: 2 and 1
constexpr int kTextHeight = 150;
constexpr int kMostTokens = 2000;

} // namespace

WriteOnPanel::WriteOnPanel(InsideModel *model, Session *session, QWidget *parent)
    : FollowingPanel(model, session, parent)
{
    setBody(body(), 0);
    connect(model, &InsideModel::sampleChanged, this, &WriteOnPanel::takeSample);
    connect(&Theme::instance(), &Theme::changed, this, &WriteOnPanel::markWritten);
    takeSample();
}

QWidget *WriteOnPanel::body()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(sectionTitle(tr("Text")));
    m_text = new QPlainTextEdit;
    m_text->setAccessibleName(tr("The beginning of a text"));
    m_text->setPlaceholderText(tr("Type a beginning…"));
    m_text->setFixedHeight(kTextHeight);
    m_text->setTabChangesFocus(true);
    connect(m_text, &QPlainTextEdit::textChanged, this, &WriteOnPanel::textEdited);
    layout->addWidget(m_text);
    m_note = wrapped(mutedLabel());
    layout->addWidget(m_note);
    layout->addWidget(writeRow());
    layout->addWidget(ruledLine());
    auto *heatRow = new QHBoxLayout;
    heatRow->addWidget(sectionTitle(tr("Temperature")));
    heatRow->addStretch();
    m_heatText = mutedLabel();
    heatRow->addWidget(m_heatText);
    layout->addLayout(heatRow);
    m_heat = new QSlider(Qt::Horizontal);
    m_heat->setRange(0, kHottest);
    m_heat->setPageStep(4);
    m_heat->setAccessibleName(tr("Temperature"));
    m_heat->setToolTip(tr("Cold: the likeliest only. Hot: the unlikely get their chance"));
    layout->addWidget(m_heat);
    layout->addWidget(ruledLine());
    layout->addWidget(sectionTitle(tr("What comes next")));
    m_bars = new NextTokenBars;
    layout->addWidget(m_bars);
    m_markNote = wrapped(mutedLabel(tr("The marks: the probabilities at temperature 1.")));
    layout->addWidget(m_markNote);
    auto *formula = new QLabel(QStringLiteral("p = softmax( x / T )"));
    formula->setFont(Theme::instance().font(FontRole::Formula));
    layout->addWidget(formula);
    connect(m_heat, &QSlider::valueChanged, this, &WriteOnPanel::temperatureMoved);
    connect(m_bars, &NextTokenBars::tokenChosen, this, [this](std::int32_t token) {
        if (!m_writing) append(token);
        askSoon();
    });
    m_heat->setValue(kPlain);
    return body;
}

QWidget *WriteOnPanel::writeRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_write = new QPushButton(tr("Write on"));
    m_write->setProperty("role", "accent");
    connect(m_write, &QPushButton::clicked, this, &WriteOnPanel::writeOrStop);
    layout->addWidget(m_write, 1);
    m_count = new QSpinBox;
    m_count->setRange(1, kMostTokens);
    m_count->setValue(200);
    m_count->setSuffix(tr(" tokens"));
    m_count->setAccessibleName(tr("Tokens to write"));
    m_count->setToolTip(tr("Tokens to write"));
    layout->addWidget(m_count);
    return row;
}

double WriteOnPanel::temperature() const
{
    return m_heat->value() * kHeatStep;
}

void WriteOnPanel::temperatureMoved()
{
    const double now = temperature();
    m_heatText->setText(m_heat->value() == 0 ? tr("0: always the likeliest") : figure(now));
    m_bars->setTemperature(m_heat->value() == kPlain ? 1.0 : now);
    m_markNote->setVisible(m_heat->value() != kPlain);
}

std::vector<std::int32_t> WriteOnPanel::ids() const
{
    const auto dataset = m_session->data.dataset();
    return dataset && dataset->tokenizer
               ? dataset->tokenizer->encode(m_text->toPlainText().toStdString())
               : std::vector<std::int32_t>();
}

void WriteOnPanel::takeSample()
{
    const DatasetHandle sample = m_model->sample();
    if (!sample || !writesText(*sample)) return;
    if (m_writing) stop();
    m_text->setPlainText(QString::fromStdString(
        sample->tokenizer->decode(sample->split(data::Split::Validation).tokens)));
    m_text->moveCursor(QTextCursor::End);
}

/// By anyone but the network: all of it is a beginning again.
void WriteOnPanel::textEdited()
{
    if (m_inserting) return;
    m_begun = m_text->document()->characterCount() - 1;
    markWritten();
    askSoon();
}

void WriteOnPanel::markWritten()
{
    QTextEdit::ExtraSelection written;
    written.cursor = m_text->textCursor();
    written.cursor.setPosition(m_begun);
    written.cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    written.format.setForeground(Theme::instance().tokens().accent);
    m_text->setExtraSelections({written});
}

void WriteOnPanel::ask()
{
    const auto request = writeRequest(*m_session);
    if (!request || !writesText(*request->subject.whole)) {
        stop();
        return say(tr("The network has not learned anything yet. Press Play, and let it write here "
                      "while it learns."));
    }
    say({});
    if (m_writing) return;
    if (m_whole != request->subject.whole) {
        m_whole = request->subject.whole;
        m_names.clear();
        for (const std::string &piece : m_whole->tokenizer->visiblePieces())
            m_names << QString::fromStdString(piece);
    }
    const std::vector<std::int32_t> behind = ids();
    m_write->setEnabled(!behind.empty());
    const auto unknown = std::ranges::count(behind, Tokenizer::kUnknown);
    m_note->setText(behind.empty() ? tr("The network needs a beginning, be it one letter.")
                                   : tr("%n sign(s) that the network has never seen", nullptr,
                                        static_cast<int>(unknown)));
    m_note->setVisible(behind.empty() || unknown > 0);
    if (behind.empty()) {
        m_background.cancel();
        return showLogits({});
    }
    m_background.run([this, request = *request, behind,
                      writer = m_writer](std::stop_token stop) -> Background::Finish {
        const auto model = writer->model(request);
        if (stop.stop_requested()) return {};
        auto logits =
            model ? train::nextToken(*model, behind) : Result<std::vector<float>>(model.error());
        return [this, logits = std::move(logits)] {
            if (logits)
                showLogits(*logits);
            else
                say(QString::fromStdString(ostrich::sentence(logits.error(), language())));
        };
    });
}

void WriteOnPanel::writeOrStop()
{
    m_writing ? stop() : write();
}

void WriteOnPanel::write()
{
    const auto request = writeRequest(*m_session);
    std::vector<std::int32_t> behind = ids();
    if (!request || behind.empty()) return;
    m_begun = m_text->document()->characterCount() - 1;
    begin(behind);
    setWriting(true);
    const int serial = ++m_serial;
    const train::WritingOptions options{m_count->value(), temperature(), ++m_seed};
    m_background.run([this, serial, options, request = *request, behind = std::move(behind),
                      writer = m_writer](std::stop_token stop) -> Background::Finish {
        const auto tell = [this, serial](std::int32_t token, std::span<const float> logits) {
            QMetaObject::invokeMethod(
                this,
                [this, serial, token, logits = std::vector(logits.begin(), logits.end())] {
                    take(serial, token, logits);
                },
                Qt::QueuedConnection);
        };
        const auto model = writer->model(request);
        const auto written = model ? train::writeOn(*model, behind, options, tell, stop)
                                   : Result<std::vector<std::int32_t>>(model.error());
        return [this, written] {
            setWriting(false);
            if (written)
                askSoon();
            else
                say(QString::fromStdString(ostrich::sentence(written.error(), language())));
        };
    });
}

void WriteOnPanel::stop()
{
    if (!m_writing) return;
    m_background.cancel();
    ++m_serial;
    setWriting(false);
    askSoon();
}

void WriteOnPanel::setWriting(bool writing)
{
    m_writing = writing;
    m_text->setReadOnly(writing);
    m_write->setText(writing ? tr("Stop") : tr("Write on"));
}

void WriteOnPanel::take(int serial, std::int32_t token, std::vector<float> logits)
{
    if (serial != m_serial || !m_writing) return;
    showLogits(std::move(logits));
    append(token);
}

/// What is appended from here on stands behind `ids`.
void WriteOnPanel::begin(std::vector<std::int32_t> ids)
{
    m_decoded = m_whole ? m_whole->tokenizer->decode(ids) : std::string();
    m_ids = std::move(ids);
}

/// What one more token adds to the text.
QString WriteOnPanel::added(std::int32_t token)
{
    const Tokenizer &tokenizer = *m_whole->tokenizer;
    m_ids.push_back(token);
    const std::string before = std::exchange(m_decoded, tokenizer.decode(m_ids));
    return QString::fromStdString(m_decoded.starts_with(before) ? m_decoded.substr(before.size())
                                                                : tokenizer.piece(token));
}

void WriteOnPanel::append(std::int32_t token)
{
    if (!m_whole || token < Tokenizer::kSpecials) return;
    if (!m_writing) begin(ids());
    m_inserting = true;
    QTextCursor end(m_text->document());
    end.movePosition(QTextCursor::End);
    end.insertText(added(token));
    m_text->moveCursor(QTextCursor::End);
    m_text->ensureCursorVisible();
    m_inserting = false;
    markWritten();
}

void WriteOnPanel::showLogits(std::vector<float> logits)
{
    m_bars->setLogits(std::move(logits), m_names);
}

} // namespace ostrich::ui
