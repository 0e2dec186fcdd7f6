import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { IssuerUnreachable } from "../../../../engines/openId/issuerKeys.ts";
import { systemClock } from "../../../../kernel/clock.ts";
import type { AuthorizerRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import type { Authorized } from "../model.ts";
import type { ApiRequest } from "../request.ts";
import { gatewayResponse } from "../responses.ts";
import { identityAt } from "./identity.ts";

/** AWS: only RSA signatures are taken. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

/**
 * Lets through who bears a token of the authorizer's issuer, for its audience, with one of the route's scopes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const askJwt = async (room: Room, request: ApiRequest, authorizer: AuthorizerRecord): Promise<Authorized> => {
  const token = tokenOf(request, authorizer);
  if (token === undefined) return refused("Bearer");
  const { Issuer = "", Audience = [] } = authorizer.jwtConfiguration ?? {};
  const wanted = request.match.target.route.authorizationScopes ?? [];
  let claims: JWTPayload;
  try {
    claims = await verified(room, token, Issuer);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof IssuerUnreachable) {
      if (request.notes) request.notes.authorizerError = description(error);
      return invalidToken(wanted, description(error));
    }
    throw error;
  }
  if (!isForAudience(claims, Audience)) return invalidToken(wanted, "the token does not have a valid audience");
  const scopes = scopesOf(claims);
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope))) {
    return refused(challenge(wanted, "insufficient_scope", "the token does not have a valid scope"), 403, "Forbidden");
  }
  return { caller: { kind: "jwt", claims: claimTexts(claims), scopes: wanted.length > 0 ? wanted : null } };
};

/** Tokens come from outside and age by the machine's time, whatever the cloud's own time is; so do signatures. */
const machineClock = systemClock();

const verified = async (room: Room, token: string, issuer: string): Promise<JWTPayload> => {
  const keys = await room.issuerKeys(issuer);
  const keyOf: JWTVerifyGetKey = (header, jws) => {
    // AWS: a token must name its key, even where the issuer has but one.
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    return keys(header, jws);
  };
  const { payload } = await jwtVerify(token, keyOf, {
    issuer,
    algorithms: ALGORITHMS,
    requiredClaims: ["exp"],
    currentDate: new Date(machineClock.now()),
  });
  // jose looks at `iat` only where it is asked for an age.
  if (payload.iat !== undefined && payload.iat * 1000 > machineClock.now())
    throw new errors.JWTClaimValidationFailed("the token is used before it was issued", payload, "iat");
  return payload;
};

/** The first identity source that is there; a header's may begin with `Bearer`. */
const tokenOf = (request: ApiRequest, { identitySource = [] }: AuthorizerRecord): string | undefined => {
  for (const source of identitySource) {
    const value = identityAt(request, source)?.replace(/^bearer\s+/i, "");
    if (value) return value;
  }
  return undefined;
};

/** AWS: `client_id` counts only where there is no `aud`. */
const isForAudience = ({ aud, client_id }: JWTPayload, audiences: readonly string[]): boolean => {
  const named = aud === undefined ? [client_id] : [aud].flat();
  return named.some((one) => typeof one === "string" && audiences.includes(one));
};

const scopesOf = ({ scope, scp }: JWTPayload): readonly string[] => {
  const stated = scope ?? scp;
  if (typeof stated === "string") return stated.split(" ");
  return Array.isArray(stated) ? stated.map(String) : [];
};

/** AWS: claims reach the integration as texts; a list in brackets, its members separated by blanks. */
const claimTexts = (claims: JWTPayload): Record<string, string> =>
  Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));

const claimText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
};

const description = (error: Error): string => {
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_FAULTS[error.claim] ?? error.message;
  if (error instanceof errors.JOSEAlgNotAllowed) return "signing method is invalid";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature is invalid";
  if (error instanceof errors.JWKSNoMatchingKey) return "unable to find the key of the token";
  if (error instanceof IssuerUnreachable) return "OIDC discovery endpoint communication error";
  return "token contains an invalid number of segments";
};

const CLAIM_FAULTS: Readonly<Record<string, string>> = {
  exp: "the token does not have an expiration time",
  iss: "the token does not have a valid issuer",
  nbf: "the token is not valid yet",
};

const challenge = (scopes: readonly string[], error: string, text: string): string =>
  `Bearer scope="${scopes.join(" ")}" error="${error}" error_description="${text}"`;

const invalidToken = (scopes: readonly string[], text: string) => refused(challenge(scopes, "invalid_token", text));

const refused = (wwwAuthenticate: string, status = 401, message = "Unauthorized"): Authorized => {
  const response = gatewayResponse(status, message);
  return { refusal: { ...response, headers: { ...response.headers, "www-authenticate": wwwAuthenticate } } };
};
