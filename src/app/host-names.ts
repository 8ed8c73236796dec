import { PLATFORM_KINDS } from '../chat/platform-kinds.ts';
import type { Settings } from './settings.ts';

/** The names of the hosts whose clocks count, by domain. */
const DOMAINS: readonly (readonly [domain: string, name: string])[] = [
  ['yahoo.com', 'Yahoo'],
  ['sec.gov', 'EDGAR'],
  ...PLATFORM_KINDS.flatMap(({ domain, name }) => (domain === undefined ? [] : [[domain, name] as const])),
];

/** The name for people of the host of an origin; undefined for one whose clock does not count. */
export const createHostNames = ({ yahooUrl, edgar, platforms }: Settings): ((origin: string) => string | undefined) => {
  const replaced = new Map(
    [
      [yahooUrl, 'Yahoo'] as const,
      [edgar?.url, 'EDGAR'] as const,
      ...platforms.map(
        ({ id, options: { apiUrl } }) => [apiUrl, PLATFORM_KINDS.find((kind) => kind.id === id)?.name ?? id] as const,
      ),
    ].flatMap(([url, name]) => (url === undefined ? [] : [[new URL(url).origin, name] as const])),
  );
  return (origin) => {
    const { hostname } = new URL(origin);
    const own = DOMAINS.find(([domain]) => hostname === domain || hostname.endsWith(`.${domain}`));
    return replaced.get(origin) ?? own?.[1];
  };
};
