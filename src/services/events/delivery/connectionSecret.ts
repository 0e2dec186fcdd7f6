import type { ConnectionBodyParameter, ConnectionHttpParameters } from "@aws-sdk/client-eventbridge";
import type { ConnectionSecret, SecretParameter, SecretParameters } from "../../../engines/connections/secret.ts";
import { tokenMethod } from "../../../engines/connections/token.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { validationError } from "../errors.ts";
import type { ConnectionRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** The parameters of `CreateConnection` and `UpdateConnection`; the latter names only what changes. */
interface AuthParameters {
  readonly BasicAuthParameters?:
    | { readonly Username?: string | undefined; readonly Password?: string | undefined }
    | undefined;
  readonly ApiKeyAuthParameters?:
    | { readonly ApiKeyName?: string | undefined; readonly ApiKeyValue?: string | undefined }
    | undefined;
  readonly OAuthParameters?:
    | {
        readonly ClientParameters?:
          | { readonly ClientID?: string | undefined; readonly ClientSecret?: string | undefined }
          | undefined;
        readonly AuthorizationEndpoint?: string | undefined;
        readonly HttpMethod?: string | undefined;
        readonly OAuthHttpParameters?: ConnectionHttpParameters | undefined;
      }
    | undefined;
  readonly InvocationHttpParameters?: ConnectionHttpParameters | undefined;
}

const MEMBERS = {
  API_KEY: "ApiKeyAuthParameters",
  BASIC: "BasicAuthParameters",
  OAUTH_CLIENT_CREDENTIALS: "OAuthParameters",
} as const;

/** What is kept of a connection's parameters. Throws ValidationException when they are those of another kind. */
export const secretOf = (type: ConnectionRecord["authorizationType"], given: AuthParameters): ConnectionSecret => {
  for (const [kind, member] of Object.entries(MEMBERS)) {
    if ((given[member] === undefined) === (kind === type))
      throw validationError(`Authorization type ${type} takes ${MEMBERS[type]}, and no parameters of another type.`);
  }
  return keptOf(given);
};

/** What is kept of the parameters that are given. */
export const keptOf = ({
  BasicAuthParameters: basic,
  ApiKeyAuthParameters: key,
  OAuthParameters: oauth,
  InvocationHttpParameters: invocation,
}: AuthParameters): ConnectionSecret => {
  const parts = {
    username: basic?.Username,
    password: basic?.Password,
    api_key_name: key?.ApiKeyName,
    api_key_value: key?.ApiKeyValue,
    client_id: oauth?.ClientParameters?.ClientID,
    client_secret: oauth?.ClientParameters?.ClientSecret,
    authorization_endpoint: oauth?.AuthorizationEndpoint,
    http_method: oauth?.HttpMethod,
    oauth_http_parameters: oauth?.OAuthHttpParameters && keptParameters(oauth.OAuthHttpParameters),
    invocation_http_parameters: invocation && keptParameters(invocation),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
};

const keptParameters = (given: ConnectionHttpParameters): SecretParameters => ({
  ...(given.HeaderParameters ? { header_parameters: given.HeaderParameters.map(keptParameter) } : {}),
  ...(given.QueryStringParameters ? { query_string_parameters: given.QueryStringParameters.map(keptParameter) } : {}),
  ...(given.BodyParameters ? { body_parameters: given.BodyParameters.map(keptParameter) } : {}),
});

const keptParameter = ({ Key = "", Value = "", IsValueSecret = false }: ConnectionBodyParameter): SecretParameter => ({
  key: Key,
  value: Value,
  is_value_secret: IsValueSecret,
});

/** The parameters as they are described: nothing of it is secret. */
export const shownParameters = (kept: ConnectionSecret) => ({
  ...(kept.username === undefined ? {} : { BasicAuthParameters: { Username: kept.username } }),
  ...(kept.api_key_name === undefined ? {} : { ApiKeyAuthParameters: { ApiKeyName: kept.api_key_name } }),
  ...(kept.client_id === undefined
    ? {}
    : {
        OAuthParameters: {
          ClientParameters: { ClientID: kept.client_id },
          AuthorizationEndpoint: kept.authorization_endpoint,
          HttpMethod: tokenMethod(kept),
          OAuthHttpParameters: kept.oauth_http_parameters && shownHttp(kept.oauth_http_parameters),
        },
      }),
  ...(kept.invocation_http_parameters === undefined
    ? {}
    : { InvocationHttpParameters: shownHttp(kept.invocation_http_parameters) }),
});

const shownHttp = (kept: SecretParameters): ConnectionHttpParameters => ({
  HeaderParameters: kept.header_parameters?.map(shownParameter),
  QueryStringParameters: kept.query_string_parameters?.map(shownParameter),
  BodyParameters: kept.body_parameters?.map(shownParameter),
});

const shownParameter = ({ key, value, is_value_secret: isSecret }: SecretParameter) => ({
  Key: key,
  ...(isSecret ? {} : { Value: value }),
  IsValueSecret: isSecret,
});

/** What is kept of a connection. EventBridge reads its own secrets without asking anybody. */
export const readSecret = async (room: Room, { secretArn }: ConnectionRecord): Promise<ConnectionSecret> => {
  const asOwner = room.contextAs(rootOf(room.account, room.partition));
  const { SecretString = "{}" } = await asOwner.call("secretsmanager", "GetSecretValue", { SecretId: secretArn });
  return JSON.parse(SecretString);
};
