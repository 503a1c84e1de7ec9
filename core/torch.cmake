# The imported target ostrich::torch, made by hand: find_package(Torch) stops on a CUDA build without the CUDA toolkit.
# Where LibTorch lies was chosen by app/find-torch, which remembers it in build/torch.txt; OSTRICH_TORCH overrides it.

set(OSTRICH_TORCH "" CACHE STRING "An unpacked LibTorch (or: debian, wheel); empty: what app/find-torch chooses")
set(choice_file ${PROJECT_SOURCE_DIR}/build/torch.txt)

if(OSTRICH_TORCH)
    execute_process(COMMAND ${PROJECT_SOURCE_DIR}/app/find-torch --torch ${OSTRICH_TORCH}
        RESULT_VARIABLE find_torch_failed ERROR_VARIABLE find_torch_words)
    if(find_torch_failed)
        message(FATAL_ERROR "${find_torch_words}")
    endif()
endif()
if(NOT EXISTS ${choice_file})
    message(FATAL_ERROR "No LibTorch was chosen yet. Run: bash app/find-torch")
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${choice_file})

file(STRINGS ${choice_file} choice_lines)
foreach(line IN LISTS choice_lines)
    if(line MATCHES "^(prefix|kind|version)=(.*)$")
        set(torch_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
    endif()
endforeach()

set(torch_lib)
foreach(folder lib lib/${CMAKE_LIBRARY_ARCHITECTURE} lib64)
    if(NOT torch_lib AND EXISTS ${torch_prefix}/${folder}/libtorch_cpu.so)
        set(torch_lib ${torch_prefix}/${folder})
    endif()
endforeach()
if(NOT torch_lib)
    message(FATAL_ERROR "LibTorch is no longer in ${torch_prefix}. Run: bash app/find-torch")
endif()

set(torch_libraries)
foreach(name torch torch_cpu c10 torch_cuda c10_cuda)
    if(EXISTS ${torch_lib}/lib${name}.so)
        list(APPEND torch_libraries ${torch_lib}/lib${name}.so)
    endif()
endforeach()
set(torch_includes ${torch_prefix}/include)
if(EXISTS ${torch_prefix}/include/torch/csrc/api/include)
    list(APPEND torch_includes ${torch_prefix}/include/torch/csrc/api/include)
endif()

# Kernels register themselves from static initialisers, so the linker must keep libraries that nothing seems to use.
list(JOIN torch_libraries "," torch_link_list)
set(torch_link_options "LINKER:--push-state,--no-as-needed,${torch_link_list},--pop-state")
if(NOT torch_prefix STREQUAL "/usr")
    list(APPEND torch_link_options "LINKER:-rpath,${torch_lib}")
endif()
if(torch_link_list MATCHES "torch_cuda")
    # The CUDA libraries lie in other wheels, which the loader finds and the linker need not.
    list(APPEND torch_link_options "LINKER:--unresolved-symbols=ignore-in-shared-libs")
endif()

# The wheel ships headers of another fmt than the system's library, without its library: the system's come first.
if(EXISTS ${torch_prefix}/include/fmt/format.h)
    find_path(FMT_INCLUDE fmt/format.h PATHS /usr/include REQUIRED NO_DEFAULT_PATH)
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/fmt_first)
    file(CREATE_LINK ${FMT_INCLUDE}/fmt ${CMAKE_CURRENT_BINARY_DIR}/fmt_first/fmt SYMBOLIC)
    list(PREPEND torch_includes ${CMAKE_CURRENT_BINARY_DIR}/fmt_first)
endif()

add_library(ostrich::torch INTERFACE IMPORTED GLOBAL)
set_target_properties(ostrich::torch PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${torch_includes}"
    INTERFACE_LINK_OPTIONS "${torch_link_options}")
message(STATUS "LibTorch ${torch_version} (${torch_kind}) in ${torch_prefix}")
