import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import type { SigningKeyRecord, TopicRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** A message of SNS before it is signed: its members as the JSON has them. */
export type Unsigned = Readonly<Record<string, unknown>> & { readonly Type: string };

export interface Signature {
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
}

type SigningRoom = Pick<
  Room,
  "signing" | "signingKeys" | "ids" | "clock" | "cipher" | "endpoint" | "account" | "region"
>;

/** What a receiver verifies a message by. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export const signatureOf = async (room: SigningRoom, topic: TopicRecord, message: Unsigned): Promise<Signature> => {
  const version = topic.attributes["SignatureVersion"] ?? "1";
  const { id, key } = await signingKeyOf(room);
  const signature = await signed(version === "2" ? "RSA-SHA256" : "RSA-SHA1", textToSign(message), key);
  return {
    SignatureVersion: version,
    Signature: signature.toString("base64"),
    SigningCertURL: `${room.endpoint()}${certificatePath(room, id)}`,
  };
};

/** Where anybody reads the certificate of a room's key. */
export const certificatePath = ({ account, region }: Pick<Room, "account" | "region">, id: string): string =>
  `/_aloft/sns/${account}/${region}/SimpleNotificationService-${id}.pem`;

const signed = promisify<string, Buffer, KeyObject, Buffer>(sign);

const NOTIFICATION = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
const CONFIRMATION = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

/** AWS: the names and values of these members, each on a line of its own. */
const textToSign = (message: Unsigned): Buffer => {
  const names = message.Type === "Notification" ? NOTIFICATION : CONFIRMATION;
  const lines = names.flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`]));
  return Buffer.from(lines.join(""));
};

/** The room's key, made with the first message and kept since. */
const signingKeyOf = (room: SigningRoom): Promise<{ readonly id: string; readonly key: KeyObject }> => {
  room.signing.key ??= openKey(room).catch((error: unknown) => {
    room.signing.key = undefined;
    throw error;
  });
  return room.signing.key;
};

const openKey = async (room: SigningRoom) => {
  const { id, sealedKey } = room.signingKeys.get(CURRENT) ?? (await makeKey(room));
  return { id, key: createPrivateKey(room.cipher.open(sealedKey)) };
};

const CURRENT = "current";

const makeKey = async ({ signingKeys, ids, clock, cipher }: SigningRoom): Promise<SigningKeyRecord> => {
  const { makeSigningCertificate } = await import("./certificate.ts");
  const id = ids.hex(32);
  const { certificate, key } = await makeSigningCertificate(id.slice(0, 15), clock.now());
  const record = { id, certificate, sealedKey: cipher.seal(key) };
  signingKeys.put(CURRENT, record);
  return record;
};

/** The certificate of that id, as PEM. */
export const certificateOf = ({ signingKeys }: Pick<Room, "signingKeys">, id: string): string | undefined => {
  const current = signingKeys.get(CURRENT);
  return current?.id === id ? current.certificate : undefined;
};
