import { badRequest } from "../../errors.ts";
import type { IntegrationRecord } from "../../records.ts";

/** AWS: headers that no mapping may touch. */
const RESERVED =
  /^(?:access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i;

/** Refuses parameter mappings that no request or response could be changed by. */
export const checkMapping = ({
  integrationSubtype,
  requestParameters,
  responseParameters,
}: IntegrationRecord): void => {
  if (integrationSubtype === undefined) checkKeys(requestParameters ?? {}, REQUEST_KEY);
  for (const [status, parameters] of Object.entries(responseParameters ?? {})) {
    if (!/^[2-5]\d\d$/.test(status)) throw invalid(`Invalid response status code specified: ${status}`);
    checkKeys(parameters, RESPONSE_KEY);
  }
};

const REQUEST_KEY = /^(?:(?:append|overwrite|remove):(?:header|querystring)\.\S+|overwrite:path)$/;
const RESPONSE_KEY = /^(?:(?:append|overwrite|remove):header\.\S+|overwrite:statuscode)$/;

const checkKeys = (parameters: Readonly<Record<string, string>>, form: RegExp): void => {
  for (const key of Object.keys(parameters)) {
    if (!form.test(key)) throw invalid(`Invalid mapping expression parameter specified: ${key}`);
    const [, header] = /:header\.(.+)$/.exec(key) ?? [];
    if (header !== undefined && RESERVED.test(header)) throw invalid(`Operations on header ${header} are restricted`);
  }
};

const invalid = (fault: string) =>
  badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${fault}]`);
