// The theme at work: which of the two holds, its fonts and icons.
#include "theme/theme.hpp"

#include "theme/field_filter.hpp"
#include "theme/tokens.hpp"

#include <QApplication>
#include <QCache>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSettings>
#include <QStyleFactory>
#include <QSvgRenderer>

namespace ostrich::ui {

namespace {

constexpr auto kThemeKey = "theme";

bool systemIsDark()
{
    // Qt 6.4 cannot be asked; the palette that the platform gave can.
    return QPalette().color(QPalette::Window).lightness() < 128;
}

/// The system's sans, or the type of the design where it is installed.
QString textFamily()
{
    static const QString family = [] {
        const QStringList known = QFontDatabase::families();
        for (const char *wish : {"Inter", "Inter Variable", "Inter Display"})
            if (known.contains(QLatin1String(wish))) return QString::fromLatin1(wish);
        return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }();
    return family;
}

QPalette paletteOf(const Tokens &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.field);
    p.setColor(QPalette::AlternateBase, t.panel);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Button, t.panel);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::ToolTipBase, t.panel);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Highlight, t.accentFill);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.strong);
    return p;
}

/// Draws the icon in the theme's colour of the moment, so that a switch of theme needs no new
/// icons.
class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QString name, int size) : m_name(std::move(name)), m_size(size) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QSize size = rect.size();
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        const QPixmap pixmap = Theme::instance().pixmap(
            m_name, colour(mode), std::min(size.width(), size.height()), ratio);
        const QSizeF drawn = pixmap.deviceIndependentSize();
        painter->drawPixmap(QPointF(rect.x() + (size.width() - drawn.width()) / 2,
                                    rect.y() + (size.height() - drawn.height()) / 2),
                            pixmap);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return Theme::instance().pixmap(m_name, colour(mode),
                                        std::min(size.width(), size.height()));
    }
    QSize actualSize(const QSize &, QIcon::Mode, QIcon::State) override
    {
        return QSize(m_size, m_size);
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_name, m_size); }

private:
    static QColor colour(QIcon::Mode mode)
    {
        const Tokens &t = Theme::instance().tokens();
        return mode == QIcon::Disabled ? t.strong : t.text;
    }
    QString m_name;
    int m_size;
};

} // namespace

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
{
    const QString remembered = QSettings().value(kThemeKey, QStringLiteral("system")).toString();
    m_choice = remembered == QLatin1String("dark")    ? ThemeChoice::Dark
               : remembered == QLatin1String("light") ? ThemeChoice::Light
                                                      : ThemeChoice::System;
    static const bool dark = systemIsDark(); // before our own palette is set
    m_dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && dark);
    m_tokens = themeTokens(m_dark);
    if (QCoreApplication *app = QCoreApplication::instance())
        app->installEventFilter(new FieldFilter(app));
}

void Theme::setChoice(ThemeChoice choice, bool remember)
{
    static const bool platformDark = systemIsDark();
    m_choice = choice;
    m_dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && platformDark);
    if (remember) {
        const char *names[] = {"system", "light", "dark"};
        QSettings().setValue(kThemeKey, QString::fromLatin1(names[static_cast<int>(choice)]));
    }
    rebuild();
}

void Theme::rebuild()
{
    m_tokens = themeTokens(m_dark);
    if (auto *app = qobject_cast<QApplication *>(QCoreApplication::instance())) {
        app->setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        app->setFont(font(FontRole::Text));
        app->setPalette(paletteOf(m_tokens));
        app->setStyleSheet(styleSheet(m_tokens));
    }
    emit changed();
}

QColor Theme::category(graph::Category category) const
{
    return categoryColour(category, m_dark);
}

QFont Theme::font(FontRole role) const
{
    QFont font(textFamily());
    font.setHintingPreference(QFont::PreferNoHinting);
    const auto set = [&font](double points, QFont::Weight weight) {
        // Pixels, so that the design's 10 pt at 96 dpi holds on every screen; scaling is the
        // platform's.
        font.setPixelSize(static_cast<int>(points * 96.0 / 72.0 + 0.5));
        font.setWeight(weight);
    };
    switch (role) {
    case FontRole::Text:
        set(10, QFont::Normal);
        break;
    case FontRole::TextBold:
        set(10, QFont::DemiBold);
        break;
    case FontRole::BlockTitle:
        set(12, QFont::DemiBold);
        break;
    case FontRole::Sentence:
        set(12, QFont::Normal);
        break;
    case FontRole::PageTitle:
        set(16, QFont::DemiBold);
        break;
    case FontRole::Caption:
        set(17, QFont::DemiBold);
        break;
    case FontRole::BigNumber:
        set(24, QFont::DemiBold);
        break;
    case FontRole::BigUnit:
        set(13, QFont::DemiBold);
        break;
    case FontRole::Formula:
        font = QFont(QStringList{QStringLiteral("Noto Serif"), QStringLiteral("DejaVu Serif"),
                                 QStringLiteral("Liberation Serif"), QStringLiteral("serif")});
        font.setItalic(true);
        set(12, QFont::Normal);
        break;
    }
    return font;
}

QPixmap Theme::pixmap(const QString &name, const QColor &colour, int size, qreal pixelRatio) const
{
    static QCache<QString, QPixmap> cache(600);
    const QString key = QStringLiteral("%1/%2/%3/%4")
                            .arg(name, colour.name(QColor::HexArgb))
                            .arg(size)
                            .arg(pixelRatio);
    if (const QPixmap *known = cache.object(key)) return *known;
    auto *pixmap = new QPixmap(QSizeF(size * pixelRatio, size * pixelRatio).toSize());
    pixmap->setDevicePixelRatio(pixelRatio);
    pixmap->fill(Qt::transparent);
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!name.isEmpty() && file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", colour.name().toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(pixmap);
        renderer.render(&painter, QRectF(0, 0, size, size));
    }
    const QPixmap result = *pixmap;
    cache.insert(key, pixmap);
    return result;
}

QIcon Theme::icon(const QString &name, int size) const
{
    return QIcon(new ThemedIconEngine(name, size));
}

QRgb Theme::unitColour(float value) const
{
    return mix(unitStops(m_dark), value);
}

QRgb Theme::signedColour(float value) const
{
    return mix(signedStops(m_dark), (value + 1.0f) / 2.0f);
}

} // namespace ostrich::ui
