// The message bar.
#include "window/message_bar.hpp"

#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ostrich::ui {

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent), m_text(new QLabel), m_buttons(new QHBoxLayout)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 6);
    m_text->setWordWrap(true);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    hide();
}

void MessageBar::showMessage(const QString &text, bool isError, std::vector<Action> actions)
{
    m_text->setText(text);
    m_isError = isError;
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    actions.push_back({tr("Close"), {}, {}});
    for (const Action &action : actions) {
        auto *button = new QPushButton(action.text);
        button->setToolTip(action.tip);
        if (action.run) button->setProperty("role", isError ? "error" : "accent");
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            hide();
            if (run) run();
        });
        m_buttons->addWidget(button);
    }
    show();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.fillRect(rect(), m_isError ? t.errorBackground : t.selection);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.border);
}

} // namespace ostrich::ui
