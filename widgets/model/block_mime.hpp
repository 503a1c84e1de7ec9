// What a dragged palette entry carries.
#pragma once

namespace ostrich::ui {

inline constexpr char kBlockMimeType[] =
    "application/x-ostrich-block-kind"; // the kind's name, UTF-8

} // namespace ostrich::ui
