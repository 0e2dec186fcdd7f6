import { isJsonObject } from "../../../kernel/json.ts";
import { noSuchEntity } from "../errors.ts";
import type { Operation, Room } from "../room.ts";

const PASSWORD_POLICY = "passwordPolicy";
const DEFAULT_LENGTH = 6;

export const updateAccountPasswordPolicy =
  ({ settings }: Room): Operation<"UpdateAccountPasswordPolicy"> =>
  async (_ctx, input) => {
    // AWS: what is left out goes back to its default.
    settings.put(PASSWORD_POLICY, JSON.stringify(input));
    return {};
  };

export const getAccountPasswordPolicy =
  ({ settings, account }: Room): Operation<"GetAccountPasswordPolicy"> =>
  async () => {
    const policy: unknown = JSON.parse(settings.get(PASSWORD_POLICY) ?? "null");
    if (!isJsonObject(policy)) throw noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`);
    const flag = (name: string) => policy[name] === true;
    const number = (name: string) => (typeof policy[name] === "number" ? policy[name] : undefined);
    const MaxPasswordAge = number("MaxPasswordAge");
    const PasswordReusePrevention = number("PasswordReusePrevention");
    return {
      PasswordPolicy: {
        MinimumPasswordLength: number("MinimumPasswordLength") ?? DEFAULT_LENGTH,
        RequireSymbols: flag("RequireSymbols"),
        RequireNumbers: flag("RequireNumbers"),
        RequireUppercaseCharacters: flag("RequireUppercaseCharacters"),
        RequireLowercaseCharacters: flag("RequireLowercaseCharacters"),
        AllowUsersToChangePassword: flag("AllowUsersToChangePassword"),
        HardExpiry: flag("HardExpiry"),
        ExpirePasswords: MaxPasswordAge !== undefined,
        ...(MaxPasswordAge === undefined ? {} : { MaxPasswordAge }),
        ...(PasswordReusePrevention === undefined ? {} : { PasswordReusePrevention }),
      },
    };
  };

export const deleteAccountPasswordPolicy =
  ({ settings }: Room): Operation<"DeleteAccountPasswordPolicy"> =>
  async () => {
    if (!settings.delete(PASSWORD_POLICY)) {
      throw noSuchEntity("The account policy with name PasswordPolicy cannot be found.");
    }
    return {};
  };
