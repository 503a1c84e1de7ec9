// Numbers as a language writes them: "2.5 %" in English is "2,5 %" in French.
#pragma once

#include "base/message.hpp"

namespace ostrich {

/// Each number in `text` with the decimal sign of `language`. For what is only read; what one may
/// type back, and JSON and CSV, keep their point.
std::string withDecimalSign(std::string text, Language language);

} // namespace ostrich
