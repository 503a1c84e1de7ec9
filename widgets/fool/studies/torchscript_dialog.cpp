// The question that comes before a stranger's program.
#include "fool/studies/torchscript_dialog.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kWide = 460;

} // namespace

TorchScriptDialog::TorchScriptDialog(const QString &path, int channels, QWidget *parent)
    : QDialog(parent),
      m_path(path),
      m_channels(channels),
      m_mean(new QLineEdit),
      m_deviation(new QLineEdit),
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
    m_problem->setWordWrap(true);
    QPalette red = m_problem->palette();
    red.setColor(QPalette::WindowText, Theme::instance().tokens().error);
    m_problem->setPalette(red);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *open = buttons->addButton(tr("Open it"), QDialogButtonBox::AcceptRole);
    open->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true); // the safe answer to Enter
    for (QWidget *part : {static_cast<QWidget *>(warning), static_cast<QWidget *>(name)})
        layout->addWidget(part);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &TorchScriptDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
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
    if (!isWhole) {
        m_problem->setText(tr("Give %n number(s) for each of the two, with commas between them and "
                              "the deviations above 0, or leave both empty.",
                              nullptr, m_channels));
        m_problem->show();
        return;
    }
    m_choice = {.file = m_path.toStdString(), .mean = *mean, .deviation = *deviation};
    accept();
}

std::optional<attack::TorchScriptChoice> TorchScriptDialog::ask(const QString &path, int channels,
                                                                QWidget *parent)
{
    TorchScriptDialog dialog(path, channels, parent);
    if (dialog.exec() != QDialog::Accepted) return {};
    return dialog.m_choice;
}

} // namespace ostrich::ui
