import type { Translator } from '../../i18n/catalogue.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "3 min ago", in the largest unit that is full at least twice, so that 90 minutes are not "1 h". */
export const ago = (words: Translator, at: number, now: number): string => {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 2 * MINUTE) return words.say('status.ago.seconds', { count: seconds });
  if (seconds < 2 * HOUR) return words.say('status.ago.minutes', { count: Math.floor(seconds / MINUTE) });
  if (seconds < 2 * DAY) return words.say('status.ago.hours', { count: Math.floor(seconds / HOUR) });
  return words.say('status.ago.days', { count: Math.floor(seconds / DAY) });
};
