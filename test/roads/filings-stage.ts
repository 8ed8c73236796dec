import { onTestFinished } from 'vitest';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createEdgarClient } from '../../src/facts/edgar/client.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startEdgarDouble } from '../doubles/edgar/index.ts';
import { META, type Report, setFigures } from '../facts/edgar/reports.ts';
import { tenQ } from '../facts/edgar/rows.ts';
import { CONTACT } from '../facts/edgar/setup.ts';
import { stage } from './stage.ts';

export const CHANNEL = '112233445566778899';

/** Meta's half-year, which the bot has read before a road of filings begins. */
export const summer: Report = [tenQ('2026-07-30'), { '2026-01-01/2026-06-30': 52_000 }];

/**
 * A bot on Discord at an instant, that has read all filings of the summer, and knows no report day. The EDGAR double's clock
 * moves with the waits between requests.
 */
export const stageWithFilings = async (instant: number) => {
  const world = await stage(instant);
  let waitedMs = 0;
  const clock = () => world.clock() + waitedMs;
  const edgar = await startEdgarDouble({ clock });
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(async () => {
    await edgar.close();
    await discord.close();
  });
  discord.addChannel(CHANNEL);
  for (const { cik } of loadCompanies().filers) edgar.addFiling(cik, summer[0]);
  setFigures(edgar, META, [summer]);
  const { token, apiUrl } = discord;
  const app = await world.start(createDiscord({ token, apiUrl, log: silent, now: world.clock }), CHANNEL, {
    edgar: async (cache) =>
      createEdgarClient({
        ...{ contact: CONTACT, url: edgar.url, cache, log: silent, clock, random: () => 0 },
        wait: async (ms) => {
          waitedMs += ms;
        },
      }),
  });
  await world.runJobs(app, world.clock());
  return { world, app, edgar, discord };
};
