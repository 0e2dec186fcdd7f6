import { pagesByName } from "../../../kernel/paging.ts";
import { invalid } from "../errors.ts";
import { findPipe } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { pipeSummary, pipeView } from "../views.ts";

export const describePipe =
  (room: Room): Operation<"DescribePipe"> =>
  async (_ctx, { Name }) =>
    pipeView(findPipe(room, Name));

const page = pagesByName(() => invalid("Invalid NextToken."));

export const listPipes =
  ({ pipes }: Pick<Room, "pipes">): Operation<"ListPipes"> =>
  async (_ctx, input) => {
    const { NamePrefix = "", SourcePrefix = "", TargetPrefix = "", DesiredState, CurrentState } = input;
    const found = [...pipes.range()]
      .map(({ value }) => value)
      .filter(
        ({ name, source, target, desiredState, state }) =>
          name.startsWith(NamePrefix) &&
          source.startsWith(SourcePrefix) &&
          target.startsWith(TargetPrefix) &&
          (DesiredState === undefined || desiredState === DesiredState) &&
          (CurrentState === undefined || state === CurrentState),
      );
    const { items, nextToken } = page(found, ({ name }) => name, input.NextToken, input.Limit ?? DEFAULT_PAGE_SIZE);
    return { Pipes: items.map(pipeSummary), ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
  };
