// What the certificates' library is made of wants this first; by hand, since a bundle orders modules as it likes.
await import("reflect-metadata");
const { X509CertificateGenerator } = await import("@peculiar/x509");

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** Makes a certificate that signs itself, as PEM, good between two times in milliseconds. */
export const makeClientCertificate = async (serialNumber: string, from: number, until: number): Promise<string> => {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber,
    name: "CN=ApiGateway, O=aloft",
    notBefore: new Date(from),
    notAfter: new Date(until),
    signingAlgorithm: ALGORITHM,
    keys: await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]),
  });
  return certificate.toString("pem");
};
