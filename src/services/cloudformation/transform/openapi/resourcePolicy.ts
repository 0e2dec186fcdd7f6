import { invalidStructure } from "../errors.ts";
import { sub } from "../intrinsics.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, isText, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";
import { ANY_METHOD } from "./document.ts";
import type { RestDocument } from "./restDocument.ts";

const POLICY = "x-amazon-apigateway-policy";

/** Adds what `ResourcePolicy` says about accounts, addresses and networks for the methods of one path. */
export const addResourcePolicy = (document: RestDocument, policy: Dict, path: string, stage: Value): void => {
  const resources = (): Dict[] => methodResources(document, path, stage);
  const lists = [
    ["AwsAccountWhitelist", "Allow", allowAccounts],
    ["AwsAccountBlacklist", "Deny", allowAccounts],
    ["IpRangeWhitelist", "NotIpAddress", limitAddresses],
    ["IpRangeBlacklist", "IpAddress", limitAddresses],
  ] as const;
  for (const [name, effect, add] of lists) {
    if (policy.get(name) !== null) add(document, policy.get(name), effect, resources());
  }
  limitNetworks(document, policy, "Blacklist", "StringEquals", resources());
  limitNetworks(document, policy, "Whitelist", "StringNotEquals", resources());
  document.doc.put(POLICY, document.resourcePolicy);
};

/** Adds statements the author wrote out. */
export const addCustomStatements = (document: RestDocument, statements: Value): void => {
  document.resourcePolicy.put("Version", literal("2012-10-17"));
  if (document.resourcePolicy.get("Statement") === null) document.resourcePolicy.put("Statement", statements);
  else appendStatements(document, Array.isArray(statements) ? statements : [statements], true);
  document.doc.put(POLICY, document.resourcePolicy);
};

const methodResources = (document: RestDocument, path: string, stage: Value): Dict[] =>
  document.pathItems(path).flatMap((item) =>
    item.keys().map((method) => {
      const lower = method.toLowerCase();
      const any = lower === ANY_METHOD || lower === "any";
      const text = `execute-api:/\${__Stage__}/${any ? "*" : method.toUpperCase()}${withoutVariables(path)}`;
      const authored = !document.paths.isLiteralKey(path) || (!any && !item.isLiteralKey(method));
      return sub(authored ? text : literal(text), Dict.plain({ __Stage__: stage }));
    }),
  );

/** A path as ARNs name it: variables become wildcards. */
export const withoutVariables = (path: string): string => path.replace(/\{[a-zA-Z0-9._-]+\+?\}/g, "*");

const statementOf = (effect: string, resources: Dict[], principal: Value): Dict => {
  const statement = Dict.hashed();
  statement.put("Effect", literal(effect));
  statement.put("Action", literal("execute-api:Invoke"));
  statement.put("Resource", resources);
  statement.put("Principal", principal);
  return statement;
};

const allowAccounts = (document: RestDocument, accounts: Value, effect: string, resources: Dict[]): void => {
  if (!truthy(accounts)) return;
  if (!isDict(accounts) && !Array.isArray(accounts)) {
    throw invalidStructure(`Type of '${shown(accounts)}' must be a list or dictionary`);
  }
  const principal = Dict.hashed({ AWS: Array.isArray(accounts) ? accounts : [accounts] });
  const statement = statementOf(effect, resources, principal);
  const { resourcePolicy } = document;
  resourcePolicy.put("Version", literal("2012-10-17"));
  if (resourcePolicy.get("Statement") === null) resourcePolicy.put("Statement", statement);
  else appendStatements(document, [statement], false);
};

const limitAddresses = (document: RestDocument, ranges: Value, operator: string, resources: Dict[]): void => {
  if (!truthy(ranges)) return;
  const condition = Dict.plain({ "aws:SourceIp": Array.isArray(ranges) ? ranges : [ranges] });
  allowExcept(document, resources, Dict.plain({ [operator]: condition }));
};

const limitNetworks = (
  document: RestDocument,
  policy: Dict,
  list: "Whitelist" | "Blacklist",
  operator: string,
  resources: Dict[],
): void => {
  const endpoints = itemsOf(policy.get(`SourceVpc${list}`));
  if (endpoints !== null && !endpoints.every(isText)) {
    throw invalidStructure(
      `SourceVpc${list} must be a list of strings. Use IntrinsicVpc${list} instead for values that use Intrinsic Functions`,
    );
  }
  const starting = (prefix: string): Value[] =>
    (endpoints ?? []).filter((endpoint) => textOf(endpoint)?.startsWith(prefix));
  const condition = Dict.hashed();
  const extend = (key: string, values: Value): void => {
    if (!Array.isArray(values) || values.length === 0) return;
    const known = condition.get(key);
    condition.put(key, [...(Array.isArray(known) ? known : []), ...values]);
  };
  extend("aws:SourceVpc", starting("vpc-"));
  extend("aws:SourceVpce", starting("vpce-"));
  extend("aws:SourceVpc", policy.get(`IntrinsicVpc${list}`));
  extend("aws:SourceVpce", policy.get(`IntrinsicVpce${list}`));
  if (condition.size > 0) allowExcept(document, resources, Dict.plain({ [operator]: condition }));
};

/** AWS: a map is read for its keys, and no text names a network. */
const itemsOf = (value: Value): Value[] | null => {
  if (value === null || Array.isArray(value)) return value;
  return isDict(value) ? value.keys() : isText(value) ? [] : [value];
};

const allowExcept = (document: RestDocument, resources: Dict[], condition: Dict): void => {
  const allowed = statementOf("Allow", resources, literal("*"));
  const denied = statementOf("Deny", resources, literal("*"));
  denied.put("Condition", condition);
  document.resourcePolicy.put("Version", literal("2012-10-17"));
  if (document.resourcePolicy.get("Statement") === null) {
    document.resourcePolicy.put("Statement", [allowed, denied]);
  } else appendStatements(document, [allowed, denied], true);
};

const appendStatements = (document: RestDocument, statements: Value[], once: boolean): void => {
  const given = document.resourcePolicy.get("Statement");
  const list = Array.isArray(given) ? given : [given];
  for (const statement of statements) {
    if (!once || !list.some((known) => sameValue(known, statement))) list.push(statement);
  }
  document.resourcePolicy.put("Statement", list);
};
