import fc from "fast-check";

// The same cases in every run, so that a red build is red for its change; SEED=random (or a number) searches elsewhere.
const { SEED = "20251129" } = process.env;
fc.configureGlobal(SEED === "random" ? {} : { seed: Number(SEED) });
