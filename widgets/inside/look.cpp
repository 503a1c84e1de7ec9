// The table of looks.
#include "inside/look.hpp"

#include <QCoreApplication>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Look)
};

} // namespace

QString nameOf(Look look)
{
    switch (look) {
    case Look::Gates:
        return Texts::tr("Gates");
    case Look::States:
        return Texts::tr("Hidden states");
    case Look::Memory:
        return Texts::tr("Memory depth");
    case Look::Lines:
        return Texts::tr("Lines");
    case Look::Map:
        return Texts::tr("Map");
    case Look::LinesAndMap:
        return Texts::tr("Both");
    case Look::Activations:
        return Texts::tr("Activations");
    case Look::Filters:
        return Texts::tr("Filters");
    case Look::Saliency:
        return Texts::tr("What mattered");
    case Look::Embedding:
        return Texts::tr("Layout");
    }
    return {};
}

bool isAttention(Look look)
{
    return look == Look::Lines || look == Look::Map || look == Look::LinesAndMap;
}

std::vector<Look> looksFor(const std::set<std::string> &offers, bool filters, bool saliency)
{
    std::vector<Look> looks;
    if (offers.contains("gates")) looks.push_back(Look::Gates);
    if (offers.contains("states")) looks.insert(looks.end(), {Look::States, Look::Memory});
    if (offers.contains("attention"))
        looks.insert(looks.end(), {Look::Lines, Look::Map, Look::LinesAndMap});
    if (offers.contains("activations") && looks.empty()) looks.push_back(Look::Activations);
    if (filters) looks.push_back(Look::Filters);
    if (saliency && !looks.empty()) looks.push_back(Look::Saliency);
    if (offers.contains("embedding")) looks.push_back(Look::Embedding);
    return looks;
}

LookProbes probesFor(Look look)
{
    switch (look) {
    case Look::Gates:
        return {{"gates"}, {"memory"}};
    case Look::States:
        return {{"states"}, {}};
    case Look::Memory:
        return {{}, {"memory"}};
    case Look::Lines:
    case Look::Map:
    case Look::LinesAndMap:
        return {{"attention"}, {}};
    case Look::Activations:
        return {{"activations"}, {}};
    case Look::Filters:
        return {{}, {}};
    case Look::Saliency:
        return {{"saliency"}, {}};
    case Look::Embedding:
        return {{}, {"embedding"}};
    }
    return {};
}

int interest(const std::set<std::string> &offers)
{
    if (offers.contains("attention")) return 4;
    if (offers.contains("gates")) return 3;
    if (offers.contains("states")) return 2;
    if (offers.contains("activations")) return 1;
    return 0;
}

} // namespace ostrich::ui
