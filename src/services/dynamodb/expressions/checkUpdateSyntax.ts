import { MAX_OPERATORS } from "../limits.ts";
import { Faults } from "./fault.ts";
import { type CallFault, callNameFault, misusedFunction } from "./functions.ts";
import { reservedFault } from "./resolvePath.ts";
import type { AssignedSyntax, Parsed, PathSyntax, UpdateSyntax } from "./syntax.ts";

type Kind = "operators" | "reserved" | CallFault | "section";

/** Checks what can be known of an update without its placeholders. Throws ExpressionFault. */
export const checkUpdateSyntax = ({ syntax, operators }: Parsed<UpdateSyntax>): void => {
  const faults = new Faults<Kind>([
    "operators",
    "reserved",
    "unknownFunction",
    "foreignFunction",
    "misusedFunction",
    "section",
  ]);
  if (operators > MAX_OPERATORS)
    faults.note("operators", `The expression contains too many operators; operator count: ${MAX_OPERATORS + 1}`);
  for (const action of syntax.actions) {
    checkPath(action.path, faults);
    if (action.kind === "SET") checkAssigned(action.value, faults, true);
  }
  syntax.sections.forEach((section, i) => {
    if (syntax.sections.indexOf(section) < i)
      faults.note("section", `The "${section}" section can only be used once in an update expression;`);
  });
  faults.throwFirst();
};

const checkAssigned = (assigned: AssignedSyntax, faults: Faults<Kind>, isTerm: boolean): void => {
  switch (assigned.kind) {
    case "value":
      return;
    case "path":
      checkPath(assigned, faults);
      return;
    case "arithmetic":
      checkAssigned(assigned.left, faults, true);
      checkAssigned(assigned.right, faults, true);
      return;
    case "call": {
      for (const arg of assigned.args) checkAssigned(arg, faults, false);
      const fault = callNameFault(assigned, "update");
      if (fault !== undefined) faults.note(fault.kind, fault.message);
      // AWS: if_not_exists may be an operand of a function, list_append may not.
      else if (!isTerm && assigned.name === "list_append") faults.note("misusedFunction", misusedFunction(assigned));
    }
  }
};

const checkPath = (path: PathSyntax, faults: Faults<Kind>): void => {
  const fault = reservedFault(path);
  if (fault !== undefined) faults.note("reserved", fault);
};
