import type { Settings } from '../app/settings.ts';
import type { Calendar } from '../market/calendar.ts';
import type { Source } from '../market/source.ts';
import type { Logger } from '../telemetry/log.ts';

/** A price source that .env can set up. */
export interface SourceKind {
  readonly name: string;
  /** What it lacks to be used, and what it would give; absent for a source that needs no key. */
  readonly unset?: string;
  /** Undefined if .env does not set it up. Loads nothing but that source. */
  create(settings: Settings, calendar: Calendar, log: Logger): Promise<Source | undefined>;
}

const yahoo: SourceKind = {
  name: 'Yahoo',
  create: async ({ yahooUrl }, _, log) => {
    const { createYahoo } = await import('../market/sources/yahoo/index.ts');
    return createYahoo({ log, ...(yahooUrl !== undefined && { url: yahooUrl }) });
  },
};

const finnhub: SourceKind = {
  name: 'Finnhub',
  unset: 'FINNHUB_TOKEN is not set; with it, stocks have prices while Yahoo is down',
  create: async ({ finnhub: options }, calendar, log) => {
    if (!options) return undefined;
    const { createFinnhub } = await import('../market/sources/finnhub/index.ts');
    return createFinnhub({ ...options, log }, calendar);
  },
};

const tiingo: SourceKind = {
  name: 'Tiingo',
  unset: 'TIINGO_TOKEN is not set; with it, stocks have prices and histories while Yahoo is down',
  create: async ({ tiingo: options }, calendar, log) => {
    if (!options) return undefined;
    const { createTiingo } = await import('../market/sources/tiingo/index.ts');
    return createTiingo({ ...options, log }, calendar);
  },
};

/** In order of preference: Finnhub may be asked every minute, Tiingo every other. */
export const SOURCE_KINDS: readonly SourceKind[] = [yahoo, finnhub, tiingo];

/** The sources that .env sets up, as one. */
export const createSources = async (settings: Settings, calendar: Calendar, log: Logger): Promise<Source> => {
  const all = await Promise.all(SOURCE_KINDS.map(({ create }) => create(settings, calendar, log)));
  const [first, ...others] = all.filter((source) => source !== undefined);
  if (!first) throw new Error('No price source is set up');
  if (others.length === 0) return first;
  const { createFailover } = await import('../market/failover.ts');
  return createFailover(first, others, log);
};
