// Filling the fields of a threat model.
#include "fool/attack_fields.hpp"

#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStandardItemModel>

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr std::array kNorms{attack::Norm::Linf, attack::Norm::L2, attack::Norm::L1,
                            attack::Norm::L0};
constexpr int kTypedInto = 20; // classes: more are searched, not scrolled

} // namespace

MethodBox::MethodBox(QWidget *parent) : QComboBox(parent)
{
    setMaxVisibleItems(24);
    setMinimumContentsLength(8);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addGroup(tr("White box: sees the gradient"), true);
    addGroup(tr("Black box: only asks"), false);
    connect(this, &QComboBox::activated, this, &MethodBox::chosen);
}

void MethodBox::addGroup(const QString &title, bool usesGradient)
{
    addItem(title);
    auto *items = qobject_cast<QStandardItemModel *>(model());
    QStandardItem *head = items->item(count() - 1);
    head->setFlags(Qt::NoItemFlags);
    head->setFont(Theme::instance().font(FontRole::TextBold));
    for (const attack::AttackDescription &d : attack::attacks()) {
        if (d.usesGradient != usesGradient) continue;
        addItem(words(d.label), QString::fromStdString(d.name));
        setItemData(count() - 1,
                    words(d.help) + QLatin1Char('\n') + QString::fromStdString(d.source),
                    Qt::ToolTipRole);
    }
}

std::string MethodBox::attack() const
{
    return currentData().toString().toStdString();
}

void MethodBox::setAttack(const std::string &name)
{
    const QSignalBlocker blocker(this);
    setCurrentIndex(findData(QString::fromStdString(name)));
    setToolTip(currentData(Qt::ToolTipRole).toString());
}

void MethodBox::setHasSurrogate(bool has)
{
    auto *items = qobject_cast<QStandardItemModel *>(model());
    for (const attack::AttackDescription &d : attack::attacks()) {
        if (!d.usesSurrogate) continue;
        QStandardItem *item = items->item(findData(QString::fromStdString(d.name)));
        item->setEnabled(has);
        item->setToolTip(has ? words(d.help) + QLatin1Char('\n') + QString::fromStdString(d.source)
                             : tr("Train a second network on these data first: the attack is made "
                                  "on it, and tried on this one."));
    }
}

void MethodBox::keepToSeries()
{
    auto *items = qobject_cast<QStandardItemModel *>(model());
    for (const attack::AttackDescription &d : attack::attacks()) {
        if (!d.norms.empty()) continue;
        QStandardItem *item = items->item(findData(QString::fromStdString(d.name)));
        item->setEnabled(false);
        item->setToolTip(tr("Not for series."));
    }
}

NormChoice::NormChoice(QWidget *parent)
    : SegmentedControl(
          {QStringLiteral("L∞"), QStringLiteral("L2"), QStringLiteral("L1"), QStringLiteral("L0")},
          true, parent)
{
    setToolTip(tr("L∞ bounds the change of each value, L2 the length of all changes together, L1 "
                  "their sum, L0 how many change (of pictures: how many pixels)"));
}

attack::Norm NormChoice::norm() const
{
    return kNorms[static_cast<std::size_t>(std::max(0, currentIndex()))];
}

void NormChoice::show(attack::Norm norm, const attack::AttackDescription *description)
{
    const QSignalBlocker blocker(this);
    for (std::size_t i = 0; i < kNorms.size(); ++i) {
        const bool isKnown =
            !description
            || std::ranges::find(description->norms, kNorms[i]) != description->norms.end();
        setItemEnabled(static_cast<int>(i), isKnown);
        if (kNorms[i] == norm) setCurrentIndex(static_cast<int>(i));
    }
}

ClassBox::ClassBox(QWidget *parent) : QComboBox(parent)
{
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumContentsLength(8);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(this, &QComboBox::activated, this, &ClassBox::chosen);
}

void ClassBox::fillWithClasses(const Session &session)
{
    QStringList names;
    const auto &known = session.project.facts().classNames;
    for (std::size_t i = 0; i < known.size(); ++i)
        names << session.data.className(static_cast<std::int64_t>(i));
    fill(tr("any other class"), names);
}

void ClassBox::fill(const QString &first, const QStringList &names)
{
    const QSignalBlocker blocker(this);
    clear();
    addItem(first, -1);
    for (qsizetype i = 0; i < names.size(); ++i) addItem(names[i], static_cast<int>(i));
    const bool typed = names.size() > kTypedInto;
    if (typed == isEditable()) return;
    setEditable(typed);
    if (!typed) return;
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setMaxVisibleItems(12);
    lineEdit()->setPlaceholderText(tr("Type a class"));
    connect(lineEdit(), &QLineEdit::editingFinished, this, &ClassBox::takeTyped);
}

/// What was typed is a class, or is put back.
void ClassBox::takeTyped()
{
    if (currentText() == itemText(currentIndex())) return; // two classes may share a name
    const int found = findText(currentText(), Qt::MatchFixedString);
    if (found >= 0 && found != currentIndex()) {
        setCurrentIndex(found);
        emit chosen();
    } else {
        setEditText(itemText(currentIndex()));
    }
}

std::optional<std::int64_t> ClassBox::chosenClass() const
{
    const int index = currentData().toInt();
    return index >= 0 ? std::optional<std::int64_t>(index) : std::nullopt;
}

void ClassBox::setClass(std::optional<std::int64_t> index)
{
    const QSignalBlocker blocker(this);
    setCurrentIndex(findData(index ? static_cast<int>(*index) : -1));
}

void addFieldRow(QGridLayout *form, const QString &label, QWidget *field, QWidget *beside)
{
    const bool isNarrow = qobject_cast<NormChoice *>(field) != nullptr;
    const int row = form->rowCount();
    form->addWidget(mutedLabel(label), row, 0);
    auto *fields = new QHBoxLayout;
    fields->setSpacing(8);
    fields->addWidget(field, isNarrow ? 0 : 1);
    if (beside) fields->addWidget(beside);
    if (isNarrow) fields->addStretch();
    form->addLayout(fields, row, 1);
    field->setAccessibleName(label);
}

} // namespace ostrich::ui
