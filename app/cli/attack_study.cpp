// ostrich-cli attack --study, and --honesty.
#include "cli/attack_study.hpp"

#include "cli/attack_answers.hpp"
#include "cli/attack_report.hpp"
#include "cli/findings_json.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_bar.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ostrich::cli {

namespace {

constexpr char kHonesty[] = "honesty";

std::string labelOf(const std::string &study, const Context &context)
{
    return robustness::findStudy(study)->description().label.in(context.language);
}

Result<robustness::Findings> studied(const std::string &name, const AttackTask &task,
                                     double epsilon, const Context &context)
{
    robustness::StudyRequest asked;
    asked.subjects = task.networks.subjects;
    asked.dataset = task.networks.dataset;
    asked.split = task.request.split;
    asked.indices = task.indices;
    asked.attack = task.at(epsilon);
    asked.sample = task.sample;
    const auto parameters = task.request.studyParameters.find(name);
    if (parameters != task.request.studyParameters.end()) asked.parameters = parameters->second;
    ProgressBar bar(context, labelOf(name, context));
    return robustness::study(name, std::move(asked), {.progress = bar.progress()}, interruption());
}

void tell(const robustness::Findings &findings, bool isFirst, const Context &context)
{
    if (context.json) {
        printLine(toJson(findings, context.language));
        return;
    }
    print(fmt::format("{}{} ({})", isFirst ? "" : "\n", labelOf(findings.study, context),
                      duration(findings.seconds)));
    printFindings(findings, context);
}

} // namespace

int studyNetworks(const AttackTask &task, const Context &context)
{
    std::vector<robustness::Findings> all;
    for (const std::string &name : task.request.studies) {
        auto findings = studied(name, task, task.request.epsilons.front(), context);
        if (!findings) return failAttack(context, findings.error());
        tell(*findings, all.empty(), context);
        all.push_back(std::move(*findings));
    }
    if (const auto saved = saveReport(task, all, context); !saved)
        return fail(context, saved.error());
    return std::ranges::any_of(all, hasFailed) ? kAnswerIsNo : kDone;
}

Result<robustness::Findings> honestyOf(const AttackTask &task, double epsilon,
                                       const Context &context)
{
    return studied(kHonesty, task, epsilon, context);
}

nlohmann::json honestyJson(const robustness::Findings &findings)
{
    using Verdict = robustness::Check::Verdict;
    const auto having = [&](Verdict verdict) {
        return std::ranges::count(findings.checks, verdict, &robustness::Check::verdict);
    };
    return {{"passed", having(Verdict::Pass)},
            {"failed", having(Verdict::Fail)},
            {"unknown", having(Verdict::Unknown)}};
}

bool hasFailed(const robustness::Findings &findings)
{
    return std::ranges::find(findings.checks, robustness::Check::Verdict::Fail,
                             &robustness::Check::verdict)
           != findings.checks.end();
}

} // namespace ostrich::cli
