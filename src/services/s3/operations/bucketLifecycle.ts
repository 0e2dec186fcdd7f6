import { invalidRequest, malformedXml, notConfigured } from "../errors.ts";
import { applyLifecycles } from "../expiry.ts";
import { findBucket } from "../find.ts";
import { lifecycleView } from "../lifecycle.ts";
import { checkedRules } from "../lifecycleRules.ts";
import { MAX_LIFECYCLE_RULES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

type ConfigurableRoom = Pick<Room, "buckets" | "configurations">;

/** Which objects are moved to other classes, unless the bucket says otherwise. */
const DEFAULT_MINIMUM_SIZE = "all_storage_classes_128K";
const MINIMUM_SIZES: ReadonlySet<string> = new Set([DEFAULT_MINIMUM_SIZE, "varies_by_storage_class"]);

export const putBucketLifecycleConfiguration =
  (room: Room): Operation<"PutBucketLifecycleConfiguration"> =>
  async (_ctx, input) => {
    const { name } = findBucket(room, input);
    const { TransitionDefaultMinimumObjectSize = DEFAULT_MINIMUM_SIZE } = input;
    if (!MINIMUM_SIZES.has(TransitionDefaultMinimumObjectSize))
      throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${TransitionDefaultMinimumObjectSize}`);
    const { Rules = [] } = input.LifecycleConfiguration ?? {};
    if (Rules.length === 0 || Rules.length > MAX_LIFECYCLE_RULES) throw malformedXml();
    room.configurations.lifecycle.put(name, {
      Rules: checkedRules(room, Rules),
      TransitionDefaultMinimumObjectSize,
    });
    room.daily.start(() => applyLifecycles(room));
    return { TransitionDefaultMinimumObjectSize };
  };

export const getBucketLifecycleConfiguration =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"GetBucketLifecycleConfiguration"> =>
  async (_ctx, input) => {
    const { name } = findBucket({ buckets }, input);
    const lifecycle = configurations.lifecycle.get(name);
    if (!lifecycle) {
      const message = "The lifecycle configuration does not exist";
      throw notConfigured("NoSuchLifecycleConfiguration", message, name);
    }
    const { TransitionDefaultMinimumObjectSize = DEFAULT_MINIMUM_SIZE } = lifecycle;
    return { ...lifecycleView(lifecycle), TransitionDefaultMinimumObjectSize };
  };

export const deleteBucketLifecycle =
  ({ buckets, configurations }: ConfigurableRoom): Operation<"DeleteBucketLifecycle"> =>
  async (_ctx, input) => {
    configurations.lifecycle.delete(findBucket({ buckets }, input).name);
    return {};
  };
