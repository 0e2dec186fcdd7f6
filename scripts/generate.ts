import { generateConstraints } from "./generate/constraints.ts";
import { generateManagedPolicies } from "./generate/managedPolicies.ts";

/** `npm run generate -- WHAT [ARGUMENTS]`: rewrites the generated tables. */
const [what, ...args] = process.argv.slice(2);
switch (what) {
  case "constraints": {
    const [models = "", room = "", model] = args;
    generateConstraints(models, room, model);
    break;
  }
  case "managed-policies":
    generateManagedPolicies(args[0] ?? "");
    break;
  case "wire":
    await import("./generate/wireFacts.ts");
    break;
  case "resources":
    await import("./generate/resourceSchemas.ts");
    break;
  case "docs": {
    const { writeServiceTables } = await import("./generate/serviceTables.ts");
    await writeServiceTables();
    break;
  }
  case "guide":
    await (await import("./guide.ts")).writeReference();
    break;
  default:
    console.error(
      "usage: npm run generate -- constraints MODELS_DIR ROOM [MODEL] | managed-policies FILE | wire | resources | docs | guide",
    );
    process.exitCode = 2;
}
