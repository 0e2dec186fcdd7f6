import type { ParameterRecord, VersionRecord } from "./records.ts";

/** A filter of DescribeParameters and GetParametersByPath. */
export interface ParameterFilter {
  readonly Key: string;
  readonly Option?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** Whether a parameter passes every filter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
export const passes = (
  parameter: ParameterRecord,
  version: VersionRecord,
  filters: readonly ParameterFilter[],
): boolean => filters.every((filter) => passesOne(parameter, version, filter));

const passesOne = (parameter: ParameterRecord, version: VersionRecord, filter: ParameterFilter): boolean => {
  const { Key, Values = [] } = filter;
  if (Key === "Path") return Values.some((path) => isUnder(parameter.name, path, filter.Option === "Recursive"));
  const texts = textsOf(parameter, version, Key);
  // AWS: a tag's key alone asks only that the tag is there.
  if (Values.length === 0) return texts.length > 0;
  return Values.some((value) => texts.some((text) => compares(text, value, filter.Option ?? "Equals", Key)));
};

const textsOf = (parameter: ParameterRecord, version: VersionRecord, key: string): readonly string[] => {
  if (key.startsWith("tag:")) return parameter.tags.flatMap((tag) => (`tag:${tag.key}` === key ? [tag.value] : []));
  switch (key) {
    case "Name":
      return [parameter.name];
    case "Type":
      return [version.type];
    case "KeyId":
      return version.keyId === undefined ? [] : [version.keyId];
    case "Tier":
      return [version.tier];
    case "DataType":
      return [version.dataType];
    case "Label":
      return version.labels;
    default:
      return [];
  }
};

const compares = (text: string, value: string, option: string, key: string): boolean => {
  switch (option) {
    case "BeginsWith":
      return key === "Name" ? rooted(text).startsWith(rooted(value)) : text.startsWith(value);
    case "Contains":
      return rooted(text).includes(value);
    default:
      return key === "Name" ? rooted(text) === rooted(value) : text === value;
  }
};

/** Whether a name lies below a path, at any depth or directly. */
export const isUnder = (name: string, path: string, recursive: boolean): boolean => {
  const start = path.endsWith("/") ? path : `${path}/`;
  const whole = rooted(name);
  return (
    whole.startsWith(start) && whole.length > start.length && (recursive || !whole.slice(start.length).includes("/"))
  );
};

/** AWS: `a` and `/a` are one name. */
const rooted = (name: string): string => (name.startsWith("/") ? name : `/${name}`);
