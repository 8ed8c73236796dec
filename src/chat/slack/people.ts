import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { createLru } from '../../util/lru.ts';
import { type Person, person } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { scopeRemedy } from './refusals.ts';

export interface PeopleParts {
  readonly client: webApi.WebClient;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface People {
  /** Slack's data on a person, at most five minutes old, or the fault. Never rejects. */
  of(id: string): Promise<Person | SlackFault>;
}

/** Scope of users.info. */
export const PEOPLE_SCOPE = 'users:read';

const CACHED_MS = 300_000;
/** Shorter, because somebody may be adding a missing scope. */
const FAULT_CACHED_MS = 30_000;
const CACHE_SIZE = 5_000;

/** A cache of users.info. */
export const createPeople = ({ client, log, now }: PeopleParts): People => {
  const known = createLru<string, { readonly answer: Promise<Person | SlackFault>; until: number }>(CACHE_SIZE);

  const ask = async (id: string): Promise<Person | SlackFault> => {
    try {
      return person.parse(await client.users.info({ user: id, include_locale: true }));
    } catch (error) {
      const fault = slackFault(error);
      const remedy = fault.kind === 'refused' && fault.code === 'missing_scope' ? scopeRemedy(PEOPLE_SCOPE) : undefined;
      log.warn({ fault: faultText(fault), ...(remedy && { remedy }) }, 'slack did not return the user profile');
      return fault;
    }
  };

  return {
    of: async (id) => {
      const held = known.get(id);
      if (held !== undefined && now() < held.until) return held.answer;
      const entry = { answer: ask(id), until: now() + CACHED_MS };
      known.set(id, entry);
      const answer = await entry.answer;
      if ('kind' in answer) entry.until = now() + FAULT_CACHED_MS;
      return answer;
    },
  };
};
