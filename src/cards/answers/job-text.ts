import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstant } from '../../i18n/dates.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { JobRun } from '../../stories/job-run.ts';
import { ago } from './ago.ts';

/** A job's name; one that the messages have no word for is called as the program calls it. */
export const jobName = (words: Translator, name: string): string => {
  const key = `status.job.${name.replaceAll(' ', '-')}`;
  return words.knows(key) ? words.say(key) : name;
};

const tookText = (words: Translator, ms: number): string =>
  ms < 1_000
    ? words.say('status.took-ms', { count: ms })
    : words.say('status.took-s', { count: formatNumber(words.language, ms / 1_000, { maximumFractionDigits: 1 }) });

/** What a run has counted, but for what there was none of: "3 told, 1 skipped". */
const countsText = (words: Translator, counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => {
      const key = `status.counts.${what}`;
      return words.knows(key) ? words.say(key, { count: formatNumber(words.language, count, {}) }) : `${count} ${what}`;
    });

/** "3 h ago, in 1.2 s: 3 told. Next Thu 26 Nov 2026, 16:15 New York"; of one that has failed, why. */
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
