import { jsonFault, placeIn } from "../../engines/pattern/jsonReader.ts";

/** Why an attribute's value is no JSON, as AWS says it, or undefined when it is. */
export const brokenJson = (text: string): string | undefined => {
  const fault = jsonFault(text);
  if (!fault) return undefined;
  const source = "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
  return `failed to parse JSON. ${fault.reason}\n at [Source: ${source}; ${placeIn(text, fault.at)}]`;
};
