// Names, colours and the choice of the projection.
#include "inside/embedding_page.hpp"

#include "inside/embedding_plot.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kMostGroups = 10;

} // namespace

EmbeddingPage::EmbeddingPage(InsideModel *model, Session *session, QWidget *parent)
    : InsidePage(model, parent),
      m_session(session),
      m_plot(new EmbeddingPlot),
      m_legend(new QLabel),
      m_wait(mutedLabel(tr("The points are being laid out…"))),
      m_choices(new QWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(8);
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);
    layout->addWidget(m_legend);
    m_wait->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_wait, 1);
    layout->addWidget(m_plot, 1);
    auto *choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    connect(&Theme::instance(), &Theme::changed, this, &EmbeddingPage::refresh);
}

QString EmbeddingPage::planeName(const std::string &plane) const
{
    if (plane == "points") return tr("PCA");
    if (plane == "tsne") return tr("t-SNE");
    if (plane == "words") return tr("Words");
    return QString::fromStdString(plane);
}

void EmbeddingPage::showLegend(const QStringList &groups)
{
    QStringList items;
    for (qsizetype i = 0; i < groups.size(); ++i)
        items << QStringLiteral("<span style='color:%1'>●</span>&nbsp;%2")
                     .arg(EmbeddingPlot::groupColour(static_cast<int>(i)).name(),
                          groups[i].toHtmlEscaped());
    m_legend->setText(items.join(QStringLiteral(" &nbsp; ")));
    m_legend->setVisible(!items.isEmpty());
}

void EmbeddingPage::showControl(const std::vector<std::string> &planes)
{
    if (planes == m_planes) return;
    m_planes = planes;
    delete m_control;
    QStringList names;
    for (const std::string &plane : m_planes) names << planeName(plane);
    m_control = new SegmentedControl(names, true);
    m_choices->layout()->addWidget(m_control);
    connect(m_control, &SegmentedControl::currentIndexChanged, this, [this](int index) {
        m_plane = m_planes[static_cast<std::size_t>(index)];
        refresh();
    });
}

void EmbeddingPage::refresh()
{
    const probe::ProbeResult *result = m_model->result("embedding");
    m_wait->setVisible(!result);
    m_plot->setVisible(result);
    if (m_control) m_control->setVisible(result);
    if (!result) return showLegend({});
    showControl(result->planes);
    if (std::ranges::find(m_planes, m_plane) == m_planes.end())
        m_plane = m_planes.empty() ? std::string() : m_planes.front();
    const auto points = result->arrays.find(m_plane);
    if (points == result->arrays.end()) return;
    QStringList names, groupNames;
    std::vector<int> groups;
    if (m_plane == "words") {
        for (const std::string &word : result->words) names << QString::fromStdString(word);
    } else if (const auto labels = result->arrays.find("labels"); labels != result->arrays.end()) {
        const bool classes = m_session->data.dataset()
                             && m_session->data.dataset()->facts.task != graph::Task::Regress;
        for (const float label : labels->second.values) {
            const int group = classes ? std::max(0, static_cast<int>(label)) : 0;
            groups.push_back(group);
            names << (classes ? m_session->data.className(group) : QString::number(label, 'g', 3));
        }
        const std::int64_t count = m_session->project.facts().classes;
        if (classes && count <= kMostGroups)
            for (int i = 0; i < count; ++i) groupNames << m_session->data.className(i);
    }
    showLegend(groupNames);
    m_plot->show(points->second, names, groups, groupNames);
}

} // namespace ostrich::ui
