import { randomBytes, type webcrypto } from "node:crypto";
import { isIP } from "node:net";
import type { Extension } from "@peculiar/x509";

// What the certificates' library is made of wants this first; by hand, since a bundle orders modules as it likes.
await import("reflect-metadata");
const x509 = await import("@peculiar/x509");

/** A certificate and its private key, as PEM. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
/** Clients refuse certificates that are good for longer. */
const LEAF_DAYS = 397;
/** A clock that is a little behind is no reason to refuse. */
const EARLIER_MS = DAY_MS;

/** Makes an authority that is good for those names and what is below them, and for this machine's own addresses. */
export const makeAuthority = async (names: readonly string[], now: number): Promise<KeyedCertificate> => {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: `CN=aloft local authority ${randomBytes(4).toString("hex")}, O=aloft`,
    notBefore: new Date(now - EARLIER_MS),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: SIGNATURE,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(names.includes("*") ? [] : [nameConstraints(names)]),
    ],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await pemOf(keys.privateKey) };
};

/** Makes a server's certificate for those names and addresses. */
export const issue = async (
  authority: KeyedCertificate,
  names: readonly string[],
  now: number,
): Promise<KeyedCertificate> => {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey(
    "pkcs8",
    x509.PemConverter.decodeFirst(authority.key),
    CURVE,
    false,
    ["sign"],
  );
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: "CN=aloft",
    issuer: issuer.subject,
    notBefore: new Date(now - EARLIER_MS),
    notAfter: new Date(Math.min(now + LEAF_DAYS * DAY_MS, issuer.notAfter.getTime())),
    signingAlgorithm: SIGNATURE,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? "ip" : "dns", value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await pemOf(keys.privateKey) };
};

/** When a certificate ends, in milliseconds since the epoch. */
export const endOf = (certificate: string): number => new x509.X509Certificate(certificate).notAfter.getTime();

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);

const pemOf = async (key: webcrypto.CryptoKey): Promise<string> =>
  `${x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;

/** Positive, whatever the bytes. */
const newSerial = (): string => `4${randomBytes(16).toString("hex").slice(1)}`;

const NAME_CONSTRAINTS = "2.5.29.30";
/** Address and mask. */
const LOOPBACK = [
  [127, 0, 0, 0, 255, 0, 0, 0],
  [...Array(15).fill(0), 1, ...Array(16).fill(255)],
];

/** RFC 5280, 4.2.1.10: even if its key got out, nobody could speak for another name with it. */
const nameConstraints = (names: readonly string[]): Extension => {
  const addresses = names
    .filter((name) => isIP(name) === 4)
    .map((name) => [...name.split(".").map(Number), 255, 255, 255, 255]);
  const subtrees = [
    ...names.filter((name) => !isIP(name)).map((name) => der(0x30, der(0x82, Buffer.from(name)))),
    ...[...LOOPBACK, ...addresses].map((bytes) => der(0x30, der(0x87, Buffer.from(bytes)))),
  ];
  return new x509.Extension(NAME_CONSTRAINTS, true, der(0x30, der(0xa0, Buffer.concat(subtrees))));
};

/** A value with its tag and length in front. */
const der = (tag: number, content: Buffer): Buffer => {
  const { length } = content;
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
