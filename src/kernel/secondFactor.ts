/** Whether a code is what a user's device of a second factor shows now. A code that was right is not right again. */
export type SecondFactor = (
  user: { readonly account: string; readonly userName: string },
  serialNumber: string,
  code: string,
) => "right" | "wrong code" | "no device";
