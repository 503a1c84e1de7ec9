// Which picture is attacked: a test picture, or one of one's own, which is opened in the
// background.
#include "data/source.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QFileInfo>

#include <algorithm>
#include <set>
#include <utility>

namespace ostrich::ui {

namespace {

/// Whether the pictures are those that a source brings along while one has none of one's own.
bool areDrawings(const data::Dataset &dataset)
{
    const auto spec = data::parseSource(dataset.source);
    const data::Source *source = spec ? data::findSource(spec->name) : nullptr;
    return source && source->description().pathIsOptional && spec->path.empty();
}

/// -1: there is none.
std::int64_t classNamed(const graph::DataFacts &facts, std::string_view name)
{
    const auto found = std::ranges::find(facts.classNames, name);
    return found == facts.classNames.end() ? -1 : found - facts.classNames.begin();
}

/// 3 bytes for each pixel, row by row.
std::vector<std::uint8_t> bytesOf(const QImage &image)
{
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    std::vector<std::uint8_t> bytes;
    bytes.reserve(static_cast<std::size_t>(rgb.width()) * static_cast<std::size_t>(rgb.height())
                  * 3);
    for (int y = 0; y < rgb.height(); ++y) // lines are padded
        bytes.insert(bytes.end(), rgb.constScanLine(y), rgb.constScanLine(y) + rgb.width() * 3);
    return bytes;
}

} // namespace

bool FoolModel::ready()
{
    const QString why = obstacle();
    if (!why.isEmpty()) emit statusMessage(why, true);
    return why.isEmpty();
}

void FoolModel::beginWith(const graph::DataFacts &facts)
{
    m_known = facts;
    m_own = {};
    endOpening();
    // Dog becomes ostrich where there are both: what the program is named for.
    const std::int64_t ostrich = classNamed(facts, "ostrich");
    m_options.target = ostrich >= 0 ? std::optional(ostrich) : std::nullopt;
    m_options.epsilon = usualEpsilon(m_options, facts);
    emit optionsChanged();
}

void FoolModel::showFirstPicture()
{
    if (!m_own.empty()) return setPicture(std::exchange(m_own, {}), {});
    const auto first = suggestions(1);
    first.empty() ? dropPicture() : showSample(first.front());
}

std::vector<SampleRef> FoolModel::suggestions(int count) const
{
    auto chosen = readRightly(count);
    return chosen.empty() ? firstOfClasses(count) : chosen;
}

/// The target: a picture of it has nowhere to go. -1: none. Series are aimed elsewhere.
std::int64_t FoolModel::avoidedClass() const
{
    return lacksPictures() ? -1 : m_options.target.value_or(-1);
}

std::vector<SampleRef> FoolModel::readRightly(int count) const
{
    std::vector<SampleRef> chosen;
    const auto dataset = m_session->data.dataset();
    if (!dataset) return chosen;
    const std::int64_t dog = classNamed(dataset->facts, "dog");
    const std::int64_t avoided = avoidedClass();
    const auto add = [&](bool dogs, float surest) {
        std::set<std::int32_t> seen;
        for (const train::Answer &answer : answers()) {
            if (std::ssize(chosen) >= count) return;
            const bool isDog = answer.label == dog;
            if (answer.label != answer.predicted || answer.confidence < surest || dogs != isDog
                || avoided == answer.label || seen.contains(answer.label))
                continue;
            seen.insert(answer.label);
            chosen.push_back({data::Split::Test, answer.sample});
        }
    };
    for (const float surest : {0.9f, 0.0f}) { // a poor network is sure of nothing
        if (!chosen.empty()) break;
        if (dog >= 0) add(true, surest);
        add(false, surest);
    }
    return chosen;
}

std::vector<SampleRef> FoolModel::firstOfClasses(int count) const
{
    std::vector<SampleRef> chosen;
    const auto dataset = m_session->data.dataset();
    if (!dataset || count < 1) return chosen;
    const data::Samples &samples = dataset->split(data::Split::Test);
    const std::int64_t avoided = avoidedClass();
    std::set<std::int32_t> seen;
    for (std::size_t i = 0; i < samples.labels.size() && std::ssize(chosen) < count; ++i)
        if (avoided != samples.labels[i] && seen.insert(samples.labels[i]).second)
            chosen.push_back({data::Split::Test, static_cast<std::int64_t>(i)});
    if (chosen.empty() && samples.count() > 0) chosen.push_back({data::Split::Test, 0});
    return chosen;
}

QString FoolModel::hint() const
{
    const auto dataset = m_session->data.dataset();
    if (!m_sample || !dataset || !readsNone()) return {};
    return areDrawings(*dataset)
               ? tr("It reads none of these drawings: drop a photograph here.")
               : tr("It reads none of the test pictures: drop a photograph here.");
}

void FoolModel::dropPicture()
{
    m_picture = {};
    m_sample.reset();
    m_label.reset();
}

void FoolModel::setPicture(Array picture, std::optional<SampleRef> sample)
{
    m_picture = std::move(picture);
    m_sample = sample;
    m_label.reset();
    if (sample) {
        const auto &labels = m_session->data.dataset()->split(sample->split).labels;
        if (!labels.empty()) m_label = labels[static_cast<std::size_t>(sample->index)];
    }
    m_live.forget();
    m_result.reset();
    m_flip.forget();
    emit pictureChanged();
    attackNow(true);
}

void FoolModel::useSample(SampleRef sample)
{
    endOpening(); // this is the newer choice
    showSample(sample);
}

void FoolModel::showSample(SampleRef sample)
{
    if (const auto dataset = m_session->data.dataset())
        setPicture(dataset->split(sample.split).sample(sample.index), sample);
}

void FoolModel::useFile(const QString &path)
{
    if (!ready()) return;
    open(QFileInfo(path).fileName(),
         [file = path.toStdString(), facts = m_session->data.dataset()->facts] {
             return attack::fitPicture(file, facts);
         });
}

void FoolModel::useImage(const QImage &image)
{
    if (!ready()) return;
    open(tr("the picture"), [image, facts = m_session->data.dataset()->facts] {
        return attack::fitPicture(bytesOf(image), image.width(), image.height(), facts);
    });
}

void FoolModel::open(const QString &name, std::function<Result<Array>()> read)
{
    m_opening = name;
    emit openingChanged();
    m_opener.run([this, read = std::move(read)](std::stop_token) -> Background::Finish {
        return [this, picture = read()] { takeOpened(picture); };
    });
}

void FoolModel::takeOpened(const Result<Array> &picture)
{
    endOpening();
    if (!picture)
        tell(picture.error());
    else if (obstacle().isEmpty())
        setPicture(*picture, {});
    else
        m_own = *picture; // shown as soon as there is a network for it again
}

void FoolModel::endOpening()
{
    if (m_opening.isEmpty()) return;
    m_opener.cancel();
    m_opening.clear();
    emit openingChanged();
}

} // namespace ostrich::ui
