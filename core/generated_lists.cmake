# Sources that the build writes: the list of every kind's create(), and the files embedded into the program.

# ostrich_creators(OUT FOLDER dir HEADER header NAMESPACE name TYPE type FUNCTION name): a .cpp that calls the create()
# of each FOLDER/NAME.cpp, so that adding a file is all it takes, and no linker drops it.
function(ostrich_creators out)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "FOLDER;HEADER;NAMESPACE;TYPE;FUNCTION" "")
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_FOLDER}/*.cpp)
    set(declarations "")
    set(calls "")
    foreach(file IN LISTS files)
        get_filename_component(stem ${file} NAME_WE)
        string(APPEND declarations "namespace ostrich::${ARG_NAMESPACE}::${stem} {\nstd::unique_ptr<${ARG_TYPE}> create();\n}\n")
        string(APPEND calls "    all.push_back(${stem}::create());\n")
    endforeach()
    set(path ${CMAKE_CURRENT_BINARY_DIR}/generated/${ARG_FUNCTION}.cpp)
    file(CONFIGURE OUTPUT ${path} @ONLY CONTENT [[
// Written by core/generated_lists.cmake from the files in core/@ARG_FOLDER@.
#include "@ARG_HEADER@"

@declarations@
std::vector<std::unique_ptr<ostrich::@ARG_NAMESPACE@::@ARG_TYPE@>> ostrich::@ARG_NAMESPACE@::@ARG_FUNCTION@()
{
    std::vector<std::unique_ptr<@ARG_TYPE@>> all;
@calls@    return all;
}
]])
    set(${out} ${path} PARENT_SCOPE)
endfunction()

# ostrich_embed(OUT pattern...): the files of resources/ that match, embedded under their path below resources/.
# The assembler reads them, so that a megabyte of artwork costs no compile time.
function(ostrich_embed out)
    set(root ${PROJECT_SOURCE_DIR}/resources)
    list(TRANSFORM ARGN PREPEND ${root}/ OUTPUT_VARIABLE patterns)
    file(GLOB files CONFIGURE_DEPENDS RELATIVE ${root} ${patterns})
    set(assembly "")
    set(declarations "")
    set(entries "")
    set(index 0)
    foreach(file IN LISTS files)
        set(symbol ostrich_embedded_${index})
        string(APPEND assembly
            "asm(\".pushsection .rodata\\n.balign 16\\n.global ${symbol}\\n${symbol}:\\n.incbin \\\"${root}/${file}\\\"\\n\"\n"
            "    \".global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.popsection\\n\");\n")
        string(APPEND declarations "extern const char ${symbol}[], ${symbol}_end[];\n")
        string(APPEND entries "        {\"${file}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
        math(EXPR index "${index} + 1")
    endforeach()
    set(path ${CMAKE_CURRENT_BINARY_DIR}/generated/embedded.cpp)
    file(CONFIGURE OUTPUT ${path} @ONLY CONTENT [[
// Written by core/generated_lists.cmake from the files in resources/.
#include "base/embedded.hpp"

#include <map>

@assembly@
extern "C" {
@declarations@}

namespace {

const std::map<std::string_view, std::string_view> &files()
{
    static const std::map<std::string_view, std::string_view> all{
@entries@    };
    return all;
}

} // namespace

std::optional<std::string_view> ostrich::embeddedResource(std::string_view name)
{
    const auto found = files().find(name);
    return found == files().end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string_view> ostrich::embeddedResourceNames()
{
    std::vector<std::string_view> names;
    for (const auto &[name, content] : files()) names.push_back(name);
    return names;
}
]])
    list(TRANSFORM files PREPEND ${root}/)
    set_source_files_properties(${path} PROPERTIES OBJECT_DEPENDS "${files}")
    set(${out} ${path} PARENT_SCOPE)
endfunction()
