// The data dialog: everything in it comes from the registry of sources.
#include "window/data_dialog.hpp"

#include "data/option.hpp"
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
      m_file(new QPushButton),
      m_folder(new QPushButton),
      m_help(mutedLabel()),
      m_verdict(new QLabel),
      m_pathTitle(new QLabel),
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
    m_sources->model()->sort(0); // by the words that one reads
    auto *pathLayout = new QHBoxLayout(m_pathRow);
    pathLayout->setContentsMargins(0, 0, 0, 0);
    pathLayout->addWidget(m_path, 1);
    for (QPushButton *button : {m_file, m_folder}) {
        button->setAutoDefault(false);
        pathLayout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, button] { browse(button == m_file); });
    }
    m_help->setWordWrap(true);
    m_verdict->setWordWrap(true);
    m_form->addRow(tr("Data"), m_sources);
    m_form->addRow(m_pathTitle, m_pathRow);
    layout->addLayout(m_form);
    layout->addWidget(m_help);
    layout->addWidget(m_verdict);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    m_accept->setText(tr("Use these data"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    for (QAbstractButton *button : buttons->buttons()) button->setIcon({}); // the desktop's own
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
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
    m_form->setRowVisible(m_pathRow, d.takesPath());
    m_path->setPlaceholderText(words(d.pathHelp));
    const bool both = d.pathIsFile && d.pathMayBeFolder;
    m_pathTitle->setText(both ? tr("File or folder") : d.pathIsFile ? tr("File") : tr("Folder"));
    m_file->setVisible(d.pathIsFile);
    m_folder->setVisible(!d.pathIsFile || both);
    m_file->setText(both ? tr("File…") : tr("Browse…"));
    m_folder->setText(both ? tr("Folder…") : tr("Browse…"));
    if (m_options) m_form->removeRow(m_options);
    m_options = new QWidget;
    auto *rows = new QFormLayout(m_options);
    rows->setContentsMargins(0, 0, 0, 0);
    for (const graph::ParameterSpec &spec : d.parameters) {
        graph::ParameterValue value = spec.defaultValue;
        if (const auto chosen = m_chosen.find(spec.name); chosen != m_chosen.end()) {
            if (const auto read = data::valueFromText(spec, chosen->second, d.name)) value = *read;
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
    // adjustSize() would ask before the rows and the wrapped texts know their heights.
    layout()->activate();
    resize(width(), layout()->totalHeightForWidth(width()));
}

std::string DataDialog::source() const
{
    data::SourceSpec spec;
    spec.name = m_sources->currentData().toString().toStdString();
    if (data::findSource(spec.name)->description().takesPath())
        spec.path = m_path->text().toStdString();
    spec.options = m_chosen;
    return data::toString(spec);
}

void DataDialog::check()
{
    const bool open = m_pathRow->isVisibleTo(this) && m_path->text().isEmpty();
    const auto facts = data::factsOf(source());
    const Tokens &t = Theme::instance().tokens();
    QPalette palette = m_verdict->palette();
    palette.setColor(QPalette::WindowText, facts ? t.ok : open ? t.muted : t.error);
    m_verdict->setPalette(palette);
    m_verdict->setText(facts  ? promise(*facts)
                       : open ? m_file->isVisibleTo(this) ? tr("Choose the file first.")
                                                          : tr("Choose the folder first.")
                              : sentence(facts.error()));
    m_accept->setEnabled(static_cast<bool>(facts));
}

QString DataDialog::promise(const graph::DataFacts &facts) const
{
    const QString sample = QString::fromStdString(graph::toString(facts.input, false));
    switch (facts.task) {
    case graph::Task::Classify:
        break;
    case graph::Task::LabelSteps:
        return tr("%1 classes step by step, each sample %2").arg(facts.classes).arg(sample);
    case graph::Task::Regress:
        return tr("%n number(s) to tell, each sample %1", nullptr, static_cast<int>(facts.values))
            .arg(sample);
    case graph::Task::Translate:
        return tr("Sentences to translate, from %1 words to %2")
            .arg(facts.input.vocabulary)
            .arg(facts.target.shape.vocabulary);
    }
    return tr("%1 classes, each sample %2").arg(facts.classes).arg(sample);
}

void DataDialog::browse(bool forFile)
{
    const QString path = forFile ? QFileDialog::getOpenFileName(
                                       this, tr("Choose the file with the data"), m_path->text())
                                 : QFileDialog::getExistingDirectory(
                                       this, tr("Choose the folder with the data"), m_path->text());
    if (!path.isEmpty()) m_path->setText(path);
}

} // namespace ostrich::ui
