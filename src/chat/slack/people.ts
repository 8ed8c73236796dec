import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
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
  /** What Slack tells of a person, a few minutes old at most; the fault where it does not tell. Never rejects. */
  of(id: string): Promise<Person | SlackFault>;
}

/** users.info needs it. */
export const PEOPLE_SCOPE = 'users:read';

const KEPT_MS = 300_000;
/** A refusal is believed for less long: somebody may be adding the scope just now. */
const FAULT_KEPT_MS = 30_000;
const REMEMBERED = 5_000;

/** Who people are: asked once for many questions. */
export const createPeople = ({ client, log, now }: PeopleParts): People => {
  const known = new Map<string, { readonly answer: Promise<Person | SlackFault>; until: number }>();

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
      const entry = { answer: ask(id), until: now() + KEPT_MS };
      known.delete(id);
      known.set(id, entry);
      const oldest = known.keys().next().value;
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      const answer = await entry.answer;
      if ('kind' in answer) entry.until = now() + FAULT_KEPT_MS;
      return answer;
    },
  };
};
