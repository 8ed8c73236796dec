import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../market/temporary.ts';
import { boardOf, plainLines, startBot, stop } from './bot-process.ts';

describe('a database that cannot be worked with any more', () => {
  it('ends the running bot in one line and exit code 1, with what is in it untouched', async () => {
    const path = join(temporaryFolder(), 'slidewatch.db');
    const bot = startBot({ DATABASE_URL: `sqlite:${path}`, LOG_LEVEL: 'silent' });
    await boardOf(bot);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('begin immediate');
    expect(await bot.ended).toBe(1);
    expect(plainLines(bot)).toEqual([
      `the database ${path} is locked by another process; stop the other Slidewatch or wait for the backup to finish`,
    ]);
    other.exec('rollback');
    expect(other.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  });
});

describe('started with nothing configured and no network', () => {
  it('opens the board, says there why there are no prices, keeps trying, and exits 0 when it is told to', async () => {
    const bot = startBot({ POLL_SECONDS: '1' });
    const board = await boardOf(bot);
    await bot.says(/No platform is configured in \.env: cards are shown on the board only/);
    await bot.says(
      /"reason":"Yahoo cannot be reached at 127\.0\.0\.1:9[^"]*","remedy":"check the network or YAHOO_URL","msg":"no prices"/,
    );
    const page = await (await fetch(board)).text();
    expect(page).toContain('Yahoo cannot be reached');
    const polls = async (): Promise<number> =>
      Number(/slidewatch_polls_total (\d+)/.exec(await (await fetch(`${board}/metrics`)).text())?.[1]);
    await expect.poll(polls).toBeGreaterThan(1);
    expect(bot.child.exitCode).toBeNull();
    expect(await stop(bot)).toBe(0);
    expect(plainLines(bot)).toEqual([]);
  });
});
