import type { webApi } from '@slack/bolt';
import { resultWithin } from '../../util/promises.ts';
import { createGonePings, type GonePings } from '../gone-pings.ts';
import type { Lack } from '../platform.ts';
import { userGroups } from './answers.ts';
import { placeRefusalOf } from './refusals.ts';

/** A card does not wait longer to know. */
const ASK_TIMEOUT_MS = 3_000;

export const GROUP_GONE: Lack = {
  part: 'ping',
  reason: 'The user group to ping is disabled.',
  remedy: placeRefusalOf('no_such_subteam')?.remedy ?? '',
  why: { key: 'slack-group', values: { code: 'disabled' } },
};

/** Asks Slack for the workspace's user groups, of which none is ever deleted. Without the scope `usergroups:read` nothing is known. */
export const createGoneGroups = (client: webApi.WebClient, monotonic: () => number): GonePings =>
  createGonePings(async (group) => {
    const asked = client.usergroups.list({ include_disabled: true }).then(
      (answer) => userGroups.safeParse(answer).data?.some(({ id, disabled }) => id === group && disabled),
      () => undefined,
    );
    return resultWithin(asked, ASK_TIMEOUT_MS);
  }, monotonic);
