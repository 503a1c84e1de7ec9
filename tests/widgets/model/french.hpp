// A window in French, and whether all that it says is to be seen.
#pragma once

#include "seen.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLabel>
#include <QPushButton>
#include <QTranslator>

/// What is made meanwhile speaks French, as app/ostrich has it.
class French {
public:
    French()
    {
        m_isLoaded = m_words.load(QStringLiteral(":/translations/ostrich_fr.qm"));
        QCoreApplication::installTranslator(&m_words);
        ostrich::ui::setLanguage(ostrich::Language::French);
    }
    ~French()
    {
        QCoreApplication::removeTranslator(&m_words);
        ostrich::ui::setLanguage(ostrich::Language::English);
    }
    French(const French &) = delete;
    French &operator=(const French &) = delete;
    bool isLoaded() const { return m_isLoaded; }

private:
    QTranslator m_words;
    bool m_isLoaded = false;
};

namespace seen {

/// The words of those labels and push buttons in sight that have too little room for them.
inline QStringList clipped(const QWidget *window)
{
    QStringList words;
    for (const QLabel *label : window->findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty()) continue;
        const bool fits = label->wordWrap()
                              ? label->heightForWidth(label->width()) <= label->height()
                              : label->sizeHint().width() <= label->width();
        if (!fits) words << plain(label->text());
    }
    for (const QPushButton *button : window->findChildren<QPushButton *>())
        if (button->isVisible() && button->sizeHint().width() > button->width())
            words << button->text();
    return words;
}

} // namespace seen
