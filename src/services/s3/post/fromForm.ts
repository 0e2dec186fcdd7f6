/** Set on the input of a PutObject that a form made: AWS tells of it by another name. */
export const fromForm: unique symbol = Symbol("fromForm");
