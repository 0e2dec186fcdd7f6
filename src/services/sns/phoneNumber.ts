/** E.164, in which single separators between digits are let pass. */
export const isPhoneNumber = (text: string): boolean => /^\+?\d(?:[-./ ]?\d){4,18}$/.test(text);
