import { normalise } from '../normalise.ts';
import { readTime } from './clock-time.ts';

const OFF = new Set(['off', 'none', '끄기', '없음', '해제']);
/** Dashes and tildes of all keyboards, or a word. */
const BETWEEN = /\s*(?:[-–—−~〜]|\bto\b|부터)\s*/u;
const UNTIL = /\s*까지$/u;

/** `22:00-07:00`, the next morning where the end is earlier; or `off`. Undefined for anything else, and for no hours at all. */
export const readHours = (typed: string): string | undefined => {
  const text = normalise(typed).replace(UNTIL, '');
  if (OFF.has(text)) return 'off';
  const [first = '', second = '', ...more] = text.split(BETWEEN);
  const [from, to] = [readTime(first), readTime(second)];
  return from === undefined || to === undefined || from === to || more.length > 0 ? undefined : `${from}-${to}`;
};
