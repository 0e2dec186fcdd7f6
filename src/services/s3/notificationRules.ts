/** What one rule of a notification configuration asks for. */
export interface NotificationRule {
  readonly Id?: string | undefined;
  readonly Events: readonly string[];
  readonly Filter?:
    | {
        readonly Key?:
          | {
              readonly FilterRules?:
                | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
                | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** Whether a rule wants an event of a key. */
export const isWanted = ({ Events, Filter }: NotificationRule, name: string, key: string): boolean =>
  Events.some((event) => names(event, name)) &&
  (Filter?.Key?.FilterRules ?? []).every(({ Name = "", Value = "" }) =>
    Name.toLowerCase() === "prefix" ? key.startsWith(Value) : key.endsWith(Value),
  );

/** `s3:ObjectCreated:*` names every way in which objects are created. */
const names = (event: string, name: string): boolean => {
  const wanted = event.replace(/^s3:/, "");
  return wanted.endsWith("*") ? name.startsWith(wanted.slice(0, -1)) : wanted === name;
};
