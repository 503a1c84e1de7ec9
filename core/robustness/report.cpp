// The page of a report, and the numbers behind its figures as CSV.
#include "robustness/report.hpp"

#include "base/file.hpp"
#include "robustness/shown.hpp"
#include "robustness/study.hpp"
#include "robustness/svg.hpp"

#include <fmt/format.h>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace ostrich::robustness {

namespace {

constexpr std::string_view kStyle = R"(
body { font: 15px/1.5 Inter, system-ui, sans-serif; color: #1d2026; max-width: 960px;
       margin: 2.5rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.7rem; margin: 0 0 .2rem; } h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
.muted { color: #6b6f78; } table { border-collapse: collapse; margin: .6rem 0; }
td, th { padding: .25rem .9rem .25rem 0; text-align: left; border-bottom: 1px solid #e3e5e9; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
figure { display: inline-block; margin: .4rem .8rem .4rem 0; vertical-align: top; }
figcaption { color: #6b6f78; font-size: .85rem; } .pass { color: #00704f; } .fail { color: #b04a00; }
img { image-rendering: pixelated; border-radius: 4px; } svg { max-width: 100%; height: auto; }
@media print { h2 { break-after: avoid; } figure { break-inside: avoid; } }
)";

std::string base64(const std::vector<unsigned char> &bytes)
{
    constexpr std::string_view kSigns =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned int group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < bytes.size() ? bytes[i + j] : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j <= bytes.size() ? kSigns[group >> (18 - 6 * j) & 63u] : '=';
    }
    return text;
}

/// `image` (C, H, W) as a PNG within the page, at least 96 pixels wide.
std::string pictureTag(const Array &image)
{
    const auto channels = static_cast<std::size_t>(image.dim(0));
    const auto height = static_cast<int>(image.dim(1)), width = static_cast<int>(image.dim(2));
    const auto area = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    std::vector<cv::Mat> planes; // files hold blue first
    for (std::size_t c = channels; c-- > 0;)
        planes.emplace_back(height, width, CV_32F,
                            const_cast<float *>(image.values.data()) + c * area);
    cv::Mat whole, bytes;
    cv::merge(planes, whole);
    whole.convertTo(bytes, CV_8U, 255.0);
    std::vector<unsigned char> file;
    cv::imencode(".png", bytes, file);
    const int factor = std::max(1, (95 + width) / width);
    return fmt::format(R"(<img width="{}" height="{}" alt="" src="data:image/png;base64,{}"/>)",
                       width * factor, height * factor, base64(file));
}

class Page {
public:
    explicit Page(Language language) : m_language(language) {}

    void head(const ReportFacts &facts);
    void add(const Findings &findings);
    std::string finished() const { return m_html + "</body></html>\n"; }

private:
    std::string said(const Message &message) const
    {
        return escaped(sentence(message, m_language));
    }
    void figures(const std::vector<Figure> &figures);
    void checks(const std::vector<Check> &checks);
    void table(const Table &table);
    void titled(const Message &title, const std::string &content)
    {
        m_html += fmt::format("<h3>{}</h3>\n{}\n", said(title), content);
    }

    Language m_language;
    std::string m_html;
};

void Page::head(const ReportFacts &facts)
{
    m_html =
        fmt::format("<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"/>"
                    "<title>{}</title><style>{}</style></head><body>\n",
                    m_language == Language::French ? "fr" : "en", escaped(facts.title), kStyle);
    m_html += fmt::format("<h1>{}</h1>\n<p class=\"muted\">{} · Ostrich</p>\n<table>\n",
                          escaped(facts.title), escaped(facts.date));
    for (const auto &[label, value] : facts.facts)
        m_html += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", said(label), escaped(value));
    m_html += "</table>\n";
}

void Page::figures(const std::vector<Figure> &figures)
{
    if (figures.empty()) return;
    m_html += "<table>\n";
    for (const Figure &figure : figures) {
        m_html += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td><td class=\"muted\">{}"
                              "</td></tr>\n",
                              said(figure.label), shown(figure, m_language),
                              shownInterval(figure, m_language));
    }
    m_html += "</table>\n";
}

void Page::checks(const std::vector<Check> &checks)
{
    if (checks.empty()) return;
    constexpr std::array<std::string_view, 3> kMarks{"✓", "✗", "?"};
    m_html += "<table>\n";
    for (const Check &check : checks)
        m_html += fmt::format("<tr><td class=\"{}\">{}</td><td>{}<br/><span class=\"muted\">{} {}"
                              "</span></td></tr>\n",
                              name(check.verdict), kMarks[static_cast<std::size_t>(check.verdict)],
                              said(check.question), said(check.evidence), said(check.meaning));
    m_html += "</table>\n";
}

void Page::table(const Table &table)
{
    std::string rows = "<table><tr>";
    for (const Message &column : table.columns) rows += fmt::format("<th>{}</th>", said(column));
    rows += "</tr>\n";
    for (const auto &row : shownRows(table, m_language)) {
        rows += "<tr>";
        for (const std::string &cell : row) rows += fmt::format("<td>{}</td>", escaped(cell));
        rows += "</tr>\n";
    }
    titled(table.title, rows + "</table>");
}

void Page::add(const Findings &findings)
{
    const Study *known = findStudy(findings.study);
    m_html += fmt::format("<h2>{}</h2>\n", escaped(known ? known->description().label.in(m_language)
                                                         : findings.study));
    for (const Message &message : findings.sentences)
        m_html += fmt::format("<p>{}</p>\n", said(message));
    if (!findings.asked.empty())
        m_html += fmt::format("<p class=\"muted\">{}</p>\n", said(findings.asked));
    checks(findings.checks);
    figures(findings.figures);
    for (const Plot &plot : findings.plots) titled(plot.title, toSvg(plot, m_language));
    for (const Matrix &matrix : findings.matrices) titled(matrix.title, toSvg(matrix, m_language));
    for (const Map &map : findings.maps) titled(map.title, toSvg(map, m_language));
    for (const Table &entry : findings.tables) table(entry);
    for (const Picture &picture : findings.pictures)
        m_html += fmt::format("<figure>{}<figcaption>{}</figcaption></figure>\n",
                              pictureTag(picture.image), said(picture.caption));
}

/// What stands below the bar at `x`.
std::string nameAt(const Plot &plot, double x)
{
    const auto place = static_cast<std::size_t>(std::max(std::round(x), 0.0));
    return place < plot.xNames.size() ? plot.xNames[place] : std::string();
}

/// A number of a CSV line, exactly; nothing: there is none.
std::string plain(double value)
{
    return std::isfinite(value) ? fmt::format("{:.17g}", value) : std::string();
}

/// A field of a CSV line (RFC 4180).
std::string quoted(const std::string &text)
{
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string all = "\"";
    for (const char sign : text) all += sign == '"' ? std::string("\"\"") : std::string(1, sign);
    return all + '"';
}

} // namespace

std::string htmlReport(const ReportFacts &facts, const std::vector<Findings> &findings,
                       Language language)
{
    Page page(language);
    page.head(facts);
    for (const Findings &found : findings) page.add(found);
    return page.finished();
}

Result<void> saveReport(const ReportFacts &facts, const std::vector<Findings> &findings,
                        Language language, const std::string &file)
{
    return writeFile(file, htmlReport(facts, findings, language));
}

std::string toCsv(const Plot &plot, Language language)
{
    const bool isNamed = !plot.xNames.empty();
    std::string text = isNamed ? "series,x,y,low,high,name\n" : "series,x,y,low,high\n";
    const auto at = [](const std::vector<double> &values, std::size_t i) {
        return i < values.size() ? plain(values[i]) : std::string();
    };
    for (const Curve &curve : plot.curves) {
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            text +=
                fmt::format("{},{},{},{},{}", quoted(sentence(curve.label, language)),
                            at(curve.x, i), at(curve.y, i), at(curve.low, i), at(curve.high, i));
            if (isNamed) text += ',' + quoted(nameAt(plot, curve.x[i]));
            text += '\n';
        }
    }
    return text;
}

std::string toCsv(const Matrix &matrix)
{
    std::string text;
    for (const std::string &column : matrix.columns) text += ',' + quoted(column);
    text += '\n';
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        text += quoted(matrix.rows[row]);
        for (std::size_t column = 0; column < matrix.columns.size(); ++column)
            text += ',' + plain(matrix.values[row * matrix.columns.size() + column]);
        text += '\n';
    }
    return text;
}

std::string toCsv(const Map &map)
{
    std::string text = "x,y,value\n";
    const auto at = [](double from, double to, std::int64_t i, std::int64_t count) {
        return count < 2
                   ? from
                   : from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
    };
    for (std::int64_t row = 0; row < map.height; ++row) {
        for (std::int64_t column = 0; column < map.width; ++column) {
            const double value = map.values[static_cast<std::size_t>(row * map.width + column)];
            text += fmt::format("{:g},{:g},{}\n", at(map.xFrom, map.xTo, column, map.width),
                                at(map.yFrom, map.yTo, row, map.height),
                                map.classes.empty()
                                    ? plain(value)
                                    : quoted(map.classes[static_cast<std::size_t>(value)]));
        }
    }
    return text;
}

} // namespace ostrich::robustness
