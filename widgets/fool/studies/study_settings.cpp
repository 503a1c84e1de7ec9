// The form beside the findings.
#include "fool/studies/study_settings.hpp"

#include "fool/attack_fields.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/parameter_form.hpp"
#include "fool/studies/study_model.hpp"
#include "fool/studies/torchscript_dialog.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kFewestSamples = 10, kMostSteps = 100'000;

/// Two networks may have almost one name.
QString whereFrom(const StudyNetwork &network)
{
    switch (network.origin) {
    case StudyNetwork::Origin::AtHand:
        return StudySettings::tr("The run that is open");
    case StudyNetwork::Origin::Run:
        return QString::fromStdString(network.folder.string());
    case StudyNetwork::Origin::File:
        return QString::fromStdString(network.file.file);
    }
    return {};
}

} // namespace

StudySettings::StudySettings(Session *session, StudyModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_networks(new QVBoxLayout),
      m_add(addButton()),
      m_networksHint(mutedLabel()),
      m_epsilonUnit(mutedLabel()),
      m_own(sectionTitle(tr("This study"))),
      m_pictures(new QSpinBox),
      m_steps(new QSpinBox),
      m_method(new MethodBox),
      m_norm(new NormChoice),
      m_epsilon(new QDoubleSpinBox),
      m_parameters(new ParameterForm),
      m_run(new QPushButton)
{
    build();
    connectAll();
    refreshNetworks();
    refreshSettings();
    refreshState();
}

void StudySettings::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(sectionTitle(tr("Networks")));
    m_networks->setSpacing(2);
    layout->addLayout(m_networks);
    m_networksHint->setWordWrap(true);
    layout->addWidget(m_networksHint);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    layout->addWidget(sectionTitle(tr("Attack")));
    m_pictures->setRange(kFewestSamples, kFewestSamples);
    m_pictures->setSingleStep(50);
    m_steps->setRange(1, kMostSteps);
    m_steps->setKeyboardTracking(false);
    m_epsilon->setKeyboardTracking(false);
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    auto *epsilon = new QWidget;
    auto *epsilonRow = new QHBoxLayout(epsilon);
    epsilonRow->setContentsMargins(0, 0, 0, 0);
    epsilonRow->addWidget(m_epsilon, 1);
    epsilonRow->addWidget(m_epsilonUnit);
    const std::pair<QString, QWidget *> rows[] = {{tr("Method"), m_method},
                                                  {tr("Norm"), m_norm},
                                                  {tr("ε"), epsilon},
                                                  {tr("Steps"), m_steps},
                                                  {tr("Samples"), m_pictures}};
    int row = 0;
    for (const auto &[label, field] : rows) {
        form->addWidget(mutedLabel(label), row, 0);
        field == m_norm ? form->addWidget(field, row, 1, Qt::AlignLeft)
                        : form->addWidget(field, row, 1);
        field->setAccessibleName(label);
        ++row;
    }
    m_epsilon->setAccessibleName(tr("ε"));
    layout->addLayout(form);
    layout->addWidget(m_own);
    layout->addWidget(m_parameters);
    m_run->setProperty("role", "accent");
    layout->addSpacing(4);
    layout->addWidget(m_run);
    layout->addStretch();
}

QPushButton *StudySettings::addButton()
{
    auto *button = new QPushButton(tr("Add a network…"));
    auto *menu = new QMenu(button);
    menu->addAction(tr("The runs of another project…"), this, &StudySettings::openProject);
    menu->addAction(tr("A TorchScript file…"), this, &StudySettings::openTorchScript);
    button->setMenu(menu);
    return button;
}

void StudySettings::connectAll()
{
    connect(m_model, &StudyModel::networksChanged, this, &StudySettings::refreshNetworks);
    connect(m_model, &StudyModel::settingsChanged, this, &StudySettings::refreshSettings);
    connect(m_model, &StudyModel::stateChanged, this, &StudySettings::refreshState);
    connect(&m_session->data, &DataModel::loaded, this, &StudySettings::refreshSettings);
    connect(m_method, &MethodBox::chosen, this, &StudySettings::takeAttack);
    connect(m_norm, &NormChoice::currentIndexChanged, this, &StudySettings::takeAttack);
    connect(m_epsilon, &QDoubleSpinBox::valueChanged, this, &StudySettings::takeAttack);
    connect(m_steps, &QSpinBox::valueChanged, this, &StudySettings::takeAttack);
    connect(m_pictures, &QSpinBox::valueChanged, this, [this](int count) {
        if (!m_filling) m_model->setPictures(count);
    });
    connect(m_parameters, &ParameterForm::changed, this,
            [this] { m_model->setParameters(m_study.name, m_parameters->values()); });
    connect(m_run, &QPushButton::clicked, this,
            [this] { isHere() ? m_model->cancel() : m_model->run(m_study.name); });
}

void StudySettings::showStudy(const robustness::StudyDescription &study)
{
    m_study = study;
    m_parameters->show(study.parameters, m_model->parameters(study.name));
    m_own->setVisible(!study.parameters.empty());
    m_parameters->setVisible(!study.parameters.empty());
    refreshNetworks();
    refreshState();
}

/// By the keys they are reached from top to bottom, before the button below them.
void StudySettings::makeBoxes()
{
    for (QCheckBox *box : m_boxes) {
        m_networks->removeWidget(box);
        box->deleteLater();
    }
    m_boxes.clear();
    QWidget *before = m_add->previousInFocusChain(); // outside
    while (before != m_add && (!(before->focusPolicy() & Qt::TabFocus) || isAncestorOf(before)))
        before = before->previousInFocusChain();
    for (const StudyNetwork &network : m_model->networks()) {
        auto *box = new QCheckBox(network.name);
        connect(box, &QCheckBox::clicked, this,
                [this, i = m_boxes.size()](bool chosen) { m_model->setChosen(i, chosen); });
        m_networks->addWidget(box);
        m_boxes.push_back(box);
        setTabOrder(before, box);
        before = box;
    }
}

void StudySettings::refreshNetworks()
{
    const auto &networks = m_model->networks();
    const auto textOf = [](const QCheckBox *box) { return box->text(); };
    if (!std::ranges::equal(m_boxes, networks, {}, textOf, &StudyNetwork::name)) makeBoxes();
    for (std::size_t i = 0; i < networks.size(); ++i) {
        m_boxes[i]->setChecked(networks[i].isChosen);
        m_boxes[i]->setToolTip(whereFrom(networks[i]));
    }
    const auto chosen = std::ranges::count(networks, true, &StudyNetwork::isChosen);
    m_method->setHasSurrogate(chosen > 1);
    m_networksHint->setVisible(m_study.several && chosen == 1);
    m_networksHint->setText(tr("This study says more of several networks side by side."));
    refreshState();
}

void StudySettings::refreshSettings()
{
    const QScopedValueRollback filling(m_filling, true);
    const attack::AttackOptions &options = m_model->attack();
    const auto *described = attack::describedAttack(options.attack);
    m_method->setAttack(options.attack);
    m_norm->show(options.norm, described);
    const bool levels = options.norm == attack::Norm::Linf;
    m_epsilon->setDecimals(options.norm == attack::Norm::L0 ? 0 : levels ? 2 : 3);
    m_epsilon->setRange(0.0, levels ? 255.0 : 10'000.0);
    m_epsilon->setSingleStep(levels || options.norm == attack::Norm::L0 ? 1.0 : 0.25);
    m_epsilon->setValue(levels ? options.epsilon * 255.0 : options.epsilon);
    m_epsilonUnit->setText(epsilonUnit(options.norm).trimmed());
    m_steps->setValue(static_cast<int>(attack::stepsOf(options)));
    m_steps->setEnabled(described && described->defaultSteps > 0);
    m_pictures->setMaximum(std::max(kFewestSamples, m_model->allPictures()));
    m_pictures->setValue(m_model->pictures());
    refreshState();
}

void StudySettings::refreshState()
{
    const bool isElsewhere = m_model->running() && !isHere();
    m_run->setText(isHere() ? tr("Cancel") : tr("Run the study"));
    const QString obstacle =
        isElsewhere ? tr("Another study is running.") : m_model->obstacle(m_study);
    m_run->setEnabled(isHere() || obstacle.isEmpty());
    m_run->setToolTip(isHere() ? QString() : obstacle);
}

/// The study that is shown is the one that runs.
bool StudySettings::isHere() const
{
    return m_model->running() && m_model->runningStudy() == m_study.name;
}

void StudySettings::takeAttack()
{
    if (m_filling) return;
    attack::AttackOptions options = m_model->attack();
    if (options.attack != m_method->attack()) {
        options.attack = m_method->attack();
        options.steps = 0; // as published
    } else if (m_steps->value() != attack::stepsOf(options)) {
        options.steps = m_steps->value();
    }
    const bool levels = options.norm == attack::Norm::Linf;
    options.epsilon = levels ? m_epsilon->value() / 255.0 : m_epsilon->value();
    options.norm = m_norm->norm();
    m_model->setAttack(options);
}

void StudySettings::openProject()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("A project whose runs are compared"),
                                                      {}, tr("Projects (*.ostrich)"));
    if (!path.isEmpty()) m_model->addProject(path);
}

void StudySettings::openTorchScript()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a TorchScript file"), {},
                                     tr("TorchScript files (*.pt *.pth *.ts);;All files (*)"));
    if (path.isEmpty()) return;
    const auto dataset = m_session->data.dataset();
    const int channels =
        dataset && dataset->facts.input.isMaps()
            ? static_cast<int>(dataset->facts.input.size(graph::Axis::C).value_or(1))
            : 1;
    if (const auto choice = TorchScriptDialog::ask(path, channels, this))
        m_model->addTorchScript(*choice);
}

} // namespace ostrich::ui
