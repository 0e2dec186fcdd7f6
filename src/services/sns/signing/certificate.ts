// What the certificates' library is made of wants this first; by hand, since a bundle orders modules as it likes.
await import("reflect-metadata");
const { PemConverter, X509CertificateGenerator } = await import("@peculiar/x509");

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const DAY_MS = 86_400_000;
const DAYS = 3650;

/** Makes a key to sign messages with and the certificate that shows its public half, as PEM. */
export const makeSigningCertificate = async (
  serialNumber: string,
  now: number,
): Promise<{ readonly certificate: string; readonly key: string }> => {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber,
    name: "CN=sns.amazonaws.com, O=aloft",
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { certificate: `${certificate.toString("pem")}\n`, key };
};
