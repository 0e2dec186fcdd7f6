import { InvalidEvent } from "../errors.ts";
import type { HttpDocument } from "../openapi/httpDocument.ts";
import { shown } from "../values/text.ts";
import { type Dict, isDict, textOf, truthy } from "../values/value.ts";
import type { EventSource } from "./eventSource.ts";
import { NEEDS_STRING } from "./linkedApi.ts";
import type { Route } from "./route.ts";

/** Writes an event's `Auth` into the HTTP API's document, checked against what the API offers. */
export const addHttpEventAuth = (
  source: EventSource,
  auth: Dict,
  offered: Dict,
  { path, method }: Route,
  document: HttpDocument,
): void => {
  const invalid = (problem: string) => new InvalidEvent(source.eventId, problem);
  if (!truthy(auth.get("Authorizer"))) {
    if (!truthy(offered.get("DefaultAuthorizer"))) {
      throw invalid(
        "'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the HttpApi.",
      );
    }
    auth.put("Authorizer", offered.get("DefaultAuthorizer"));
  }
  const authorizer = auth.get("Authorizer");
  const name = textOf(authorizer);
  const where = `on API method [${method}] for path [${path}]`;
  const unable = `Unable to set Authorizer [${shown(authorizer)}] ${where}`;
  const authorizers = offered.get("Authorizers");
  const byIam = name === "AWS_IAM" && offered.get("EnableIamAuthorizer") === true;
  if (name === "NONE") {
    if (!truthy(offered.get("DefaultAuthorizer"))) {
      throw invalid(
        `Unable to set Authorizer ${where} because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.`,
      );
    }
  } else if (!byIam) {
    const usable = isDict(authorizers) || offered.size === 0;
    if (name === undefined || !usable) throw invalid(unable + NEEDS_STRING);
    if (!isDict(authorizers) || authorizers.size === 0)
      throw invalid(`${unable} because the related API does not define any Authorizers.`);
    if (!truthy(authorizers.get(name))) {
      throw invalid(`${unable} because it wasn't defined in the API's Authorizers.`);
    }
  }
  const scopes = auth.get("AuthorizationScopes");
  if (truthy(scopes) && !Array.isArray(scopes)) {
    throw invalid(`Unable to set Authorizer ${where} because 'AuthorizationScopes' must be a list of strings.`);
  }
  document.addMethodAuthorizer(path, method, name ?? "", authorizers, scopes);
};
