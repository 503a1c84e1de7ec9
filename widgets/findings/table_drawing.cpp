// Words and numbers in rows: numbers stand at the right, long words wrap.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"
#include "robustness/shown.hpp"

#include <QAbstractTextDocumentLayout>
#include <QTextDocument>
#include <qcustomplot.h>

namespace ostrich::ui {

namespace {

using robustness::Table;

/// An interval goes to the next line as a whole, and a value keeps its unit.
QString cell(const std::string &text, bool isNumber)
{
    constexpr QChar kNoBreakSpace(0xa0), kWordJoiner(0x2060), kDash(0x2013);
    QString shown = QString::fromStdString(text);
    if (!isNumber) return shown;
    shown.replace(QStringLiteral(" %"), QString(kNoBreakSpace) + QLatin1Char('%'));
    return shown.replace(kDash, QString(kWordJoiner) + kDash + kWordJoiner);
}

class TableDrawing : public Drawing {
public:
    explicit TableDrawing(Table table) : m_table(std::move(table)) {}

    std::string key() const override { return m_table.key; }
    QString title() const override { return sentence(m_table.title); }
    bool isWide() const override { return true; }
    int heightFor(int width) const override
    {
        QTextDocument document;
        fill(document, width, paperInk());
        return static_cast<int>(document.size().height()) + 2;
    }
    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override
    {
        QTextDocument document;
        fill(document, size.width(), ink);
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, ink.tokens.text);
        document.documentLayout()->draw(&painter, context);
    }
    QString csv() const override
    {
        QStringList head;
        for (const Message &column : m_table.columns) head << sentence(column);
        QString text = csvLine(head);
        for (const auto &row : m_table.rows) {
            QStringList line;
            for (const std::string &cell : row) line << QString::fromStdString(cell);
            text += csvLine(line);
        }
        return text;
    }

private:
    void fill(QTextDocument &document, int width, const Ink &ink) const
    {
        document.setDefaultFont(Theme::instance().font(FontRole::Text));
        document.setDocumentMargin(0);
        document.setTextWidth(width);
        document.setHtml(html(ink));
    }
    /// A column of numbers is set at the right, with its head.
    bool isNumbers(std::size_t column) const
    {
        return robustness::areNumbers(robustness::columnOf(m_table, column));
    }
    QString html(const Ink &ink) const
    {
        const Tokens &t = ink.tokens;
        QString text = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='6'><tr>");
        const auto align = [this](std::size_t column) {
            return isNumbers(column) ? QStringLiteral("right") : QStringLiteral("left");
        };
        for (std::size_t c = 0; c < m_table.columns.size(); ++c)
            text += QStringLiteral("<td align='%1' valign='bottom' style='color:%2;"
                                   "border-bottom:1px solid %3'>%4</td>")
                        .arg(align(c), t.muted.name(), t.border.name(),
                             sentence(m_table.columns[c]).toHtmlEscaped());
        text += QStringLiteral("</tr>");
        for (const auto &row : robustness::shownRows(m_table, language())) {
            text += QStringLiteral("<tr>");
            for (std::size_t c = 0; c < row.size(); ++c)
                text += QStringLiteral("<td align='%1' style='color:%2;font-weight:%3;"
                                       "border-bottom:1px solid %4'>%5</td>")
                            .arg(align(c), t.text.name(), c == 0 ? "600" : "400", t.border.name(),
                                 cell(row[c], isNumbers(c)).toHtmlEscaped());
            text += QStringLiteral("</tr>");
        }
        return text + QStringLiteral("</table>");
    }

    Table m_table;
};

} // namespace

DrawingPtr drawingOf(const Table &table)
{
    return std::make_unique<TableDrawing>(table);
}

} // namespace ostrich::ui
