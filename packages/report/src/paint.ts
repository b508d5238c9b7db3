import picocolors from 'picocolors'

export type Paint = ReturnType<typeof painter>

/** Colours where there is a terminal to show them, else the plain text. */
export const painter = (colours: boolean) => picocolors.createColors(colours)
