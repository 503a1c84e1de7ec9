// Fool's parts, and the sentence that says what happened.
#include "fool/fool_place.hpp"

#include "fool/attack_panel.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "fool/fool_page.hpp"
#include "fool/picture_choice.hpp"
#include "fool/probability_bars.hpp"
#include "fool/robustness_curve.hpp"
#include "fool/triptych.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QMimeData>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr auto kPictureTemplate = "lenet";

std::vector<ProbabilityBars::Row> rows(const Array &probabilities, const DataModel &data)
{
    std::vector<ProbabilityBars::Row> rows;
    for (std::size_t i = 0; i < probabilities.values.size(); ++i)
        rows.push_back({data.className(static_cast<std::int64_t>(i)), probabilities.values[i]});
    return rows;
}

/// How much the noise must be multiplied to be seen: a round number.
int amplification(double largest)
{
    for (const int factor : {100, 50, 40, 30, 20, 10, 5, 4, 3, 2})
        if (largest * factor <= 0.55) return factor;
    return 1;
}

QImage noiseImage(const attack::AttackResult &result, const std::vector<std::int64_t> &shape,
                  int factor)
{
    Array shown{shape, {}};
    shown.values.reserve(result.x.values.size());
    for (std::size_t i = 0; i < result.x.values.size(); ++i)
        shown.values.push_back(
            0.5f + static_cast<float>(factor) * (result.x_adv.values[i] - result.x.values[i]));
    return toImage(shown);
}

/// "dog 97 %"; a name that could be read as part of the figure is quoted: "“6” 97 %".
QString classAndShare(const QString &name, double probability)
{
    const bool unclear = name.size() == 1 || std::any_of(name.begin(), name.end(), [](QChar sign) {
                             return sign.isDigit();
                         });
    const QString share = probabilityText(probability);
    return unclear ? FoolPlace::tr("“%1” %2").arg(name, share)
                   : QStringLiteral("%1 %2").arg(name, share);
}

double largestChange(const attack::AttackResult &result)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < result.x.values.size(); ++i)
        largest = std::max(
            largest, static_cast<double>(std::abs(result.x_adv.values[i] - result.x.values[i])));
    return largest;
}

} // namespace

FoolPlace::FoolPlace(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(new FoolModel(session, this)),
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
    layout->addWidget(new FoolPage({m_triptych, m_before, m_after, m_choice, m_epsilon, m_slider,
                                    m_largest, m_sentence, m_noise, bottomRow()}));
    connectAll();
    setSliderScale();
    showPicture();
}

QWidget *FoolPlace::bottomRow()
{
    auto *row = new QWidget;
    row->setFixedHeight(243);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *attack = new AttackPanel(m_session, m_model);
    attack->setFixedWidth(396);
    connect(attack, &AttackPanel::saveWanted, this, &FoolPlace::savePicture);
    layout->addWidget(attack);
    auto *line = ruledLine();
    line->setMinimumHeight(0);
    line->setMaximumHeight(QWIDGETSIZE_MAX);
    line->setFixedWidth(1);
    layout->addWidget(line);
    layout->addWidget(new RobustnessCurve(m_model), 1);
    return row;
}

void FoolPlace::connectAll()
{
    connect(m_model, &FoolModel::pictureChanged, this, &FoolPlace::showPicture);
    connect(m_model, &FoolModel::resultChanged, this, &FoolPlace::showResult);
    connect(m_model, &FoolModel::optionsChanged, this, &FoolPlace::showEpsilon);
    connect(m_model, &FoolModel::flipChanged, this, [this] {
        const auto flip = m_model->flip();
        m_slider->setFlip(
            flip, flip ? tr("flips at %1").arg(epsilonNumber(*flip, m_model->options().norm))
                       : QString());
    });
    connect(m_model, &FoolModel::statusMessage, this, &FoolPlace::statusMessage);
    connect(m_model, &FoolModel::sweepProgressed, this, &FoolPlace::progressed);
    connect(m_slider, &EpsilonSlider::valueChanged, m_model, &FoolModel::setEpsilon);
    connect(m_triptych, &Triptych::fileDropped, m_model, &FoolModel::useFile);
    connect(m_triptych, &Triptych::imageDropped, m_model, &FoolModel::useImage);
    connect(m_triptych, &Triptych::actionWanted, this,
            [this] { emit templateWanted(QString::fromLatin1(kPictureTemplate)); });
    connect(m_choice, &PictureChoice::openWanted, this, &FoolPlace::openPicture);
    connect(m_choice, &PictureChoice::pasteWanted, this, &FoolPlace::pastePicture);
    connect(&m_session->run, &RunModel::stateChanged, this, [this] {
        if (m_model->picture().empty()) showPicture();
    });
    connect(&Theme::instance(), &Theme::changed, this, &FoolPlace::showPicture);
}

void FoolPlace::setSliderScale()
{
    const attack::Norm norm = m_model->options().norm;
    const double largest = m_model->largestEpsilon();
    const bool levels = norm == attack::Norm::Linf;
    const double step = levels ? 1.0 / 255.0 : 0.25;
    const int labelEvery = levels && largest > 20.0 / 255.0 ? 20 : 4;
    m_slider->setScale(largest, step, labelEvery, [norm, levels](double epsilon) {
        return levels && epsilon <= 0.0 ? QStringLiteral("0/255") : epsilonText(epsilon, norm);
    });
    m_slider->setValue(m_model->options().epsilon);
}

void FoolPlace::showEpsilon()
{
    setSliderScale();
    const Tokens &t = Theme::instance().tokens();
    const bool levels = m_model->options().norm == attack::Norm::Linf;
    const QString figure =
        QStringLiteral("ε = ") + epsilonNumber(m_slider->value(), m_model->options().norm);
    QString unit = levels ? QStringLiteral(" / 255") : QStringLiteral(" L2");
    const Theme &theme = Theme::instance();
    if (QFontMetrics(theme.font(FontRole::BigNumber)).horizontalAdvance(figure)
            + QFontMetrics(theme.font(FontRole::Text)).horizontalAdvance(unit)
        > m_epsilon->maximumWidth())
        unit.clear(); // the slider's labels say it too
    m_epsilon->setText(QStringLiteral("<span style='font-size:24pt;font-weight:600'>%1</span>"
                                      "<span style='color:%2'>%3</span>")
                           .arg(figure, t.muted.name(), unit));
}

void FoolPlace::showPicture()
{
    const QString obstacle = m_model->obstacle();
    const bool ready = obstacle.isEmpty() && !m_model->picture().empty();
    m_slider->setEnabled(ready);
    m_before->setVisible(true);
    showEpsilon();
    if (!ready) {
        m_before->show({}, false);
        m_after->show({}, false);
        m_sentence->clear();
        m_noise->clear();
        m_largest->clear();
        m_triptych->showMessage(
            obstacle.isEmpty() ? tr("Choose a picture with the “+” button.") : obstacle,
            m_model->lacksPictures() ? tr("Open a network for pictures") : QString());
        return;
    }
    showResult();
}

void FoolPlace::showResult()
{
    const auto &result = m_model->result();
    if (!result || result->y_pred.empty()) return;
    const Array &picture = m_model->picture();
    const DataModel &data = m_session->data;
    const auto y = static_cast<std::size_t>(result->y_pred[0]),
               yAdv = static_cast<std::size_t>(result->y_adv[0]);
    const auto yNoise = static_cast<std::size_t>(result->y_noise[0]);
    const bool fooled = y != yAdv;
    const double largest = largestChange(*result);
    const int factor = amplification(largest);
    const QString from = classAndShare(data.className(static_cast<std::int64_t>(y)),
                                       result->before.values[y]),
                  to = classAndShare(data.className(static_cast<std::int64_t>(yAdv)),
                                     result->after.values[yAdv]);
    Array attacked{picture.shape, result->x_adv.values};
    m_triptych->show({Triptych::Panel{toImage(picture), from, tr("the picture")},
                      Triptych::Panel{noiseImage(*result, picture.shape, factor),
                                      factor > 1 ? tr("noise ×%1").arg(factor) : tr("noise"),
                                      tr("made visible")},
                      Triptych::Panel{toImage(attacked), to, tr("the sum")}},
                     fooled);
    m_before->show(rows(result->before, data), false);
    m_after->show(rows(result->after, data), fooled);

    const Tokens &t = Theme::instance().tokens();
    const QString levels = QLocale().toString(largest * 255.0, 'g', 3);
    const QString fromBold = QStringLiteral("<b>%1</b>").arg(from.toHtmlEscaped());
    const QString toBold =
        QStringLiteral("<b style='color:%1'>%2</b>")
            .arg(fooled ? t.attackText.name() : t.text.name(), to.toHtmlEscaped());
    m_sentence->setText(fooled ? tr("No pixel moved by more than <b>%1 of 255</b> levels, and the "
                                    "network went from %2 to %3.")
                                     .arg(levels, fromBold, toBold)
                               : tr("No pixel moved by more than <b>%1 of 255</b> levels, and the "
                                    "network still says %2.")
                                     .arg(levels, toBold));
    const QString noisy = classAndShare(data.className(static_cast<std::int64_t>(yNoise)),
                                        result->noise.values[yNoise]);
    m_noise->setText(yNoise == y ? tr("Random noise of the same size leaves it at %1.").arg(noisy)
                                 : tr("Random noise of the same size makes it %1.").arg(noisy));
    m_largest->setText(tr("largest change")
                       + QStringLiteral("<br><b style='color:%1'>%2</b>")
                             .arg(t.text.name(), tr("%1 levels").arg(levels)));
    showEpsilon();
}

void FoolPlace::openPicture()
{
    QStringList patterns;
    for (const QByteArray &format : QImageReader::supportedImageFormats())
        patterns << QStringLiteral("*.") + QString::fromLatin1(format);
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a picture"), {}, tr("Pictures (%1)").arg(patterns.join(QLatin1Char(' '))));
    if (!path.isEmpty()) m_model->useFile(path);
}

void FoolPlace::pastePicture()
{
    if (!m_model->obstacle().isEmpty()) return;
    const QMimeData *clipboard = QApplication::clipboard()->mimeData();
    if (clipboard && clipboard->hasImage())
        m_model->useImage(qvariant_cast<QImage>(clipboard->imageData()));
    else
        emit statusMessage(
            tr("There is no picture on the clipboard. Copy one, then paste it here."), true);
}

void FoolPlace::savePicture()
{
    const auto &result = m_model->result();
    if (!result) return;
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the attacked picture"),
                                     QStringLiteral("fooled.png"), tr("PNG pictures (*.png)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) path += QLatin1String(".png");
    const bool saved =
        toImage(Array{m_model->picture().shape, result->x_adv.values}).save(path, "PNG");
    emit statusMessage(saved ? tr("Saved %1.").arg(path)
                             : tr("%1 could not be written. Choose another folder.").arg(path),
                       !saved);
}

} // namespace ostrich::ui
