// The embedding in the plane, with the projections to choose from.
#pragma once

#include "inside/inside_page.hpp"

class QLabel;

namespace ostrich::ui {

class EmbeddingPlot;
class SegmentedControl;

class EmbeddingPage : public InsidePage {
    Q_OBJECT
public:
    EmbeddingPage(InsideModel *model, Session *session, QWidget *parent = nullptr);
    bool shows(Look look) const override { return look == Look::Embedding; }
    QWidget *choices() override { return m_choices; }
    void refresh() override;

private:
    QString planeName(const std::string &plane) const;
    void showControl(const std::vector<std::string> &planes);
    void showLegend(const QStringList &groups);

    Session *m_session;
    EmbeddingPlot *m_plot;
    QLabel *m_legend, *m_wait;
    QWidget *m_choices;
    SegmentedControl *m_control = nullptr;
    std::vector<std::string> m_planes;
    std::string m_plane;
};

} // namespace ostrich::ui
