// Epsilons as people write them: "8/255", "0.3", and lists of them.
#include "cli/epsilon.hpp"

#include <charconv>
#include <cmath>
#include <optional>

namespace ostrich::cli {

namespace {

std::optional<double> number(std::string_view text)
{
    double value = 0.0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<double> epsilon(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const auto above = number(text.substr(0, slash));
    if (!above || *above < 0.0) return std::nullopt;
    if (slash == std::string_view::npos) return above;
    const auto below = number(text.substr(slash + 1));
    if (!below || *below <= 0.0) return std::nullopt;
    return *above / *below;
}

} // namespace

Result<std::vector<double>> epsilonsFrom(const std::string &text)
{
    std::vector<double> all;
    std::string_view rest = text;
    while (true) {
        const std::size_t comma = rest.find(',');
        const auto value = epsilon(rest.substr(0, comma));
        if (!value)
            return Error{"--eps " + text, {"cli.bad_epsilon", {}}, {"cli.bad_epsilon_hint", {}}};
        all.push_back(*value);
        if (comma == std::string_view::npos) return all;
        rest.remove_prefix(comma + 1);
    }
}

} // namespace ostrich::cli
