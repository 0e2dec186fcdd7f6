import { byCodePoint } from "../values/text.ts";
import { Dict, truthy } from "../values/value.ts";

const FIELDS = ["TruststoreUri", "TruststoreVersion"];

/** The fields of MutualTlsAuthentication that do not exist. */
export const unknownTlsFields = (config: Dict): string[] =>
  config
    .keys()
    .filter((key) => !FIELDS.includes(key))
    .sort(byCodePoint);

/** MutualTlsAuthentication with the fields that are set. */
export const mutualTls = (config: Dict): Dict => {
  const result = Dict.plain();
  for (const name of FIELDS) if (truthy(config.get(name))) result.put(name, config.get(name));
  return result;
};
