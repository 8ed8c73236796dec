import { expect, it } from 'vitest';
import { readOpenFigures } from '../../src/store/filed-facts.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { META, type Report, setFigures } from '../facts/edgar/reports.ts';
import { tenQ } from '../facts/edgar/rows.ts';
import { plain } from './crash.ts';
import { CHANNEL, stageWithFilings, summer } from './filings-stage.ts';
import { at } from './market.ts';

const DAY = '2026-10-28';

const autumn: Report = [tenQ(DAY), { '2026-01-01/2026-09-30': 84_000 }];

/** A bot that has read everything up to the evening of a release, and knows no report day. */
const beforeRelease = async () => {
  const { world, app, edgar, discord } = await stageWithFilings(at(DAY, '16:00') - 24 * HOUR_MS);
  const open = () => readOpenFigures(app.store.db);
  /** Runs the jobs each minute from one time of the evening to another; the minute of the first card, if there is one. */
  const runUntilCard = async (from: string, to: string): Promise<string | undefined> => {
    for (let now = at(DAY, from); now <= at(DAY, to); now += MINUTE_MS) {
      await world.runJobs(app, now);
      if (discord.messages(CHANNEL).length > 0) return new Date(now).toISOString();
    }
    return undefined;
  };
  return { world, app, edgar, discord, open, runUntilCard };
};

/** The results of the autumn, accepted at 16:21:30, with their exhibit. */
const release = {
  ...{ accession: '0001326801-26-000090', form: '8-K', filed: DAY, items: '2.02,9.01' },
  accepted: at(DAY, '16:21') + 30_000,
  document: 'meta-20261028.htm',
  exhibits: { 'EX-99.1': 'meta-09302026xexhibit991.htm' },
};

/** The quarter in the lead, and when its figures came out with their document. */
const RESULTS = /In Jul–Sep 2026,.*Published \[Meta 28 Oct 16:21 New York ↗\]/;
const EXHIBIT = 'https://www.sec.gov/Archives/edgar/data/1326801/000132680126000090/meta-09302026xexhibit991.htm';

it.each(['utc', 'new-york'] as const)(
  'results of 16:21 whose figures follow after ten minutes are on a card by 16:36, with their minute and exhibit (%s)',
  async (stamp) => {
    const { edgar, discord, open, runUntilCard } = await beforeRelease();
    const filedAt = at(DAY, '16:24');
    edgar.addFiling(META, { ...release, stamp }, { from: release.accepted });
    edgar.addFiling(META, { ...autumn[0], accepted: filedAt, stamp }, { from: filedAt });
    setFigures(edgar, META, [summer, autumn], undefined, { from: at(DAY, '16:31') });

    expect(await runUntilCard('16:20', '16:30')).toBeUndefined();
    expect(await open()).toEqual([{ subject: 'META', state: 'released', at: release.accepted }]);
    const minute = await runUntilCard('16:31', '16:36');
    expect(minute && minute <= '2026-10-28T20:36:30.000Z').toBe(true);
    expect(await open()).toEqual([]);
    const text = plain(discord.messages(CHANNEL)[0]?.payload);
    expect(text).toContain('Meta spent $32.0B on capex');
    expect(text).toMatch(RESULTS);
    expect(text).toContain(EXHIBIT);
    // Nobody may ask more than ten times a second; the bot stays at five, and below 400 in this half hour.
    expect(edgar.requests.filter(({ status }) => status !== 200 && status !== 304 && status !== 404)).toEqual([]);
    expect(edgar.requests.length).toBeLessThan(400);
  },
);

it('a report of six in the morning after the release is on a card by 06:16, as Apple’s are', async () => {
  const { world, app, edgar, discord, open, runUntilCard } = await beforeRelease();
  const morning = at('2026-10-29', '06:01');
  edgar.addFiling(META, release, { from: release.accepted });
  edgar.addFiling(META, { ...tenQ('2026-10-29'), accepted: morning }, { from: morning });
  setFigures(edgar, META, [summer, [tenQ('2026-10-29'), autumn[1]]], undefined, { from: morning });
  expect(await runUntilCard('16:20', '16:30')).toBeUndefined();
  expect(await open()).toEqual([{ subject: 'META', state: 'released', at: release.accepted }]);
  await world.runJobs(app, at(DAY, '22:29'));
  for (let now = morning; now <= at('2026-10-29', '06:16'); now += MINUTE_MS) await world.runJobs(app, now);
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  expect(plain(discord.messages(CHANNEL)[0]?.payload)).toMatch(RESULTS);
});

it('a report of a week later still brings its card, which says when the results came out', async () => {
  const { world, app, edgar, discord, open, runUntilCard } = await beforeRelease();
  edgar.addFiling(META, release, { from: release.accepted });
  expect(await runUntilCard('16:20', '16:30')).toBeUndefined();
  const later = at('2026-11-04', '16:36');
  edgar.addFiling(META, { ...tenQ('2026-11-04'), accepted: later });
  setFigures(edgar, META, [summer, [tenQ('2026-11-04'), autumn[1]]]);
  await world.runJobs(app, later + 2 * HOUR_MS);
  await world.runJobs(app, later + 2 * HOUR_MS + MINUTE_MS);
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  const text = plain(discord.messages(CHANNEL)[0]?.payload);
  expect(text).toMatch(RESULTS);
  expect(await open()).toEqual([]);
});

it('results and report that are found together after a week bring their card, too', async () => {
  const { world, app, edgar, discord } = await beforeRelease();
  const later = at('2026-11-04', '16:36');
  edgar.addFiling(META, release);
  edgar.addFiling(META, { ...tenQ('2026-11-04'), accepted: later });
  setFigures(edgar, META, [summer, [tenQ('2026-11-04'), autumn[1]]]);
  await world.runJobs(app, later + HOUR_MS);
  await world.runJobs(app, later + HOUR_MS + MINUTE_MS);
  expect(discord.messages(CHANNEL)).toHaveLength(1);
});

it('an unkind evening, with refusals and answers cut short, brings the card once and loses nothing', async () => {
  const { edgar, discord, open, runUntilCard, world, app } = await beforeRelease();
  edgar.addFiling(META, release, { from: release.accepted });
  edgar.addFiling(META, { ...autumn[0], accepted: at(DAY, '16:24') }, { from: at(DAY, '16:24') });
  setFigures(edgar, META, [summer, autumn], undefined, { from: at(DAY, '16:24') });
  edgar.fail({ fault: 'unavailable', after: 10, times: 4, retryAfter: 20 });
  edgar.fail({ fault: 'truncated', on: ['submissions'], after: 20, times: 2 });
  edgar.fail({ fault: 'stale', on: ['submissions'], after: 30, times: 3, asOf: at(DAY, '16:00') });
  edgar.fail({ fault: 'break-off', on: ['concept'], after: 1, times: 2 });
  edgar.fail({ fault: 'undeclared', on: ['index'], times: 4, retryAfter: 1 });
  await runUntilCard('16:20', '16:50');
  for (let now = at(DAY, '16:50'); now <= at(DAY, '18:00'); now += 5 * MINUTE_MS) await world.runJobs(app, now);
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  expect(plain(discord.messages(CHANNEL)[0]?.payload)).toMatch(RESULTS);
  expect(await open()).toEqual([]);
});
