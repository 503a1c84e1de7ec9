// Filling A4 pages from top to bottom; small figures stand in twos.
#include "findings/report_pdf.hpp"

#include "findings/drawing.hpp"
#include "robustness/study.hpp"

#include <QCoreApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextOption>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPixelsPerInch = 96;
constexpr QSize kPage(794, 1123); // A4
constexpr int kMargin = 60, kFoot = 40, kGap = 24, kTitle = 26;
constexpr int kLabel = 150, kFact = 20; // of a fact: its label's width, a line's height

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

class Pages {
public:
    Pages(QPdfWriter *writer, const QString &title)
        : m_writer(writer), m_title(title), m_ink(paperInk())
    {
    }

    bool begin()
    {
        if (!m_painter.begin(m_writer)) return false;
        m_painter.setMode(QCPPainter::pmVectorized);
        m_painter.setRenderHint(QPainter::Antialiasing);
        foot();
        return true;
    }
    bool end() { return m_painter.end(); }

    void text(const QString &words, FontRole role, const QColor &colour, int below)
    {
        m_painter.setFont(Theme::instance().font(role));
        m_painter.setPen(colour);
        const QFontMetrics metrics(m_painter.font());
        const int high =
            metrics.boundingRect(QRect(0, 0, width(), 10'000), Qt::TextWordWrap, words).height();
        makeRoom(high);
        m_painter.drawText(QRect(kMargin, m_y, width(), high), Qt::TextWordWrap, words);
        m_y += high + below;
    }
    void facts(const robustness::ReportFacts &facts)
    {
        QTextOption wrapped(Qt::AlignVCenter); // paths have no words
        wrapped.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        for (const auto &[label, value] : facts.facts) {
            const QString text = QString::fromStdString(value);
            const auto measured = [&] {
                m_painter.setFont(Theme::instance().font(FontRole::Text));
                const QRectF room(0, 0, width() - kLabel, 10'000);
                return static_cast<int>(m_painter.boundingRect(room, text, wrapped).height());
            };
            const int high = std::max(kFact, measured() + 4);
            makeRoom(high);
            m_painter.setFont(Theme::instance().font(FontRole::Text));
            m_painter.setPen(m_ink.tokens.muted);
            m_painter.drawText(QRect(kMargin, m_y, kLabel, kFact), Qt::AlignVCenter,
                               sentence(label));
            m_painter.setPen(m_ink.tokens.text);
            m_painter.drawText(QRectF(kMargin + kLabel, m_y, width() - kLabel, high), text,
                               wrapped);
            m_y += high;
        }
        m_y += kGap;
    }
    /// In one row, as many as there are: each has its share of the width.
    void row(const std::vector<Drawing *> &drawings)
    {
        const int count = static_cast<int>(drawings.size());
        const int wide = (width() - (count - 1) * kGap) / count;
        int high = 0;
        for (const Drawing *drawing : drawings) high = std::max(high, heightOf(*drawing, wide));
        makeRoom(std::min(high, kPage.height() - kMargin - kFoot - kMargin));
        for (int i = 0; i < count; ++i)
            draw(*drawings[static_cast<std::size_t>(i)], kMargin + i * (wide + kGap), wide);
        m_y += high + kGap;
    }
    const Ink &ink() const { return m_ink; }
    /// A heading and what begins below it stay together.
    void keep(int height) { makeRoom(height); }

private:
    static int width() { return kPage.width() - 2 * kMargin; }
    static int heightOf(const Drawing &drawing, int wide)
    {
        return drawing.heightFor(wide) + (drawing.title().isEmpty() ? 0 : kTitle);
    }
    void draw(Drawing &drawing, int x, int wide)
    {
        m_painter.save();
        m_painter.translate(x, m_y);
        const int room = kPage.height() - kFoot - kMargin - m_y, high = heightOf(drawing, wide);
        if (high > room) m_painter.scale(double(room) / high, double(room) / high);
        if (!drawing.title().isEmpty()) {
            m_painter.setFont(Theme::instance().font(FontRole::TextBold));
            m_painter.setPen(m_ink.tokens.text);
            m_painter.drawText(QRect(0, 0, wide, 20), Qt::AlignVCenter, drawing.title());
            m_painter.translate(0, kTitle);
        }
        drawing.paint(m_painter, QSize(wide, drawing.heightFor(wide)), m_ink);
        m_painter.restore();
    }
    void makeRoom(int high)
    {
        if (m_y + high <= kPage.height() - kFoot - kMargin || m_y == kMargin) return;
        m_writer->newPage();
        ++m_page;
        m_y = kMargin;
        foot();
    }
    void foot()
    {
        m_painter.setFont(Theme::instance().font(FontRole::Text));
        m_painter.setPen(m_ink.tokens.muted);
        const QRect box(kMargin, kPage.height() - kMargin, width(), 20);
        m_painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, m_title);
        m_painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, QString::number(m_page));
    }

    QPdfWriter *m_writer;
    QString m_title;
    Ink m_ink;
    QCPPainter m_painter;
    int m_y = kMargin, m_page = 1;
};

void add(Pages &pages, const robustness::Findings &findings)
{
    const robustness::Study *study = robustness::findStudy(findings.study);
    pages.keep(120);
    pages.text(study ? words(study->description().label) : QString::fromStdString(findings.study),
               FontRole::PageTitle, pages.ink().tokens.text, 8);
    for (const Message &message : findings.sentences)
        pages.text(sentence(message), FontRole::Text, pages.ink().tokens.text, 6);
    if (!findings.asked.empty())
        pages.text(sentence(findings.asked), FontRole::Text, pages.ink().tokens.muted, 6);
    auto drawings = drawingsOf(findings);
    for (std::size_t i = 0; i < drawings.size(); ++i) {
        std::vector<Drawing *> row{drawings[i].get()};
        const bool isPair =
            i + 1 < drawings.size() && !drawings[i]->isWide() && !drawings[i + 1]->isWide();
        if (isPair) row.push_back(drawings[++i].get());
        pages.row(row);
    }
}

} // namespace

QString writePdfReport(const robustness::ReportFacts &facts,
                       const std::vector<robustness::Findings> &findings, const QString &path)
{
    QPdfWriter writer(path);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(kPixelsPerInch);
    const QString title = QString::fromStdString(facts.title);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Ostrich"));
    Pages pages(&writer, title);
    const auto problem = [&path] {
        return Texts::tr("%1 could not be written. Choose another folder.").arg(path);
    };
    if (!pages.begin()) return problem();
    pages.text(title, FontRole::BigNumber, pages.ink().tokens.text, 2);
    pages.text(QString::fromStdString(facts.date), FontRole::Text, pages.ink().tokens.muted, 16);
    pages.facts(facts);
    for (const robustness::Findings &each : findings) add(pages, each);
    return pages.end() ? QString() : problem();
}

} // namespace ostrich::ui
