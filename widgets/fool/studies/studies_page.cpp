// The list of studies from their registry, and the findings of the chosen one.
#include "fool/studies/studies_page.hpp"

#include "findings/findings_view.hpp"
#include "fool/honesty.hpp"
#include "fool/studies/study_model.hpp"
#include "fool/studies/study_settings.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QProgressBar>
#include <QScrollArea>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr int kListWidth = 216, kSettingsWidth = 272, kRow = 36;

/// A study's name; its help is in the tip, and above its findings.
class StudyDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {kListWidth - 20, kRow};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::instance();
        const Tokens &t = theme.tokens();
        const bool isChosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (isChosen || option.state & QStyle::State_MouseOver) {
            painter->setPen(option.state & QStyle::State_HasFocus && isChosen ? QPen(t.accent, 2)
                                                                              : QPen(Qt::NoPen));
            painter->setBrush(isChosen ? t.selection : t.hover);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(5, 2, -5, -2), 6, 6);
        }
        const QRect text = option.rect.adjusted(16, 0, -12, 0);
        painter->setFont(theme.font(FontRole::TextBold));
        painter->setPen(t.text);
        painter->drawText(text, Qt::AlignVCenter,
                          QFontMetrics(painter->font())
                              .elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }
};

/// "Honesty: 10 of 10 checks passed", as a link to them by `place`; `name` of the network, where
/// there are several.
QString honestyText(const StudyHonesty::Answer &answer, qsizetype place, const QString &name)
{
    using robustness::Check;
    const auto having = [&](Check::Verdict verdict) {
        return std::ranges::count(answer.findings->checks, verdict, &Check::verdict);
    };
    const QString what =
        name.isEmpty() ? StudiesPage::tr("Honesty") : StudiesPage::tr("Honesty of %1").arg(name);
    if (!answer.findings) return QStringLiteral("%1: %2").arg(what, answer.problem).toHtmlEscaped();
    const auto passed = having(Check::Verdict::Pass), failed = having(Check::Verdict::Fail);
    const QString text =
        passed + failed == 0 ? StudiesPage::tr("%1: no check could be answered").arg(what)
        : failed == 0
            ? StudiesPage::tr("%1: %2 of %3 checks passed").arg(what).arg(passed).arg(passed)
            : StudiesPage::tr("%1: %2 of %3 checks failed: see which")
                  .arg(what)
                  .arg(failed)
                  .arg(passed + failed);
    const Tokens &t = Theme::instance().tokens();
    return QStringLiteral("<a href='%1' style='color:%2'>%3</a>")
        .arg(place)
        .arg((failed == 0 ? t.accent : t.error).name(), text.toHtmlEscaped());
}

const QString kAgain = QStringLiteral("again"); // the link that checks

} // namespace

StudiesPage::StudiesPage(Session *session, StudyModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_list(new QListWidget),
      m_settings(new StudySettings(session, model)),
      m_title(new QLabel),
      m_help(mutedLabel()),
      m_state(mutedLabel()),
      m_note(mutedLabel()),
      m_bar(new QProgressBar),
      m_view(new FindingsView)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(ruledLine());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    auto *settings = new QScrollArea;
    settings->setWidget(m_settings);
    settings->setWidgetResizable(true);
    settings->setFrameShape(QFrame::NoFrame);
    settings->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    settings->setFixedWidth(kSettingsWidth);
    settings->viewport()->setAutoFillBackground(false);
    m_settings->setAutoFillBackground(false);
    columns->addWidget(list());
    columns->addWidget(uprightLine());
    columns->addWidget(settings);
    columns->addWidget(uprightLine());
    columns->addWidget(findings(), 1);
    layout->addLayout(columns, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &StudiesPage::choose);
    connect(model, &StudyModel::findingsChanged, this, [this](const std::string &study) {
        if (study == m_study || study == m_shown) refresh();
    });
    connect(model, &StudyModel::sampleChanged, this, &StudiesPage::refreshNote);
    connect(&model->honesty(), &StudyHonesty::changed, this, &StudiesPage::refreshNote);
    connect(m_note, &QLabel::linkActivated, this, &StudiesPage::follow);
    connect(&Theme::instance(), &Theme::changed, this, &StudiesPage::refreshNote);
    connect(model, &StudyModel::stateChanged, this, &StudiesPage::refreshProgress);
    connect(model, &StudyModel::networksChanged, this, [this] {
        if (!m_model->findings(m_study)) refresh();
    });
    connect(m_view, &FindingsView::statusMessage, this, &StudiesPage::statusMessage);
    m_list->setCurrentRow(0);
}

QWidget *StudiesPage::list()
{
    m_list->setFixedWidth(kListWidth);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new StudyDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Studies"));
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setStyleSheet(
        QStringLiteral("QListWidget { background: transparent; padding-top: 6px; }"));
    for (const auto &study : robustness::studies()) {
        const robustness::StudyDescription &d = study->description();
        auto *item = new QListWidgetItem(words(d.label), m_list);
        item->setData(Qt::UserRole, QString::fromStdString(d.name));
        item->setToolTip(words(d.help) + QLatin1Char('\n') + QString::fromStdString(d.source));
    }
    m_list->sortItems();
    return m_list;
}

QWidget *StudiesPage::findings()
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->setSpacing(2);
    m_title->setFont(Theme::instance().font(FontRole::PageTitle));
    m_help->setWordWrap(true);
    m_bar->setFixedSize(160, 6);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 0, 20, 0);
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_state);
    head->addWidget(m_bar);
    layout->addLayout(head);
    auto *help = new QHBoxLayout;
    help->setContentsMargins(20, 0, 20, 4);
    help->addWidget(m_help);
    layout->addLayout(help);
    layout->addWidget(m_view, 1);
    m_note->setObjectName(QStringLiteral("note"));
    m_title->setObjectName(QStringLiteral("title"));
    m_note->setContentsMargins(20, 8, 20, 8);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::RichText);
    m_note->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    layout->addWidget(m_note);
    return column;
}

void StudiesPage::showStudy(const std::string &name)
{
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole).toString().toStdString() == name)
            m_list->setCurrentRow(row);
}

void StudiesPage::choose(int row)
{
    if (row < 0) return;
    m_study = m_shown = m_list->item(row)->data(Qt::UserRole).toString().toStdString();
    const robustness::StudyDescription &d = robustness::findStudy(m_study)->description();
    m_title->setText(words(d.label));
    m_help->setText(words(d.help));
    m_help->setToolTip(QString::fromStdString(d.source));
    m_settings->showStudy(d);
    refresh();
    refreshProgress();
    m_view->goToTop();
}

void StudiesPage::refresh()
{
    refreshNote();
    if (!m_model->findings(m_shown)) m_shown = m_study;
    if (const auto *findings = m_model->findings(m_shown)) return m_view->show(*findings);
    const robustness::Study *study = robustness::findStudy(m_study);
    if (!study) return;
    const QString problem = m_model->problem(m_study);
    const QString obstacle = m_model->obstacle(study->description());
    const bool isRunning = m_model->runningStudy() == m_study;
    m_view->showMessage(isRunning             ? tr("The first findings are on their way…")
                        : !problem.isEmpty()  ? problem
                        : !obstacle.isEmpty() ? obstacle
                        : m_model->stopped(m_study)
                            ? tr("The study was stopped before its end, and what it had found so "
                                 "far is gone. “Run the study” begins anew.")
                            : tr("“Run the study” answers this question for the "
                                 "networks that are ticked."));
}

/// Upon which study the checklists follow that are told of.
std::string StudiesPage::honestySource() const
{
    return m_study == Honesty::kStudy ? m_model->honesty().last() : m_study;
}

QStringList StudiesPage::honestyLines() const
{
    const StudyHonesty &honesty = m_model->honesty();
    const std::string source = honestySource();
    const auto answers = honesty.answers(source);
    if (answers.size() < 2 && m_study == Honesty::kStudy) return {}; // it is what is shown
    QStringList lines;
    bool isWhole = true;
    for (const StudyHonesty::Answer &answer : answers) {
        const bool isKnown = answer.findings || !answer.problem.isEmpty();
        const QString name =
            answers.size() > 1 ? QString::fromStdString(answer.network) : QString();
        isWhole = isWhole && isKnown;
        if (isKnown) lines << honestyText(answer, &answer - answers.data(), name);
    }
    if (isWhole) return lines;
    lines << (honesty.isAbout(source)
                  ? tr("The honesty of these figures is being checked… %1")
                        .arg(percent(std::floor(honesty.progress() * 100.0) / 100.0))
                  : tr("The honesty of these figures was not checked to the end.")
                        + QStringLiteral(" <a href='%1' style='color:%2'>%3</a>")
                              .arg(kAgain, Theme::instance().tokens().accent.name(),
                                   tr("Check it")));
    return lines;
}

/// How honest the findings are, and whether they are of what is at hand.
void StudiesPage::refreshNote()
{
    const robustness::Study *study = robustness::findStudy(m_study);
    QStringList lines;
    if (study && m_model->runningStudy() != m_study && m_model->findings(m_study)) {
        lines = honestyLines();
        if (m_model->isOfAnotherSample(study->description()))
            lines << tr("This is of another sample than the one that is looked at now: run the "
                        "study again.");
    }
    m_note->setText(lines.join(QStringLiteral("<br>")));
    m_note->setVisible(!lines.empty());
}

void StudiesPage::follow(const QString &link)
{
    const std::string source = honestySource();
    if (link == kAgain) return m_model->checkHonesty(source);
    const auto answers = m_model->honesty().answers(source);
    const auto place = static_cast<std::size_t>(link.toInt());
    if (place >= answers.size()) return;
    m_model->recallHonesty(source);
    showStudy(Honesty::kStudy);
    m_shown = StudyModel::honestyOf(place, answers[place].network);
    refresh();
    m_view->goToTop();
}

void StudiesPage::refreshProgress()
{
    const bool isRunning = m_model->runningStudy() == m_study && m_model->running();
    m_bar->setVisible(isRunning);
    m_bar->setValue(static_cast<int>(m_model->progress() * 1000.0));
    const auto *findings = m_model->findings(m_shown);
    m_state->setText(isRunning            ? tr("Running…")
                     : m_model->running() ? tr("Another study is running.")
                     : findings           ? tr("took %1 s").arg(figure(findings->seconds))
                                          : QString());
}

} // namespace ostrich::ui
