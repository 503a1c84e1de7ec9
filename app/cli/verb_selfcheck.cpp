// ostrich-cli selfcheck: does every block kind compute what it should on this machine?
#include "cli/answer.hpp"
#include "cli/verb.hpp"
#include "engine/machine.hpp"
#include "engine/selfcheck.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace ostrich::cli {

namespace {

int selfcheck(const std::string &wish, const Context &context)
{
    const auto device = engine::resolveDevice(wish);
    if (!device) return fail(context, device.error());
    const auto checks = engine::selfcheck(*device, context.language);
    const bool ok =
        std::all_of(checks.begin(), checks.end(), [](const auto &check) { return check.ok; });
    if (context.json) {
        for (const engine::KindCheck &check : checks)
            printLine({{"event", "kind"},
                       {"kind", check.kind},
                       {"ok", check.ok},
                       {"max_output_difference", check.max_output_difference},
                       {"max_gradient_difference", check.max_gradient_difference},
                       {"note", check.note}});
        printLine({{"event", "done"}, {"ok", ok}, {"device", *device}});
        return ok ? kDone : kAnswerIsNo;
    }
    std::vector<std::vector<std::string>> rows;
    for (const engine::KindCheck &check : checks)
        rows.push_back({check.ok ? "✓" : "✗", check.kind,
                        fmt::format("{:.1e}", check.max_output_difference),
                        fmt::format("{:.1e}", check.max_gradient_difference), check.note});
    print(table(rows));
    return ok ? kDone : kAnswerIsNo;
}

} // namespace

Work declareSelfcheck(CLI::App &app, const Context &context)
{
    const auto device = std::make_shared<std::string>("cpu");
    app.add_option("--device", *device, "cpu, cuda, cuda:1 ...");
    return [device, &context] { return selfcheck(*device, context); };
}

} // namespace ostrich::cli
