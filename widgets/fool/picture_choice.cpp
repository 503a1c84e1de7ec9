// The small pictures at the left of the triptych.
#include "fool/picture_choice.hpp"

#include "fool/fool_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QMenu>
#include <QRandomGenerator>
#include <QToolButton>

namespace ostrich::ui {

namespace {

constexpr int kSuggested = 2;
constexpr int kButton = 40, kPicture = 34;

} // namespace

PictureChoice::PictureChoice(Session *session, FoolModel *model, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(model)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (int i = 0; i < kSuggested; ++i) {
        auto *button = new QToolButton;
        button->setFixedSize(kButton, kButton);
        button->setIconSize(QSize(kPicture, kPicture));
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this,
                [this, i] { m_model->useSample(m_samples[static_cast<std::size_t>(i)]); });
        layout->addWidget(button);
        m_buttons.push_back(button);
    }
    auto *more = new QToolButton;
    more->setFixedSize(kButton, kButton);
    more->setText(QStringLiteral("+"));
    more->setToolTip(tr("Another picture: from the test set, a file, the clipboard or the camera"));
    more->setAccessibleName(more->toolTip());
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    menu->addAction(tr("Another test picture"), this, &PictureChoice::another);
    menu->addAction(tr("Open a picture…"), this, &PictureChoice::openWanted);
    menu->addAction(tr("Paste a picture"), this, &PictureChoice::pasteWanted);
    menu->addAction(tr("Shoot with the camera…"), this, &PictureChoice::shootWanted);
    more->setMenu(menu);
    layout->addWidget(more);
    layout->addStretch();
    connect(model, &FoolModel::pictureChanged, this, &PictureChoice::refresh);
    connect(model, &FoolModel::optionsChanged, this, [this] {
        if (m_model->options().target != m_target) refresh(); // none of its class are offered
    });
    connect(&Theme::instance(), &Theme::changed, this, &PictureChoice::refresh);
    refresh();
}

void PictureChoice::refresh()
{
    const bool ready = m_model->obstacle().isEmpty();
    m_target = m_model->options().target;
    setEnabled(ready);
    m_samples = ready ? m_model->suggestions(kSuggested) : std::vector<SampleRef>();
    const Tokens &t = Theme::instance().tokens();
    setStyleSheet(QStringLiteral("QToolButton { border: 1px solid %1; border-radius: 6px; "
                                 "background: %2; color: %3; font-size: 20px; }"
                                 "QToolButton:checked { border: 2px solid %4; } QToolButton:focus "
                                 "{ border: 2px solid %4; }"
                                 "QToolButton::menu-indicator { image: none; }")
                      .arg(t.border.name(), t.panel.name(), t.muted.name(), t.accent.name()));
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool there = i < m_samples.size();
        m_buttons[i]->setVisible(there);
        if (!there) continue;
        m_buttons[i]->setIcon(QIcon(QPixmap::fromImage(
            m_session->data.image(m_samples[i])
                .scaled(kPicture, kPicture, Qt::KeepAspectRatio, Qt::SmoothTransformation))));
        m_buttons[i]->setChecked(m_model->sample() == m_samples[i]);
        m_buttons[i]->setToolTip(m_session->data.answer(m_samples[i]));
        m_buttons[i]->setAccessibleName(m_buttons[i]->toolTip());
    }
}

void PictureChoice::another()
{
    const auto dataset = m_session->data.dataset();
    const auto samples = dataset ? dataset->split(data::Split::Test).count() : 0;
    if (samples == 0) return;
    m_model->useSample(
        {data::Split::Test, QRandomGenerator::global()->bounded(static_cast<int>(samples))});
}

} // namespace ostrich::ui
