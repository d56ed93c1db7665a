# HL7's definitions: fetched by npm, pinned by the lock file's hash, and compiled into a source file of tables.
#
# scripts/setup fetches them too, with the same stamp; whoever comes first does the work.
set(folder ${CMAKE_SOURCE_DIR}/tools/definitions)
set(stamp ${folder}/node_modules/.tripsis-lock)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/package-lock.json)
file(READ ${folder}/package-lock.json wanted)
set(present "")
if(EXISTS ${stamp})
  file(READ ${stamp} present)
endif()
if(NOT present STREQUAL wanted)
  find_program(TRIPSIS_NPM npm HINTS ENV TRIPSIS_NPM_FOLDER DOC "npm, which fetches HL7's definitions")
  if(NOT TRIPSIS_NPM)
    message(FATAL_ERROR "npm is needed to fetch HL7's definitions: run scripts/setup, or name it with -DTRIPSIS_NPM=FILE")
  endif()
  message(STATUS "Fetching HL7's definitions with ${TRIPSIS_NPM}")
  execute_process(COMMAND ${TRIPSIS_NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
                  WORKING_DIRECTORY ${folder} COMMAND_ERROR_IS_FATAL ANY)
  configure_file(${folder}/package-lock.json ${stamp} COPYONLY)
endif()

set(TRIPSIS_DEFINITIONS ${CMAKE_BINARY_DIR}/generated/definitions_tables.cc)
add_custom_command(OUTPUT ${TRIPSIS_DEFINITIONS}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated
  COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/compile_definitions.py ${folder}/node_modules/hl7.fhir.r4.examples
          ${TRIPSIS_DEFINITIONS}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/compile_definitions.py ${stamp}
  COMMENT "Compiling HL7's definitions" VERBATIM)
