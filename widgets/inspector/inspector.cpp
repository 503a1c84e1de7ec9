// The inspector: built anew for another block, refreshed in place while its values change.
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

namespace {

std::shared_ptr<const graph::Kind> kindOf(const graph::Block *block)
{
    return block ? graph::kindOf(*block, blocks::Registry::instance()) : nullptr;
}

QString shapeText(const std::vector<std::optional<graph::Shape>> &shapes)
{
    QStringList texts;
    for (const auto &shape : shapes)
        texts << (shape ? QString::fromStdString(graph::toString(*shape)) : QStringLiteral("–"));
    return texts.isEmpty() ? QStringLiteral("–") : texts.join(QStringLiteral(", "));
}

/// "Network", or the name of the group that is open.
QString titleOfView(const ProjectModel &project)
{
    auto around = project.scope();
    if (around.empty()) return Inspector::tr("Network");
    const std::string id = around.back();
    around.pop_back();
    const graph::Network *network = graph::networkWithin(project.project().network, around);
    const graph::Block *group = network ? network->find(id) : nullptr;
    return QString::fromStdString(group ? graph::titleOf(*group) : id);
}

QLabel *wrapping(const QString &text, QWidget *parent)
{
    QLabel *label = mutedLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

Inspector::Inspector(Session *session, QWidget *parent) : QScrollArea(parent), m_session(session)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(220);
    viewport()->setAutoFillBackground(false);
    showSelection();
    connect(&session->selection, &Selection::blocksChanged, this, &Inspector::showSelection);
    connect(&session->project, &ProjectModel::scopeChanged, this, &Inspector::showSelection);
    connect(&session->project, &ProjectModel::networkChanged, this, [this] {
        // Once a burst of edits is over: the editor that sends them must not be rebuilt under its
        // hands.
        if (std::exchange(m_scheduled, true)) return;
        QTimer::singleShot(0, this, [this] {
            m_scheduled = false;
            const graph::Block *block = m_session->project.network().find(m_block);
            block && block->kind == m_kind ? refresh() : showSelection();
        });
    });
    connect(&Theme::instance(), &Theme::changed, this, &Inspector::showSelection);
}

void Inspector::showSelection()
{
    m_editors.clear();
    m_values.clear();
    m_problem = m_title = m_weightsLabel = nullptr;
    m_weights = nullptr;
    m_openUp = nullptr;
    auto *page = new QWidget;
    page->setAutoFillBackground(false);
    m_layout = new QVBoxLayout(page);
    m_layout->setContentsMargins(16, 12, 16, 12);
    m_layout->setSpacing(6);
    const std::string id = m_session->selection.currentBlock();
    const graph::Block *block = m_session->project.network().find(id);
    m_block = block ? id : std::string();
    m_kind = block ? block->kind : std::string();
    block ? showBlock(id) : showNetwork();
    m_layout->addStretch();
    setWidget(page);
    page->setAutoFillBackground(false); // setWidget turns it on
    refresh();
}

void Inspector::showNetwork()
{
    m_title = new ElidingLabel;
    m_title->setFont(Theme::instance().font(FontRole::BlockTitle));
    m_layout->addWidget(m_title);
    m_layout->addWidget(wrapping(
        tr("Select a block to see and change it. Drag blocks in from the left, or press space on "
           "the canvas and type a name."),
        nullptr));
    m_layout->addSpacing(4);
    m_layout->addWidget(ruledLine());
    m_layout->addWidget(sectionTitle(tr("Size")));
    addSizes();
}

void Inspector::addHead(const std::string &id)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    auto *icon = new QLabel;
    const graph::Block *block = m_session->project.network().find(id);
    const QFont font = Theme::instance().font(FontRole::BlockTitle);
    const QString title = QString::fromStdString(graph::titleOf(*block));
    auto *name = mutedLabel(QString::fromStdString(id));
    // Beside a long title there is no room for the id: it goes below.
    constexpr int kRoom = 196;
    const bool tight =
        QFontMetrics(font).horizontalAdvance(title) + name->sizeHint().width() > kRoom;
    m_title = new ElidingLabel; // a group's name is as long as you like
    m_title->setFont(font);
    if (const auto kind = kindOf(block)) {
        const auto &d = kind->description();
        icon->setPixmap(Theme::instance().pixmap(QString::fromStdString(d.icon),
                                                 Theme::instance().category(d.category), 20,
                                                 devicePixelRatioF()));
        if (!block->inside) m_title->setToolTip(words(d.label));
    }
    head->addWidget(icon);
    head->addWidget(m_title, 1);
    if (!tight) head->addWidget(name);
    m_layout->addLayout(head);
    if (tight) m_layout->addWidget(name);
    m_layout->addSpacing(2);
}

void Inspector::showBlock(const std::string &id)
{
    const graph::Block *block = m_session->project.network().find(id);
    const auto kind = kindOf(block);
    addHead(id);
    if (kind) {
        addForm(id);
        if (block->inside) addGroupButtons();
        addFormula(QString::fromStdString(kind->description().formula));
    }
    m_layout->addWidget(ruledLine());
    m_layout->addWidget(sectionTitle(tr("Shapes and size")));
    addSizes();
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::RichText);
    m_problem->setMargin(10);
    m_layout->addWidget(m_problem);
    if (!kind) return;
    m_layout->addWidget(ruledLine());
    m_layout->addWidget(wrapping(words(kind->description().help), nullptr));
    addActions();
}

void Inspector::addFormula(const QString &text)
{
    if (text.isEmpty()) return;
    m_layout->addWidget(ruledLine());
    m_layout->addWidget(sectionTitle(tr("Formula")));
    auto *formula = new QLabel(text);
    formula->setTextFormat(Qt::RichText);
    formula->setFont(Theme::instance().font(FontRole::Formula));
    formula->setWordWrap(true);
    m_layout->addWidget(formula);
}

void Inspector::addForm(const std::string &id)
{
    const auto kind = kindOf(m_session->project.network().find(id));
    const auto &specs = kind->description().parameters;
    if (specs.empty()) {
        m_layout->addWidget(wrapping(tr("Nothing to set: this block has no parameters."), nullptr));
        return;
    }
    auto *form = new QGridLayout;
    form->setVerticalSpacing(4);
    form->setHorizontalSpacing(8);
    form->setColumnStretch(0, 1);
    const auto values =
        graph::withDefaults(m_session->project.network().find(id)->parameters, specs);
    int row = 0;
    for (const graph::ParameterSpec &spec : specs) {
        auto *label = new ElidingLabel(words(spec.label));
        label->setToolTip(QString::fromStdString(spec.name));
        auto *editor = new ParameterEditor(spec, values.at(spec.name));
        label->setBuddy(editor);
        if (auto *text = editor->findChild<QLineEdit *>();
            text && spec.type == graph::ParameterType::Text)
            text->home(false);
        form->addWidget(label, row, 0);
        form->addWidget(editor, row, 1, Qt::AlignRight);
        form->setRowMinimumHeight(row++, 30);
        const QString key = QStringLiteral("%1/%2/").arg(QString::fromStdString(id),
                                                         QString::fromStdString(spec.name));
        connect(editor, &ParameterEditor::valueChanged, this,
                [this, id, name = spec.name, key](const graph::ParameterValue &value) {
                    ProjectModel &project = m_session->project;
                    project.apply(graph::setParameter(project.network(), id, name, value), key);
                });
        connect(editor, &ParameterEditor::editingFinished, &m_session->project,
                &ProjectModel::finishMerge);
        m_editors[spec.name] = editor;
    }
    addWeights(form, row);
    m_layout->addLayout(form);
}

void Inspector::addSizes()
{
    const std::pair<const char *, QString> rows[] = {
        {"in", tr("in")},
        {"expected", tr("expected")},
        {"out", tr("out")},
        {"parameters", tr("Parameters")},
        {"multiply_adds", tr("Multiply-adds")},
    };
    for (const auto &[key, label] : rows) {
        auto *line = new QWidget;
        auto *layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        auto *value = new ElidingLabel;
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        layout->addWidget(mutedLabel(label));
        layout->addWidget(value, 1);
        m_layout->addWidget(line);
        m_values[key] = value;
    }
}

void Inspector::refresh()
{
    const ProjectModel &project = m_session->project;
    const graph::Analysis &analysis = project.analysis();
    const graph::Block *block = project.network().find(m_block);
    m_title->setText(block ? QString::fromStdString(graph::titleOf(*block)) : titleOfView(project));
    const auto set = [this](const char *key, const QString &text, bool shown = true) {
        QLabel *label = m_values[key];
        label->setText(text);
        label->parentWidget()->setVisible(shown);
    };
    if (!block) {
        set("in", {}, false);
        set("out", {}, false);
        set("expected", {}, false);
        set("parameters", count(analysis.parameters));
        set("multiply_adds", count(analysis.multiplyAdds, true));
        return;
    }
    refreshWeights();
    if (m_openUp) m_openUp->setVisible(project.canOpenUp(m_block));
    if (const auto kind = kindOf(block))
        for (const auto &[name, value] :
             graph::withDefaults(block->parameters, kind->description().parameters))
            if (const auto editor = m_editors.find(name); editor != m_editors.end())
                editor->second->setValue(value);

    const graph::BlockFacts *facts = analysis.find(m_block);
    const auto problem =
        std::find_if(analysis.problems.begin(), analysis.problems.end(),
                     [this](const graph::Problem &p) { return p.block == m_block; });
    const bool wrong = problem != analysis.problems.end();
    const bool known = facts && !facts->outputs.empty() && facts->outputs.front();
    set("in", facts ? shapeText(facts->inputs) : QStringLiteral("–"),
        facts && !facts->inputs.empty());
    // What a block within a group expects stands at that block.
    const bool atPort = wrong && !block->inside;
    set("expected", atPort ? QString::fromStdString(problem->expected) : QString(),
        atPort && !problem->expected.empty());
    set("out", facts ? shapeText(facts->outputs) : QStringLiteral("–"),
        !facts || !facts->outputs.empty());
    set("parameters",
        known || (facts && !wrong) ? count(facts->cost.parameters) : QStringLiteral("–"));
    set("multiply_adds",
        known || (facts && !wrong) ? count(facts->cost.multiplyAdds, true) : QStringLiteral("–"));
    const Tokens &t = Theme::instance().tokens();
    QPalette red = palette();
    red.setColor(QPalette::WindowText, atPort ? t.error : t.text);
    m_values["in"]->setPalette(red);
    m_problem->setVisible(wrong);
    if (wrong) {
        const Message &reason = problem->reason.empty() ? problem->hint : problem->reason;
        m_problem->setText(QStringLiteral("<span style='color:%1;font-weight:600'>%2</span> %3")
                               .arg(t.error.name(), sentence(problem->message).toHtmlEscaped(),
                                    sentence(reason).toHtmlEscaped()));
        m_problem->setStyleSheet(
            QStringLiteral("background:%1;border-radius:6px").arg(t.errorBackground.name()));
    }
}

} // namespace ostrich::ui
