/** How an integration changes responses, by status, as a template has it. */
export type ResponseMappings = Readonly<
  Record<
    string,
    { readonly ResponseParameters?: readonly { readonly Destination?: string; readonly Source?: string }[] }
  >
>;

/** A template lists what the API keeps by destination. */
export const mappingsInput = (mappings: ResponseMappings): Record<string, Record<string, string>> =>
  Object.fromEntries(
    Object.entries(mappings).map(([status, { ResponseParameters = [] }]) => [
      status,
      Object.fromEntries(ResponseParameters.map(({ Destination = "", Source = "" }) => [Destination, Source])),
    ]),
  );

/** The same back again. */
export const mappingsOf = (parameters: Readonly<Record<string, Readonly<Record<string, string>>>>): ResponseMappings =>
  Object.fromEntries(
    Object.entries(parameters).map(([status, changes]) => [
      status,
      { ResponseParameters: Object.entries(changes).map(([Destination, Source]) => ({ Destination, Source })) },
    ]),
  );
