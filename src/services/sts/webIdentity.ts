import { decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import { IssuerUnreachable } from "../../engines/openId/issuerKeys.ts";
import { systemClock } from "../../kernel/clock.ts";
import { errorCode } from "../../kernel/errors.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { rootOf } from "../../kernel/principal.ts";
import { expiredToken, invalidIdentityToken } from "./errors.ts";
import type { Room } from "./room.ts";

/** What a token of an OpenID Connect provider says, once it is known to be the provider's. */
export interface WebIdentity {
  /** The provider's ARN. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  /** `HOST:aud`, `HOST:sub` and what else trust policies may ask about. */
  readonly conditions: Readonly<Record<string, string | readonly string[]>>;
  readonly tags: SessionTags;
  readonly sourceIdentity: string | undefined;
}

interface SessionTags {
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly TransitiveTagKeys: readonly string[];
}

/** Reads a token that a provider known to the account gave. Throws InvalidIdentityToken and ExpiredTokenException. */
export const readIdentity = async (room: Room, account: string, token: string): Promise<WebIdentity> => {
  const issuer = issuerOf(token);
  const url = issuer.replace(/^https:\/\//i, "").replace(/\/$/, "");
  const ctx = room.contextAs(rootOf(account));
  const provider = `arn:${ctx.partition}:iam::${account}:oidc-provider/${url}`;
  const clientIds = await clientsOf(ctx, provider, issuer);
  const claims = await verified(room, token, issuer);
  const { sub, aud, azp } = requiredClaims(claims);
  const audiences = azp === undefined ? aud : [azp];
  const audience = audiences.find((one) => clientIds.includes(one));
  if (audience === undefined) throw invalidIdentityToken("Incorrect token audience");
  return {
    provider,
    subject: sub,
    audience,
    conditions: {
      [`${url}:sub`]: sub,
      // AWS: where a token names an authorized party, `aud` is that, and `oaud` the token's own audience.
      [`${url}:aud`]: audiences,
      ...(azp === undefined ? {} : { [`${url}:oaud`]: aud }),
      ...optionalConditions(url, claims),
    },
    tags: sessionTagsIn(claims),
    sourceIdentity: textOf(claims["https://aws.amazon.com/source_identity"]),
  };
};

const NOT_A_JWT = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";

const issuerOf = (token: string): string => {
  try {
    const { iss } = decodeJwt(token);
    if (iss !== undefined) return iss;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw invalidIdentityToken(NOT_A_JWT);
  }
  throw invalidIdentityToken("Missing a required claim: iss");
};

const clientsOf = async (
  ctx: ReturnType<Room["contextAs"]>,
  arn: string,
  issuer: string,
): Promise<readonly string[]> => {
  try {
    const found = await ctx.call("iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn: arn });
    return found.ClientIDList ?? [];
  } catch (error) {
    if (errorCode(error) !== "NoSuchEntityException") throw error;
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  }
};

/** AWS: providers sign by RSA or by elliptic curves. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/** Tokens come from outside and age by the machine's time, whatever the cloud's own time is. */
const machineClock = systemClock();

const verified = async (room: Room, token: string, issuer: string): Promise<JWTPayload> => {
  const now = machineClock.now();
  try {
    const keys = await room.issuerKeys(issuer);
    const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ALGORITHMS, currentDate: new Date(now) });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      const at = Math.floor(now / 1000);
      throw expiredToken(
        `Token expired: current date/time ${at} must be before the expiration date/time ${error.payload.exp}`,
      );
    }
    if (error instanceof IssuerUnreachable || error instanceof errors.JWKSNoMatchingKey) {
      throw invalidIdentityToken(
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
      );
    }
    if (error instanceof errors.JOSEError) throw invalidIdentityToken("Provided Token is not a valid OIDC token");
    throw error;
  }
};

interface RequiredClaims {
  readonly sub: string;
  readonly aud: readonly string[];
  readonly azp: string | undefined;
}

const requiredClaims = (claims: JWTPayload): RequiredClaims => {
  const { sub, aud, azp } = claims;
  for (const name of ["aud", "iat", "exp", "sub"])
    if (claims[name] === undefined) throw invalidIdentityToken(`Missing a required claim: ${name}`);
  return { sub: String(sub), aud: [aud ?? []].flat(), azp: textOf(azp) };
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
const optionalConditions = (url: string, { amr, email }: JWTPayload): Record<string, string | readonly string[]> => ({
  ...(Array.isArray(amr) ? { [`${url}:amr`]: amr.map(String) } : {}),
  ...(typeof email === "string" ? { [`${url}:email`]: email } : {}),
});

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp */
const sessionTagsIn = (claims: JWTPayload): SessionTags => {
  const stated = claims["https://aws.amazon.com/tags"];
  if (!isJsonObject(stated)) return { Tags: [], TransitiveTagKeys: [] };
  const { principal_tags, transitive_tag_keys } = stated;
  const tags = isJsonObject(principal_tags) ? Object.entries(principal_tags) : [];
  return {
    Tags: tags.map(([Key, value]) => ({ Key, Value: String([value].flat()[0] ?? "") })),
    TransitiveTagKeys: Array.isArray(transitive_tag_keys) ? transitive_tag_keys.map(String) : [],
  };
};
