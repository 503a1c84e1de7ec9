// The form beside the findings.
#include "fool/studies/study_settings.hpp"

#include "fool/attack_fields.hpp"
#include "fool/attack_options.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/more_popup.hpp"
#include "fool/parameter_form.hpp"
#include "fool/studies/study_model.hpp"
#include "fool/studies/study_network_list.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace ostrich::ui {

namespace {

constexpr int kFewestSamples = 10, kMostSteps = 100'000, kThumbnail = 40;

/// "/ 255", "L2", "px"; of points and series: deviations, in L0 values.
QString unitOf(attack::Norm norm, const graph::DataFacts &facts)
{
    if (facts.input.isMaps()) return epsilonUnit(norm).trimmed();
    return norm == attack::Norm::L0 ? StudySettings::tr("values") : QStringLiteral("σ");
}

/// With another method where that at hand does not know the norm: where norms are chosen alone, it
/// is not shown.
attack::AttackOptions inNorm(attack::AttackOptions options, attack::Norm norm)
{
    const auto knows = [norm](const attack::AttackDescription &attack) {
        return std::ranges::find(attack.norms, norm) != attack.norms.end();
    };
    options.norm = norm;
    const auto *described = attack::describedAttack(options.attack);
    if (!described || described->norms.empty() || knows(*described)) return options;
    const auto other = std::ranges::find_if(attack::attacks(), knows);
    return other == attack::attacks().end() ? options : withMethod(options, other->name);
}

} // namespace

StudySettings::StudySettings(Session *session, StudyModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_networks(new StudyNetworkList(session, model)),
      m_method(new MethodBox),
      m_steps(new QSpinBox),
      m_samples(new QSpinBox),
      m_seed(new QSpinBox),
      m_norm(new NormChoice),
      m_epsilon(new QDoubleSpinBox),
      m_epsilonUnit(mutedLabel()),
      m_picture(new QLabel),
      m_pictureText(mutedLabel()),
      m_own(sectionTitle(tr("This study"))),
      m_epsilonField(epsilonField()),
      m_sampleField(sampleField()),
      m_target(new ClassBox),
      m_more(new QPushButton(tr("More…"))),
      m_popup(new MorePopup(this)),
      m_parameters(new ParameterForm),
      m_run(new QPushButton)
{
    build();
    connectAll();
    followNetworks();
    followData();
    refreshSample();
}

void StudySettings::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_networks);
    layout->addWidget(sectionTitle(tr("Attack")));
    layout->addWidget(attackFields());
    m_more->setProperty("role", "link");
    m_more->setCursor(Qt::PointingHandCursor);
    m_more->setToolTip(tr("Random starts, and what this attack can be told"));
    layout->addWidget(m_more, 0, Qt::AlignRight);
    layout->addWidget(m_own);
    layout->addWidget(m_parameters);
    m_run->setProperty("role", "accent");
    layout->addSpacing(4);
    layout->addWidget(m_run);
    layout->addStretch();
}

QWidget *StudySettings::attackFields()
{
    m_samples->setRange(kFewestSamples, kFewestSamples);
    m_samples->setSingleStep(50);
    m_steps->setRange(1, kMostSteps);
    m_seed->setRange(1, std::numeric_limits<int>::max());
    for (QSpinBox *box : {m_steps, m_seed}) box->setKeyboardTracking(false);
    auto *fields = new QWidget;
    auto *form = new QGridLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    addRow(form, tr("Method"), m_method);
    addRow(form, tr("Norm"), m_norm);
    addRow(form, tr("ε"), m_epsilonField);
    addRow(
        form, tr("Steps"), m_steps,
        tr("How many steps the attack takes: more of them find more.\nAnother method begins with "
           "as many as its paper takes."));
    addRow(form, tr("Target"), m_target,
           tr("What the network is to say: one class, or whichever wrong one is easiest.\nSome "
              "methods know no target."));
    addRow(form, tr("Samples"), m_samples,
           tr("Over how many test samples the study goes, from the first one on: the more, the "
              "narrower its intervals, and the longer it takes"));
    addRow(form, tr("Sample"), m_sampleField);
    addRow(form, tr("Seed"), m_seed,
           tr("What is drawn at random is drawn from it: the same seed, the same findings"));
    m_epsilon->setAccessibleName(tr("ε"));
    return fields;
}

void StudySettings::addRow(QGridLayout *form, const QString &label, QWidget *field,
                           const QString &help)
{
    const int row = form->rowCount();
    auto *name = mutedLabel(label);
    form->addWidget(name, row, 0);
    form->addWidget(field, row, 1, field == m_norm ? Qt::AlignLeft : Qt::Alignment());
    field->setAccessibleName(label);
    if (!help.isEmpty()) field->setToolTip(help);
    m_rows.emplace_back(name, field);
}

QWidget *StudySettings::epsilonField()
{
    auto *field = new QWidget;
    auto *layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    m_epsilon->setKeyboardTracking(false);
    layout->addWidget(m_epsilon, 1);
    layout->addWidget(m_epsilonUnit);
    return field;
}

QWidget *StudySettings::sampleField()
{
    auto *field = new QWidget;
    auto *layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_pictureText->setWordWrap(true);
    layout->addWidget(m_picture);
    layout->addWidget(m_pictureText, 1);
    return field;
}

void StudySettings::connectAll()
{
    connect(m_model, &StudyModel::networksChanged, this, &StudySettings::followNetworks);
    connect(m_model, &StudyModel::settingsChanged, this, &StudySettings::refreshSettings);
    connect(m_model, &StudyModel::stateChanged, this, &StudySettings::refreshState);
    connect(m_model, &StudyModel::sampleChanged, this, &StudySettings::refreshSample);
    connect(&m_session->data, &DataModel::loaded, this, &StudySettings::followData);
    connect(m_method, &MethodBox::chosen, this,
            [this] { m_model->setAttack(withMethod(m_model->attack(), m_method->attack())); });
    connect(m_norm, &NormChoice::currentIndexChanged, this, &StudySettings::takeAttack);
    connect(m_epsilon, &QDoubleSpinBox::valueChanged, this, &StudySettings::takeAttack);
    connect(m_steps, &QSpinBox::valueChanged, this, &StudySettings::takeAttack);
    connect(m_seed, &QSpinBox::valueChanged, this, &StudySettings::takeAttack);
    connect(m_target, &ClassBox::chosen, this, &StudySettings::takeAttack);
    connect(m_more, &QPushButton::clicked, this, [this] { m_popup->openAt(m_more); });
    connect(m_popup, &MorePopup::attackChanged, m_model, &StudyModel::setAttack);
    connect(m_samples, &QSpinBox::valueChanged, this, [this](int count) {
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
    m_networks->setSeveral(study.several);
    refreshRows();
    refreshState();
}

void StudySettings::followNetworks()
{
    m_method->setHasSurrogate(std::ranges::count(m_model->networks(), true, &StudyNetwork::isChosen)
                              > 1);
    refreshState();
}

void StudySettings::followData()
{
    m_target->fillWithClasses(*m_session);
    refreshSettings();
}

void StudySettings::setRowVisible(const QWidget *field, bool visible)
{
    const auto row = std::ranges::find(m_rows, field, &std::pair<QLabel *, QWidget *>::second);
    row->first->setVisible(visible);
    row->second->setVisible(visible);
}

void StudySettings::refreshRows()
{
    const robustness::Heeds heeds = m_study.heeds;
    const bool attack = heeds == robustness::Heeds::Attack;
    for (const QWidget *field : {static_cast<QWidget *>(m_method), static_cast<QWidget *>(m_steps)})
        setRowVisible(field, attack);
    setRowVisible(m_norm, heeds != robustness::Heeds::Nothing);
    setRowVisible(m_epsilonField, attack || heeds == robustness::Heeds::Ball);
    setRowVisible(m_target, m_study.single);
    setRowVisible(m_samples, !m_study.single);
    setRowVisible(m_sampleField, m_study.single);
    m_more->setVisible(attack && m_popup->hasFields());
    refreshSettings();
}

void StudySettings::refreshSettings()
{
    const QScopedValueRollback filling(m_filling, true);
    const attack::AttackOptions &options = m_model->attack();
    const auto *described = attack::describedAttack(options.attack);
    m_method->setAttack(options.attack);
    m_norm->show(options.norm, m_study.heeds == robustness::Heeds::Attack ? described : nullptr);
    refreshEpsilon();
    m_steps->setValue(static_cast<int>(attack::stepsOf(options)));
    m_steps->setEnabled(described && described->defaultSteps > 0);
    m_target->setClass(options.target);
    m_target->setEnabled(described && described->canTarget);
    m_seed->setValue(static_cast<int>(options.seed));
    m_popup->setChoices(options, {});
    m_more->setVisible(m_study.heeds == robustness::Heeds::Attack && m_popup->hasFields());
    m_samples->setMaximum(std::max(kFewestSamples, m_model->allPictures()));
    m_samples->setValue(m_model->pictures());
    refreshState();
}

void StudySettings::refreshEpsilon()
{
    const attack::AttackOptions &options = m_model->attack();
    const graph::DataFacts &facts = m_session->project.facts();
    const bool levels = areLevels(options.norm, facts), counts = options.norm == attack::Norm::L0;
    m_epsilon->setDecimals(counts ? 0 : levels ? 2 : 3);
    m_epsilon->setRange(0.0, levels ? 255.0 : 10'000.0);
    m_epsilon->setSingleStep(levels || counts ? 1.0 : 0.25);
    m_epsilon->setValue(levels ? options.epsilon * 255.0 : options.epsilon);
    m_epsilonUnit->setText(unitOf(options.norm, facts));
    const bool isHeld = m_study.heeds != robustness::Heeds::Attack || ui::isHeld(options);
    m_epsilonField->setEnabled(isHeld);
    m_epsilonField->setToolTip(
        !isHeld ? tr("This attack is held by its own limits: see “More…”.")
        : facts.input.isMaps()
            ? tr("How far the attack may go, in the norm above: for L∞ in 255ths of the way from "
                 "black to white")
            : tr("How far the attack may go, in the norm above: in standard deviations σ of the "
                 "training data"));
}

/// The picture in small, where it is one.
void StudySettings::refreshSample()
{
    const auto &sample = m_model->sample();
    const bool isPicture = sample && sample->x.shape.size() == 3;
    m_picture->setVisible(isPicture);
    if (isPicture)
        m_picture->setPixmap(QPixmap::fromImage(toImage(sample->x).scaled(
            kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    m_pictureText->setText(isPicture ? tr("the picture in One picture")
                           : sample  ? tr("the series in One series")
                                     : tr("the first test sample that the network reads rightly"));
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
    if (m_steps->value() != attack::stepsOf(options)) options.steps = m_steps->value();
    const bool levels = areLevels(options.norm, m_session->project.facts());
    options.epsilon = levels ? m_epsilon->value() / 255.0 : m_epsilon->value();
    options = inNorm(options, m_norm->norm());
    options.target = m_target->chosenClass();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    m_model->setAttack(options);
}

} // namespace ostrich::ui
