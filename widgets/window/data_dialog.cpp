// The data dialog: everything in it comes from the registry of sources.
#include "window/data_dialog.hpp"

#include "theme/controls.hpp"
#include "theme/parameter_editor.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ostrich::ui {

DataDialog::DataDialog(const std::string &current, QWidget *parent)
    : QDialog(parent),
      m_sources(new QComboBox),
      m_path(new QLineEdit),
      m_pathRow(new QWidget),
      m_help(mutedLabel()),
      m_verdict(new QLabel),
      m_accept(nullptr),
      m_form(new QFormLayout)
{
    setWindowTitle(tr("Choose data"));
    setMinimumWidth(460);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    for (const auto &source : data::sources())
        m_sources->addItem(words(source->description().label),
                           QString::fromStdString(source->description().name));
    auto *pathLayout = new QHBoxLayout(m_pathRow);
    pathLayout->setContentsMargins(0, 0, 0, 0);
    auto *browseButton = new QPushButton(tr("Browse…"));
    browseButton->setAutoDefault(false);
    pathLayout->addWidget(m_path, 1);
    pathLayout->addWidget(browseButton);
    m_help->setWordWrap(true);
    m_verdict->setWordWrap(true);
    m_form->addRow(tr("Data"), m_sources);
    m_form->addRow(tr("Folder"), m_pathRow);
    layout->addLayout(m_form);
    layout->addWidget(m_help);
    layout->addWidget(m_verdict);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    m_accept->setText(tr("Use these data"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(browseButton, &QPushButton::clicked, this, &DataDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &DataDialog::check);
    if (const auto spec = data::parseSource(current)) {
        m_sources->setCurrentIndex(
            std::max(0, m_sources->findData(QString::fromStdString(spec->name))));
        m_path->setText(QString::fromStdString(spec->path));
        m_chosen = spec->options;
    }
    connect(m_sources, &QComboBox::currentIndexChanged, this, [this] {
        m_chosen.clear();
        showSource();
    });
    showSource();
}

void DataDialog::showSource()
{
    const data::Source *source =
        data::findSource(m_sources->currentData().toString().toStdString());
    const data::SourceDescription &d = source->description();
    m_help->setText(words(d.help));
    m_form->setRowVisible(m_pathRow, d.needsPath);
    m_path->setPlaceholderText(words(d.pathHelp));
    if (m_options) m_form->removeRow(m_options);
    m_options = new QWidget;
    auto *rows = new QFormLayout(m_options);
    rows->setContentsMargins(0, 0, 0, 0);
    for (const graph::ParameterSpec &spec : d.parameters) {
        graph::ParameterValue value = spec.defaultValue;
        if (const auto chosen = m_chosen.find(spec.name); chosen != m_chosen.end()) {
            if (std::holds_alternative<std::int64_t>(value))
                value = static_cast<std::int64_t>(std::atoll(chosen->second.c_str()));
            else if (std::holds_alternative<double>(value))
                value = std::atof(chosen->second.c_str());
            else if (std::holds_alternative<std::string>(value))
                value = chosen->second;
        }
        auto *editor = new ParameterEditor(spec, value);
        rows->addRow(words(spec.label), editor);
        connect(editor, &ParameterEditor::valueChanged, this,
                [this, spec](const graph::ParameterValue &now) {
                    if (now == spec.defaultValue)
                        m_chosen.erase(spec.name);
                    else
                        m_chosen[spec.name] = graph::toString(now);
                    check();
                });
    }
    m_form->addRow(m_options);
    check();
    adjustSize();
}

std::string DataDialog::source() const
{
    data::SourceSpec spec;
    spec.name = m_sources->currentData().toString().toStdString();
    if (data::findSource(spec.name)->description().needsPath)
        spec.path = m_path->text().toStdString();
    spec.options = m_chosen;
    return data::toString(spec);
}

void DataDialog::check()
{
    const auto facts = data::factsOf(source());
    const Tokens &t = Theme::instance().tokens();
    QPalette palette = m_verdict->palette();
    palette.setColor(QPalette::WindowText, facts ? t.ok : t.error);
    m_verdict->setPalette(palette);
    m_verdict->setText(facts
                           ? tr("%1 classes, each sample %2")
                                 .arg(facts->classes)
                                 .arg(QString::fromStdString(graph::toString(facts->input, false)))
                           : QString::fromStdString(ostrich::sentence(facts.error(), language())));
    m_accept->setEnabled(static_cast<bool>(facts));
}

void DataDialog::browse()
{
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Choose the folder with the data"), m_path->text());
    if (!folder.isEmpty()) m_path->setText(folder);
}

} // namespace ostrich::ui
