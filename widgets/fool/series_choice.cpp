// The cards of the series.
#include "fool/series_choice.hpp"

#include "fool/series_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kShown = 12;
constexpr QSize kCard(148, 56);

} // namespace

SeriesChoice::SeriesChoice(Session *session, SeriesModel *model, QWidget *parent)
    : QListWidget(parent), m_session(session), m_model(model)
{
    setFrameShape(QFrame::NoFrame);
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setIconSize(kCard);
    setGridSize(QSize(kCard.width() + 12, kCard.height() + 28));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Test series that the network reads rightly"));
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (!m_filling && row >= 0) m_model->useSample(m_samples[static_cast<std::size_t>(row)]);
    });
    connect(model, &SeriesModel::seriesChanged, this, &SeriesChoice::refill);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_samples.clear(); // their cards have other colours
        refill();
    });
    refill();
}

void SeriesChoice::refill()
{
    m_filling = true;
    const Tokens &t = Theme::instance().tokens();
    setStyleSheet(QStringLiteral("QListView { background: transparent; }"
                                 "QListView::item { border-radius: 6px; color: %1; }"
                                 "QListView::item:selected { background: %2; color: %1; }")
                      .arg(t.text.name(), t.selection.name()));
    auto samples = m_model->suggestions(kShown);
    if (samples != m_samples) {
        m_samples = std::move(samples);
        clear();
        for (const SampleRef &sample : m_samples) {
            const QString answer = m_session->data.answer(sample);
            const auto card =
                QPixmap::fromImage(m_session->data.card(sample, kCard, devicePixelRatioF()));
            QIcon icon(card);
            icon.addPixmap(card, QIcon::Selected); // as it is, not tinted
            auto *item = new QListWidgetItem(icon, answer, this);
            item->setToolTip(answer);
        }
    }
    const auto found =
        m_model->sample() ? std::ranges::find(m_samples, *m_model->sample()) : m_samples.end();
    setCurrentRow(found == m_samples.end() ? -1 : static_cast<int>(found - m_samples.begin()));
    m_filling = false;
}

} // namespace ostrich::ui
