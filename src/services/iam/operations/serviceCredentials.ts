import { NotImplemented } from "../../../kernel/errors.ts";
import { limitExceeded, noSuchEntity } from "../errors.ts";
import { findUser } from "../find.ts";
import { ID_CHARACTERS, MAX_SERVICE_CREDENTIALS } from "../limits.ts";
import { page } from "../paging.ts";
import type { ServiceCredentialRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { callingUser, serviceCredentialsOf } from "../users.ts";

/** AWS: the services that take a name and a password of their own; Bedrock takes keys of another form. */
const SERVICES: ReadonlySet<string> = new Set(["cassandra.amazonaws.com", "codecommit.amazonaws.com"]);
const BEDROCK = "bedrock.amazonaws.com";

const PASSWORD_CHARACTERS = 44;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html */
export const createServiceSpecificCredential =
  (room: Room): Operation<"CreateServiceSpecificCredential"> =>
  async (_ctx, input) => {
    const user = findUser(room, input.UserName);
    if (input.ServiceName === BEDROCK) throw new NotImplemented(`iam:CreateServiceSpecificCredential for ${BEDROCK}`);
    checkService(input.ServiceName);
    const others = serviceCredentialsOf(room, user.name).filter(({ service }) => service === input.ServiceName);
    if (others.length >= MAX_SERVICE_CREDENTIALS)
      throw limitExceeded(`Cannot exceed quota for ServiceSpecificCredentialsPerUser: ${MAX_SERVICE_CREDENTIALS}`);
    const password = room.ids.mixed(PASSWORD_CHARACTERS);
    const credential: ServiceCredentialRecord = {
      id: `ACCA${room.ids.upper(ID_CHARACTERS)}`,
      userName: user.name,
      service: input.ServiceName,
      serviceUserName: freeName(room, user.name, others),
      sealedPassword: room.cipher.seal(password),
      status: "Active",
      createdAt: room.clock.now(),
    };
    room.serviceCredentials.put(credential.id, credential);
    return { ServiceSpecificCredential: withPassword(credential, password) };
  };

/** AWS: a user's second name for a service has a number in it. */
const freeName = (
  { account }: Pick<Room, "account">,
  userName: string,
  others: readonly ServiceCredentialRecord[],
): string => {
  const plain = `${userName}-at-${account}`;
  return others.some(({ serviceUserName }) => serviceUserName === plain) ? `${userName}+1-at-${account}` : plain;
};

export const listServiceSpecificCredentials =
  (room: Room): Operation<"ListServiceSpecificCredentials"> =>
  async (ctx, input) => {
    if (input.ServiceName !== undefined && input.ServiceName !== BEDROCK) checkService(input.ServiceName);
    const all = input.AllUsers
      ? [...room.serviceCredentials.range()].map(({ value }) => value)
      : serviceCredentialsOf(room, findUser(room, input.UserName ?? callingUser(ctx)).name);
    const asked = all.filter(({ service }) => input.ServiceName === undefined || service === input.ServiceName);
    const { items, paging } = page(asked, input);
    return {
      ServiceSpecificCredentials: items.map(credentialView),
      ...(paging.IsTruncated ? paging : {}),
    };
  };

export const updateServiceSpecificCredential =
  (room: Room): Operation<"UpdateServiceSpecificCredential"> =>
  async (ctx, input) => {
    const credential = findCredential(room, input.UserName ?? callingUser(ctx), input.ServiceSpecificCredentialId);
    const status = input.Status === "Inactive" ? "Inactive" : "Active";
    room.serviceCredentials.put(credential.id, { ...credential, status });
    return {};
  };

/** AWS: the old password is over at once. */
export const resetServiceSpecificCredential =
  (room: Room): Operation<"ResetServiceSpecificCredential"> =>
  async (ctx, input) => {
    const credential = findCredential(room, input.UserName ?? callingUser(ctx), input.ServiceSpecificCredentialId);
    const password = room.ids.mixed(PASSWORD_CHARACTERS);
    room.serviceCredentials.put(credential.id, { ...credential, sealedPassword: room.cipher.seal(password) });
    return { ServiceSpecificCredential: withPassword(credential, password) };
  };

export const deleteServiceSpecificCredential =
  (room: Room): Operation<"DeleteServiceSpecificCredential"> =>
  async (ctx, input) => {
    const { id } = findCredential(room, input.UserName ?? callingUser(ctx), input.ServiceSpecificCredentialId);
    room.serviceCredentials.delete(id);
    return {};
  };

const checkService = (service: string): void => {
  if (!SERVICES.has(service))
    throw noSuchEntity(`No such service ${service} is supported for Service Specific Credentials`);
};

const findCredential = (room: Room, userName: string, id: string): ServiceCredentialRecord => {
  const user = findUser(room, userName);
  const credential = room.serviceCredentials.get(id);
  if (credential?.userName === user.name) return credential;
  throw noSuchEntity(`No such credential ${id} exists`);
};

const credentialView = (credential: ServiceCredentialRecord) => ({
  UserName: credential.userName,
  Status: credential.status,
  ServiceUserName: credential.serviceUserName,
  CreateDate: new Date(credential.createdAt),
  ServiceSpecificCredentialId: credential.id,
  ServiceName: credential.service,
});

const withPassword = (credential: ServiceCredentialRecord, ServicePassword: string) => ({
  ...credentialView(credential),
  ServicePassword,
});
