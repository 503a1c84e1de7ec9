// The two arrangements of Fool.
#include "fool/fool_page.hpp"

#include "fool/picture_choice.hpp"
#include "fool/probability_bars.hpp"
#include "fool/triptych.hpp"
#include "theme/controls.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 20, kTop = 6; // the strip of the place stands above
constexpr int kSide = 136;             // what stands left and right
constexpr int kGap = 16;               // between it and the pictures

} // namespace

FoolPage::FoolPage(const Parts &parts, QWidget *parent)
    : QScrollArea(parent),
      m_parts(parts),
      m_below(new QWidget),
      m_belowLayout(new QHBoxLayout(m_below)),
      m_between(new QWidget(m_below)),
      m_betweenLayout(new QVBoxLayout(m_between))
{
    m_betweenLayout->setContentsMargins(0, 0, 0, 0);
    m_betweenLayout->setSpacing(6);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(upperPart(), 1);
    arrange(false); // before the bottom, which the keys reach last
    layout->addWidget(ruledLine());
    layout->addWidget(parts.bottom);
    setWidget(page);
    viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    connect(parts.triptych, &Triptych::layoutChanged, this, &FoolPage::followPictures);
}

QWidget *FoolPage::upperPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(kPadding, kTop, kPadding, 10);
    layout->setSpacing(2);
    m_pictures = new QGridLayout;
    m_pictures->setHorizontalSpacing(kGap);
    m_pictures->setVerticalSpacing(6);
    m_pictures->setColumnStretch(1, 1);
    m_pictures->setRowStretch(1, 1);
    layout->addWidget(m_parts.hint);
    layout->addLayout(m_pictures, 1);
    m_belowLayout->setSpacing(Triptych::kGap);
    layout->addWidget(m_below);
    auto *slider = new QHBoxLayout;
    slider->setSpacing(4);
    m_parts.epsilon->setFixedWidth(kSide);
    m_parts.largest->setFixedWidth(kSide);
    slider->addWidget(m_parts.epsilon);
    slider->addWidget(m_parts.slider, 1);
    slider->addWidget(m_parts.largest);
    layout->addLayout(slider);
    layout->addWidget(m_parts.sentence);
    layout->addWidget(m_parts.noise);
    return part;
}

void FoolPage::arrange(bool narrow)
{
    const auto &[hint, triptych, before, after, choice, live, epsilon, slider, largest, sentence,
                 noise, bottom] = m_parts;
    m_narrow = narrow;
    for (QWidget *part : {static_cast<QWidget *>(before), static_cast<QWidget *>(after), m_between,
                          static_cast<QWidget *>(choice), live, static_cast<QWidget *>(triptych)}) {
        m_pictures->removeWidget(part);
        m_belowLayout->removeWidget(part);
        m_betweenLayout->removeWidget(part);
    }
    for (ProbabilityBars *bars : {before, after}) {
        bars->setFlat(narrow);
        bars->setMinimumWidth(narrow ? 0 : kSide);
        bars->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : kSide);
        bars->setFixedHeight(bars->sizeHint().height());
    }
    for (QWidget *part : {static_cast<QWidget *>(choice), live}) {
        part->setMinimumWidth(narrow ? 0 : kSide);
        part->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : kSide);
    }
    m_below->setVisible(narrow);
    if (narrow) {
        m_pictures->addWidget(triptych, 0, 0, 2, 3);
        m_belowLayout->addWidget(before, 1, Qt::AlignTop);
        m_betweenLayout->addWidget(choice);
        m_betweenLayout->addWidget(live);
        m_belowLayout->addWidget(m_between, 1, Qt::AlignTop);
        m_belowLayout->addWidget(after, 1, Qt::AlignTop);
        followPictures();
    } else {
        m_pictures->addWidget(before, 0, 0);
        m_pictures->addWidget(choice, 1, 0, Qt::AlignTop);
        m_pictures->addWidget(triptych, 0, 1, 2, 1);
        m_pictures->addWidget(after, 0, 2);
        m_pictures->addWidget(live, 1, 2, Qt::AlignTop);
    }
    orderTabs();
}

/// As one reads: the pictures to choose from, the attack's buttons, the slider; then the bottom.
void FoolPage::orderTabs()
{
    QWidget *before = nullptr;
    for (QWidget *part : {static_cast<QWidget *>(m_parts.choice),
                          static_cast<QWidget *>(m_parts.triptych), m_parts.live, m_parts.slider}) {
        QWidgetList stops{part};
        stops += part->findChildren<QWidget *>();
        for (QWidget *stop : stops) {
            if (!(stop->focusPolicy() & Qt::TabFocus)) continue;
            if (before) setTabOrder(before, stop);
            before = stop;
        }
    }
}

/// What stands below the first and the third picture is as wide as they are.
void FoolPage::followPictures()
{
    const auto [left, right] = m_parts.triptych->extent();
    m_belowLayout->setContentsMargins(left, 0, m_parts.triptych->width() - right, 4);
}

void FoolPage::resizeEvent(QResizeEvent *event)
{
    const int wanted = m_parts.triptych->minimumSizeHint().width() + 2 * (kSide + kGap + kPadding)
                       + verticalScrollBar()->sizeHint().width();
    if (const bool narrow = width() < wanted; narrow != m_narrow) arrange(narrow);
    QScrollArea::resizeEvent(event);
}

} // namespace ostrich::ui
