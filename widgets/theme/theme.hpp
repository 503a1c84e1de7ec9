// Colours, fonts, icons and colour maps of the two themes (design tokens). No widget hard-codes a
// colour: it asks here.
#pragma once

#include "base/message.hpp"
#include "graph/kind.hpp"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

namespace ostrich {
struct Error;
}

namespace ostrich::ui {

struct Tokens {
    QColor window, panel, canvas, grid, field, text, muted, border, control, strong, wire, track,
        hover, selection;
    QColor accent, accentFill, onAccent, error, errorBackground, warn, ok;
    QColor training, validation, test, attack;                 // lines
    QColor trainingText, validationText, testText, attackText; // words in that colour
    QColor gapBand;                                            // translucent
};

enum class ThemeChoice { System, Light, Dark };
enum class FontRole {
    Text,
    TextBold,
    BlockTitle,
    Sentence,
    PageTitle,
    Caption,
    BigNumber,
    BigUnit,
    Formula
};

class Theme : public QObject {
    Q_OBJECT
public:
    static Theme &instance();

    const Tokens &tokens() const { return m_tokens; }
    bool isDark() const { return m_dark; }
    ThemeChoice choice() const { return m_choice; }
    /// Applies palette and style sheet to the application; remembered in QSettings unless
    /// `remember` is false.
    void setChoice(ThemeChoice choice, bool remember = true);

    QColor category(graph::Category category) const;
    QFont font(FontRole role) const;
    /// resources/icons/NAME.svg drawn in `colour` at `size` logical pixels; cached. Unknown names
    /// draw nothing.
    QPixmap pixmap(const QString &name, const QColor &colour, int size,
                   qreal pixelRatio = 1.0) const;
    /// An icon that follows the theme (text colour; strong when disabled).
    QIcon icon(const QString &name, int size = 20) const;

    /// Colour maps: `value` in [0, 1], and in [-1, 1] with zero in the middle; clamped.
    QRgb unitColour(float value) const;
    QRgb signedColour(float value) const;

signals:
    void changed(); // after every switch of theme: repaint, rebuild pixmaps

private:
    Theme();
    void rebuild();
    Tokens m_tokens;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_dark = false;
};

/// The language of the window: from the locale, or --lang; core messages and registry words follow
/// it.
Language language();
void setLanguage(Language language);
QString words(const Words &words);
QString sentence(const Message &message);
QString sentence(const Error &error);
/// "53,418", "452 k", "2.6 M": three significant digits above 9,999 when `compact`.
QString count(std::int64_t value, bool compact = false);
/// Three significant digits: "0.0123", "4.56", "789"; "–" for what is no number.
QString figure(double value);
/// "91.4 %" with a thin no-break space; "< 0.1 %" instead of 0.0 for small positive shares. `share`
/// in [0, 1].
QString percent(double share);
/// As few digits as tell it: "54 %", but "99.7 %" and "0.2 %", which whole percents would hide.
QString probabilityText(double probability);

} // namespace ostrich::ui
