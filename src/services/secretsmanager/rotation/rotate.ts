import { isRefusal } from "../../../kernel/errors.ts";
import { rotationFailed } from "../errors.ts";
import { CURRENT, PENDING, type RotationRecord, type SecretRecord, versionAt } from "../records.ts";
import type { Room } from "../room.ts";
import { withEmptyVersion, withoutEmptyVersion, withStageAt } from "../versions.ts";
import { callFunction, STEPS } from "./callFunction.ts";
import { nextWindow } from "./rules.ts";

/** Puts a secret down with the time of its next rotation on the agenda. */
export const keepWithNext = (room: Room, secret: SecretRecord, rotation: RotationRecord): SecretRecord => {
  const { nextAt: _nextAt, ...rest } = rotation;
  const nextAt = rotation.isOn && rotation.rules ? nextWindow(rotation.rules, room.clock.now()) : undefined;
  const changed = { ...secret, rotation: nextAt === undefined ? rest : { ...rest, nextAt } };
  room.secrets.put(changed);
  if (nextAt === undefined) room.agenda.clear(secret.name);
  else room.agenda.set(secret.name, nextAt);
  return changed;
};

/** Begins to rotate: a version without a value waits for the function's, in the background. */
export const startRotation = (room: Room, secret: SecretRecord, versionId: string): void => {
  room.secrets.put(withEmptyVersion(secret, versionId, room.clock.now()));
  room.rotations.put(secret.name, versionId);
  runInBackground(room, secret.name, versionId);
};

/** AWS: what is due while a rotation has not come to its end is another try of that one. */
export const rotateDue = (room: Room, name: string): void => {
  const secret = room.secrets.get(name);
  if (secret?.rotation?.isOn !== true || secret.deletedAt !== undefined) return;
  const kept = keepWithNext(room, secret, secret.rotation);
  startRotation(room, kept, unfinished(kept) ?? room.ids.uuid());
};

/** The version that a rotation has made and not finished. */
export const unfinished = (secret: SecretRecord): string | undefined => {
  const pending = versionAt(secret, PENDING);
  return pending?.stages.includes(CURRENT) ? undefined : pending?.versionId;
};

/** Takes up the rotations that a crash left; their functions are made to be called again. */
export const resumeRotations = (room: Room): void => {
  for (const { key, value } of room.rotations.range()) runInBackground(room, String(key), value);
};

const runInBackground = (room: Room, name: string, versionId: string): void =>
  room.tasks.spawn(`the rotation of ${name}`, async (stopping) => {
    try {
      for (const step of STEPS) await callFunction(room, name, versionId, step);
      finish(room, name, versionId);
    } catch (error) {
      // AWS: a rotation that fails leaves its version pending, and is tried again when the next one is due.
      if (stopping.aborted || !isRefusal(error)) throw error;
      process.stderr.write(`aloft: the rotation of ${name} failed: ${error}\n`);
    }
    room.rotations.delete(name);
  });

/** Tries a function without rotating: with a version that is there only for the test. */
export const testRotation = (room: Room, { name }: SecretRecord): void =>
  room.tasks.spawn(`a test of the rotation of ${name}`, async (stopping) => {
    const versionId = room.ids.uuid();
    const secret = room.secrets.get(name);
    if (secret === undefined) return;
    room.secrets.put(withEmptyVersion(secret, versionId, room.clock.now()));
    try {
      await callFunction(room, name, versionId, "testSecret");
    } catch (error) {
      if (stopping.aborted || !isRefusal(error)) throw error;
      process.stderr.write(`aloft: the test of the rotation of ${name} failed: ${error}\n`);
    }
    const now = room.secrets.get(name);
    if (now !== undefined) room.secrets.put(withoutEmptyVersion(now, versionId));
  });

const finish = (room: Room, name: string, versionId: string): void => {
  const secret = room.secrets.get(name);
  if (secret?.rotation === undefined) return;
  const isCurrent = versionAt(secret, CURRENT)?.versionId === versionId;
  if (!isCurrent) throw rotationFailed(`finishSecret did not make version ${versionId} the current one`);
  const now = room.clock.now();
  keepWithNext(room, withStageAt(secret, PENDING, undefined, now), { ...secret.rotation, lastAt: now });
};
