import { refusal } from "../errors.ts";

/** https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-commit-comment.html#emoji-reaction-table */
export const REACTIONS = [
  { emoji: "👍", shortCode: ":thumbsup:", unicode: "U+1F44D" },
  { emoji: "👎", shortCode: ":thumbsdown:", unicode: "U+1F44E" },
  { emoji: "😄", shortCode: ":smile:", unicode: "U+1F604" },
  { emoji: "❤️", shortCode: ":heart:", unicode: "U+2764" },
  { emoji: "😠", shortCode: ":angry:", unicode: "U+1F620" },
  { emoji: "😕", shortCode: ":confused:", unicode: "U+1F615" },
  { emoji: "😱", shortCode: ":scream:", unicode: "U+1F631" },
  { emoji: "😴", shortCode: ":sleeping:", unicode: "U+1F634" },
  { emoji: "🎊", shortCode: ":confetti_ball:", unicode: "U+1F38A" },
] as const;

/** The reaction of a value in any of the three forms; undefined for none, which takes one away. */
export const reactionOf = (value: string): (typeof REACTIONS)[number] | undefined => {
  if (value === "" || value === "none") return undefined;
  const bare = value.replace("\uFE0F", "");
  const found = REACTIONS.find(
    ({ emoji, shortCode, unicode }) =>
      emoji.replace("\uFE0F", "") === bare || shortCode === value || unicode === value.toUpperCase(),
  );
  if (!found) throw refusal("InvalidReactionValue");
  return found;
};
