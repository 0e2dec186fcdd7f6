import { known } from "../../kernel/errors.ts";
import { devicesOf } from "./mfa/devices.ts";
import type { AccessKeyRecord, UserRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { keysOf } from "./users.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const COLUMNS = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "password_last_used",
  "password_last_changed",
  "password_next_rotation",
  "mfa_active",
  ...["1", "2"].flatMap((key) => [
    `access_key_${key}_active`,
    `access_key_${key}_last_rotated`,
    `access_key_${key}_last_used_date`,
    `access_key_${key}_last_used_region`,
    `access_key_${key}_last_used_service`,
  ]),
  "cert_1_active",
  "cert_1_last_rotated",
  "cert_2_active",
  "cert_2_last_rotated",
];

const NONE = "N/A";
const NO_CERTIFICATES = ["false", NONE, "false", NONE];

/** The report of all the account's credentials, as CSV. */
export const credentialReport = (room: Room): string => {
  const rows = [...room.users.list()].map((user) => userRow(room, user));
  return [COLUMNS, rootRow(room), ...rows].map((row) => row.join(",")).join("\n");
};

const rootRow = ({ account, partition }: Room): readonly string[] => [
  "<root_account>",
  `arn:${partition}:iam::${account}:root`,
  dateOf(0),
  "not_supported",
  "no_information",
  "not_supported",
  "not_supported",
  "false",
  // The root's key is no record of IAM's here, and when it is used is not noted.
  ...["true", NONE, NONE, NONE, NONE],
  ...NO_KEY,
  ...NO_CERTIFICATES,
];

const userRow = (room: Room, user: UserRecord): readonly string[] => {
  const [first, second] = keysOf(room, user.name);
  const { loginProfile } = user;
  const password = loginProfile
    ? ["true", "no_information", dateOf(loginProfile.createdAt), NONE]
    : ["false", NONE, NONE, NONE];
  return [
    user.name,
    user.arn,
    dateOf(user.createdAt),
    ...password,
    String(devicesOf(room, user.name).length > 0),
    ...keyCells(room, first),
    ...keyCells(room, second),
    ...NO_CERTIFICATES,
  ];
};

const NO_KEY = ["false", NONE, NONE, NONE, NONE];

const keyCells = ({ usage }: Room, key: AccessKeyRecord | undefined): readonly string[] => {
  if (!key) return NO_KEY;
  const use = usage.of(key.accessKeyId);
  return [
    String(key.status === "Active"),
    dateOf(key.createdAt),
    ...(use ? [dateOf(use.at), use.region, use.service] : [NONE, NONE, NONE]),
  ];
};

/** `2026-01-31T12:00:00+00:00` */
const dateOf = (at: number): string => `${known(new Date(at).toISOString().split(".")[0], "a date")}+00:00`;
