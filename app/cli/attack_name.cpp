// A network as `ostrich-cli attack` names it.
#include "cli/attack_name.hpp"

#include <algorithm>
#include <filesystem>

namespace ostrich::cli {

Result<AttackedName> attackedName(const std::string &text)
{
    const std::size_t at = text.rfind('@');
    if (at == std::string::npos) return AttackedName{text, {}, {}};
    const std::string network = text.substr(0, at), behind = text.substr(at + 1);
    const std::string name = behind.substr(0, behind.find('?'));
    const auto &known = attack::filters();
    const bool isFilter =
        std::ranges::find(known, name, &attack::FilterDescription::name) != known.end();
    std::error_code ignored;
    const bool isMistyped = !isFilter && name.find('/') == std::string::npos
                            && !std::filesystem::exists(text, ignored)
                            && std::filesystem::exists(network, ignored);
    if (!isFilter && !isMistyped) return AttackedName{text, {}, {}};
    auto filter = attack::filterFromText(behind);
    if (!filter) return Error{text, filter.error().what, filter.error().hint};
    return AttackedName{network, *std::move(filter), behind};
}

} // namespace ostrich::cli
