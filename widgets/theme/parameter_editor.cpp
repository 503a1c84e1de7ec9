// One editor per type of parameter. A symbol ("classes") is a value of its own, shown as a word.
#include "theme/parameter_editor.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "theme/ticked_list.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace ostrich::ui {

namespace {

using graph::ParameterValue;

constexpr int kListWidth = 148; // of words that are ticked

/// An integer box whose first place below the minimum stands for a symbol.
class SymbolSpinBox : public QSpinBox {
public:
    explicit SymbolSpinBox(const graph::ParameterSpec &spec) : m_spec(spec)
    {
        const double top =
            std::min(spec.maximum, static_cast<double>(std::numeric_limits<int>::max()));
        m_lowest = static_cast<int>(spec.minimum);
        setRange(spec.symbols.empty() ? m_lowest : m_lowest - 1, static_cast<int>(top));
        if (!spec.symbols.empty()) setSpecialValueText(symbolWord());
        setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        setKeyboardTracking(false);
        setGroupSeparatorShown(true);
    }
    ParameterValue parameter() const
    {
        if (value() < m_lowest) return m_spec.symbols.front();
        return static_cast<std::int64_t>(value());
    }
    void show(const ParameterValue &wanted)
    {
        if (const auto *number = std::get_if<std::int64_t>(&wanted))
            setValue(static_cast<int>(std::min<std::int64_t>(*number, maximum())));
        else if (std::holds_alternative<std::string>(wanted))
            setValue(minimum());
    }

private:
    QString symbolWord() const
    {
        const std::string &symbol = m_spec.symbols.front();
        if (symbol == "classes") return tr("classes");
        if (symbol == "data") return tr("from data");
        return QString::fromStdString(symbol);
    }
    graph::ParameterSpec m_spec;
    int m_lowest = 0;
};

/// A real number over many magnitudes: shown as short as it is exact, typed as it is written
/// ("0.0001", "0,0001", "1e-4"), stepped by a factor for rates.
class RealSpinBox : public QDoubleSpinBox {
public:
    explicit RealSpinBox(const graph::ParameterSpec &spec)
    {
        setDecimals(10);
        setKeyboardTracking(false);
        setRange(spec.minimum, spec.maximum);
        setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    QString textFromValue(double value) const override
    {
        QLocale plain = locale();
        plain.setNumberOptions(QLocale::OmitGroupSeparator); // so that a comma is a decimal one
        return plain.toString(value, 'g', 6);
    }
    double valueFromText(const QString &text) const override
    {
        return QString(text).replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    }
    QValidator::State validate(QString &text, int &) const override
    {
        static const QRegularExpression whole(
            QStringLiteral("^[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d+)?$"));
        static const QRegularExpression begun(
            QStringLiteral("^[+-]?\\d*[.,]?\\d*([eE][+-]?\\d*)?$"));
        if (!begun.match(text).hasMatch()) return QValidator::Invalid;
        const double number = valueFromText(text);
        const bool fits = number >= minimum() && number <= maximum();
        return fits && whole.match(text).hasMatch() ? QValidator::Acceptable
                                                    : QValidator::Intermediate;
    }
    void stepBy(int steps) override
    {
        interpretText(); // from what is typed, not from what was before
        const double now = value();
        if (maximum() <= 1.0 && now > 0.0 && now < 0.05) {
            setValue(steps > 0 ? now * 2.0 : now / 2.0);
            return;
        }
        setValue(now + steps * (maximum() <= 1.0 ? 0.05 : 0.1));
    }
};

/// "same", "valid" or a number that is not negative; empty: `text` is none of them.
std::optional<ParameterValue> paddingOf(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (isNumber && number >= 0) return static_cast<std::int64_t>(number);
    if (text == QLatin1String("same") || text == QLatin1String("valid")) return text.toStdString();
    return {};
}

/// What has been given is the project's to undo, no longer the line's.
void forgetTyping(QLineEdit *line)
{
    const bool selected = line->hasSelectedText();
    const int cursor = line->cursorPosition();
    line->setText(line->text());
    line->setCursorPosition(cursor);
    if (selected) line->selectAll();
}

QString choiceLabel(const graph::ParameterSpec &spec, std::size_t choice)
{
    return choice < spec.choiceLabels.size() ? words(spec.choiceLabels[choice])
                                             : QString::fromStdString(spec.choices[choice]);
}

void forgetTypingIn(QAbstractSpinBox *box)
{
    forgetTyping(box->findChild<QLineEdit *>());
}

} // namespace

ParameterEditor::ParameterEditor(const graph::ParameterSpec &spec, const ParameterValue &value,
                                 QWidget *parent)
    : QWidget(parent), m_spec(spec)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    build(value);
    const QString help = words(spec.help);
    setToolTip(QStringLiteral("<b>%1</b><br>%2")
                   .arg(QString::fromStdString(spec.name), help.toHtmlEscaped()));
}

void ParameterEditor::build(const ParameterValue &value)
{
    switch (m_spec.type) {
    case graph::ParameterType::Boolean:
        addBoolean();
        break;
    case graph::ParameterType::Integer:
        addInteger();
        break;
    case graph::ParameterType::Real:
        m_spec.symbols.empty() ? addReal() : addSymbolReal();
        break;
    case graph::ParameterType::Choice:
        addChoice();
        break;
    case graph::ParameterType::Padding:
        addPadding();
        break;
    case graph::ParameterType::Text:
        m_spec.choices.empty() ? addText() : addList();
        break;
    }
    setFocusProxy(findChild<QWidget *>(QStringLiteral("field")));
    setValue(value);
}

void ParameterEditor::setValue(const ParameterValue &value)
{
    m_value = value;
    m_show(value);
}

void ParameterEditor::tell(const ParameterValue &value)
{
    if (value == m_value) return;
    m_value = value;
    emit valueChanged(value);
}

void ParameterEditor::addInteger()
{
    auto *box = new SymbolSpinBox(m_spec);
    box->setObjectName(QStringLiteral("field"));
    box->setAccessibleName(words(m_spec.label));
    box->setFixedWidth(112);
    layout()->addWidget(box);
    m_show = [box](const ParameterValue &value) {
        const QSignalBlocker quiet(box);
        if (box->parameter() != value) box->show(value);
    };
    connect(box, &QSpinBox::valueChanged, this, [this, box] { tell(box->parameter()); });
    connect(box, &QSpinBox::editingFinished, this, [this, box] {
        forgetTypingIn(box);
        emit editingFinished();
    });
}

void ParameterEditor::addReal()
{
    auto *box = new RealSpinBox(m_spec);
    box->setObjectName(QStringLiteral("field"));
    box->setAccessibleName(words(m_spec.label));
    box->setFixedWidth(112);
    layout()->addWidget(box);
    m_show = [box](const ParameterValue &value) {
        const QSignalBlocker quiet(box);
        const double *number = std::get_if<double>(&value);
        if (number && *number != box->value()) box->setValue(*number);
    };
    connect(box, &QDoubleSpinBox::valueChanged, this, [this](double value) { tell(value); });
    connect(box, &QDoubleSpinBox::editingFinished, this, [this, box] {
        forgetTypingIn(box);
        emit editingFinished();
    });
}

void ParameterEditor::addBoolean()
{
    auto *box = new Switch;
    box->setObjectName(QStringLiteral("field"));
    box->setAccessibleName(words(m_spec.label));
    layout()->addWidget(box);
    m_show = [box](const ParameterValue &value) {
        const QSignalBlocker quiet(box);
        box->setChecked(std::holds_alternative<bool>(value) && std::get<bool>(value));
    };
    connect(box, &QAbstractButton::toggled, this, [this](bool on) {
        tell(on);
        emit editingFinished();
    });
}

void ParameterEditor::addChoice()
{
    auto *box = new QComboBox;
    box->setObjectName(QStringLiteral("field"));
    box->setAccessibleName(words(m_spec.label));
    box->setFixedWidth(112);
    for (std::size_t i = 0; i < m_spec.choices.size(); ++i) {
        box->addItem(choiceLabel(m_spec, i), QString::fromStdString(m_spec.choices[i]));
    }
    layout()->addWidget(box);
    m_show = [box](const ParameterValue &value) {
        const QSignalBlocker quiet(box);
        if (const auto *word = std::get_if<std::string>(&value))
            box->setCurrentIndex(box->findData(QString::fromStdString(*word)));
    };
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
        tell(box->currentData().toString().toStdString());
        emit editingFinished();
    });
}

void ParameterEditor::addPadding()
{
    addWordOrNumber({"same", "valid", "1", "2", "3"}, paddingOf);
}

/// A number, or a word that stands for one ("default": as PyTorch draws it).
void ParameterEditor::addSymbolReal()
{
    QStringList words;
    for (const std::string &symbol : m_spec.symbols) words << QString::fromStdString(symbol);
    addWordOrNumber(words,
                    [spec = m_spec, words](const QString &text) -> std::optional<ParameterValue> {
                        if (words.contains(text.trimmed())) return text.trimmed().toStdString();
                        bool isNumber = false;
                        const double number = QLocale().toDouble(text.trimmed(), &isNumber);
                        const double plain = isNumber ? number : text.trimmed().toDouble(&isNumber);
                        if (!isNumber || plain < spec.minimum || plain > spec.maximum) return {};
                        return plain;
                    });
}

void ParameterEditor::addWordOrNumber(
    const QStringList &offered, std::function<std::optional<ParameterValue>(const QString &)> read)
{
    auto *box = new QComboBox;
    box->setObjectName(QStringLiteral("field"));
    box->setAccessibleName(words(m_spec.label));
    box->setFixedWidth(112);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->addItems(offered);
    layout()->addWidget(box);
    m_show = [box](const ParameterValue &value) {
        const QSignalBlocker quiet(box);
        const QString text = QString::fromStdString(graph::toString(value));
        if (box->currentText() != text) box->setCurrentText(text);
    };
    const auto give = [this, box, read = std::move(read)] {
        if (const auto value = read(box->currentText()))
            tell(*value);
        else
            m_show(m_value);
        forgetTyping(box->lineEdit());
        emit editingFinished();
    };
    connect(box, &QComboBox::activated, this, give);
    connect(box->lineEdit(), &QLineEdit::editingFinished, this, give);
}

/// Words that are ticked.
void ParameterEditor::addList()
{
    std::vector<std::pair<QString, QString>> offered;
    for (std::size_t i = 0; i < m_spec.choices.size(); ++i)
        offered.emplace_back(QString::fromStdString(m_spec.choices[i]), choiceLabel(m_spec, i));
    auto *list = new TickedList(offered);
    list->setObjectName(QStringLiteral("field"));
    list->setAccessibleName(words(m_spec.label));
    list->setFixedWidth(kListWidth);
    layout()->addWidget(list);
    m_show = [list](const ParameterValue &value) {
        const QString text = QString::fromStdString(graph::toString(value));
        if (list->text() != text) list->setText(text);
    };
    connect(list, &TickedList::changed, this, [this, list] { tell(list->text().toStdString()); });
    connect(list, &TickedList::closed, this, &ParameterEditor::editingFinished);
}

void ParameterEditor::addText()
{
    auto *box = new QLineEdit;
    box->setObjectName(QStringLiteral("field"));
    box->setAccessibleName(words(m_spec.label));
    box->setFixedWidth(112);
    layout()->addWidget(box);
    m_show = [box](const ParameterValue &value) {
        const QSignalBlocker quiet(box);
        const QString text = QString::fromStdString(graph::toString(value));
        if (box->text() != text) box->setText(text);
    };
    connect(box, &QLineEdit::editingFinished, this, [this, box] {
        tell(box->text().toStdString());
        forgetTyping(box);
        emit editingFinished();
    });
}

} // namespace ostrich::ui
