import { invalidName } from "./errors.ts";

/** AWS: no spaces, brackets, wildcards, or control characters. https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export const checkName = (name: string): void => {
  if (name.length > MAX_NAME_LENGTH || /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name)) throw invalidName(name);
};

const MAX_NAME_LENGTH = 80;
