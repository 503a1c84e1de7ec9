// ostrich-cli attack --study.
#include "cli/attack_study.hpp"

#include "cli/findings_json.hpp"
#include "cli/interrupt.hpp"
#include "robustness/report.hpp"
#include "robustness/study.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace ostrich::cli {

namespace {

Result<robustness::Findings> studied(const std::string &name, const AttackRequest &request,
                                     const attack::AttackOptions &options,
                                     const AttackedNetworks &networks,
                                     const std::vector<std::int64_t> &indices)
{
    robustness::StudyRequest asked;
    asked.subjects = networks.subjects;
    asked.dataset = networks.dataset;
    asked.split = request.split;
    asked.indices = indices;
    asked.attack = options;
    const auto parameters = request.studyParameters.find(name);
    if (parameters != request.studyParameters.end()) asked.parameters = parameters->second;
    return robustness::study(name, std::move(asked), {}, interruption());
}

bool hasFailed(const robustness::Findings &findings)
{
    return std::ranges::find(findings.checks, robustness::Check::Verdict::Fail,
                             &robustness::Check::verdict)
           != findings.checks.end();
}

void tell(const robustness::Findings &findings, bool isFirst, const Context &context)
{
    if (context.json) {
        printLine(toJson(findings, context.language));
        return;
    }
    const Words &label = robustness::findStudy(findings.study)->description().label;
    print(fmt::format("{}{} ({})", isFirst ? "" : "\n", label.in(context.language),
                      duration(findings.seconds)));
    printFindings(findings, context);
}

robustness::ReportFacts reportFacts(const AttackRequest &request, const AttackedNetworks &networks,
                                    std::int64_t samples, const Context &context)
{
    std::tm parts{};
    const std::time_t now = std::time(nullptr);
    localtime_r(&now, &parts);
    robustness::ReportFacts report{
        .title = text(context, "cli.report_title", {networks.subjects.front().name}),
        .date = fmt::format("{:%Y-%m-%d %H:%M}", parts),
        .facts = {}};
    std::string names;
    for (const attack::Subject &subject : networks.subjects)
        names += (names.empty() ? "" : ", ") + subject.name;
    report.facts = {
        {{"cli.report_networks", {}}, names},
        {{"cli.report_data", {}},
         fmt::format("{}, {} ({})", networks.dataset->source, data::name(request.split), samples)}};
    return report;
}

} // namespace

int studyNetworks(const AttackRequest &request, const attack::AttackOptions &options,
                  const AttackedNetworks &networks, const std::vector<std::int64_t> &indices,
                  const Context &context)
{
    std::vector<robustness::Findings> all;
    for (const std::string &name : request.studies) {
        auto findings = studied(name, request, options, networks, indices);
        if (!findings) {
            const bool stopped = findings.error().what.id == "attack.cancelled";
            return fail(context, findings.error(), stopped ? kAnswerIsNo : kBadInput);
        }
        tell(*findings, all.empty(), context);
        all.push_back(std::move(*findings));
    }
    if (!request.report.empty()) {
        const auto saved =
            robustness::saveReport(reportFacts(request, networks, std::ssize(indices), context),
                                   all, context.language, request.report);
        if (!saved) return fail(context, saved.error());
        note(context, {"cli.report_saved", {request.report}});
    }
    return std::ranges::any_of(all, hasFailed) ? kAnswerIsNo : kDone;
}

} // namespace ostrich::cli
