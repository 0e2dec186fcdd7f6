import { invalidParameter, refused } from "../errors.ts";
import { isPhoneNumber } from "../phoneNumber.ts";
import type { Operation, Room } from "../room.ts";

type Texts = Pick<Room, "textSettings">;

export const setSMSAttributes =
  ({ textSettings }: Texts): Operation<"SetSMSAttributes"> =>
  async (_ctx, { attributes }) => {
    for (const [name, value] of Object.entries(attributes)) {
      const isValid = VALID.get(name);
      if (!isValid) throw refused(`${name} is not a valid attribute`);
      if (!isValid.test(value)) throw refused(`${name} is invalid`);
    }
    textSettings.put(ALL, { ...textSettings.get(ALL), ...attributes });
    return {};
  };

/** The key of a region's one record of settings. */
const ALL = "all";

/** What each setting may be. https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html */
const VALID: ReadonlyMap<string, RegExp> = new Map([
  ["DefaultSMSType", /^(Promotional|Transactional)$/],
  ["DefaultSenderID", /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/],
  ["DeliveryStatusIAMRole", /^arn:/],
  ["DeliveryStatusSuccessSamplingRate", /^(100|\d{1,2})$/],
  ["MonthlySpendLimit", /^\d+$/],
  ["UsageReportS3Bucket", /^[a-z0-9.-]{3,63}$/],
]);

export const getSMSAttributes =
  ({ textSettings }: Texts): Operation<"GetSMSAttributes"> =>
  async (_ctx, { attributes: names = [] }) => {
    // AWS: an account may spend a dollar a month until it is allowed more.
    const all = { MonthlySpendLimit: "1", ...textSettings.get(ALL) };
    return {
      attributes:
        names.length === 0 ? all : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))),
    };
  };

/** No text message leaves this machine, so nobody can have answered one with STOP. */
export const checkIfPhoneNumberIsOptedOut = (): Operation<"CheckIfPhoneNumberIsOptedOut"> => async (_ctx, input) => {
  checkNumber(input.phoneNumber);
  return { isOptedOut: false };
};

export const listPhoneNumbersOptedOut = (): Operation<"ListPhoneNumbersOptedOut"> => async () => ({
  phoneNumbers: [],
});

/** AWS: who never opted out may opt in. */
export const optInPhoneNumber = (): Operation<"OptInPhoneNumber"> => async (_ctx, input) => {
  checkNumber(input.phoneNumber);
  return {};
};

const checkNumber = (number: string): void => {
  if (!isPhoneNumber(number)) throw invalidParameter("PhoneNumber Reason: input incorrectly formatted");
};
