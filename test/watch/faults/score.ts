import type { Rules } from '../../../src/market/watchlist.ts';
import { windowOf } from '../../../src/slides/alert-kinds.ts';
import type { Alert } from '../../../src/stories/alert.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/util/durations.ts';
import type { Raised } from './expected.ts';

/** How what was told compares with what should have been. Every level that is newly reached counts for itself. */
export interface Score {
  /** Levels that should have been told. */
  readonly crossings: number;
  /** Levels told that were not reached. */
  readonly wrong: number;
  /** Told more than five minutes, and more than a day, after they should have been. */
  readonly late: number;
  readonly dayLate: number;
  readonly lost: number;
}

const levelsOf = (alert: Alert, rules: Rules): number[] => {
  const all =
    alert.kind === 'day' ? rules.day : (rules.drawdown.find(({ window }) => window === windowOf(alert))?.levels ?? []);
  return all.filter((level) => level <= alert.level && level > (alert.above ?? 0));
};

/** When each level was newly reached, by level; the levels of a day by its session, too. */
const timesOf = (raised: readonly Raised[], rules: Rules): ReadonlyMap<string, readonly number[]> => {
  const times = new Map<string, number[]>();
  for (const { alert, at } of raised)
    for (const level of levelsOf(alert, rules)) {
      const day = alert.kind === 'day' ? ` ${alert.session}` : '';
      const key = `${alert.kind} ${windowOf(alert) ?? ''} ${level}${day}`;
      times.set(key, [...(times.get(key) ?? []), at]);
    }
  return times;
};

const SOON_MS = 5 * MINUTE_MS;

export const scoreOf = (expected: readonly Raised[], told: readonly Raised[], rules: Rules): Score => {
  const [should, did] = [timesOf(expected, rules), timesOf(told, rules)];
  const score = { crossings: 0, wrong: 0, late: 0, dayLate: 0, lost: 0 };
  for (const key of new Set([...should.keys(), ...did.keys()])) {
    const open = [...(should.get(key) ?? [])];
    score.crossings += open.length;
    for (const at of did.get(key) ?? []) {
      const n = open.findLastIndex((time) => time <= at + SOON_MS);
      const [due] = n < 0 ? [] : open.splice(n, 1);
      if (due === undefined) score.wrong += 1;
      else if (at - due > DAY_MS) score.dayLate += 1;
      if (due !== undefined && at - due > SOON_MS) score.late += 1;
    }
    score.lost += open.length;
  }
  return score;
};
