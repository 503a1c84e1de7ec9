// Fields of a threat model, filled from the registry of attacks: which attack, in which norm.
#pragma once

#include "attack/threat.hpp"
#include "theme/controls.hpp"

#include <QComboBox>

namespace ostrich::ui {

/// All attacks, those that see the gradient apart from those that only ask.
class MethodBox : public QComboBox {
    Q_OBJECT
public:
    explicit MethodBox(QWidget *parent = nullptr);

    std::string attack() const;
    void setAttack(const std::string &name); // silent
    /// Whether there is another network for those attacks that need one.
    void setHasSurrogate(bool has);
    /// Of series and points none of those attacks that move a picture's parts about.
    void setReadsPictures(bool reads);

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
    void show(attack::Norm norm, const attack::AttackDescription *description);
};

/// A list of classes that is typed into where it is long: what fits is offered.
class ClassBox : public QComboBox {
    Q_OBJECT
public:
    explicit ClassBox(QWidget *parent = nullptr);
    /// `first` stands before the classes, for none of them.
    void fill(const QString &first, const QStringList &names);
    std::optional<std::int64_t> chosenClass() const;
    void setClass(std::optional<std::int64_t> index); // silent

signals:
    void chosen();

private:
    void takeTyped();
};

} // namespace ostrich::ui
