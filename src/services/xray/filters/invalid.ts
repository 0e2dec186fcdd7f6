import { invalidRequest } from "../errors.ts";

/** How X-Ray refuses an expression that it cannot read. */
export const invalidExpression = (why: string) => invalidRequest(`Invalid filter expression: ${why}.`);
