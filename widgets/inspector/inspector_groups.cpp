// What the inspector offers beside the parameters: groups, their blocks, and weights of another.
#include "inspector/inspector.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/parameter_editor.hpp"
#include "theme/theme.hpp"

#include <QAbstractItemView>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

namespace ostrich::ui {

/// A quiet command in the colour of links.
QPushButton *Inspector::link(const QString &text, const QString &tip)
{
    auto *link = new QPushButton(text);
    link->setToolTip(tip);
    link->setProperty("role", "link");
    m_layout->addWidget(link);
    return link;
}

void Inspector::addGroupButtons()
{
    ProjectModel &project = m_session->project;
    auto *inside = new QPushButton(tr("Look inside"));
    inside->setProperty("role", "accent");
    inside->setToolTip(tr("See and edit what is inside (Enter)"));
    auto *unfold = new QPushButton(tr("Unfold"));
    unfold->setToolTip(tr("Put its blocks in its place (Ctrl+Shift+G)"));
    // Later: the button goes with the page that it is on.
    connect(
        inside, &QPushButton::clicked, this,
        [this, &project] { project.enter(std::string(m_block)); }, Qt::QueuedConnection);
    connect(
        unfold, &QPushButton::clicked, this,
        [this, &project] {
            auto fresh = project.unfold(std::string(m_block));
            if (!fresh.empty()) m_session->selection.setBlocks(std::move(fresh));
        },
        Qt::QueuedConnection);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 4, 0, 4);
    row->setSpacing(8);
    row->addWidget(inside, 1);
    row->addWidget(unfold, 1);
    m_layout->addLayout(row);
}

/// What makes a group of the selected blocks, or of what the block is made of.
void Inspector::addActions()
{
    ProjectModel &project = m_session->project;
    m_openUp = link(tr("Open up into its blocks"),
                    tr("The same computation as a group of smaller blocks, to see and edit"));
    connect(m_openUp, &QPushButton::clicked, this,
            [this, &project] { project.openUp(std::string(m_block)); });
    const auto count = static_cast<int>(m_session->selection.blocks().size());
    auto *fold = link(tr("Fold %n block(s) into a group", nullptr, count),
                      tr("One block that can be named, repeated and looked into (Ctrl+G)"));
    connect(
        fold, &QPushButton::clicked, this,
        [this, &project] {
            const std::string id = project.fold(m_session->selection.blocks());
            if (id.empty()) return;
            m_session->selection.setBlocks({id});
            editName();
        },
        Qt::QueuedConnection);
}

void Inspector::editName()
{
    const auto editor = m_editors.find("title");
    auto *field = editor == m_editors.end() ? nullptr : editor->second->findChild<QLineEdit *>();
    if (!field) return;
    field->setFocus();
    field->selectAll();
    ensureWidgetVisible(field);
}

void Inspector::addWeights(QGridLayout *form, int row)
{
    m_weightsLabel = new QLabel(tr("Weights"));
    m_weightsLabel->setToolTip(tr("Its own, or those of another block: kept once, trained once"));
    m_weights = new QComboBox;
    m_weights->setAccessibleName(tr("Weights"));
    m_weights->setFixedWidth(112);
    m_weights->view()->setTextElideMode(Qt::ElideMiddle);
    m_weightsLabel->setBuddy(m_weights);
    form->addWidget(m_weightsLabel, row, 0);
    form->addWidget(m_weights, row, 1, Qt::AlignRight);
    connect(m_weights, &QComboBox::activated, this, [this](int index) {
        const QString owner = m_weights->itemData(index).toString();
        m_session->project.useWeights(std::string(m_block), owner.toStdString());
    });
}

void Inspector::refreshWeights()
{
    const ProjectModel &project = m_session->project;
    const graph::Block *block = project.network().find(m_block);
    if (!m_weights || !block) return;
    QStringList owners;
    for (const std::string &owner : project.ownersFor(m_block))
        owners << QString::fromStdString(owner);
    const QString now = QString::fromStdString(block->weightsOf);
    if (!now.isEmpty() && !owners.contains(now)) owners << now;
    const QSignalBlocker quiet(m_weights);
    m_weights->clear();
    m_weights->addItem(tr("its own"), QString());
    for (const QString &owner : owners) m_weights->addItem(owner, owner);
    m_weights->setCurrentIndex(static_cast<int>(owners.indexOf(now)) + 1);
    m_weights->setToolTip(m_weights->currentText());
    m_weights->setVisible(!owners.isEmpty());
    m_weightsLabel->setVisible(!owners.isEmpty());
}

} // namespace ostrich::ui
