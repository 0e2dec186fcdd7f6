/** Tells what IAM finds wrong with one resource of an identity's policy. */
export const resourceFault = (resource: string): string | undefined => {
  if (resource === "*") return undefined;
  const [prefix = "", partition = "", vendor = "", region = "", ...rest] = resource.split(":");
  if (!resource.includes(":") || prefix !== "arn") return `Resource ${resource} must be in ARN format or "*".`;
  if (!isPartition(partition)) return partitionFault(resource);
  if (vendor === "" || /[*?]/.test(vendor)) {
    return isOpenEnded(resource) ? undefined : "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  if (isCutShort(resource)) return "The policy failed legacy parsing";
  if (vendor === "s3" && isRegion(region)) return `Resource ${resource} can not contain region information.`;
  return vendor === "iam" ? iamFault(resource, region, rest.slice(1).join(":")) : undefined;
};

const isPartition = (partition: string): boolean => /^aws(-[a-z]+)*$/.test(partition) || /[*?]/.test(partition);

/** `arn:aws:*` and `arn:*`: every ARN. */
const isOpenEnded = (resource: string): boolean => /^arn:(aws[a-z-]*:)?\*$/.test(resource);

/** AWS: fewer than six parts are completed with `*`, unless one of those given is empty. */
const isCutShort = (resource: string): boolean => resource.split(":").length < 6 && resource.includes("::");

const isRegion = (region: string): boolean => region !== "" && region !== "*";

const partitionFault = (resource: string): string => {
  const [, partition = "", ...rest] = resource.split(":");
  const parts = [0, 1, 2].map((at) => rest[at] || "*");
  const tail = rest.slice(3).join(":") || "*";
  return `Partition "${partition}" is not valid for resource "arn:${partition}:${[...parts, tail].join(":")}".`;
};

const IAM_PATHS = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
];

const iamFault = (resource: string, region: string, path: string): string | undefined => {
  if (isRegion(region)) return `IAM resource ${resource} cannot contain region information.`;
  const isOpen = /^[^/]*[*?]/.test(path) || resource.split(":").length < 6;
  if (isOpen || path === "root" || IAM_PATHS.some((start) => path.startsWith(start))) return undefined;
  return `IAM resource path must either be "*" or start with ${IAM_PATHS.join(", ")}.`;
};
