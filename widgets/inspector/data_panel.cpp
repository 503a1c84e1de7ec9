// The data panel: a bar of the three splits, and a dozen samples of which one is chosen.
#include "inspector/data_panel.hpp"

#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>

namespace ostrich::ui {

namespace {

/// How the samples stand in the panel.
struct Arrangement {
    int columns;
    int count;
    double height, pitch; // of a row
};

Arrangement arrangementFor(SampleStyle style)
{
    switch (style) {
    case SampleStyle::Square:
        break;
    case SampleStyle::Lines:
        return {4, 8, 33.0, 40.0};
    case SampleStyle::Words:
        return {1, 3, 21.0, 26.0};
    }
    return {6, 12, 33.0, 40.0};
}

/// The three splits as one bar of three colours, lengths by the square root so that a small split
/// stays visible.
class SplitBar : public QWidget {
public:
    explicit SplitBar(Session *session) : m_session(session) { setFixedHeight(6); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Theme::instance().tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const QColor colours[] = {t.training, t.validation, t.test};
        const auto dataset = m_session->data.dataset();
        if (!dataset) {
            painter.setBrush(t.track);
            painter.drawRoundedRect(rect(), 3, 3);
            painter.setBrush(t.accent);
            painter.drawRoundedRect(QRectF(0, 0, width() * m_session->data.progress(), height()), 3,
                                    3);
            return;
        }
        double roots[3], sum = 0.0;
        for (int i = 0; i < 3; ++i)
            sum += roots[i] = std::sqrt(
                static_cast<double>(dataset->splits[static_cast<std::size_t>(i)].count()));
        double x = 0.0;
        for (int i = 0; i < 3 && sum > 0.0; ++i) {
            const double length = (width() - 4.0) * roots[i] / sum;
            painter.setBrush(colours[i]);
            painter.drawRoundedRect(QRectF(x, 0, length, height()), 2, 2);
            x += length + 2.0;
        }
    }

private:
    Session *m_session;
};

/// Samples in a grid, texts below each other; click or arrow keys choose one for all places.
class SampleGrid : public QWidget {
public:
    explicit SampleGrid(Session *session) : m_session(session)
    {
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setMinimumHeight(80);
        setAccessibleName(DataPanel::tr("Samples"));
        setToolTip(DataPanel::tr("The sample that the blocks show. Click another one."));
    }
    void reload()
    {
        m_style = m_session->data.style();
        m_look = arrangementFor(m_style);
        m_samples = m_session->data.showcase(m_look.count);
        m_images.clear(); // drawn anew when they are seen
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Theme::instance().tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        drawImages();
        for (std::size_t i = 0; i < m_samples.size(); ++i) {
            const QRectF cell = cellRect(static_cast<int>(i));
            const bool big = m_style == SampleStyle::Square && m_images[i].width() > 40;
            painter.setRenderHint(QPainter::SmoothPixmapTransform, big);
            painter.drawImage(cell, m_images[i]);
            if (m_samples[i] == m_session->selection.sample()) {
                painter.setPen(QPen(t.accent, 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRoundedRect(cell.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4);
            }
        }
    }
    void mousePressEvent(QMouseEvent *event) override
    {
        for (std::size_t i = 0; i < m_samples.size(); ++i)
            if (cellRect(static_cast<int>(i)).contains(event->position()))
                m_session->selection.setSample(m_samples[i]);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const int steps[] = {-1, 1, -m_look.columns, m_look.columns};
        const int keys[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down};
        const auto now =
            std::find(m_samples.begin(), m_samples.end(), m_session->selection.sample());
        for (int k = 0; k < 4; ++k) {
            if (event->key() != keys[k] || m_samples.empty()) continue;
            const int index =
                now == m_samples.end() ? 0 : static_cast<int>(now - m_samples.begin()) + steps[k];
            if (index >= 0 && index < static_cast<int>(m_samples.size()))
                m_session->selection.setSample(m_samples[static_cast<std::size_t>(index)]);
            return;
        }
        QWidget::keyPressEvent(event);
    }

    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::ToolTip || m_style == SampleStyle::Square)
            return QWidget::event(event);
        const auto *help = static_cast<QHelpEvent *>(event);
        for (std::size_t i = 0; i < m_samples.size(); ++i) {
            if (!cellRect(static_cast<int>(i)).contains(help->pos())) continue;
            const DataModel &data = m_session->data;
            QStringList lines{data.text(m_samples[i]), data.answer(m_samples[i])};
            lines.removeAll(QString());
            QToolTip::showText(help->globalPos(), lines.join(QStringLiteral("\n→ ")), this);
            return true;
        }
        return QWidget::event(event);
    }

private:
    void drawImages()
    {
        const QSizeF size = cellRect(0).size();
        if (m_images.size() == m_samples.size() && size == m_drawnSize) return;
        m_drawnSize = size;
        m_images.clear();
        for (const SampleRef &sample : m_samples)
            m_images.push_back(m_style == SampleStyle::Square
                                   ? m_session->data.image(sample)
                                   : m_session->data.card(sample, size, devicePixelRatioF()));
    }
    QRectF cellRect(int index) const
    {
        const int column = index % m_look.columns, row = index / m_look.columns;
        const double room = width() - 8.0;
        const double wide = m_style == SampleStyle::Square
                                ? 33.0
                                : (room + 6.0) / m_look.columns - 6.0; // 6 between neighbours
        const double pitch = m_look.columns > 1 ? (room - wide) / (m_look.columns - 1) : 0.0;
        return QRectF(4 + column * pitch, 4 + row * m_look.pitch, wide, m_look.height);
    }
    Session *m_session;
    SampleStyle m_style = SampleStyle::Square;
    Arrangement m_look = arrangementFor(SampleStyle::Square);
    QSizeF m_drawnSize;
    std::vector<SampleRef> m_samples;
    std::vector<QImage> m_images;
};

QString colouredDot(const QColor &colour, const QString &text)
{
    return QStringLiteral("<span style='color:%1'>■</span> %2")
        .arg(colour.name(), text.toHtmlEscaped());
}

} // namespace

class DataPanel::Private {
public:
    Session *session = nullptr;
    Detail detail = Detail::Samples;
    QPushButton *source = nullptr;
    SplitBar *bar = nullptr;
    SampleGrid *grid = nullptr;
    QLabel *problem = nullptr;
    QLabel *splits[3] = {};
    QLabel *counts[3] = {};

    void refresh() const
    {
        const auto dataset = session->data.dataset();
        const QString title = sentence(Message{session->project.facts().title, {}});
        source->setText(dataset && detail == Detail::Samples
                            ? DataPanel::tr("%1, %2 samples").arg(title, count(total(*dataset)))
                            : title);
        const Tokens &t = Theme::instance().tokens();
        const QColor colours[] = {t.training, t.validation, t.test};
        const QString names[] = {DataPanel::tr("train"), DataPanel::tr("validate"),
                                 DataPanel::tr("test")};
        for (int i = 0; i < 3; ++i) {
            splits[i]->setText(detail == Detail::Samples ? colouredDot(colours[i], names[i])
                                                         : names[i]);
            const auto samples = dataset ? dataset->splits[static_cast<std::size_t>(i)].count() : 0;
            splits[i]->setToolTip(DataPanel::tr("%1 samples").arg(count(samples)));
            if (counts[i]) counts[i]->setText(dataset ? count(samples) : QStringLiteral("–"));
        }
        const QString error = session->project.dataProblem().isEmpty()
                                  ? session->data.errorText()
                                  : session->project.dataProblem();
        problem->setVisible(!error.isEmpty() || (dataset && !dataset->warnings.empty()));
        problem->setText(!error.isEmpty() ? error
                         : dataset && !dataset->warnings.empty()
                             ? sentence(dataset->warnings.front())
                             : QString());
        bar->update();
        if (grid) grid->reload();
    }

    static std::int64_t total(const data::Dataset &dataset)
    {
        return dataset.splits[0].count() + dataset.splits[1].count() + dataset.splits[2].count();
    }
};

DataPanel::DataPanel(Session *session, Detail detail, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>())
{
    d->session = session;
    d->detail = detail;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("Data")));
    d->source = new QPushButton;
    d->source->setProperty("role", "link");
    d->source->setCursor(Qt::PointingHandCursor);
    d->source->setToolTip(tr("Choose other data"));
    d->source->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(d->source, &QPushButton::clicked, this, &DataPanel::sourceWanted);
    head->addWidget(d->source, 1);
    layout->addLayout(head);
    d->bar = new SplitBar(session);
    layout->addWidget(d->bar);
    auto *splits = new QGridLayout;
    for (int i = 0; i < 3; ++i) {
        const auto side = detail == Detail::Counts ? Qt::AlignLeft
                          : i == 0                 ? Qt::AlignLeft
                          : i == 1                 ? Qt::AlignHCenter
                                                   : Qt::AlignRight;
        splits->setColumnStretch(i, 1);
        if (detail == Detail::Counts) {
            d->counts[i] = sectionTitle({});
            splits->addWidget(d->counts[i], 0, i, side);
        }
        d->splits[i] = detail == Detail::Counts ? mutedLabel() : new QLabel;
        splits->addWidget(d->splits[i], 1, i, side);
    }
    layout->addLayout(splits);
    d->problem = new QLabel;
    d->problem->setWordWrap(true);
    layout->addWidget(d->problem);
    if (detail == Detail::Samples) {
        d->grid = new SampleGrid(session);
        layout->addWidget(d->grid);
        connect(&session->selection, &Selection::sampleChanged, d->grid,
                qOverload<>(&QWidget::update));
    }
    layout->addStretch();
    const auto refresh = [this] { d->refresh(); };
    connect(&session->data, &DataModel::loaded, this, refresh);
    connect(&session->data, &DataModel::failed, this, refresh);
    connect(&session->data, &DataModel::progressed, d->bar, qOverload<>(&QWidget::update));
    connect(&session->project, &ProjectModel::dataChanged, this, refresh);
    connect(&Theme::instance(), &Theme::changed, this, refresh);
    d->refresh();
}

DataPanel::~DataPanel() = default;

} // namespace ostrich::ui
