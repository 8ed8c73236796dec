import type { webApi } from '@slack/bolt';
import { MINUTE_MS } from '../../util/durations.ts';
import { resultWithin } from '../../util/promises.ts';
import { userGroups } from './answers.ts';

/** An answer does not wait longer for a name. */
const ASK_TIMEOUT_MS = 1_000;
const BELIEVED_MS = 10 * MINUTE_MS;

/** What people call a user group, such as `@traders`; undefined if Slack does not tell in time. Never rejects. */
export type GroupName = (group: string) => Promise<string | undefined>;

/** Asks Slack for the workspace's user groups, at most every ten minutes. `monotonic`: milliseconds of a clock that is never set. */
export const createGroupNames = (client: webApi.WebClient, monotonic: () => number): GroupName => {
  let known: { readonly names: Promise<ReadonlyMap<string, string>>; readonly until: number } | undefined;
  const ask = (): Promise<ReadonlyMap<string, string>> =>
    client.usergroups.list({ include_disabled: true }).then(
      (answer) =>
        new Map(
          (userGroups.safeParse(answer).data ?? []).flatMap(({ id, handle }) =>
            handle === undefined ? [] : [[id, `@${handle}`] as const],
          ),
        ),
      () => new Map<string, string>(),
    );
  return async (group) => {
    if (known === undefined || monotonic() >= known.until) known = { names: ask(), until: monotonic() + BELIEVED_MS };
    return (await resultWithin(known.names, ASK_TIMEOUT_MS))?.get(group);
  };
};
