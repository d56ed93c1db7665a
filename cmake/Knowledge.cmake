# Packs knowledge/*.yaml into one JSON file, which clinic/knowledge/knowledge_blob.S embeds.
file(GLOB knowledge_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*.yaml)
set(knowledge_json ${CMAKE_BINARY_DIR}/knowledge/knowledge.json)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/knowledge)
add_custom_command(OUTPUT ${knowledge_json}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/pack_knowledge.py ${knowledge_json} ${knowledge_files}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/pack_knowledge.py ${knowledge_files} COMMENT "Packing the clinical knowledge")
set(TRIPSIS_KNOWLEDGE ${CMAKE_SOURCE_DIR}/src/clinic/knowledge/knowledge_blob.S)
# .incbin is invisible to the dependency scanner: name it, or changed knowledge is not linked anew.
set_source_files_properties(${TRIPSIS_KNOWLEDGE} PROPERTIES OBJECT_DEPENDS ${knowledge_json} COMPILE_OPTIONS "-I${CMAKE_BINARY_DIR}/knowledge" SKIP_PRECOMPILE_HEADERS ON)
