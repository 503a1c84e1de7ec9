// Fields of a threat model: which attack, in which norm (from the registry of attacks), towards
// which class; and the rows in which they stand.
#pragma once

#include "attack/threat.hpp"
#include "theme/controls.hpp"

#include <QComboBox>

class QGridLayout;

namespace ostrich::ui {

struct Session;

/// All attacks, those that see the gradient apart from those that only ask.
class MethodBox : public QComboBox {
    Q_OBJECT
public:
    explicit MethodBox(QWidget *parent = nullptr);

    std::string attack() const;
    void setAttack(const std::string &name); // silent
    /// Whether there is another network for those attacks that need one.
    void setHasSurrogate(bool has);
    /// None of those attacks that move a picture's parts about.
    void keepToSeries();

signals:
    void chosen();

private:
    void addGroup(const QString &title, bool usesGradient);
};

/// The norms; only those that the attack knows can be chosen.
class NormChoice : public SegmentedControl {
    Q_OBJECT
public:
    explicit NormChoice(QWidget *parent = nullptr);
    attack::Norm norm() const;
    /// `description` of the attack that is held by it; null: all can be chosen.
    void show(attack::Norm norm, const attack::AttackDescription *description);
};

/// A list of classes that is typed into where it is long: what fits is offered.
class ClassBox : public QComboBox {
    Q_OBJECT
public:
    explicit ClassBox(QWidget *parent = nullptr);
    /// Those of the session's data; "any other class" stands before them, for none of them.
    void fillWithClasses(const Session &session);
    std::optional<std::int64_t> chosenClass() const;
    void setClass(std::optional<std::int64_t> index); // silent

signals:
    void chosen();

private:
    void fill(const QString &first, const QStringList &names);
    void takeTyped();
};

/// A row of `form`: the field under its name, which it is called by, too; the norms as wide as they
/// are, others as wide as there is room.
void addFieldRow(QGridLayout *form, const QString &label, QWidget *field,
                 QWidget *beside = nullptr);

} // namespace ostrich::ui
