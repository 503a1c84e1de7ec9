// What most tests of the window parse, parsed once for all of them.
#include "../../widgets/precompiled.hpp"

#include <QtTest>
