import type { SlackFault } from './fault.ts';

const SLACKS_OWN = 'https://slack.com/api/';

/** What helps if Slack cannot be asked; undefined if Slack itself has answered. `apiUrl`: whom we ask. */
export const reachRemedy = ({ kind }: SlackFault, apiUrl: string): string | undefined => {
  if (kind === 'refused' || kind === 'throttled') return undefined;
  // The address may hold a password, so it is not repeated.
  return apiUrl === SLACKS_OWN
    ? 'check the network of this computer and what is between it and slack.com, such as a proxy'
    : 'SLACK_API_URL is set, and what is there does not answer as Slack does; correct it, or remove it to ask Slack itself';
};
