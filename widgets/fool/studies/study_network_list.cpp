// Boxes, and the menu of what can be brought.
#include "fool/studies/study_network_list.hpp"

#include "fool/studies/filter_dialog.hpp"
#include "fool/studies/study_model.hpp"
#include "fool/studies/torchscript_dialog.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QCheckBox>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

/// A box whose name is as wide as there is room: its beginning and its end tell it from others.
class NetworkBox : public QCheckBox {
public:
    explicit NetworkBox(const QString &name) : QCheckBox(name)
    {
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        const int room =
            style()->subElementRect(QStyle::SE_CheckBoxContents, &option, this).width();
        option.text = fontMetrics().elidedText(text(), Qt::ElideMiddle, room);
        painter.drawControl(QStyle::CE_CheckBox, option);
    }
};

/// Two networks may have almost one name.
QString whereFrom(const StudyNetwork &network)
{
    switch (network.origin) {
    case StudyNetwork::Origin::AtHand:
        return network.filter ? StudyNetworkList::tr("The run that is open, behind a filter: %1")
                                    .arg(filterName(*network.filter))
                              : StudyNetworkList::tr("The run that is open");
    case StudyNetwork::Origin::Run:
        return QString::fromStdString(network.folder.string());
    case StudyNetwork::Origin::File:
        return QString::fromStdString(network.file.file);
    }
    return {};
}

} // namespace

StudyNetworkList::StudyNetworkList(Session *session, StudyModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_rows(new QVBoxLayout),
      m_add(new QPushButton(tr("Add a network…"))),
      m_menu(new QMenu(m_add)),
      m_hint(mutedLabel(tr("This study says more of several networks side by side.")))
{
    build();
    connect(m_model, &StudyModel::networksChanged, this, &StudyNetworkList::refresh);
    connect(m_menu, &QMenu::aboutToShow, this, &StudyNetworkList::fillMenu);
    refresh();
}

void StudyNetworkList::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_rows->setSpacing(2);
    m_hint->setWordWrap(true);
    m_add->setMenu(m_menu);
    m_menu->setToolTipsVisible(true);
    layout->addWidget(sectionTitle(tr("Networks")));
    layout->addLayout(m_rows);
    layout->addWidget(m_hint);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
}

void StudyNetworkList::fillMenu()
{
    m_menu->clear();
    if (m_model->canFilter()) {
        const QString network = m_model->networks().front().name;
        for (const attack::FilterDescription &filter : attack::filters()) {
            const QString name = nameBehind(network, {.filter = filter.name});
            QAction *action =
                m_menu->addAction(name + QStringLiteral("…"), this, [this, filter, network] {
                    if (const auto choice = FilterDialog::ask(filter, network, this))
                        m_model->addFilter(*choice);
                });
            action->setToolTip(words(filter.help));
        }
        m_menu->addSeparator();
    }
    m_menu->addAction(tr("The runs of another project…"), this, &StudyNetworkList::openProject);
    m_menu->addAction(tr("A TorchScript file…"), this, &StudyNetworkList::openTorchScript);
}

/// By the keys they are reached from top to bottom, before the button below them.
void StudyNetworkList::makeBoxes()
{
    for (QCheckBox *box : m_boxes) {
        m_rows->removeWidget(box);
        box->deleteLater();
    }
    m_boxes.clear();
    QWidget *before = m_add->previousInFocusChain(); // outside
    while (before != m_add && (!(before->focusPolicy() & Qt::TabFocus) || isAncestorOf(before)))
        before = before->previousInFocusChain();
    for (const StudyNetwork &network : m_model->networks()) {
        auto *box = new NetworkBox(network.name);
        connect(box, &QCheckBox::clicked, this,
                [this, i = m_boxes.size()](bool chosen) { m_model->setChosen(i, chosen); });
        m_rows->addWidget(box);
        m_boxes.push_back(box);
        setTabOrder(before, box);
        before = box;
    }
}

void StudyNetworkList::setSeveral(bool several)
{
    m_several = several;
    refresh();
}

void StudyNetworkList::refresh()
{
    const auto &networks = m_model->networks();
    const auto textOf = [](const QCheckBox *box) { return box->text(); };
    if (!std::ranges::equal(m_boxes, networks, {}, textOf, &StudyNetwork::name)) makeBoxes();
    for (std::size_t i = 0; i < networks.size(); ++i) {
        m_boxes[i]->setChecked(networks[i].isChosen);
        m_boxes[i]->setToolTip(networks[i].name + QLatin1Char('\n') + whereFrom(networks[i]));
    }
    const auto chosen = std::ranges::count(networks, true, &StudyNetwork::isChosen);
    m_hint->setVisible(m_several && chosen == 1);
}

void StudyNetworkList::openProject()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("A project whose runs are compared"),
                                                      {}, tr("Projects (*.ostrich)"));
    if (!path.isEmpty()) m_model->addProject(path);
}

void StudyNetworkList::openTorchScript()
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) return;
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a TorchScript file"), {},
                                     tr("TorchScript files (*.pt *.pth *.ts);;All files (*)"));
    if (path.isEmpty()) return;
    if (const auto network = TorchScriptDialog::ask(path, dataset->facts, this))
        m_model->addTorchScript(network->program, network->classNames);
}

} // namespace ostrich::ui
