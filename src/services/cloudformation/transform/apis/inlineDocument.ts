import { InvalidResource } from "../errors.ts";
import { RestDocument } from "../openapi/restDocument.ts";
import { truthy, type Value } from "../values/value.ts";

/** Refuses to add something to an API whose document is elsewhere. */
export const requireBody = (logicalId: string, body: Value, what: string): void => {
  if (truthy(body)) return;
  throw new InvalidResource(
    logicalId,
    `${what} works only with inline Swagger specified in 'DefinitionBody' property.`,
  );
};

/** Opens an API's document, or refuses to add something to what is none. */
export const requireValid = (logicalId: string, body: Value, inability: string): RestDocument => {
  checkValid(logicalId, body, inability);
  return new RestDocument(body);
};

/** Refuses to add something to a document that is none. */
export const checkValid = (logicalId: string, body: Value, inability: string): void => {
  if (RestDocument.isValid(body)) return;
  throw new InvalidResource(
    logicalId,
    `Unable to add ${inability} because 'DefinitionBody' does not contain a valid Swagger definition.`,
  );
};
