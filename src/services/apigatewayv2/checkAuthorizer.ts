import { badRequest } from "./errors.ts";
import type { AuthorizerRecord } from "./records.ts";

/** Refuses what AWS refuses of an authorizer: what its type asks for and it has not, and what only another type has. */
export const checkAuthorizer = (authorizer: AuthorizerRecord, overSockets: boolean): void => {
  if (authorizer.authorizerType === "JWT") checkJwt(authorizer, overSockets);
  else checkFunction(authorizer, overSockets);
};

const checkJwt = ({ jwtConfiguration, identitySource = [] }: AuthorizerRecord, overSockets: boolean): void => {
  if (overSockets) throw badRequest("JWT authorizers are not supported for WEBSOCKET protocol type");
  if (!jwtConfiguration) throw missing("JwtConfiguration", "JWT");
  const { Issuer = "" } = jwtConfiguration;
  if (!/^https?:\/\/[^/]/.test(Issuer)) {
    throw badRequest(`Invalid issuer: ${Issuer}. Issuer must have a valid discovery endpoint`);
  }
  if (identitySource.length !== 1) throw badRequest("A JWT authorizer must have exactly one identity source");
};

const checkFunction = (authorizer: AuthorizerRecord, overSockets: boolean): void => {
  const { authorizerUri, authorizerPayloadFormatVersion: version, enableSimpleResponses } = authorizer;
  if (!authorizerUri) throw missing("AuthorizerUri", "REQUEST");
  if (overSockets) return;
  if (version === undefined) throw missing("AuthorizerPayloadFormatVersion", "REQUEST");
  if (version !== "1.0" && version !== "2.0") {
    throw badRequest(`Invalid AuthorizerPayloadFormatVersion ${version}: supported values are 1.0 and 2.0`);
  }
  if (enableSimpleResponses && version !== "2.0") {
    throw badRequest("Simple responses are only supported for AuthorizerPayloadFormatVersion 2.0");
  }
};

const missing = (parameter: string, type: string) =>
  badRequest(`${parameter} is a required parameter for ${type} authorizer`);
