/** What a variable of an expression stands for: `request.body.action`. */
export type Variables = (name: string) => string | undefined;

/**
 * The key that a selection expression makes: `$request.body.action`, `${request.body.a}/${request.body.b}`, a text as it
 * is, or `\$default`, whose dollar is none of a variable.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */
export const selectedKey = (expression: string, variables: Variables): string => {
  const [, whole] = WHOLE.exec(expression) ?? [];
  if (whole !== undefined) return variables(whole) ?? "";
  return expression.replace(PART, (_, escaped: string | undefined, name = "") =>
    escaped === undefined ? (variables(name) ?? "") : "$",
  );
};

const WHOLE = /^\$((?:request|integration|context)\.[^{}$]+)$/;
const PART = /(\\\$)|\$\{([^}]+)\}/g;

/**
 * What stands under a key in a table of responses or templates. AWS: a key between slashes is a pattern, and `$default`
 * is for every key that no other is for.
 */
export const underKey = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.entries(table).find(([name]) => name !== DEFAULT && isKey(name, key))?.[1] ??
  Object.entries(table).find(([name]) => name === DEFAULT)?.[1];

const DEFAULT = "$default";

const isKey = (name: string, key: string): boolean => {
  const [, pattern] = /^\/(.+)\/$/s.exec(name) ?? [];
  return name === key || (pattern !== undefined && new RegExp(`^(?:${pattern})$`, "s").test(key));
};
