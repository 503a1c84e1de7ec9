// What most files of the window parse, parsed once for all of them.
#include <QtSvg>
#include <QtWidgets>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>
