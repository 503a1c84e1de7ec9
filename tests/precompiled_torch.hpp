// What most tests of the rooms that compute parse, parsed once for all of them.
#include "../core/precompiled_torch.hpp"

#include <QtTest>
