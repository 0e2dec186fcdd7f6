import { AwsError } from "../../../kernel/errors.ts";
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

/** AWS: only a user changes its own password, and only who knows the old one. */
export const changePassword =
  (room: Room): Operation<"ChangePassword"> =>
  async (ctx, { OldPassword, NewPassword }) => {
    const user = findUser(room, callingUser(ctx));
    const { loginProfile } = user;
    if (!loginProfile) throw loginProfileNotFound(user.name);
    if (room.cipher.open(loginProfile.sealedPassword).toString() !== OldPassword) {
      throw new AwsError("AccessDenied", "The old password was incorrect.", 403);
    }
    const changed = { ...loginProfile, sealedPassword: room.cipher.seal(NewPassword), resetRequired: false };
    room.users.put({ ...user, loginProfile: changed });
    return {};
  };

const loginProfileNotFound = (userName: string) => noSuchEntity(`Login Profile for User ${userName} cannot be found.`);

const view = (UserName: string, { createdAt, resetRequired }: LoginProfileRecord) => ({
  UserName,
  CreateDate: new Date(createdAt),
  PasswordResetRequired: resetRequired,
});
