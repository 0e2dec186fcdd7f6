import { invalidParameter, platformApplicationNotFound } from "../errors.ts";
import { checkArn } from "../find.ts";
import type { PlatformApplicationRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Push services that AWS knows. https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html */
const PLATFORMS = [
  "ADM",
  "APNS",
  "APNS_SANDBOX",
  "APNS_VOIP",
  "APNS_VOIP_SANDBOX",
  "BAIDU",
  "GCM",
  "MACOS",
  "MACOS_SANDBOX",
  "MPNS",
  "WNS",
];

/** What may be set and is told again. */
const SHOWN = [
  "Enabled",
  "EventEndpointCreated",
  "EventEndpointDeleted",
  "EventEndpointUpdated",
  "EventDeliveryFailure",
  "SuccessFeedbackRoleArn",
  "FailureFeedbackRoleArn",
  "SuccessFeedbackSampleRate",
  "ApplePlatformTeamID",
  "ApplePlatformBundleID",
];

/** What lets SNS into the push service: never told again, and nothing here would use it. */
const SECRETS = ["PlatformCredential", "PlatformPrincipal"];

type Attributes = Readonly<Record<string, string>>;

export const findApplication = (
  { platformApplications }: Pick<Room, "platformApplications">,
  arn: string,
): PlatformApplicationRecord => {
  checkArn(arn, "PlatformApplicationArn");
  const application = platformApplications.get(arn);
  if (!application) throw platformApplicationNotFound();
  return application;
};

export const checkPlatform = (platform: string): void => {
  if (!PLATFORMS.includes(platform)) throw invalidParameter(`Platform Reason: ${platform} is not supported`);
};

const MAX_NAME_LENGTH = 256;

export const checkApplicationName = (name: string): void => {
  if (name === "") throw invalidParameter(`${name} Reason: cannot be empty`);
  if (name.length > MAX_NAME_LENGTH)
    throw invalidParameter(`${name} Reason: must be at most ${MAX_NAME_LENGTH} characters long`);
  if (!/^[\w.-]+$/.test(name))
    throw invalidParameter(`${name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'`);
};

/** Google's service takes a key without a name. */
export const checkCredentials = (platform: string, attributes: Attributes): void => {
  const [credential, principal] = SECRETS.map((name) => attributes[name] !== undefined);
  if (principal && !credential)
    throw invalidParameter("Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential");
  if (credential && !principal && platform !== "GCM")
    throw invalidParameter("Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal");
  if (!credential) throw invalidParameter("Attributes Reason: no credentials were provided");
};

/** The attributes that are kept. Throws for one there is none of. */
export const keptAttributes = (attributes: Attributes): Attributes => {
  const unknown = Object.keys(attributes).find((name) => !SHOWN.includes(name) && !SECRETS.includes(name));
  if (unknown !== undefined) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${unknown}`);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !SECRETS.includes(name)));
};
