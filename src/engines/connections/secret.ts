/** What EventBridge keeps of a connection in its secret, in the words it uses there. */
export interface ConnectionSecret {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly api_key_name?: string | undefined;
  readonly api_key_value?: string | undefined;
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly authorization_endpoint?: string | undefined;
  readonly http_method?: string | undefined;
  readonly oauth_http_parameters?: SecretParameters | undefined;
  readonly invocation_http_parameters?: SecretParameters | undefined;
}

export interface SecretParameters {
  readonly header_parameters?: readonly SecretParameter[];
  readonly query_string_parameters?: readonly SecretParameter[];
  readonly body_parameters?: readonly SecretParameter[];
}

export interface SecretParameter {
  readonly key: string;
  readonly value: string;
  readonly is_value_secret: boolean;
}

/** How a connection says who calls. */
export type AuthorizationType = "API_KEY" | "BASIC" | "OAUTH_CLIENT_CREDENTIALS";

/** What a connection adds to a call, by name. */
export const added = (
  parameters: SecretParameters | undefined,
  where: keyof SecretParameters,
): Record<string, string> => Object.fromEntries((parameters?.[where] ?? []).map(({ key, value }) => [key, value]));

/** The headers that say who calls; `tokenFor` is asked where that is a token. */
export const authorizationHeaders = async (
  type: AuthorizationType,
  kept: ConnectionSecret,
  tokenFor: () => Promise<string>,
): Promise<Record<string, string>> => {
  switch (type) {
    case "API_KEY":
      return { [kept.api_key_name ?? ""]: kept.api_key_value ?? "" };
    case "BASIC":
      return { authorization: `Basic ${Buffer.from(`${kept.username}:${kept.password}`).toString("base64")}` };
    case "OAUTH_CLIENT_CREDENTIALS":
      return { authorization: `Bearer ${await tokenFor()}` };
  }
};
