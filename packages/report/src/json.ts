/** For other programs: two spaces, keys in the order that the caller gave them, a newline at the end. */
export const printJson = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`
