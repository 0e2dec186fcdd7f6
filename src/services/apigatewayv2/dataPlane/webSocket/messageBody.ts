import { jsonAt, parseJson } from "../mapping/jsonPath.ts";
import { textOf } from "../mapping/selection.ts";
import type { Variables } from "./selectionExpression.ts";

/** What selection expressions may ask of a request. */
export const requestVariables =
  (message: string): Variables =>
  (name) => {
    const asked = /^request\.body(?:\.(.+))?$/s.exec(name);
    return asked ? bodyAt(message, asked[1]) : undefined;
  };

/** What stands at a path of a text's JSON; all of the text where there is no path. */
export const bodyAt = (body: string, path: string | undefined): string | undefined =>
  path === undefined || path === "" ? body : textOf(jsonAt(parseJson(body), path));
