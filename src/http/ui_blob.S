    .section .rodata.tripsis_ui,"a",@progbits
    .balign 64
    .global tripsis_ui_blob
    .type   tripsis_ui_blob, @object
tripsis_ui_blob:
    .incbin "ui.blob"
    .byte 0
    .size   tripsis_ui_blob, . - tripsis_ui_blob
    .section .note.GNU-stack,"",@progbits
