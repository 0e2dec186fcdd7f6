/** Who makes a call. */
export type Principal =
  | RootPrincipal
  | UserPrincipal
  | RolePrincipal
  | FederatedUserPrincipal
  | ServicePrincipal
  | FederatedPrincipal
  | AnonymousPrincipal;

/** The account's root: an administrator whom identity policies do not bind. */
export interface RootPrincipal extends TemporarySession {
  readonly kind: "root";
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId?: string;
  /** Present when it came with what GetSessionToken gave it. */
  readonly session?: TokenSession;
}

/** What every principal has that came with temporary credentials. */
export interface TemporarySession {
  /** When they were issued, in milliseconds since the epoch. */
  readonly issuedAt?: number;
}

/** How somebody stands who asked for a session token. */
export interface TokenSession {
  /** When a second factor was given, if one was; in milliseconds since the epoch. */
  readonly mfaAt?: number;
}

/** An IAM user. */
export interface UserPrincipal extends TemporarySession {
  readonly kind: "user";
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly userName: string;
  readonly accessKeyId?: string;
  /** Present when it came with what GetSessionToken gave it. */
  readonly session?: TokenSession;
}

/** A session of an assumed role. */
export interface RolePrincipal extends TemporarySession {
  readonly kind: "role";
  readonly account: string;
  /** `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION` */
  readonly arn: string;
  /** `AROA…:SESSION` */
  readonly userId: string;
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** Policies passed to AssumeRole: the session may do only what these allow too. */
  readonly sessionPolicies?: readonly string[];
  readonly sessionTags?: Readonly<Record<string, string>>;
  /** Those of its tags, in lower case, that go along with every further role it assumes. */
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  readonly accessKeyId?: string;
  /** Of a session made for one piece of work: the trace of what it calls and does not say otherwise. */
  readonly traceId?: string;
}

/** Somebody whom a user or the root let in by GetFederationToken: it may do what they may, as far as its policies allow. */
export interface FederatedUserPrincipal extends TemporarySession {
  readonly kind: "federatedUser";
  readonly account: string;
  /** `arn:aws:sts::ACCOUNT:federated-user/NAME` */
  readonly arn: string;
  /** `ACCOUNT:NAME` */
  readonly userId: string;
  readonly federatedBy: RootPrincipal | UserPrincipal;
  readonly sessionPolicies: readonly string[];
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly accessKeyId?: string;
}

/** An AWS service calling on its own account, such as API Gateway invoking a function. */
export interface ServicePrincipal {
  readonly kind: "service";
  readonly account: string;
  /** `apigateway.amazonaws.com` */
  readonly service: string;
  /** The resource on whose behalf: `aws:SourceArn`. */
  readonly sourceArn?: string;
}

/** Whom an identity provider vouches for, while a role is assumed by its token. */
export interface FederatedPrincipal {
  readonly kind: "federated";
  readonly account: string;
  /** `arn:aws:iam::ACCOUNT:oidc-provider/HOST` */
  readonly provider: string;
}

/** Nobody: a request without a signature. */
export interface AnonymousPrincipal {
  readonly kind: "anonymous";
  readonly account: string;
}

/** The root of an account. */
export const rootOf = (account: string, partition = "aws"): RootPrincipal => ({
  kind: "root",
  account,
  arn: `arn:${partition}:iam::${account}:root`,
  userId: account,
});

/** A service on behalf of a resource. The same is the same object, so that decisions about it can be known again. */
export const serviceFor = (account: string, service: string, sourceArn: string): ServicePrincipal => {
  const key = `${service} ${account} ${sourceArn}`;
  const known = services.get(key);
  if (known) return known;
  if (services.size >= MAX_SERVICES) services.clear();
  const made: ServicePrincipal = { kind: "service", account, service, sourceArn };
  services.set(key, made);
  return made;
};

const MAX_SERVICES = 1000;
const services = new Map<string, ServicePrincipal>();

/** The trace of the work that a session was made for. */
export const traceOfSession = (principal: Principal): string | undefined =>
  principal.kind === "role" ? principal.traceId : undefined;

/** A principal whose calls belong to a trace, where it is a session and there is one. */
export const tracedSession = (principal: Principal, traceId: string | undefined): Principal =>
  principal.kind === "role" && traceId !== undefined ? { ...principal, traceId } : principal;

/** The ARN by which messages and policies name a principal. */
export const principalArn = (principal: Principal): string => {
  switch (principal.kind) {
    case "service":
      return principal.service;
    case "federated":
      return principal.provider;
    case "anonymous":
      return "anonymous";
    default:
      return principal.arn;
  }
};
