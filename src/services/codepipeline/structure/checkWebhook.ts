import { isIP } from "node:net";
import {
  InvalidWebhookAuthenticationParametersException,
  InvalidWebhookFilterPatternException,
} from "@aws-sdk/client-codepipeline";
import type { WebhookRecord } from "../records.ts";
import { isJsonPath } from "../webhookFilters.ts";

/** Throws what AWS says of a webhook that cannot be: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_WebhookDefinition.html */
export const checkWebhook = ({
  authentication,
  authenticationConfiguration,
  filters,
}: WebhookRecord["definition"]): void => {
  const { SecretToken, AllowedIPRange } = authenticationConfiguration;
  // AWS: each way to be authenticated has the one parameter that it needs, and no other.
  if ((authentication === "GITHUB_HMAC") !== Boolean(SecretToken))
    throw invalidAuthentication(
      SecretToken
        ? `SecretToken must not be set for the authentication type ${authentication}`
        : "SecretToken is required for the authentication type GITHUB_HMAC",
    );
  if ((authentication === "IP") !== Boolean(AllowedIPRange))
    throw invalidAuthentication(
      AllowedIPRange
        ? `AllowedIPRange must not be set for the authentication type ${authentication}`
        : "AllowedIPRange is required for the authentication type IP",
    );
  if (AllowedIPRange && !isRange(AllowedIPRange))
    throw invalidAuthentication(`AllowedIPRange is not a valid CIDR range: ${AllowedIPRange}`);
  const wrong = filters.find(({ jsonPath }) => !isJsonPath(jsonPath));
  if (wrong)
    throw new InvalidWebhookFilterPatternException({
      message: `The JSON path ${wrong.jsonPath} of a filter is not valid`,
      $metadata: {},
    });
};

const isRange = (text: string): boolean => {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

const invalidAuthentication = (message: string) =>
  new InvalidWebhookAuthenticationParametersException({ message, $metadata: {} });
