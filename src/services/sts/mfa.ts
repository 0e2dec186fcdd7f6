import type { Principal } from "../../kernel/principal.ts";
import { accessDenied } from "./errors.ts";
import type { Room } from "./room.ts";

interface FactorInput {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/**
 * Whether a caller gave its second factor; throws when what it gave is not right.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export const gaveSecondFactor = (
  { secondFactor }: Pick<Room, "secondFactor">,
  caller: Principal,
  { SerialNumber, TokenCode }: FactorInput,
): boolean => {
  if (SerialNumber === undefined && TokenCode === undefined) return false;
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw failed("failed, must provide both MFA serial number and one time pass code.");
  }
  const checked = caller.kind === "user" ? secondFactor(caller, SerialNumber, TokenCode) : "no device";
  if (checked === "wrong code") throw failed("failed with invalid MFA one time pass code. ");
  if (checked === "no device") {
    throw failed(
      "failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    );
  }
  return true;
};

const failed = (how: string) => accessDenied(`MultiFactorAuthentication ${how}`);
