// The two buttons of a comparison and its progress, one in the place of the other.
#include "train/compare_controls.hpp"

#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedLayout>

namespace ostrich::ui {

namespace {

constexpr int kMostSeeds = 10, kUsualSeeds = 3;

} // namespace

CompareControls::CompareControls(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_rows(new QStackedLayout(this)),
      m_readers(new QPushButton),
      m_more(new QPushButton),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_start(new QWidget),
      m_seeds(new QSpinBox),
      m_seedsLabel(mutedLabel(tr("Seeds"))),
      m_text(new ElidingLabel),
      m_bar(new QProgressBar)
{
    fillStart();
    m_rows->addWidget(m_start);
    m_rows->addWidget(progressRow());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    CompareModel *model = &session->compare;
    connect(m_readers, &QPushButton::clicked, this,
            [this, model] { model->compareReaders(m_seeds->value()); });
    connect(m_more, &QPushButton::clicked, this,
            [this, model] { model->addSeeds(m_seeds->value()); });
    connect(m_cancel, &QPushButton::clicked, model, &CompareModel::cancel);
    connect(m_seeds, &QSpinBox::valueChanged, this, &CompareControls::refreshPossible);
    connect(model, &CompareModel::possibleChanged, this, &CompareControls::refreshPossible);
    connect(model, &CompareModel::progressed, this, &CompareControls::refreshProgress);
    refreshPossible();
    refreshProgress();
}

void CompareControls::fillStart()
{
    auto *layout = new QHBoxLayout(m_start);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_seeds->setRange(1, kMostSeeds);
    m_seeds->setValue(kUsualSeeds);
    m_seeds->setFixedWidth(64);
    m_seeds->setAlignment(Qt::AlignRight);
    m_seeds->setAccessibleName(tr("Seeds"));
    m_seeds->setToolTip(tr("How often each network is trained: each time from other initial "
                           "weights, in another order"));
    m_seedsLabel->setBuddy(m_seeds);
    layout->addWidget(m_readers);
    layout->addWidget(m_more);
    layout->addStretch();
    layout->addWidget(m_seedsLabel);
    layout->addWidget(m_seeds);
    chooseWords();
}

void CompareControls::chooseWords()
{
    const auto choose = [this](bool room) {
        m_readers->setText(room ? tr("Same task: RNN, LSTM, GRU, attention")
                                : tr("RNN, LSTM, GRU, attention"));
        m_seedsLabel->setVisible(room);
        m_more->setText(room ? tr("More seeds of this network") : tr("More seeds"));
    };
    choose(false);
    m_start->setMinimumWidth(m_start->sizeHint().width()); // it may get as narrow as that
    choose(true);
    const QMargins margins = contentsMargins();
    if (m_start->sizeHint().width() + margins.left() + margins.right() > width()) choose(false);
}

void CompareControls::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    chooseWords();
}

QWidget *CompareControls::progressRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    m_bar->setFixedSize(160, 6);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    return row;
}

void CompareControls::refreshPossible()
{
    const CompareModel &model = m_session->compare;
    QString reason;
    m_readers->setEnabled(model.canCompareReaders(&reason));
    m_readers->setToolTip(m_readers->isEnabled()
                              ? tr("Trains all four on the data of the project, at equal "
                                   "parameters, each with %n seed(s)",
                                   nullptr, m_seeds->value())
                              : reason);
    reason.clear();
    m_more->setEnabled(model.canAddSeeds(&reason));
    m_more->setToolTip(m_more->isEnabled() ? tr("Trains the network on the canvas with %n seed(s) "
                                                "that it has no run of yet",
                                                nullptr, m_seeds->value())
                                           : reason);
}

void CompareControls::refreshProgress()
{
    const CompareModel &model = m_session->compare;
    m_rows->setCurrentIndex(model.training() ? 1 : 0);
    m_text->setText(model.progressText());
    m_bar->setValue(static_cast<int>(model.fraction() * 1000.0));
    m_cancel->setEnabled(!model.cancelling());
}

} // namespace ostrich::ui
