import type {
  EncryptionAlgorithmSpec,
  KeySpec,
  KeyUsageType,
  MacAlgorithmSpec,
  SigningAlgorithmSpec,
} from "@aws-sdk/client-kms";
import { NotImplemented } from "../../kernel/errors.ts";

/** What a kind of key can do. https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export interface SpecFacts {
  readonly usages: readonly KeyUsageType[];
  readonly encryption?: readonly EncryptionAlgorithmSpec[];
  readonly signing?: readonly SigningAlgorithmSpec[];
  readonly macs?: readonly MacAlgorithmSpec[];
}

const rsa: SpecFacts = {
  usages: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"],
  encryption: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
  signing: [
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
  ],
};

const curve = (algorithm: SigningAlgorithmSpec): SpecFacts => ({
  usages: ["SIGN_VERIFY", "KEY_AGREEMENT"],
  signing: [algorithm],
});

const hmac = (algorithm: MacAlgorithmSpec): SpecFacts => ({ usages: ["GENERATE_VERIFY_MAC"], macs: [algorithm] });

const FACTS: Readonly<Partial<Record<KeySpec, SpecFacts>>> = {
  SYMMETRIC_DEFAULT: { usages: ["ENCRYPT_DECRYPT"], encryption: ["SYMMETRIC_DEFAULT"] },
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: curve("ECDSA_SHA_256"),
  ECC_NIST_P384: curve("ECDSA_SHA_384"),
  ECC_NIST_P521: curve("ECDSA_SHA_512"),
  ECC_SECG_P256K1: { usages: ["SIGN_VERIFY"], signing: ["ECDSA_SHA_256"] },
  ECC_NIST_EDWARDS25519: { usages: ["SIGN_VERIFY"], signing: ["ED25519_SHA_512", "ED25519_PH_SHA_512"] },
  HMAC_224: hmac("HMAC_SHA_224"),
  HMAC_256: hmac("HMAC_SHA_256"),
  HMAC_384: hmac("HMAC_SHA_384"),
  HMAC_512: hmac("HMAC_SHA_512"),
};

/** Throws NotImplemented for what only China's regions have (SM2), and for post-quantum keys. */
export const factsOf = (spec: KeySpec): SpecFacts => {
  const facts = FACTS[spec];
  if (!facts) throw new NotImplemented(`kms keys of the spec ${spec}`);
  return facts;
};

/** The algorithms of a key, as its metadata and its public key tell them. */
export const algorithmsView = ({ spec, usage }: { readonly spec: KeySpec; readonly usage: KeyUsageType }) => {
  const { encryption = [], signing = [], macs = [] } = factsOf(spec);
  return {
    ...(usage === "ENCRYPT_DECRYPT" ? { EncryptionAlgorithms: [...encryption] } : {}),
    ...(usage === "SIGN_VERIFY" ? { SigningAlgorithms: [...signing] } : {}),
    ...(usage === "GENERATE_VERIFY_MAC" ? { MacAlgorithms: [...macs] } : {}),
    ...(usage === "KEY_AGREEMENT" ? { KeyAgreementAlgorithms: ["ECDH" as const] } : {}),
  };
};
