# Flags that every target of ours gets, and the two ways in which a layer and a test are declared.

include(${CMAKE_CURRENT_LIST_DIR}/Dependencies.cmake)

add_library(tripsis_flags INTERFACE)
target_compile_options(tripsis_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;$<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>;-Wnon-virtual-dtor;-Wold-style-cast;-Wcast-qual;-Wno-missing-field-initializers>
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/= -ffile-prefix-map=${CMAKE_BINARY_DIR}/=)
if(TRIPSIS_WERROR)
  target_compile_options(tripsis_flags INTERFACE -Werror)
endif()
if(TRIPSIS_SANITIZE)
  target_compile_options(tripsis_flags INTERFACE -fsanitize=${TRIPSIS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tripsis_flags INTERFACE -fsanitize=${TRIPSIS_SANITIZE})
endif()
if(TRIPSIS_FUZZ)
  target_compile_options(tripsis_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tripsis_flags INTERFACE -fsanitize=address,undefined)
endif()
if(TRIPSIS_HARDEN)
  target_compile_options(tripsis_flags INTERFACE -O2 -g1 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  target_link_options(tripsis_flags INTERFACE -Wl,-z,relro,-z,now)
  # g++ 12 sees overflows in libstdc++'s own inlined string functions that are none (https://gcc.gnu.org/PR105651, PR105329).
  target_compile_options(tripsis_flags INTERFACE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-array-bounds;-Wno-stringop-overread;-Wno-stringop-overflow;-Wno-restrict>)
endif()
target_include_directories(tripsis_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
# Their compile definitions must be the same in every target, or the precompiled headers do not fit.
target_link_libraries(tripsis_flags INTERFACE fmt::fmt simdjson::simdjson date::date-tz)

# tripsis_layer(name LINK libs…): the static library tripsis_<name> from all sources under src/<name>. A layer may
# link only layers above it in src/CMakeLists.txt; tests/unit/layers_test checks the includes.
function(tripsis_layer name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  add_library(tripsis_${name} STATIC ${sources})
  target_link_libraries(tripsis_${name} PUBLIC tripsis_flags ${ARG_LINK})
  tripsis_precompile(tripsis_${name})
endfunction()

# The standard headers that nearly every file uses, compiled once.
function(tripsis_precompile target)
  if(TARGET tripsis_pch)
    target_precompile_headers(${target} REUSE_FROM tripsis_pch)
    target_link_libraries(${target} PRIVATE tripsis_flags)
  endif()
endfunction()

# tripsis_test(name SOURCES files… LINK libs…): a GoogleTest program that ctest runs with the source folder as its working directory.
function(tripsis_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
  tripsis_precompile(${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

# tripsis_embed_text(target HEADER header NAMESPACE name FILES files…): a generated header that holds each text file as an inline
# constexpr std::string_view named like the file without its ending.
function(tripsis_embed_text target)
  cmake_parse_arguments(ARG "" "HEADER;NAMESPACE" "FILES" ${ARGN})
  set(text "// Generated from text files; see tripsis_embed_text in cmake/Tripsis.cmake.\n#pragma once\n\n#include <string_view>\n\nnamespace ${ARG_NAMESPACE} {\n")
  foreach(file ${ARG_FILES})
    cmake_path(GET file STEM name)
    file(READ ${file} content)
    string(APPEND text "inline constexpr std::string_view ${name} = R\"text(${content})text\";\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  string(APPEND text "}\n")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/${ARG_HEADER} CONTENT "${text}" @ONLY)
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
