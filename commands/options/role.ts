import { normalise } from '../normalise.ts';

const NONE = new Set(['none', 'nobody', 'off', '없음', '끄기', '해제']);

/** A role's id or mention on Discord; on Slack a user group's. Nothing that would ping everybody is either. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  discord: /^(?:<@&(\d{15,21})>|(\d{15,21}))$/,
  slack: /^(?:<!subteam\^([A-Z0-9]{6,20})(?:\|[^<>]*)?>|(S[A-Z0-9]{6,19}))$/,
};

/** The platform's own id of a role or a user group, or `none`. Undefined for anything else. */
export const readRole = (typed: string, platform: string): string | undefined => {
  if (NONE.has(normalise(typed))) return 'none';
  const [, mentioned, bare] = SHAPES[platform]?.exec(typed.trim()) ?? [];
  return mentioned ?? bare;
};

/** Whether it looks like a role on any platform. */
export const looksLikeRole = (typed: string): boolean =>
  Object.keys(SHAPES).some((platform) => readRole(typed, platform) !== undefined);
