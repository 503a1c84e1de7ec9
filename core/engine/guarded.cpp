// LibTorch's exceptions, turned into words at the engine's door.
#include "engine/model_torch.hpp"

#include <c10/util/Exception.h>

#include <new>

namespace ostrich::engine {

namespace {

/// The first line alone: the rest is a stack trace.
std::string firstLine(std::string words)
{
    return words.substr(0, words.find('\n'));
}

bool contains(const std::string &words, const char *part)
{
    return words.find(part) != std::string::npos;
}

Error outOfMemory(const std::string &where)
{
    return {where, {"engine.out_of_memory", {}}, {"engine.out_of_memory_hint", {}}};
}

Error inWords(const std::string &where, const std::string &words)
{
    if (contains(words, "out of memory") || contains(words, "can't allocate memory")
        || contains(words, "not enough memory"))
        return outOfMemory(where);
    if (contains(words, "CUDA") || contains(words, "cuda"))
        return {where, {"engine.device_failed", {words}}, {"engine.device_failed_hint", {}}};
    return {where, {"engine.failed", {words}}, {}};
}

} // namespace

Result<void> guarded(const std::string &where, const std::function<void()> &work)
{
    try {
        work();
        return {};
    } catch (const std::bad_alloc &) {
        return outOfMemory(where);
    } catch (const c10::Error &error) {
        return inWords(where, firstLine(error.what_without_backtrace()));
    } catch (const std::exception &error) {
        return inWords(where, firstLine(error.what()));
    }
}

} // namespace ostrich::engine
