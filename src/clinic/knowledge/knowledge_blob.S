/* Tripsis - Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0 */
/* The packed clinical knowledge, in the program's read-only pages. */
    .section .rodata.tripsis_knowledge,"a",@progbits
    .global tripsis_knowledge_begin
    .global tripsis_knowledge_end
tripsis_knowledge_begin:
    .incbin "knowledge.json"
tripsis_knowledge_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
