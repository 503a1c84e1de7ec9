// The parts of the page of one picture, and the sentence that says what happened.
#include "fool/picture_view.hpp"

#include "fool/answer_text.hpp"
#include "fool/attack_panel.hpp"
#include "fool/curve_panel.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_page.hpp"
#include "fool/honesty_panel.hpp"
#include "fool/live_controls.hpp"
#include "fool/picture_choice.hpp"
#include "fool/picture_sentence.hpp"
#include "fool/probability_bars.hpp"
#include "fool/triptych.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr auto kPictureTemplate = "lenet";
constexpr int kBottomHeight = 243, kAttackWidth = 380, kHonestyWidth = 350;

/// How much the noise must be multiplied to be seen: a round number.
int amplification(double largest)
{
    if (largest <= 0.0) return 1; // there is none
    for (const int factor : {100, 50, 40, 30, 20, 10, 5, 4, 3, 2})
        if (largest * factor <= 0.55) return factor;
    return 1;
}

QString epsilonHelp(attack::Norm norm)
{
    switch (norm) {
    case attack::Norm::Linf:
        return PictureView::tr("ε: by how much any value of any pixel may change at most. From "
                               "black to white are 255 levels.");
    case attack::Norm::L2:
        return PictureView::tr("ε: how long all changes may be together: the root of the sum of "
                               "their squares, each between 0 and 1.");
    case attack::Norm::L1:
        return PictureView::tr("ε: how large the sum of all changes may be, each between 0 and 1.");
    case attack::Norm::L0:
        return PictureView::tr("ε: how many pixels may change, each as much as it likes.");
    }
    return {};
}

QImage noiseImage(const Array &picture, const std::vector<float> &attacked, int factor)
{
    Array shown{picture.shape, {}};
    shown.values.reserve(attacked.size());
    for (std::size_t i = 0; i < attacked.size(); ++i)
        shown.values.push_back(0.5f
                               + static_cast<float>(factor) * (attacked[i] - picture.values[i]));
    return toImage(shown);
}

std::size_t winner(const std::vector<float> &probabilities)
{
    return static_cast<std::size_t>(std::ranges::max_element(probabilities)
                                    - probabilities.begin());
}

} // namespace

PictureView::PictureView(Session *session, FoolModel *model, Honesty *honesty, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_before(new ProbabilityBars(tr("Before"))),
      m_after(new ProbabilityBars(tr("After"))),
      m_triptych(new Triptych),
      m_slider(new EpsilonSlider),
      m_choice(new PictureChoice(session, m_model)),
      m_controls(new LiveControls(&model->live())),
      m_map(new QPushButton(tr("Map of this picture"))),
      m_hint(new QLabel),
      m_epsilon(new QLabel),
      m_sentence(new QLabel),
      m_noise(mutedLabel()),
      m_largest(mutedLabel())
{
    m_epsilon->setTextFormat(Qt::RichText);
    m_largest->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_largest->setTextFormat(Qt::RichText);
    m_largest->setWordWrap(true);
    for (QLabel *line : {m_hint, m_sentence})
        line->setFont(Theme::instance().font(FontRole::Sentence));
    m_sentence->setTextFormat(Qt::RichText);
    for (QLabel *line : {m_hint, m_sentence, m_noise}) {
        line->setAlignment(Qt::AlignCenter);
        line->setWordWrap(true);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(
        new FoolPage({m_hint, m_triptych, m_before, m_after, m_choice, m_controls, m_epsilon,
                      m_slider, m_largest, m_sentence, lastLine(), bottomRow(honesty)}));
    connectAll();
    setSliderScale();
    showPicture();
}

/// What noise does, in the middle, and the way to the map.
QWidget *PictureView::lastLine()
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_map->setProperty("role", "link");
    m_map->setCursor(Qt::PointingHandCursor);
    m_map->setToolTip(tr("Draws in Studies what the network says all around this picture, and the "
                         "way that the attack takes"));
    layout->addSpacing(m_map->sizeHint().width());
    layout->addWidget(m_noise, 1);
    layout->addWidget(m_map);
    connect(m_map, &QPushButton::clicked, this, &PictureView::mapWanted);
    return line;
}

QWidget *PictureView::bottomRow(Honesty *honesty)
{
    auto *row = new QWidget;
    row->setFixedHeight(kBottomHeight);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *attack = new AttackPanel(m_session, m_model);
    attack->setFixedWidth(kAttackWidth);
    layout->addWidget(attack);
    layout->addWidget(uprightLine());
    layout->addWidget(new CurvePanel(m_model), 1);
    layout->addWidget(uprightLine());
    auto *checks = new HonestyPanel(honesty);
    checks->setMaximumWidth(kHonestyWidth);
    layout->addWidget(checks, 1);
    return row;
}

void PictureView::connectAll()
{
    connect(m_model, &FoolModel::pictureChanged, this, &PictureView::showPicture);
    connect(m_model, &FoolModel::resultChanged, this, &PictureView::showAttack);
    connect(&m_model->live(), &LiveAttack::stepped, this, &PictureView::showAttack);
    connect(m_model, &FoolModel::optionsChanged, this, &PictureView::showEpsilon);
    connect(m_model, &FoolModel::openingChanged, this, &PictureView::showPicture);
    connect(&m_model->flip(), &FlipSearch::changed, this, [this] {
        const auto flip = m_model->flip().epsilon();
        // At 0 it is misread without any noise: the sentence says so.
        m_slider->setFlip(flip > 0.0 ? flip : std::nullopt,
                          flip
                              ? tr("flips at %1").arg(epsilonNumber(*flip, m_model->options().norm))
                              : QString());
    });
    connect(m_slider, &EpsilonSlider::valueChanged, m_model, &FoolModel::setEpsilon);
    connect(m_controls, &LiveControls::watchWanted, m_model, &FoolModel::watch);
    connect(m_triptych, &Triptych::fileDropped, m_model, &FoolModel::useFile);
    connect(m_triptych, &Triptych::imageDropped, m_model, &FoolModel::useImage);
    connect(m_triptych, &Triptych::actionWanted, this,
            [this] { emit templateWanted(QString::fromLatin1(kPictureTemplate)); });
    connect(m_choice, &PictureChoice::openWanted, this, &PictureView::openWanted);
    connect(m_choice, &PictureChoice::pasteWanted, this, &PictureView::pasteWanted);
    connect(m_choice, &PictureChoice::shootWanted, this, &PictureView::shootWanted);
    const auto sayWhatToDo = [this] {
        if (m_model->picture().empty()) showPicture();
    };
    connect(&m_session->run, &RunModel::stateChanged, this, sayWhatToDo);
    connect(m_model, &FoolModel::networkChanged, this, sayWhatToDo);
    connect(&m_session->data, &DataModel::loaded, this, sayWhatToDo);
    connect(&Theme::instance(), &Theme::changed, this, &PictureView::showPicture);
}

void PictureView::setSliderScale()
{
    const attack::Norm norm = m_model->options().norm;
    const double largest = m_model->largestEpsilon();
    const EpsilonScale scale = epsilonScale(largest, norm);
    const bool levels = norm == attack::Norm::Linf;
    const auto label = [norm, levels](double epsilon) {
        return levels && epsilon <= 0.0 ? QStringLiteral("0/255") : epsilonText(epsilon, norm);
    };
    m_slider->setScale(largest, scale.step, scale.labelEvery, scale.snap, label);
    m_slider->setValue(m_model->options().epsilon);
    const bool isHeld = m_model->isHeld();
    m_slider->setEnabled(isHeld && m_model->obstacle().isEmpty() && !m_model->picture().empty());
    const QString help =
        isHeld ? epsilonHelp(norm) : tr("This attack is held by its own limits: see “More…”.");
    m_slider->setToolTip(help);
    m_epsilon->setToolTip(help);
}

void PictureView::showEpsilon()
{
    setSliderScale();
    const Theme &theme = Theme::instance();
    const attack::Norm norm = m_model->options().norm;
    const QString figure = QStringLiteral("ε = ") + epsilonNumber(m_slider->value(), norm);
    QString unit = epsilonUnit(norm);
    if (QFontMetrics(theme.font(FontRole::BigNumber)).horizontalAdvance(figure)
            + QFontMetrics(theme.font(FontRole::Text)).horizontalAdvance(unit)
        > m_epsilon->maximumWidth())
        unit.clear(); // the slider's labels say it too
    m_epsilon->setText(QStringLiteral("<span style='font-size:24pt;font-weight:600'>%1</span>"
                                      "<span style='color:%2'>%3</span>")
                           .arg(figure, theme.tokens().muted.name(), unit));
}

void PictureView::showPicture()
{
    const QString obstacle = m_model->obstacle();
    const bool ready = obstacle.isEmpty() && !m_model->picture().empty();
    m_before->setVisible(true);
    m_hint->setText(ready ? m_model->hint() : QString());
    m_hint->setVisible(!m_hint->text().isEmpty());
    m_controls->setReady(ready);
    m_map->setEnabled(ready);
    showEpsilon();
    if (ready) return showAttack();
    clearAnswers();
    m_triptych->showMessage(
        !m_model->opening().isEmpty() ? tr("Opening %1…").arg(m_model->opening())
        : obstacle.isEmpty()
            ? tr("Drop a photograph here, or choose a picture with the “+” button.")
            : obstacle,
        m_model->lacksPictures() ? tr("Open a network for pictures") : QString());
}

void PictureView::clearAnswers()
{
    m_before->show({}, false);
    m_after->show({}, false);
    say({});
    m_noise->clear();
    m_largest->clear();
}

void PictureView::showAlone()
{
    if (!m_model->obstacle().isEmpty() || m_model->picture().empty()) return;
    clearAnswers();
    m_triptych->show({Triptych::Panel{toImage(m_model->picture()), {}, tr("the picture")}, {}, {}},
                     false);
}

void PictureView::showAttack()
{
    ShownAttack shown = shownAttack(m_model->live(), m_model->result());
    if (shown.before.empty()) return showAlone();
    if (shown.attacked.empty()) { // the network has answered, the attack has not begun
        shown.attacked = m_model->picture().values;
        shown.after = shown.before;
    }
    show(shown);
}

void PictureView::show(const ShownAttack &shown)
{
    const Array &picture = m_model->picture();
    const DataModel &data = m_session->data;
    if (shown.attacked.size() != picture.values.size()) return; // of another picture
    const auto nameOf = [&data](std::int64_t index) { return data.className(index); };
    const auto said = [&](const std::vector<float> &probabilities) {
        return answerText(data, probabilities);
    };
    const bool isWrong = shown.isWrong && winner(shown.after) != winner(shown.before);
    const int factor = amplification(changeOf(*m_model, shown).largest);
    m_triptych->show({Triptych::Panel{toImage(picture), said(shown.before), tr("the picture")},
                      Triptych::Panel{noiseImage(picture, shown.attacked, factor),
                                      factor > 1 ? tr("noise ×%1").arg(factor) : tr("noise"),
                                      tr("made visible")},
                      Triptych::Panel{toImage(Array{picture.shape, shown.attacked}),
                                      said(shown.after), tr("the sum")}},
                     isWrong);
    m_before->show(shown.before, nameOf, false);
    m_after->show(shown.after, nameOf, isWrong);
    showSentences(shown);
}

void PictureView::showSentences(const ShownAttack &shown)
{
    say(pictureSentence(m_session->data, *m_model, shown));
    const PictureChange change = changeOf(*m_model, shown);
    const bool counts = m_model->isHeld() && m_model->options().norm == attack::Norm::L0;
    const QString figure = QStringLiteral("<br><b style='color:%1'>%2</b>")
                               .arg(Theme::instance().tokens().text.name());
    m_largest->setText(counts ? tr("pixels changed") + figure.arg(count(change.pixels))
                              : tr("largest change")
                                    + figure.arg(tr("%1 levels").arg(change.levels())));
    showNoise(shown);
    showEpsilon();
}

void PictureView::showNoise(const ShownAttack &shown)
{
    if (shown.noise.empty() || !m_model->isHeld()) return m_noise->clear(); // noise of which size?
    const QString noisy = answerText(m_session->data, shown.noise);
    m_noise->setText(winner(shown.noise) == winner(shown.before)
                         ? tr("Random noise of the same size leaves it at %1.").arg(noisy)
                         : tr("Random noise of the same size makes it %1.").arg(noisy));
}

/// Another picture on its way is told of first.
void PictureView::say(const QString &sentence)
{
    const QString &name = m_model->opening();
    m_sentence->setText(name.isEmpty() ? sentence : tr("Opening %1…").arg(name.toHtmlEscaped()));
}

} // namespace ostrich::ui
