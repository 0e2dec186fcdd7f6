import { alreadyExists, noSuchEntity } from "../errors.ts";
import { findUser } from "../find.ts";
import type { LoginProfileRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { callingUser } from "../users.ts";

export const createLoginProfile =
  (room: Room): Operation<"CreateLoginProfile"> =>
  async (ctx, input) => {
    const user = findUser(room, input.UserName ?? callingUser(ctx));
    if (user.loginProfile) throw alreadyExists("Login Profile for User", user.name);
    const loginProfile: LoginProfileRecord = {
      sealedPassword: room.cipher.seal(input.Password ?? ""),
      createdAt: room.clock.now(),
      resetRequired: input.PasswordResetRequired ?? false,
    };
    room.users.put({ ...user, loginProfile });
    return { LoginProfile: view(user.name, loginProfile) };
  };

export const getLoginProfile =
  (room: Room): Operation<"GetLoginProfile"> =>
  async (ctx, input) => {
    const { name, loginProfile } = findUser(room, input.UserName ?? callingUser(ctx));
    if (!loginProfile) throw loginProfileNotFound(name);
    return { LoginProfile: view(name, loginProfile) };
  };

export const updateLoginProfile =
  (room: Room): Operation<"UpdateLoginProfile"> =>
  async (_ctx, { UserName, Password, PasswordResetRequired }) => {
    const user = findUser(room, UserName);
    const { loginProfile } = user;
    if (!loginProfile) throw loginProfileNotFound(UserName);
    const changed = {
      ...loginProfile,
      ...(Password === undefined ? {} : { sealedPassword: room.cipher.seal(Password) }),
      ...(PasswordResetRequired === undefined ? {} : { resetRequired: PasswordResetRequired }),
    };
    room.users.put({ ...user, loginProfile: changed });
    return {};
  };

export const deleteLoginProfile =
  (room: Room): Operation<"DeleteLoginProfile"> =>
  async (ctx, input) => {
    const { loginProfile, ...user } = findUser(room, input.UserName ?? callingUser(ctx));
    if (!loginProfile) throw loginProfileNotFound(user.name);
    room.users.put(user);
    return {};
  };

const loginProfileNotFound = (userName: string) => noSuchEntity(`Login Profile for User ${userName} cannot be found.`);

const view = (UserName: string, { createdAt, resetRequired }: LoginProfileRecord) => ({
  UserName,
  CreateDate: new Date(createdAt),
  PasswordResetRequired: resetRequired,
});
