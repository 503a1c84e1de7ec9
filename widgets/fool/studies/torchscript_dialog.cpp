// The question that comes before a stranger's program.
#include "fool/studies/torchscript_dialog.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kWide = 460;
constexpr qint64 kLargestFile = 1 << 20; // of names: more is no list of them

/// One a line, empty lines left out; no value: the file cannot be read.
std::optional<std::vector<std::string>> linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    std::vector<std::string> lines;
    for (const QByteArray &line : file.read(kLargestFile).split('\n'))
        if (const QByteArray name = line.trimmed(); !name.isEmpty())
            lines.push_back(name.toStdString());
    return lines;
}

int channelsOf(const graph::DataFacts &facts)
{
    return facts.input.isMaps() ? static_cast<int>(facts.input.size(graph::Axis::C).value_or(1))
                                : 1;
}

} // namespace

TorchScriptDialog::TorchScriptDialog(const QString &path, const graph::DataFacts &facts,
                                     QWidget *parent)
    : QDialog(parent),
      m_path(path),
      m_channels(channelsOf(facts)),
      m_classes(static_cast<std::size_t>(facts.classes)),
      m_mean(new QLineEdit),
      m_deviation(new QLineEdit),
      m_names(new QLineEdit),
      m_problem(new QLabel)
{
    setWindowTitle(tr("Open a TorchScript file?"));
    setMinimumWidth(kWide);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    auto *warning = new QLabel(
        tr("A TorchScript file is a program. Open it only if you trust where it came from."));
    warning->setFont(Theme::instance().font(FontRole::BlockTitle));
    warning->setWordWrap(true);
    auto *name = mutedLabel(path);
    name->setWordWrap(true);
    auto *form = new QFormLayout;
    m_mean->setPlaceholderText(tr("none"));
    m_deviation->setPlaceholderText(tr("none"));
    const QString help = tr("What the network was trained with, one number per channel, in units "
                            "from 0 to 1: “0.485, 0.456, 0.406”");
    m_mean->setToolTip(help);
    m_deviation->setToolTip(help);
    form->addRow(tr("Mean to subtract"), m_mean);
    form->addRow(tr("Deviation to divide by"), m_deviation);
    form->addRow(tr("Names of its classes"), namesRow());
    m_problem->setWordWrap(true);
    QPalette red = m_problem->palette();
    red.setColor(QPalette::WindowText, Theme::instance().tokens().error);
    m_problem->setPalette(red);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *open = buttons->addButton(tr("Open it"), QDialogButtonBox::AcceptRole);
    open->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true); // the safe answer to Enter
    for (QWidget *part : {static_cast<QWidget *>(warning), static_cast<QWidget *>(name)})
        layout->addWidget(part);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &TorchScriptDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QWidget *TorchScriptDialog::namesRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_names->setPlaceholderText(tr("those of the data"));
    m_names->setAccessibleName(tr("Names of its classes"));
    m_names->setToolTip(tr("A text file with one name a line, in the order of the network's "
                           "answers. Left empty: it answers in the order of the data's classes."));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &TorchScriptDialog::chooseNames);
    layout->addWidget(m_names, 1);
    layout->addWidget(choose);
    return row;
}

void TorchScriptDialog::chooseNames()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Names of its classes"), QFileInfo(m_path).path(),
                                     tr("Text files (*.txt);;All files (*)"));
    if (!path.isEmpty()) m_names->setText(path);
}

std::optional<std::vector<float>> TorchScriptDialog::numbers(const QLineEdit *line) const
{
    std::vector<float> read;
    const QStringList parts = line->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        bool isNumber = false;
        read.push_back(part.trimmed().toFloat(&isNumber));
        if (!isNumber) return {};
    }
    if (!read.empty() && static_cast<int>(read.size()) != m_channels) return {};
    return read;
}

void TorchScriptDialog::take()
{
    const auto mean = numbers(m_mean), deviation = numbers(m_deviation);
    const bool isWhole = mean && deviation && mean->empty() == deviation->empty()
                         && std::ranges::all_of(*deviation, [](float d) { return d > 0.0f; });
    if (!isWhole)
        return complain(tr("Give %n number(s) for each of the two, with commas between them and "
                           "the deviations above 0, or leave both empty.",
                           nullptr, m_channels));
    const QString file = m_names->text().trimmed();
    const auto names = file.isEmpty() ? std::optional(std::vector<std::string>()) : linesOf(file);
    if (!names) return complain(tr("%1 cannot be read.").arg(file));
    if (!file.isEmpty() && names->size() != m_classes)
        return complain(tr("%1 has %2 names, but the data have %3 classes: give one name a line.")
                            .arg(QFileInfo(file).fileName())
                            .arg(names->size())
                            .arg(m_classes));
    m_network = {.program = {.file = m_path.toStdString(), .mean = *mean, .deviation = *deviation},
                 .classNames = *names};
    accept();
}

void TorchScriptDialog::complain(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->show();
}

std::optional<TorchScriptNetwork> TorchScriptDialog::ask(const QString &path,
                                                         const graph::DataFacts &facts,
                                                         QWidget *parent)
{
    TorchScriptDialog dialog(path, facts, parent);
    if (dialog.exec() != QDialog::Accepted) return {};
    return dialog.m_network;
}

} // namespace ostrich::ui
