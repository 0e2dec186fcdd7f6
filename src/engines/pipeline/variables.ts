/** A variable that no action has given a value, or that is misspelt. */
export class UnresolvedVariable extends Error {
  constructor(reference: string) {
    super(`The variable reference ${reference} could not be resolved: no action before this one has given it a value.`);
    this.name = "UnresolvedVariable";
  }
}

const REFERENCE = /#\{([^}]*)\}/g;

/** References in a text, without their braces: `SourceVariables.CommitId`. */
export const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(REFERENCE)].map(([, reference = ""]) => reference);

/**
 * Replaces `#{namespace.name}` in every value. Throws UnresolvedVariable.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const resolveVariables = (
  configuration: Readonly<Record<string, string>>,
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(configuration).map(([name, text]) => [name, resolved(text, namespaces)]));

const resolved = (text: string, namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>): string =>
  text.replace(REFERENCE, (whole, reference: string) => {
    const dot = reference.indexOf(".");
    const namespace = namespaces[reference.slice(0, dot)];
    const name = reference.slice(dot + 1);
    if (dot < 0 || !namespace || !Object.hasOwn(namespace, name)) throw new UnresolvedVariable(whole);
    return namespace[name] ?? "";
  });
