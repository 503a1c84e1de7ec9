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
#include "fool/probability_bars.hpp"
#include "fool/triptych.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
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
    for (const int factor : {100, 50, 40, 30, 20, 10, 5, 4, 3, 2})
        if (largest * factor <= 0.55) return factor;
    return 1;
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

/// How much was changed: the most of one value, and at how many places.
struct Change {
    double largest = 0.0;
    int pixels = 0, allPixels = 0;
};

Change changeOf(const Array &picture, const std::vector<float> &attacked)
{
    Change change;
    const std::size_t plane = picture.values.size() / static_cast<std::size_t>(picture.dim(0));
    std::vector<bool> moved(plane, false);
    for (std::size_t i = 0; i < attacked.size(); ++i) {
        const double by = std::abs(static_cast<double>(attacked[i] - picture.values[i]));
        change.largest = std::max(change.largest, by);
        if (by > 0.0) moved[i % plane] = true;
    }
    change.pixels = static_cast<int>(std::ranges::count(moved, true));
    change.allPixels = static_cast<int>(plane);
    return change;
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
      m_epsilon(new QLabel),
      m_sentence(new QLabel),
      m_noise(mutedLabel()),
      m_largest(mutedLabel())
{
    m_epsilon->setTextFormat(Qt::RichText);
    m_largest->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_largest->setTextFormat(Qt::RichText);
    m_largest->setWordWrap(true);
    m_sentence->setFont(Theme::instance().font(FontRole::Sentence));
    m_sentence->setTextFormat(Qt::RichText);
    for (QLabel *line : {m_sentence, m_noise}) {
        line->setAlignment(Qt::AlignCenter);
        line->setWordWrap(true);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(
        new FoolPage({m_triptych, m_before, m_after, m_choice, new LiveControls(model), m_epsilon,
                      m_slider, m_largest, m_sentence, m_noise, bottomRow(honesty)}));
    connectAll();
    setSliderScale();
    showPicture();
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
    connect(m_model, &FoolModel::flipChanged, this, [this] {
        const auto flip = m_model->flip();
        m_slider->setFlip(
            flip, flip ? tr("flips at %1").arg(epsilonNumber(*flip, m_model->options().norm))
                       : QString());
    });
    connect(m_slider, &EpsilonSlider::valueChanged, m_model, &FoolModel::setEpsilon);
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
    const auto *described = attack::describedAttack(m_model->options().attack);
    const bool isHeld = described && !described->norms.empty();
    m_slider->setEnabled(isHeld && m_model->obstacle().isEmpty() && !m_model->picture().empty());
    m_slider->setToolTip(isHeld ? QString()
                                : tr("This attack is held by its own limits: see “More…”."));
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
    showEpsilon();
    if (ready) return showAttack();
    clearAnswers();
    m_triptych->showMessage(
        obstacle.isEmpty() ? tr("Drop a photograph here, or choose a picture with the “+” button.")
                           : obstacle,
        m_model->lacksPictures() ? tr("Open a network for pictures") : QString());
}

void PictureView::clearAnswers()
{
    m_before->show({}, false);
    m_after->show({}, false);
    m_sentence->clear();
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
    const QString from = said(shown.before), to = said(shown.after);
    const int factor = amplification(changeOf(picture, shown.attacked).largest);
    m_triptych->show(
        {Triptych::Panel{toImage(picture), from, tr("the picture")},
         Triptych::Panel{noiseImage(picture, shown.attacked, factor),
                         factor > 1 ? tr("noise ×%1").arg(factor) : tr("noise"),
                         tr("made visible")},
         Triptych::Panel{toImage(Array{picture.shape, shown.attacked}), to, tr("the sum")}},
        shown.isWrong);
    m_before->show(shown.before, nameOf, false);
    m_after->show(shown.after, nameOf, shown.isWrong);
    showSentences(shown, from, to);
    if (!shown.noise.empty()) {
        const QString noisy = said(shown.noise);
        m_noise->setText(winner(shown.noise) == winner(shown.before)
                             ? tr("Random noise of the same size leaves it at %1.").arg(noisy)
                             : tr("Random noise of the same size makes it %1.").arg(noisy));
    }
}

void PictureView::showSentences(const ShownAttack &shown, const QString &from, const QString &to)
{
    const Tokens &t = Theme::instance().tokens();
    const Change change = changeOf(m_model->picture(), shown.attacked);
    const QString levels = QLocale().toString(change.largest * 255.0, 'g', 3);
    const QString fromBold = emphasised(from, false), toBold = emphasised(to, shown.isWrong);
    const auto *described = attack::describedAttack(m_model->options().attack);
    const bool isHeld = described && !described->norms.empty();
    const bool counts = isHeld && m_model->options().norm == attack::Norm::L0;
    const QString outcome = shown.isWrong
                                ? tr("the network went from %1 to %2.").arg(fromBold, toBold)
                                : tr("the network still says %1.").arg(toBold);
    const QString pixels = QStringLiteral("<b>%1</b>").arg(count(change.pixels));
    m_sentence->setText(
        counts ? tr("Only %1 of %2 pixels changed, and %3")
                     .arg(pixels, count(change.allPixels), outcome)
        : isHeld
            ? tr("No pixel moved by more than <b>%1 of 255</b> levels, and %2").arg(levels, outcome)
            : tr("Changed like this, the picture is read anew: %1").arg(outcome));
    m_largest->setText(counts ? tr("pixels changed")
                                    + QStringLiteral("<br><b style='color:%1'>%2</b>")
                                          .arg(t.text.name(), count(change.pixels))
                              : tr("largest change")
                                    + QStringLiteral("<br><b style='color:%1'>%2</b>")
                                          .arg(t.text.name(), tr("%1 levels").arg(levels)));
    showEpsilon();
}

} // namespace ostrich::ui
