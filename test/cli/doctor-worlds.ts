import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { startBothChats } from '../doubles/both-chats.ts';
import { startFinnhubDouble } from '../doubles/finnhub/index.ts';
import { startTiingoDouble } from '../doubles/tiingo/index.ts';
import { ownEnvironment } from './environment.ts';
import { type Ended, slidewatch, withEnv } from './in-process.ts';

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

/** What `npm run try -- desk` prints, as a process of its own. */
export const spawnedTry = (env: Record<string, string>): Promise<string> =>
  new Promise((resolve) => {
    const options = { env: ownEnvironment(env) };
    execFile(process.execPath, [join(root, 'src/main.ts'), 'try', 'desk'], options, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });

export const doctor = async (env: Record<string, string>): Promise<Diagnosis> => {
  withEnv({ LOG_LEVEL: 'silent', ...env });
  const { code, out, err } = await slidewatch('doctor');
  return { lines: out.trim().split('\n'), status: code, stderr: err };
};

/** `now`: the time there, epoch milliseconds. */
export const worlds = async (now = Date.now) => {
  const { env: chats, ...doubles } = await startBothChats({ now });
  const [finnhub, tiingo] = await Promise.all([startFinnhubDouble(), startTiingoDouble()]);
  onTestFinished(async () => {
    await Promise.all([finnhub.close(), tiingo.close()]);
  });
  doubles.yahoo.setQuote('NVDA', { price: 100, time: Date.now() - 120_000 });
  finnhub.setQuote('NVDA', { price: 100, time: Date.now() - 180_000 });
  tiingo.setQuote('NVDA', { price: 100, time: Date.now() - 240_000 });
  const env = {
    ...chats,
    FINNHUB_TOKEN: finnhub.token,
    FINNHUB_URL: finnhub.url,
    TIINGO_TOKEN: tiingo.token,
    TIINGO_URL: tiingo.url,
    EDGAR_CONTACT: 'Jane Roe jane.roe@example.com',
  };
  return { ...doubles, finnhub, env };
};
