import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { startFinnhubDouble } from '../doubles/finnhub/index.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { startTiingoDouble } from '../doubles/tiingo/index.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { ownEnvironment } from './environment.ts';
import { type Ended, slidewatch, withEnv } from './in-process.ts';

export const CHANNEL = '112233445566778899';

interface Diagnosis {
  readonly lines: string[];
  readonly status: Ended['code'];
  readonly stderr: string;
}

/** As a process of its own, which has to end. */
export const spawnedDoctor = (env: Record<string, string>): Promise<Diagnosis> =>
  new Promise((resolve) => {
    const options = { env: ownEnvironment(env) };
    execFile(process.execPath, [join(root, 'src/main.ts'), 'doctor'], options, (error, stdout, stderr) => {
      const status = typeof error?.code === 'number' ? error.code : 0;
      resolve({ lines: stdout.trim().split('\n'), status, stderr });
    });
  });

export const doctor = async (env: Record<string, string>): Promise<Diagnosis> => {
  withEnv({ LOG_LEVEL: 'silent', ...env });
  const { code, out, err } = await slidewatch('doctor');
  return { lines: out.trim().split('\n'), status: code, stderr: err };
};

/** `now`: the time there, epoch milliseconds. */
export const worlds = async (now = Date.now) => {
  const [discord, slack, yahoo, finnhub, tiingo] = await Promise.all([
    startDiscordDouble({ now }),
    startSlackDouble({ now }),
    startYahooDouble({ now }),
    startFinnhubDouble(),
    startTiingoDouble(),
  ]);
  onTestFinished(async () => {
    await Promise.all([discord.close(), slack.close(), yahoo.close(), finnhub.close(), tiingo.close()]);
  });
  discord.addChannel(CHANNEL);
  yahoo.setQuote('NVDA', { price: 100, time: Date.now() - 120_000 });
  finnhub.setQuote('NVDA', { price: 100, time: Date.now() - 180_000 });
  tiingo.setQuote('NVDA', { price: 100, time: Date.now() - 240_000 });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_CHANNEL_ID: CHANNEL,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_CHANNEL_ID: 'C0000000001',
    SLACK_API_URL: slack.apiUrl,
    YAHOO_URL: yahoo.url,
    FINNHUB_TOKEN: finnhub.token,
    FINNHUB_URL: finnhub.url,
    TIINGO_TOKEN: tiingo.token,
    TIINGO_URL: tiingo.url,
    EDGAR_CONTACT: 'Jane Roe jane.roe@example.com',
  };
  return { discord, slack, yahoo, finnhub, env };
};
