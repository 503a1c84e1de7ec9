// surface: the loss around one sample along the attack's direction and a random one, which class
// the network sees there, and the way the attack went.
#include "attack/lab_torch.hpp"
#include "base/random.hpp"
#include "engine/model_torch.hpp"
#include "robustness/asking_torch.hpp"
#include "robustness/trial.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/log_softmax.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ostrich::robustness::surface {

namespace {

constexpr double kBeyond = 1.5; // how far the map goes, in lengths of the attack

at::Tensor flat(const Array &array)
{
    return at::from_blob(const_cast<float *>(array.values.data()),
                         {static_cast<std::int64_t>(array.values.size())}, at::kFloat)
        .to(at::kDouble);
}

/// The plane through a sample that an attack and chance span. All vectors are flat (D), on the CPU,
/// in data units.
struct Plane {
    at::Tensor origin;
    at::Tensor along;  // the attack's whole way
    at::Tensor across; // as long, at a right angle to it, otherwise random
    std::vector<double> pathX, pathY;
    double length = 0.0; // L2, of both
};

/// A random vector of the same length as `along` and at a right angle to it. For Linf it is made of
/// signs, as the attack's is.
at::Tensor chanceDirection(const at::Tensor &along, attack::Norm norm, std::uint64_t seed)
{
    RandomStream random(seed, "surface");
    std::vector<double> values(static_cast<std::size_t>(along.numel()));
    for (double &value : values)
        value = norm == attack::Norm::Linf ? (random.chance(0.5) ? 1.0 : -1.0) : random.normal();
    at::Tensor across = at::from_blob(values.data(), {along.numel()}, at::kDouble).clone();
    across = across - along * (across.dot(along) / along.dot(along));
    return across * (along.norm() / across.norm());
}

/// Where a point lies in the plane, in lengths of its directions.
std::pair<double, double> placeOf(const Plane &plane, const at::Tensor &point)
{
    const at::Tensor step = point - plane.origin;
    const double square = plane.along.dot(plane.along).item<double>();
    return {step.dot(plane.along).item<double>() / square,
            step.dot(plane.across).item<double>() / square};
}

/// An array from outside whose values are not as many as its shape says.
std::optional<Error> torn(const Array &x)
{
    std::int64_t count = 1;
    for (const std::int64_t size : x.shape) count *= size;
    if (count == std::ssize(x.values)) return std::nullopt;
    return Error{"samples",
                 {"attack.wrong_shape", {std::to_string(x.values.size()), std::to_string(count)}},
                 {"attack.wrong_shape_hint", {}}};
}

/// What is looked at, and where it comes from.
struct Chosen {
    StudySample sample;
    std::optional<std::int64_t> index; // in the split; empty: it was given
};

/// The request's sample, else the first of its indices that the first subject gets right, else the
/// first. Networks may be large: few are asked about at a time.
Result<Chosen> chosen(const StudyRequest &request, const std::stop_token &stop)
{
    constexpr std::ptrdiff_t kAtATime = 16;
    if (request.sample) {
        if (auto error = torn(request.sample->x)) return *error;
        return Chosen{*request.sample, std::nullopt};
    }
    const data::Samples &samples = samplesOf(request);
    std::int64_t index = request.indices.front();
    for (auto from = request.indices.begin(); from != request.indices.end();) {
        const auto to = from + std::min(kAtATime, request.indices.end() - from);
        const auto right = rightOf(request.subjects.front(), samples, {from, to}, stop);
        if (!right) return right.error();
        from = right->empty() ? to : request.indices.end();
        if (!right->empty()) index = right->front();
    }
    return Chosen{{samples.sample(index), samples.labels[static_cast<std::size_t>(index)]}, index};
}

class Survey {
public:
    Survey(const StudyRequest &request, const StudyWatcher &watcher, std::stop_token stop)
        : m_request(request),
          m_watcher(watcher),
          m_stop(std::move(stop)),
          m_subject(request.subjects.front()),
          m_points(graph::integer(request.parameters, "resolution"))
    {
    }

    Result<Findings> run();

private:
    std::optional<Error> span();
    Error noMove() const;
    std::optional<Error> measure();
    Map map(const char *key) const;
    Findings findings() const;

    const StudyRequest &m_request;
    const StudyWatcher &m_watcher;
    std::stop_token m_stop;
    const attack::Subject &m_subject;
    std::int64_t m_points;
    Chosen m_chosen;
    Plane m_plane;
    std::vector<std::string> m_names;
    std::vector<double> m_loss, m_class; // row by row
    std::int64_t m_label = 0, m_before = 0, m_after = 0;
    Array m_attacked;
};

std::optional<Error> Survey::span()
{
    const Array &x = m_chosen.sample.x;
    std::vector<at::Tensor> path;
    const auto result = attack::attackPicture(
        m_subject, x, m_chosen.sample.label, m_request.attack, m_stop,
        [&](const attack::AttackStep &step) { path.push_back(flat(step.x_adv).clone()); });
    if (!result) return result.error();
    m_label = result->y.front();
    m_before = result->y_pred.front();
    m_after = result->y_adv.front();
    m_attacked = Array{x.shape, result->x_adv.values};
    m_plane.origin = flat(x).clone();
    m_plane.along = flat(m_attacked) - m_plane.origin;
    m_plane.length = m_plane.along.norm().item<double>();
    if (m_plane.length == 0.0) return noMove();
    m_plane.across = chanceDirection(m_plane.along, m_request.attack.norm, m_request.attack.seed);
    for (const at::Tensor &point : path) {
        const auto [x, y] = placeOf(m_plane, point);
        m_plane.pathX.push_back(x);
        m_plane.pathY.push_back(y);
    }
    return std::nullopt;
}

/// An attack that only has to fool lets alone what is misread already; at epsilon 0 any does.
Error Survey::noMove() const
{
    const std::string attack = labelOf(m_request.attack.attack);
    if (m_before != m_label && m_request.attack.epsilon > 0.0)
        return {
            "surface",
            {"robustness.no_move_misread",
             {attack, className(m_subject.facts, m_label), className(m_subject.facts, m_before)}},
            {"robustness.no_move_misread_hint", {}}};
    return {"surface", {"robustness.no_move", {attack}}, {"robustness.no_move_hint", {}}};
}

std::optional<Error> Survey::measure()
{
    const Array &middle = m_chosen.sample.x;
    const at::Tensor ticks = at::linspace(-kBeyond, kBeyond, m_points, at::kDouble);
    for (std::int64_t row = 0; row < m_points; ++row) {
        if (m_stop.stop_requested()) return attack::cancelled();
        at::Tensor x =
            m_plane.origin + ticks.unsqueeze(1) * m_plane.along + ticks[row] * m_plane.across;
        if (arePictures(m_request)) x = at::clamp(x, 0.0, 1.0);
        std::vector<std::int64_t> shape = middle.shape;
        shape.insert(shape.begin(), m_points);
        Array batch = engine::toArray(x);
        batch.shape = shape;
        const at::Tensor logits = answersTo(m_subject, batch, m_stop);
        if (logits.size(0) != m_points) return attack::cancelled();
        const at::Tensor loss = -at::log_softmax(logits, 1).select(1, m_label).contiguous();
        const at::Tensor seen = at::argmax(logits, 1).to(at::kDouble).contiguous();
        m_loss.insert(m_loss.end(), loss.const_data_ptr<double>(),
                      loss.const_data_ptr<double>() + m_points);
        m_class.insert(m_class.end(), seen.const_data_ptr<double>(),
                       seen.const_data_ptr<double>() + m_points);
        report(m_watcher.progress, static_cast<double>(row + 1) / static_cast<double>(m_points));
    }
    return std::nullopt;
}

Map Survey::map(const char *key) const
{
    return {.key = key,
            .title = {std::string("robustness.") + key, {}},
            .xLabel = {"robustness.along_attack", {labelOf(m_request.attack.attack)}},
            .yLabel = {"robustness.along_chance", {}},
            .xFrom = -kBeyond,
            .xTo = kBeyond,
            .yFrom = -kBeyond,
            .yTo = kBeyond,
            .width = m_points,
            .height = m_points,
            .values = {},
            .classes = {},
            .pathX = m_plane.pathX,
            .pathY = m_plane.pathY};
}

Findings Survey::findings() const
{
    Findings found;
    Map loss = map("loss_surface");
    loss.values = m_loss;
    Map regions = map("decision_regions");
    regions.values = m_class;
    regions.classes = m_names;
    const auto right = std::ranges::count(m_class, static_cast<double>(m_label));
    const auto middle = static_cast<std::size_t>(m_points / 2);
    std::int64_t alongChance = 0;
    for (std::size_t row = 0; row < static_cast<std::size_t>(m_points); ++row)
        alongChance += m_class[row * static_cast<std::size_t>(m_points) + middle]
                       != static_cast<double>(m_before);
    found.figures = {
        {.key = "length_l2", .label = {"robustness.length", {}}, .value = m_plane.length},
        {.key = "share_right",
         .label = {m_chosen.sample.label ? "robustness.share_right" : "robustness.share_same", {}},
         .value = static_cast<double>(right) / static_cast<double>(m_points * m_points),
         .isShare = true}};
    found.sentences = {
        {m_before == m_after ? "robustness.surface_holds" : "robustness.surface_falls",
         {className(m_subject.facts, m_before), className(m_subject.facts, m_after),
          labelOf(m_request.attack.attack)}}};
    if (alongChance == 0) found.sentences.push_back({"robustness.surface_chance", {}});
    if (m_chosen.index)
        found.sentences.push_back(
            {m_before == m_label ? "robustness.surface_first_right" : "robustness.surface_first",
             {std::to_string(*m_chosen.index)}});
    found.maps = {std::move(regions), std::move(loss)};
    if (arePictures(m_request))
        found.pictures = {
            {m_chosen.sample.x, {"robustness.named", {className(m_subject.facts, m_before)}}},
            {m_attacked, {"robustness.named", {className(m_subject.facts, m_after)}}}};
    return found;
}

Result<Findings> Survey::run()
{
    auto sample = chosen(m_request, m_stop);
    if (!sample) return sample.error();
    m_chosen = std::move(*sample);
    for (std::int64_t k = 0; k < m_subject.facts.classes; ++k)
        m_names.push_back(className(m_subject.facts, k));
    std::optional<Error> failure;
    const auto ran = engine::guarded("surface", [&] {
        failure = span();
        if (!failure) failure = measure();
    });
    if (!ran) return ran.error();
    if (failure) return *failure;
    return findings();
}

class Surface final : public Study {
public:
    const StudyDescription &description() const override
    {
        static const StudyDescription description{
            .name = "surface",
            .label = {"Around one picture", "Autour d'une image"},
            .help = {"The loss and the decision around a picture: towards the attack, and in a "
                     "random direction.",
                     "La perte et la décision autour d'une image : vers l'attaque, et au hasard."},
            .source = "after Goodfellow, Shlens and Szegedy 2015 and Li et al. 2018, Visualizing "
                      "the loss landscape of neural nets",
            .single = true,
            .parameters = {{.name = "resolution",
                            .type = graph::ParameterType::Integer,
                            .defaultValue = std::int64_t{41},
                            .minimum = 5,
                            .maximum = 201,
                            .choices = {},
                            .choiceLabels = {},
                            .unit = "",
                            .label = {"Resolution", "Résolution"},
                            .help = {"Points along each side of the map.",
                                     "Points le long de chaque côté de la carte."}}},
        };
        return description;
    }

    Result<Findings> run(const StudyRequest &request, const StudyWatcher &watcher,
                         std::stop_token stop) const override
    {
        return Survey(request, watcher, std::move(stop)).run();
    }
};

} // namespace

std::unique_ptr<Study> create()
{
    return std::make_unique<Surface>();
}

} // namespace ostrich::robustness::surface
