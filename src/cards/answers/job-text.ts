import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstant } from '../../i18n/dates.ts';
import { sayOr } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { JobRun } from '../../stories/job-run.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** "3 min ago", in the largest unit of which there are at least two, so that 90 minutes are not "1 h". Epoch milliseconds. */
export const ago = (words: Translator, at: number, now: number): string => {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 2 * MINUTE_SECONDS) return words.say('status.ago.seconds', { count: seconds });
  if (seconds < 2 * HOUR_SECONDS)
    return words.say('status.ago.minutes', { count: Math.floor(seconds / MINUTE_SECONDS) });
  if (seconds < 2 * DAY_SECONDS) return words.say('status.ago.hours', { count: Math.floor(seconds / HOUR_SECONDS) });
  return words.say('status.ago.days', { count: Math.floor(seconds / DAY_SECONDS) });
};

/** A job's name from the messages, or its id. */
export const jobName = (words: Translator, name: string): string =>
  sayOr(words, `status.job.${name.replaceAll(' ', '-')}`, name);

/** "in 1.2 s", of milliseconds. */
export const tookText = (words: Translator, ms: number): string =>
  ms < 1_000
    ? words.say('status.took-ms', { count: ms })
    : words.say('status.took-s', { count: formatNumber(words.language, ms / 1_000, { maximumFractionDigits: 1 }) });

/** The counts of a run above zero: "3 posted", "1 skipped". */
export const countsText = (words: Translator, counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => {
      const number = formatNumber(words.language, count, {});
      return sayOr(words, `status.counts.${what}`, words.say('status.count', { number, what }), { count, number });
    });

/** The last run and the next: "3 h ago, in 1.2 s: 3 posted. Next ..."; for a failed run, why. */
export const jobText = (words: Translator, { ranAt, tookMs, result, nextAt }: JobRun, now: number): string => {
  const next = nextAt === undefined ? [] : [words.say('status.next', { instant: formatInstant(words, nextAt) })];
  if (ranAt === undefined) return [words.say('status.not-yet'), ...next].join(' ');
  const when = [ago(words, ranAt, now), ...(tookMs === undefined ? [] : [tookText(words, tookMs)])].join(', ');
  if (result && 'failed' in result)
    return [words.say('status.failed', { when, reason: result.failed.replace(/\.$/, '') }), ...next].join(' ');
  const counts = result ? countsText(words, result.counts) : [];
  const done =
    counts.length === 0
      ? words.say('status.done', { when })
      : words.say('status.done-with', { when, what: counts.join(', ') });
  return [done, ...next].join(' ');
};
